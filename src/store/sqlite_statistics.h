#pragma once
/// \file What SQLite's planner is told of the tables.

#include "store/sqlite_connection.h"

namespace doorstep::store {

/// Writes sqlite_stat1 where the schema has `version` migrations and it was written for another
/// number; within the caller's transaction. Without it SQLite believes that any indexed column picks
/// ten rows: of community_id, with which almost every key begins, it picks thousands.
void tell_planner(SqliteConnection& connection, std::int64_t version);

}  // namespace doorstep::store
