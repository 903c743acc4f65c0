/// \file What is kept about people: for each kind of data what it is for, on what basis and how long.

#include "api/endpoint.h"
#include "care/rights/keeping.h"

namespace doorstep::rights {
namespace {

struct Row {
  std::string table;
  std::string column;
  std::string field_class;
  std::string purpose;
  std::string basis;
  std::string period;  ///< Its word in the migrations.
  std::string since;
  std::optional<std::int64_t> days;  ///< By the rules in force; absent where nothing runs out.

  void fields(auto& f) {
    f("table", table);
    f("column", column);
    f("field_class", field_class);
    f("purpose", purpose);
    f("basis", basis);
    f("period", period);
    f("since", since);
    f("days", days);
  }
};

struct Answer {
  std::vector<Row> rows;
  void fields(auto& f) { f("rows", rows); }
};

/// Errors: those of the rule pack.
Result<Answer> show(api::Context& context, const api::Nothing&) {
  Answer answer;
  for (const Kept& one : kept_columns()) {
    Row row{one.table, one.column, one.field_class, one.purpose,
            one.basis, one.period, one.since,       {}};
    if (!one.since.empty()) row.days = TRY(period_days(context.rules(), one.period));
    answer.rows.push_back(std::move(row));
  }
  return answer;
}

}  // namespace

api::Endpoint show_privacy() {
  return api::query("/api/v1/privacy", "privacy.show", "What is kept about people and how long",
                    show);
}

}  // namespace doorstep::rights
