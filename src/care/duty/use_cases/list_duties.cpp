/// \file List what is owed: who it is about, whose it is, until when. What presses first.

#include <algorithm>

#include <fmt/format.h>

#include "care/duty/duty.h"

namespace doorstep::duty {
namespace {

enum class Filter : std::uint8_t { pressing, mine, waiting, paused };

}  // namespace
}  // namespace doorstep::duty

template <>
struct doorstep::api::Choices<doorstep::duty::Filter> {
  static constexpr std::array words{std::string_view{"pressing"}, std::string_view{"mine"},
                                    std::string_view{"waiting"}, std::string_view{"paused"}};
};

namespace doorstep::duty {
namespace {

struct Request : api::PageRequest {
  std::optional<Filter> filter;     ///< Absent: all that are open.
  std::optional<std::string> kind;  ///< "contact".

  void fields(auto& f) {
    f("filter", filter);
    f("kind", kind);
    page_fields(f);
  }
};

struct DutyRow {
  std::string path;
  Id<Duty> id;
  std::string kind;
  std::optional<Id<access::Household>> household;
  std::optional<Id<access::Place>> dwelling;
  std::string door;
  State state = State::waiting;
  Rung level = Rung::worker;
  std::optional<Id<access::Account>> owner;
  std::string owner_name;
  bool by_hand = false;  ///< Somebody may end it by saying what came of it.
  std::int64_t step = 0;
  std::optional<std::string> rung;  ///< Nobody answered: what is tried at `next`.
  Instant due{};
  Instant next{};
  std::optional<Instant> raised_at;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("kind", kind);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("state", state);
    f("level", level);
    f("owner", owner);
    f("owner_name", owner_name);
    f("by_hand", by_hand);
    f("step", step);
    f("rung", rung);
    f("due", due);
    f("next", next);
    f("raised_at", raised_at);
  }
};

std::string condition(std::optional<Filter> filter) {
  if (!filter) return "";
  switch (*filter) {
    case Filter::pressing: return " AND d.state IN ('raised', 'acknowledged')";
    case Filter::mine: return " AND d.state IN ('raised', 'acknowledged') AND d.owner_id = $4";
    case Filter::waiting: return " AND d.state = 'waiting'";
    case Filter::paused: return " AND d.state = 'paused'";
  }
  return "";
}

/// The ladder is the contact's, of a household or of somebody in the ledger; past its end the last rung is tried again.
std::optional<std::string> rung_of(const RulePack& rules, const Row& duty) {
  const auto rungs = static_cast<std::int64_t>(rules.count("ladder.rungs"));
  const bool climbs = duty.kind == "contact" || duty.kind == "care_contact";
  if (!climbs || duty.step == 0 || rungs == 0) return std::nullopt;
  const auto name =
      rules.string(fmt::format("ladder.rungs[{}].name", std::min(duty.step, rungs - 1)));
  return name.ok() ? std::optional(*name) : std::nullopt;
}

DutyRow shown(const RulePack& rules, const store::Row& row) {
  const Row duty = row_from(row);
  DutyRow made;
  made.path = duty.path;
  made.id = duty.id;
  made.kind = duty.kind;
  if (const auto household = access::id_in_path(duty.path, 'h')) {
    made.household = Id<access::Household>{*household};
  }
  if (const auto dwelling = access::id_in_path(duty.path, 'd')) {
    made.dwelling = Id<access::Place>{*dwelling};
  }
  made.door = row.maybe_text(column_count + 1).value_or("");
  made.state = duty.state;
  made.level = duty.level;
  if (duty.owner != 0) made.owner = Id<access::Account>{duty.owner};
  made.owner_name = row.maybe_text(column_count).value_or("");
  made.by_hand = duty.by_hand;
  made.step = duty.step;
  made.rung = rung_of(rules, duty);
  made.due = duty.due;
  made.next = duty.next;
  made.raised_at = duty.raised_at;
  return made;
}

/// Keyset on (due_at, id): "INSTANT.ID". Errors: invalid "field.cursor".
Result<std::pair<Instant, Id<Duty>>> after(const std::optional<std::string>& cursor) {
  if (!cursor) return std::pair{Instant{}, Id<Duty>{}};
  const auto dot = cursor->rfind('.');
  const auto at = instant_from_text(cursor->substr(0, dot));
  const auto id = dot == std::string::npos ? std::nullopt : id_from_text(cursor->substr(dot + 1));
  if (!at || !id) return Error{ErrorKind::invalid, "field.cursor"};
  return std::pair{*at, Id<Duty>{*id}};
}

/// Errors: invalid "field.cursor".
Result<api::Page<DutyRow>> list(api::Context& context, const Request& request) {
  const auto [due, id] = TRY(after(request.cursor));
  const auto rows = context.db.query(
      "SELECT " + std::string(columns) +
          ", a.name, h.door FROM {duties} d LEFT JOIN account a ON a.id = d.owner_id"
          " LEFT JOIN household h ON h.community_id = d.community_id AND h.path = d.path"
          " WHERE d.closed_at IS NULL AND (d.due_at, d.id) > ($1, $2) AND ($3 = '' OR d.kind = "
          "$3)" +
          condition(request.filter) + " AND $4 = $4 ORDER BY d.due_at, d.id LIMIT $5",
      {due, id, request.kind.value_or(""), context.actor.id, request.limit + 1});
  api::Page<DutyRow> page;
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == request.limit) {
      const DutyRow& last = page.rows.back();
      page.next = to_text(last.due) + "." + to_text(last.id);
      break;
    }
    page.rows.push_back(shown(context.rules(), row));
  }
  return page;
}

}  // namespace

api::Endpoint list_duties() {
  return api::list("/api/v1/duties", "duty.list", "List what is owed, what presses first", list);
}

}  // namespace doorstep::duty
