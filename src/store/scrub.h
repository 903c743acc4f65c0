#pragma once
/// \file What was removed is gone from the engine's own files too.

#include "store/store.h"

namespace doorstep::store {

/// Beside the open store of this server. SQLite: brings the write-ahead log into the database, where what
/// was removed is zeros, cuts it to nothing, and removes the copies of before a migration and of after one that was taken back.
/// PostgreSQL: has the server reclaim the dead rows of every table with a personal column; its archived log,
/// if it keeps one, is the operator's. False where a reader held the log back: try again. Throws Failure.
bool scrub(const Options& options);

}  // namespace doorstep::store
