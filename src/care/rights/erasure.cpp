#include "care/rights/erasure.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/text.h"
#include "care/registry/alike.h"
#include "care/registry/search_keys.h"
#include "care/rights/plan.h"

namespace doorstep::rights {
namespace {

using access::Community;
using access::Household;
using registry::Person;

using Households = std::vector<Id<Household>>;

/// Counts what was removed, table by table.
class Eraser {
 public:
  Eraser(store::Transaction& tx, Id<Community> community, Id<Person> person)
      : tx_(tx), community_(community), person_(person) {}

  std::int64_t run(std::string_view table, std::string_view sql, const store::Values& values) {
    const std::int64_t rows = tx_.run(sql, values);
    if (rows > 0) removed_[std::string(table)] += rows;
    return rows;
  }

  void of_person(const Households& households) {
    for (const Step& step : steps()) {
      if (step.whose == Whose::person) run(step.table, step.sql, {community_, person_});
      if (step.whose != Whose::resident) continue;
      for (const auto household : households) {
        run(step.table, step.sql, {community_, person_, household});
      }
    }
  }

  void of_household(Id<Household> household) {
    for (const Step& step : steps()) {
      if (step.whose == Whose::household) run(step.table, step.sql, {community_, household});
    }
  }

  /// Cuts `word` out of what a household's texts say.
  void cut(Id<Household> household, const std::string& word) {
    for (const Mention& one : mentions()) {
      run(one.table,
          fmt::format("UPDATE {0} SET {1} = replace({1}, $3, '') WHERE community_id = $1 AND {2}"
                      " AND replace({1}, $3, '') <> {1}",
                      one.table, one.column, one.where),
          {community_, household, word});
    }
  }

  /// The files that were read in, and what was said of doors that nobody knows.
  void cut_lists(const std::string& word) {
    cut(Id<Household>{}, word);
    run("import_row",
        "UPDATE import_row SET cells = '', made = NULL WHERE community_id = $1 AND person_id IS "
        "NULL"
        " AND batch_id IN (SELECT id FROM import_batch WHERE community_id = $1"
        " AND kind = 'residents') AND replace(cells, $2, '') <> cells",
        {community_, word});
    for (const auto& [table, column] :
         {std::pair{"import_chunk", "content"}, std::pair{"import_batch", "file_name"}}) {
      run(table,
          fmt::format("UPDATE {0} SET {1} = replace({1}, $2, '') WHERE community_id = $1"
                      " AND replace({1}, $2, '') <> {1}",
                      table, column),
          {community_, word});
    }
    // JSON is not cut into: a sheet that bears a name is told of no more.
    run("import_batch",
        "UPDATE import_batch SET source = '{}' WHERE community_id = $1"
        " AND replace(source, $2, '') <> source",
        {community_, word});
  }

  [[nodiscard]] std::vector<Removed> removed() const {
    std::vector<Removed> all;
    for (const auto& [table, rows] : removed_) all.push_back({table, rows});
    return all;
  }

