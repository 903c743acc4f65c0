#include "store/store.h"

#include <future>
#include <stdexcept>

#include "store/engines.h"
#include "store/sql_text.h"

namespace doorstep::store {

Snapshot::Expanded::Expanded(const Relations& relations, std::string_view sql, const Values& values)
    : sql_(sql), values_(&values) {
  if (sql.find('{') == std::string_view::npos) return;
  own_values_ = values;
  own_sql_ = expand_relations(sql, relations, own_values_);
  sql_ = own_sql_;
  values_ = &own_values_;
}

Rows Snapshot::query(std::string_view sql, const Values& values) {
  Rows rows;
  const Expanded statement = expand(sql, values);
  execute(
      statement.sql(), statement.values(),
      [&rows](Row&& row) {
        rows.push_back(std::move(row));
        return true;
      },
      Fetch::all);
  return rows;
}

std::optional<Row> Snapshot::first(std::string_view sql, const Values& values) {
  std::optional<Row> found;
  const Expanded statement = expand(sql, values);
  execute(
      statement.sql(), statement.values(),
      [&found](Row&& row) {
        if (found) throw std::logic_error("first() found several rows");
        found = std::move(row);
        return true;
      },
      Fetch::all);
  return found;
}

void Snapshot::each(std::string_view sql, const Values& values, const Visit& visit) {
  const Expanded statement = expand(sql, values);
  execute(
      statement.sql(), statement.values(), [&visit](Row&& row) { return visit(row); },
      Fetch::streamed);
}

std::int64_t Transaction::run(std::string_view sql, const Values& values) {
  const Expanded statement = expand(sql, values);
  return change(statement.sql(), statement.values());
}

void Transaction::post(std::string_view sql, const Values& values) {
  const Expanded statement = expand(sql, values);
  change_later(statement.sql(), statement.values());
}

void Transaction::ahead(std::string_view sql, const Values& values) {
  const Expanded statement = expand(sql, values);
  ask_ahead(statement.sql(), statement.values());
}

std::unique_ptr<Store> Store::open(const Options& options) {
  return options.database.empty() ? open_sqlite(options, {}) : open_postgres(options, {});
}

Outcome Store::write_now(const std::function<Outcome(Transaction&)>& work) {
  // Shared, because the promise must outlive a `done` that is still returning when the waiter goes.
  const auto answer = std::make_shared<std::promise<Outcome>>();
  auto waiting = answer->get_future();
  write(work, [answer](Outcome outcome) { answer->set_value(std::move(outcome)); });
  return waiting.get();
}

}  // namespace doorstep::store
