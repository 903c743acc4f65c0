#include "store/sqlite_statistics.h"

#include <algorithm>

#include <fmt/format.h>

namespace doorstep::store {
namespace {

constexpr std::int64_t rows_assumed = 1'000'000;
/// Few enough that an index by community beats reading the whole table.
constexpr std::int64_t picked_by_community = 10'000;
/// What SQLite assumes of the first column of an index; one row fewer with each column more.
constexpr std::int64_t picked_by_a_column = 10;

/// Rows of an index, then rows with the same first column, the same first two, and so on: as SQLite
/// assumes them, one column later.
std::string statistic(std::int64_t columns, bool unique) {
  std::string text = fmt::format("{} {}", rows_assumed, picked_by_community);
  for (std::int64_t column = 2; column <= columns; ++column) {
    const std::int64_t rows = unique && column == columns
                                  ? 1
                                  : std::max<std::int64_t>(picked_by_a_column + 2 - column, 2);
    text += fmt::format(" {}", rows);
  }
  return text;
}

}  // namespace

void tell_planner(SqliteConnection& connection, std::int64_t version) {
  if (connection.query("PRAGMA user_version").at(0).integer(0) == version) return;
  connection.run("ANALYZE schema_version");  // Makes the table sqlite_stat1.
  connection.run("DELETE FROM sqlite_stat1");
  // The index that a WITHOUT ROWID table lives in goes by the table's name.
  for (const Row& row : connection.query(
           "SELECT t.name, CASE WHEN t.wr = 1 AND i.origin = 'pk' THEN t.name ELSE i.name END,"
           " i.\"unique\", (SELECT count(*) FROM pragma_index_info(i.name))"
           " FROM pragma_table_list t JOIN pragma_index_list(t.name) i"
           " JOIN pragma_index_info(i.name) first ON first.seqno = 0"
           " WHERE t.schema = 'main' AND first.name = 'community_id'")) {
    connection.run("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)",
                   {row.text(0), row.text(1), statistic(row.integer(3), row.integer(2) == 1)});
  }
  connection.run("ANALYZE sqlite_schema");  // Reads it.
  connection.query(fmt::format("PRAGMA user_version = {}", version));
}

}  // namespace doorstep::store
