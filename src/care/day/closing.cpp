#include "care/day/closing.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/bytes.h"
#include "care/people/contacts.h"

namespace doorstep::day {
namespace {

using observation::Window;

/// The words of an enum with their counts, in its order, zeros included.
template <class E>
std::vector<Count> counts_of(const std::map<std::string, std::int64_t>& found) {
  std::vector<Count> counts;
  for (const std::string_view word : api::Choices<E>::words) {
    const auto at = found.find(std::string(word));
    counts.push_back({std::string(word), at == found.end() ? 0 : at->second});
  }
  return counts;
}

struct Newest {
  Id<ClosingSheet> id{};
  Day day{};
  Instant made_at{};
};

std::optional<Newest> newest_sheet(const api::Context& context) {
  const auto row = context.db.first(
      "SELECT id, day, made_at FROM closing_sheet WHERE community_id = $1"
      " AND supplement_of IS NULL ORDER BY day DESC LIMIT 1",
      {context.community.id});
  if (!row) return std::nullopt;
  return Newest{row->id<ClosingSheet>(0), row->day(1), row->instant(2)};
}

/// What the sheet before counted of goods; zeros before the first, and of one that had none.
GoodsTotals totals_before(const api::Context& context, const std::optional<Newest>& before) {
  SheetContent content;
  if (!before) return {};
  const auto row =
      context.db.first("SELECT content FROM closing_sheet WHERE community_id = $1 AND id = $2",
                       {context.community.id, before->id});
  api::Reader reader(row->text(0));
  content.fields(reader);
  return content.goods.ever;
}

/// Households under observation now: one line each, with what meets or holds their duty.
void add_observed(api::WriteContext& context, SheetContent& sheet) {
  std::map<std::string, std::int64_t> assurance;
  std::map<std::string, std::int64_t> channels;
  context.db.each(
      "SELECT o.household_id, o.reported_at, d.owner_id, d.level, d.state, c.id, c.assurance,"
      " c.channel, l.proved_at, c.reported_by, o.opened_at, o.nobody_home"
      " FROM observation o"
      " LEFT JOIN duty d ON d.community_id = o.community_id AND d.kind = 'contact'"
      " AND d.subject_id = o.household_id AND d.closed_at IS NULL"
      " LEFT JOIN check_in c ON c.community_id = o.community_id AND c.id = d.evidence_id"
      " LEFT JOIN link_token l ON l.community_id = c.community_id AND l.id = c.reported_by"
      " WHERE o.community_id = $1 AND o.ended_at IS NULL ORDER BY o.path",
      {context.community.id}, [&](const store::Row& row) {
        Line line{id_text(row.integer(0))};
        const bool open = !row.is_null(4) && row.text(4) != "waiting" && row.text(4) != "paused";
        if (row.boolean(11)) {
          // In hospital, all of them: asked after day by day, and not at this door (N20).
          line.state = Reached::excused;
          line.reason = "away";
        } else if (row.instant(1) >= sheet.window_from && !row.is_null(5) && !open) {
          line.state = Reached::met;
          line.evidence = id_text(row.integer(5));
          line.assurance = row.text(6);
          line.channel = row.text(7);
          ++assurance[*line.assurance];
          ++channels[*line.channel];
          if (*line.channel == "page" && row.is_null(8)) ++sheet.unproved;
        } else if (open && row.integer(2) != 0) {
          line.state = Reached::escalated;
          line.owner = id_text(row.integer(2));
          line.level = row.text(3);
        } else if (!row.is_null(4) &&
                   (context.now < sheet.window_until || row.instant(10) >= sheet.window_until)) {
          // A window that was over when their days began asked nothing of them.
          line.state = Reached::waiting;
        }
        sheet.lines.push_back(std::move(line));
        return true;
      });
  sheet.assurance = counts_of<observation::Assurance>(assurance);
  sheet.channels = counts_of<observation::ReportChannel>(channels);
}

/// Who left since the last sheet, each with a reason.
void add_left(api::WriteContext& context, SheetContent& sheet) {
  for (const store::Row& row :
       context.db.query("SELECT household_id, end_reason FROM observation"
                        " WHERE community_id = $1 AND ended_at > $2 AND ended_at <= $3"
                        " ORDER BY path, id",
                        {context.community.id, sheet.since, context.now})) {
    Line line{id_text(row.integer(0)), Reached::excused};
    line.reason = row.text(1);
    sheet.lines.push_back(std::move(line));
  }
}

void add_owners(api::WriteContext& context, SheetContent& sheet) {
  for (const store::Row& row :
       context.db.query("SELECT owner_id, count(*) FROM duty WHERE community_id = $1"
                        " AND closed_at IS NULL AND state IN ('raised', 'acknowledged')"
                        " GROUP BY owner_id ORDER BY owner_id",
                        {context.community.id})) {
    sheet.owners.push_back({id_text(row.integer(0)), row.integer(1)});
  }
}

void count_lines(SheetContent& sheet) {
  for (const Line& line : sheet.lines) {
    switch (line.state) {
      case Reached::met: ++sheet.met; break;
      case Reached::escalated: ++sheet.escalated; break;
      case Reached::excused: ++sheet.excused; break;
      case Reached::waiting: ++sheet.waiting; break;
      case Reached::missed: ++sheet.missed; break;
    }
  }
}

void keep(api::WriteContext& context, Id<ClosingSheet> id, Day day,
          std::optional<Id<ClosingSheet>> supplement_of, const std::string& content) {
  const std::string hash = blake2b(content);
  context.tx.post(
      "INSERT INTO closing_sheet (community_id, id, day, supplement_of, made_at, made_by, content,"
      " hash, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {context.community.id, id, day, supplement_of, context.now, context.actor.id, content,
       store::Bytes{hash}, store::Bytes{context.sign(sheet_message(hash))}});
  context.journal(
      "sheet.made", id.value(), "",
      fmt::format(R"({{"day":"{}","hash":"{}"{}}})", to_text(day), to_hex(hash),
                  supplement_of ? R"(,"supplement_of":")" + to_text(*supplement_of) + R"(")" : ""));
}

/// One household that was open on the sheet and is reached now.
struct Late {
  std::string household;
  std::string evidence;
  std::string assurance;
  Instant at{};
  void fields(auto& f) {
    f("household", household);
    f("evidence", evidence);
    f("assurance", assurance);
    f("at", at);
  }
};

struct Supplement {
  std::int64_t version = 1;
  Id<ClosingSheet> sheet{};
  Id<ClosingSheet> supplement_of{};
  Id<access::Community> community{};
  Day day{};
  Instant made_at{};
  std::vector<Late> late = {};

