#include "store/postgres_statistics.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"

namespace doorstep::store {
namespace {

/// Fewer rows than these are read quickly whatever the plan.
constexpr std::int64_t first_look = 200;
/// A table is looked at again when it has grown by a fourth: a community that came since the last look is one that the
/// planner takes for empty.
constexpr std::int64_t share = 4;

/// The table of "INSERT INTO table ..", or nothing.
std::string_view table_of(std::string_view sql) {
  constexpr std::string_view head = "INSERT INTO ";
  if (!sql.starts_with(head)) return {};
  sql.remove_prefix(head.size());
  return sql.substr(0, sql.find_first_of(" ("));
}

}  // namespace

void PostgresStatistics::note(std::string_view sql, std::int64_t rows) {
  const std::string_view table = table_of(sql);
  if (table.empty() || rows <= 0) return;
  const std::lock_guard lock(mutex_);
  auto found = tables_.find(table);
  if (found == tables_.end()) found = tables_.emplace(table, Growth{0, first_look}).first;
  found->second.inserted += rows;
  due_ = due_ || found->second.inserted >= found->second.enough;
}

void PostgresStatistics::refresh(PostgresConnection& connection) {
  std::map<std::string, Growth, std::less<>> grown;
  {
    const std::lock_guard lock(mutex_);
    if (!due_) return;
    due_ = false;
    for (auto& [table, rows] : tables_) {
      if (rows.inserted < rows.enough) continue;
      grown.emplace(table, rows);
      rows.inserted = 0;  // Another writer has nothing to look at meanwhile.
    }
  }
  try {
    for (auto& [table, rows] : grown) {
      const Rows found = connection.query(
          "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = to_regclass($1)", {table});
      // -1: never looked at.
      std::int64_t known = found.empty() ? 0 : std::max<std::int64_t>(found[0].integer(0), 0);
      const bool stale = rows.inserted >= known / share;
      if (!found.empty() && stale) connection.query_once("ANALYZE " + table);
      if (stale) known += rows.inserted;
      const std::lock_guard lock(mutex_);
      Growth& kept = tables_.find(table)->second;
      if (!stale) kept.inserted += rows.inserted;
      kept.enough = std::max(first_look, known / share);
    }
  } catch (const PostgresFailure& failure) {
    log::warning("store: statistics: {}", failure.what());
  }
}

}  // namespace doorstep::store
