#include "store/postgres_statistics.h"

#include <vector>

#include <fmt/format.h>

#include "base/log.h"

namespace doorstep::store {
namespace {

/// Fewer rows than these are read quickly whatever the plan.
constexpr std::int64_t first_look = 200;
constexpr std::int64_t growth = 4;

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
  due_ = due_ || found->second.inserted >= found->second.next;
}

void PostgresStatistics::refresh(PostgresConnection& connection) {
  std::vector<std::pair<std::string, std::int64_t>> grown;
  {
    const std::lock_guard lock(mutex_);
    if (!due_) return;
    due_ = false;
    for (auto& [table, rows] : tables_) {
      if (rows.inserted < rows.next) continue;
      rows.next = rows.inserted * growth;
      grown.emplace_back(table, rows.inserted);
    }
  }
  try {
    for (const auto& [table, inserted] : grown) {
      const Rows known = connection.query(
          "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = to_regclass($1)", {table});
      const bool current = !known.empty() && known[0].integer(0) >= inserted / growth;
      if (!known.empty() && !current) connection.query_once("ANALYZE " + table);
    }
  } catch (const PostgresFailure& failure) {
    log::warning("store: statistics: {}", failure.what());
  }
}

}  // namespace doorstep::store