 private:
  store::Transaction& tx_;
  Id<Community> community_;
  Id<Person> person_;
  std::map<std::string, std::int64_t> removed_ = {};
};

Households lived_in(store::Snapshot& db, Id<Community> community, Id<Person> person) {
  Households all;
  for (const store::Row& row :
       db.query("SELECT DISTINCT household_id FROM residence WHERE person_id = $2"
                " AND community_id = $1 ORDER BY household_id",
                {community, person})) {
    all.push_back(row.id<Household>(0));
  }
  return all;
}

/// Nobody else who lives or lived there is kept: what is the household's was theirs.
bool alone(store::Snapshot& db, Id<Community> community, Id<Household> household,
           Id<Person> person) {
  return !db.first(
      "SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2"
      " AND person_id <> $3 LIMIT 1",
      {community, household, person});
}

/// What names a person wherever they are spoken of: the name as written, and every phone of theirs.
std::vector<std::string> words_for(store::Snapshot& db, Id<Community> community, Id<Person> person,
                                   const Households& households) {
  std::vector<std::string> words;
  const auto named = db.first("SELECT name FROM person WHERE id = $1", {person});
  // One character alone stands in too many other words.
  if (named && text::length(named->text(0)) > 1) words.push_back(named->text(0));
  for (const auto household : households) {
    const bool whole = alone(db, community, household, person);
    for (const store::Row& row :
         db.query("SELECT c.value FROM contact_point_use u JOIN contact_point c"
                  " ON c.community_id = u.community_id AND c.id = u.contact_point_id"
                  " WHERE u.community_id = $1 AND u.household_id = $2"
                  " AND (u.person_id = $3 OR (u.person_id = 0 AND $4 = 1))",
                  {community, household, person, std::int64_t{whole ? 1 : 0}})) {
      words.push_back(row.text(0));
    }
  }
  return words;
}

/// A relay is one text of many households: the lines that speak of this one go.
void cut_relays(Eraser& eraser, store::Transaction& tx, Id<Community> community,
                const Households& households, const std::vector<std::string>& words) {
  std::map<std::int64_t, std::vector<std::string>> spoken;
  for (const auto household : households) {
    for (const store::Row& row :
         tx.query("SELECT relay_id, relay_row, coalesce(text, '') FROM need WHERE community_id = $1"
                  " AND household_id = $2 AND relay_id > 0",
                  {community, household})) {
      auto& lines = spoken[row.integer(0)];
      for (const std::size_t column : {1U, 2U}) {
        if (!row.text(column).empty()) lines.push_back(row.text(column));
      }
    }
  }
  for (const std::string& word : words) {
    for (const store::Row& row : tx.query("SELECT id FROM relay WHERE community_id = $1"
                                          " AND replace(text || title, $2, '') <> text || title",
                                          {community, word})) {
      spoken.try_emplace(row.integer(0));
    }
  }
  for (auto& [relay, lines] : spoken) {
    const auto row = tx.first("SELECT text, title FROM relay WHERE community_id = $1 AND id = $2",
                              {community, relay});
    if (!row) continue;
    lines.insert(lines.end(), words.begin(), words.end());
    const auto cut = [&](const std::string& text) {
      std::string left;
      std::string_view rest = text;
      while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (std::ranges::any_of(lines, [&](const std::string& one) {
              return line.find(one) != std::string_view::npos;
            })) {
          continue;
        }
        left.append(line).append("\n");
      }
      return left;
    };
    eraser.run("relay",
               "UPDATE relay SET text = $3, title = $4 WHERE community_id = $1 AND id = $2",
               {community, relay, cut(row->text(0)), cut(row->text(1))});
  }
}

void leave(store::Transaction& tx, Id<Community> community, Id<Person> person, Day today) {
  for (const auto& residence : registry::current_residences(tx, community, person)) {
    registry::end_residence(tx, community, residence, today);
  }
}

/// The numbers that reach a person, or nobody but a household that goes with them.
std::vector<std::int64_t> numbers_of(store::Snapshot& db, Id<Community> community,
                                     Id<Person> person, const Households& households) {
  std::vector<std::int64_t> found;
  for (const auto household : households) {
    for (const store::Row& row :
         db.query("SELECT contact_point_id FROM contact_point_use WHERE community_id = $1"
                  " AND household_id = $2 AND person_id IN (0, $3)",
                  {community, household, person})) {
      found.push_back(row.integer(0));
    }
  }
  return found;
}

/// Those of them that reach nobody any more. Numbers of who left before are gone through each night: to look at
/// all of them here would hold the writer.
void drop_unused(Eraser& eraser, Id<Community> community,
                 const std::vector<std::int64_t>& numbers) {
  for (const std::int64_t number : numbers) {
    eraser.run("contact_point",
               "DELETE FROM contact_point WHERE community_id = $1 AND id = $2 AND NOT EXISTS"
               " (SELECT 1 FROM contact_point_use u WHERE u.community_id = $1"
               " AND u.contact_point_id = $2)",
               {community, number});
  }
}

void end_household(store::Transaction& tx, Id<Community> community, Id<Household> household,
                   Instant now) {
  tx.run(
      "UPDATE household SET ended_at = $3 WHERE community_id = $1 AND id = $2"
      " AND ended_at IS NULL",
      {community, household, now});
  tx.run(
      "UPDATE link_token SET revoked_at = $3 WHERE community_id = $1 AND household_id = $2"
      " AND revoked_at IS NULL",
      {community, household, now});
}

}  // namespace

