#include "care/rights/data_file.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "care/rights/keeping.h"
#include "care/rights/plan.h"

namespace doorstep::rights {
namespace {

using access::Household;

/// Nobody's words: keys of an index, made of what is shown already, and what nobody here can read.
bool derived(std::string_view table) {
  return table == "search_key" || table == "link_key" || table == "idempotency";
}

std::vector<const Kept*> columns_of(std::string_view table) {
  std::vector<const Kept*> found;
  for (const Kept& one : kept_columns()) {
    if (one.table == table) found.push_back(&one);
  }
  return found;
}

/// Which column says when: an id that holds its time, or an instant.
struct When {
  std::string column = {};
  bool is_id = false;
};

When when_of(std::string_view table, const Kept& kept) {
  for (const Expiry& one : expiries()) {
    if (one.table == table && !one.key.empty()) return {std::string(one.key), true};
  }
  const bool instant = kept.since != "left" && kept.since != "made" && !kept.since.empty();
  return instant ? When{kept.since, false} : When{};
}

std::string shown(const store::Value& value) {
  const auto& kind = value.kind();
  if (const auto* text = std::get_if<std::string>(&kind)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&kind)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&kind)) return *truth ? "true" : "false";
  if (const auto* bytes = std::get_if<store::Bytes>(&kind)) {
    return fmt::format("({} bytes)", bytes->data.size());
  }
  return "";
}

/// An id holds its time.
Instant made_at(std::int64_t id) {
  return Instant{std::chrono::milliseconds{(id >> id_low_bits) + id_epoch_ms}};
}

Instant instant_of(std::int64_t value, bool is_id) {
  return is_id ? made_at(value) : Instant{std::chrono::milliseconds{value}};
}

class Collection {
 public:
  Collection(api::Context& context, std::int64_t only_link)
      : context_(context), only_link_(only_link) {}

  /// The rows of a table that `where` finds, with their personal columns. Errors: those of the rule pack.
  Result<void> add(std::string_view table, const std::string& where, const store::Values& values) {
    const auto columns = columns_of(table);
    if (columns.empty() || derived(table)) return {};
    const When when = when_of(table, *columns.front());
    std::string list = when.column.empty() ? "NULL" : when.column;
    for (const Kept* one : columns) list += ", " + one->column;
    std::vector<DataRow> rows;
    for (const store::Row& row : context_.db.query(
             fmt::format("SELECT {} FROM {} WHERE {}", list, table, ours(table, where)), values)) {
      DataRow made;
      if (!row.is_null(0)) made.at = instant_of(row.integer(0), when.is_id);
      for (std::size_t at = 0; at < columns.size(); ++at) {
        if (std::string value = shown(row[at + 1]); !value.empty()) {
          made.values.push_back({columns[at]->column, std::move(value)});
        }
      }
      if (!made.values.empty()) rows.push_back(std::move(made));
    }
    return keep(*columns.front(), std::move(rows));
  }

  [[nodiscard]] std::vector<DataSection> take() { return std::move(sections_); }

 private:
  /// What is private to another link of the household is not this one's to read.
  [[nodiscard]] std::string ours(std::string_view table, std::string where) const {
    // Nor what another one asked, complained of or objected to.
    if (table == "subject_request" && only_link_ != 0) {
      where = fmt::format("by_link AND asked_by = {} AND ({})", only_link_, where);
    }
    constexpr std::string_view needs = "FROM need WHERE ";
    const std::string filter = fmt::format("only_link IN (0, {}) AND ", only_link_);
    if (const auto at = where.find(needs); at != std::string::npos) {
      where.insert(at + needs.size(), filter);
    }
    return where;
  }

  Result<void> keep(const Kept& kept, std::vector<DataRow> rows) {
    auto known = std::ranges::find(sections_, kept.table, &DataSection::table);
    if (known == sections_.end()) {
      if (rows.empty()) return {};
      DataSection made{kept.table, kept.purpose, kept.basis, {}, {}};
      if (!kept.since.empty()) {
        made.days = TRY(period_days(context_.rules(), kept.period));
      }
      sections_.push_back(std::move(made));
      known = std::prev(sections_.end());
    }
    for (DataRow& row : rows) {
      // Two statements may find one row: of the person, and of the household.
      if (std::ranges::find(known->rows, row) == known->rows.end()) {
        known->rows.push_back(std::move(row));
      }
    }
    return {};
  }

  api::Context& context_;
  std::int64_t only_link_;
  std::vector<DataSection> sections_ = {};
};

/// What a statement of the plan finds its rows by.
std::string where_of(const Step& step) {
  constexpr std::string_view word = " WHERE ";
  std::string where(step.sql.substr(step.sql.find(word) + word.size()));
  return step.table == "need" ? "id IN (SELECT id FROM need WHERE " + where + ")" : where;
}

Result<void> add_person(Collection& all, const api::Context& context, Id<Household> household,
                        std::int64_t person) {
  const Id<struct Person> who{person};
  TRY(all.add("person", "id = $1", {who}));
  TRY(all.add("identifier", "person_id = $1", {who}));
  TRY(all.add("contact_point",
              "community_id = $1 AND id IN (SELECT contact_point_id FROM contact_point_use"
              " WHERE community_id = $1 AND household_id = $2 AND person_id = $3)",
              {context.community.id, household, who}));
  for (const Step& step : steps()) {
    if (step.whose == Whose::person) {
      TRY(all.add(step.table, where_of(step), {context.community.id, who}));
    } else if (step.whose == Whose::resident) {
      TRY(all.add(step.table, where_of(step), {context.community.id, who, household}));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<DataSection>> data_of(api::Context& context, Id<Household> household,
                                         std::int64_t person, std::int64_t only_link) {
  Collection all(context, only_link);
  std::vector<std::int64_t> people;
  for (const store::Row& row :
       context.db.query("SELECT DISTINCT person_id FROM residence WHERE community_id = $1"
                        " AND household_id = $2 AND (until_on IS NULL OR person_id = $3)"
                        " ORDER BY person_id",
                        {context.community.id, household, person})) {
    if (person == 0 || row.integer(0) == person) people.push_back(row.integer(0));
  }
  for (const std::int64_t one : people) TRY(add_person(all, context, household, one));
  const std::size_t living =
      context.db
          .query(
              "SELECT DISTINCT person_id FROM residence WHERE community_id = $1"
              " AND household_id = $2 AND until_on IS NULL",
              {context.community.id, household})
          .size();
  // One of several reads what is their own; what was said for all of them goes to all of them.
  if (person != 0 && living > 1) return all.take();
  TRY(all.add("household", "community_id = $1 AND id = $2", {context.community.id, household}));
  TRY(all.add("contact_point",
              "community_id = $1 AND id IN (SELECT contact_point_id FROM contact_point_use"
              " WHERE community_id = $1 AND household_id = $2)",
              {context.community.id, household}));
  for (const Step& step : steps()) {
    if (step.whose != Whose::household || step.table == "household") continue;
    TRY(all.add(step.table, where_of(step), {context.community.id, household}));
  }
  return all.take();
}

}  // namespace doorstep::rights