  void fields(auto& f) {
    f("version", version);
    f("sheet", sheet);
    f("supplement_of", supplement_of);
    f("community", community);
    f("day", day);
    f("made_at", made_at);
    f("late", late);
  }
};

/// Only the newest sheet is followed up; what an older one left open stands on the newer one again.
void follow_up(api::WriteContext& context, const SheetContent& sheet) {
  context.tx.run("DELETE FROM closing_open WHERE community_id = $1", {context.community.id});
  for (const Line& line : sheet.lines) {
    if (line.state != Reached::escalated && line.state != Reached::missed) continue;
    context.tx.run(
        "INSERT INTO closing_open (community_id, sheet_id, household_id) VALUES ($1, $2, $3)",
        {context.community.id, sheet.sheet, *id_from_text(line.household)});
  }
}

/// Households that the sheet left open and that were reached since it was made.
std::vector<Late> reached_since(api::WriteContext& context, const Newest& sheet) {
  std::vector<Late> late;
  for (const store::Row& row : context.db.query(
           "SELECT n.household_id, c.id, c.assurance, c.recorded_at FROM closing_open n"
           " JOIN duty d ON d.community_id = n.community_id AND d.kind = 'contact'"
           " AND d.subject_id = n.household_id AND d.closed_at IS NULL"
           " JOIN check_in c ON c.community_id = d.community_id AND c.id = d.evidence_id"
           " WHERE n.community_id = $1 AND n.sheet_id = $2 AND c.recorded_at > $3"
           " ORDER BY n.household_id",
           {context.community.id, sheet.id, sheet.made_at})) {
    late.push_back({id_text(row.integer(0)), id_text(row.integer(1)), row.text(2), row.instant(3)});
  }
  for (const Late& one : late) {
    context.tx.run(
        "DELETE FROM closing_open WHERE community_id = $1 AND sheet_id = $2 AND household_id = $3",
        {context.community.id, sheet.id, *id_from_text(one.household)});
  }
  return late;
}

}  // namespace

std::string sheet_message(std::string_view hash) {
  return "doorstep sheet 1\n" + std::string(hash);
}

std::string signer_message(std::string_view hash, std::int64_t account, Instant at) {
  return "doorstep signer 1\n" + std::string(hash) + id_text(account) + to_text(at);
}

Result<Id<ClosingSheet>> close_day(api::WriteContext& context) {
  const auto before = newest_sheet(context);
  const Day today = context.today();
  if (before && before->day >= today) return before->id;
  const Window window =
      TRY(observation::deciding_window(context.rules(), context.community.zone, context.now));
  TRY(people::keep_contacts(context));
  SheetContent sheet;
  sheet.sheet = context.new_id<ClosingSheet>();
  sheet.community = context.community.id;
  sheet.day = today;
  sheet.rules = context.rules().hash();
  sheet.since = before ? before->made_at : Instant{};
  sheet.made_at = context.now;
  sheet.window_from = window.from;
  sheet.window_until = window.until;
  add_observed(context, sheet);
  add_left(context, sheet);
  sheet.due = reconcile(context);
  add_owners(context, sheet);
  count_lines(sheet);
  sheet.goods = goods_of_day(context, totals_before(context, before));
  sheet.care = TRY(care_of_day(context, sheet.since));
  keep(context, sheet.sheet, today, std::nullopt, api::to_json(sheet));
  follow_up(context, sheet);
  return sheet.sheet;
}

Result<void> close_when_due(api::WriteContext& context) {
  const auto newest = newest_sheet(context);
  if (newest) {
    Supplement supplement;
    supplement.late = reached_since(context, *newest);
    if (!supplement.late.empty()) {
      supplement.sheet = context.new_id<ClosingSheet>();
      supplement.supplement_of = newest->id;
      supplement.community = context.community.id;
      supplement.day = newest->day;
      supplement.made_at = context.now;
      keep(context, supplement.sheet, newest->day, newest->id, api::to_json(supplement));
    }
  }
  const Day today = context.today();
  if (newest && newest->day >= today) return {};
  const Instant at =
      context.community.zone.at(today, TRY(context.rules().time_of_day("closing.at")));
  if (context.now < at) return {};
  if (!context.db.first("SELECT 1 WHERE EXISTS (SELECT 1 FROM observation WHERE community_id = $1)"
                        " OR EXISTS (SELECT 1 FROM parcel WHERE community_id = $1)"
                        " OR EXISTS (SELECT 1 FROM care_contact WHERE community_id = $1)",
                        {context.community.id})) {
    return {};
  }
  TRY(close_day(context));
  return {};
}

}  // namespace doorstep::day