Gone remove_person(store::Transaction& tx, Id<Community> community, Id<Person> person, Instant now,
                   Day today) {
  Gone gone;
  Eraser eraser(tx, community, person);
  const Households households = lived_in(tx, community, person);
  const auto words = words_for(tx, community, person, households);
  const auto numbers = numbers_of(tx, community, person, households);
  leave(tx, community, person, today);
  registry::remove_link_keys(tx, person);
  cut_relays(eraser, tx, community, households, words);
  for (const auto household : households) {
    if (alone(tx, community, household, person)) {
      gone.households.push_back(household);
      end_household(tx, community, household, now);
      eraser.of_household(household);
      continue;
    }
    for (const std::string& word : words) eraser.cut(household, word);
  }
  for (const std::string& word : words) eraser.cut_lists(word);
  eraser.of_person(households);
  drop_unused(eraser, community, numbers);
  gone.elsewhere =
      tx.first("SELECT 1 FROM residence WHERE person_id = $1 LIMIT 1", {person}).has_value();
  if (!gone.elsewhere) {
    eraser.run("identifier", "DELETE FROM identifier WHERE person_id = $1", {person});
    eraser.run("person",
               "UPDATE person SET name = '', sex = 'unknown', born_on = NULL, salt = $2"
               " WHERE id = $1",
               {person, store::Bytes{}});
    tx.run("UPDATE account SET person_id = NULL WHERE person_id = $1", {person});
  } else {
    registry::refresh_person_keys(tx, community, person);
  }
  gone.removed = eraser.removed();
  return gone;
}

namespace {

struct Reason {
  std::string_view code;
  std::string_view sql;  ///< $1 community, $2 person: a row where it holds.
};

/// What the last of a household leaves open is theirs.
#define ALONE_IN                                                                            \
  " (SELECT r.household_id FROM residence r WHERE r.community_id = $1 AND r.person_id = $2" \
  " AND NOT EXISTS (SELECT 1 FROM residence x WHERE x.community_id = $1"                    \
  " AND x.household_id = r.household_id AND x.person_id <> $2))"

constexpr std::array reasons{
    Reason{"erasure.observed",
           "SELECT 1 FROM residence r JOIN observation o ON o.community_id = r.community_id"
           " AND o.household_id = r.household_id AND o.ended_at IS NULL"
           " WHERE r.community_id = $1 AND r.person_id = $2 AND r.until_on IS NULL LIMIT 1"},
    Reason{"erasure.away",
           "SELECT 1 FROM whereabouts WHERE community_id = $1 AND person_id = $2"
           " AND until_at IS NULL AND state <> 'deceased' LIMIT 1"},
    Reason{"erasure.away",
           "SELECT 1 FROM transfer WHERE (community_id = $1 OR to_community_id = $1)"
           " AND person_id = $2 AND state = 'offered' LIMIT 1"},
    Reason{"erasure.cared",
           "SELECT 1 FROM care_person WHERE community_id = $1 AND person_id = $2"
           " AND closed_at IS NULL LIMIT 1"},
    Reason{"erasure.suspicion",
           "SELECT 1 FROM suspicion WHERE community_id = $1 AND closed_at IS NULL"
           " AND (person_id = $2 OR (person_id = 0 AND household_id IN" ALONE_IN ")) LIMIT 1"},
    Reason{"erasure.goods",
           "SELECT 1 FROM need WHERE community_id = $1 AND state IN ('waiting', 'asked_back',"
           " 'accepted') AND household_id IN" ALONE_IN " LIMIT 1"},
    Reason{"erasure.goods",
           "SELECT 1 FROM parcel WHERE community_id = $1 AND closed_at IS NULL"
           " AND household_id IN" ALONE_IN " LIMIT 1"},
};

}  // namespace

std::optional<std::string> still_needed(store::Snapshot& db, Id<Community> community,
                                        Id<Person> person) {
  for (const Reason& one : reasons) {
    if (db.first(one.sql, {community, person})) return std::string(one.code);
  }
  return std::nullopt;
}

Result<bool> evidence_needed(const api::Context& context, Id<Person> person) {
  const auto days = std::chrono::hours{24 * TRY(period_days(context.rules(), "evidence"))};
  const store::Values of{context.community.id, person};
  if (context.db.first(
          "SELECT 1 FROM residence r JOIN observation o"
          " ON o.community_id = r.community_id AND o.household_id = r.household_id"
          " WHERE r.community_id = $1 AND r.person_id = $2 AND o.ended_at > $3 LIMIT 1",
          {context.community.id, person, context.now - days})) {
    return true;
  }
  return context.db
      .first(
          "SELECT p.owner_id FROM ledger_posting p WHERE p.community_id = $1"
          " AND p.account = 'household' AND p.owner_id IN" ALONE_IN
          " GROUP BY p.owner_id HAVING sum(p.amount_fen) <> 0 LIMIT 1",
          of)
      .has_value();
}

namespace {

void keep(api::WriteContext& context, Id<Erasure> id, const Certificate& made, Id<Person> person) {
  const std::string json = api::to_json(made);
  const std::string signature = context.sign(certificate_message(json));
  std::string households;
  for (const std::string& one : made.households) households += households.empty() ? one : ' ' + one;
  context.tx.run(
      "UPDATE erasure SET state = 'done', done_at = $3, done_by = $4, households = $5,"
      " certificate = $6, signature = $7, gone_at = NULL WHERE community_id = $1 AND id = $2",
      {context.community.id, id, context.now, context.actor.id, households, json,
       store::Bytes{signature}});
  std::string list;
  for (const std::string& one : made.households) list += (list.empty() ? "\"" : ",\"") + one + '"';
  context.journal("person.erased", person.value(), "",
                  R"({"cause":")" + made.cause + R"(","erasure":")" + to_text(id) +
                      R"(","households":[)" + list + "]}");
}

}  // namespace

Result<Certificate> erase(api::WriteContext& context, Id<Person> person, Cause cause,
                          Id<Erasure> id, Instant asked_at, std::int64_t asked_by) {
  if (auto code = still_needed(context.db, context.community.id, person)) {
    return Error{ErrorKind::conflict, *std::move(code)};
  }
  for (const auto& home : registry::current_residences(context.db, context.community.id, person)) {
    const auto path =
        context.db.first("SELECT path FROM household WHERE community_id = $1 AND id = $2",
                         {context.community.id, home.household});
    context.journal("person.left", person.value(), path->text(0),
                    R"({"household":")" + to_text(home.household) + R"("})");
  }
  Gone gone = remove_person(context.tx, context.community.id, person, context.now, context.today());
  Certificate made;
  made.community = to_text(context.community.id);
  made.person = to_text(person);
  for (const auto household : gone.households) made.households.push_back(to_text(household));
  made.cause = api::word(cause);
  made.asked_at = asked_at;
  made.asked_by = id_text(asked_by);
  made.done_at = context.now;
  made.done_by = id_text(context.actor.id);
  made.removed = std::move(gone.removed);
  made.kept = {"journal", "money", "sealed_answers"};
  if (gone.elsewhere) made.kept.emplace_back("elsewhere");
  keep(context, id, made, person);
  return made;
}

}  // namespace doorstep::rights
