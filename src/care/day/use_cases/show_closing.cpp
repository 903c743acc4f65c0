/// \file One closing sheet: its numbers, the households of the reader's scope with their doors, and
/// what was learnt since.

#include <map>

#include "base/bytes.h"
#include "care/day/closing.h"

namespace doorstep::day {
namespace {

struct Request {
  Id<ClosingSheet> closing;
  void fields(auto& f) { f("closing", closing); }
};

struct LineView : Line {
  std::string door;
  Id<access::Place> dwelling;
  std::string owner_name;

  void fields(auto& f) {
    Line::fields(f);
    f("door", door, api::Class::door);
    f("dwelling", dwelling);
    f("owner_name", owner_name);
  }
};

struct OwnerView {
  std::string name;
  std::int64_t open = 0;
  void fields(auto& f) {
    f("name", name);
    f("open", open);
  }
};

struct SupplementView {
  Id<ClosingSheet> id;
  Instant made_at{};
  std::int64_t reached = 0;
  void fields(auto& f) {
    f("id", id);
    f("made_at", made_at);
    f("reached", reached);
  }
};

struct ClosingView {
  Id<ClosingSheet> id;
  Day day{};
  std::string community;
  Instant made_at{};
  std::string hash;   ///< Hexadecimal.
  std::string rules;  ///< Hash of the pack that was in force.
  DueSet due;
  std::int64_t met = 0;
  std::int64_t escalated = 0;
  std::int64_t excused = 0;
  std::int64_t waiting = 0;
  std::int64_t missed = 0;
  std::int64_t unproved = 0;
  std::vector<Count> assurance;
  std::vector<Count> channels;
  std::vector<OwnerView> owners;
  std::vector<LineView> lines;
  std::vector<SupplementView> supplements;
  std::optional<Instant> signed_at;
  std::string signer;

  void fields(auto& f) {
    f("id", id);
    f("day", day);
    f("community", community);
    f("made_at", made_at);
    f("hash", hash);
    f("rules", rules);
    f("due", due);
    f("met", met);
    f("escalated", escalated);
    f("excused", excused);
    f("waiting", waiting);
    f("missed", missed);
    f("unproved", unproved);
    f("assurance", assurance);
    f("channels", channels);
    f("owners", owners);
    f("lines", lines);
    f("supplements", supplements);
    f("signed_at", signed_at);
    f("signer", signer);
  }
};

std::string name_of(api::Context& context, const std::string& account) {
  const auto row = context.db.first("SELECT name FROM account WHERE id = $1",
                                    {id_from_text(account).value_or(0)});
  return row ? row->text(0) : "";
}

/// The sheet's lines inside the reader's scope, with their doors.
void add_lines(api::Context& context, const SheetContent& content, ClosingView& view) {
  std::map<std::string, std::pair<std::string, std::int64_t>> doors;
  context.db.each("SELECT h.id, h.door, h.dwelling_id FROM {households} h", {},
                  [&](const store::Row& row) {
                    doors.emplace(id_text(row.integer(0)), std::pair{row.text(1), row.integer(2)});
                    return true;
                  });
  for (const Line& line : content.lines) {
    const auto door = doors.find(line.household);
    if (door == doors.end()) continue;
    LineView shown;
    static_cast<Line&>(shown) = line;
    shown.door = door->second.first;
    shown.dwelling = Id<access::Place>{door->second.second};
    if (line.owner) shown.owner_name = name_of(context, *line.owner);
    view.lines.push_back(std::move(shown));
  }
}

void add_supplements(api::Context& context, ClosingView& view) {
  for (const store::Row& row :
       context.db.query("SELECT id, made_at, content FROM closing_sheet WHERE community_id = $1"
                        " AND supplement_of = $2 ORDER BY id",
                        {context.community.id, view.id})) {
    std::int64_t reached = 0;
    const std::string& text = row.text(2);
    for (auto at = text.find("\"household\""); at != std::string::npos;
         at = text.find("\"household\"", at + 1)) {
      ++reached;
    }
    view.supplements.push_back({row.id<ClosingSheet>(0), row.instant(1), reached});
  }
}

/// Errors: not_found "closing.unknown".
Result<ClosingView> show(api::Context& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT content, hash, signed_at, signer FROM closing_sheet WHERE community_id = $1"
      " AND id = $2 AND supplement_of IS NULL",
      {context.community.id, request.closing});
  if (!row) return Error{ErrorKind::not_found, "closing.unknown"};
  SheetContent content;
  api::Reader reader(row->text(0));
  content.fields(reader);
  ClosingView view;
  view.id = request.closing;
  view.day = content.day;
  view.community = context.community.name;
  view.made_at = content.made_at;
  view.hash = to_hex(row->bytes(1));
  view.rules = content.rules;
  view.due = content.due;
  view.met = content.met;
  view.escalated = content.escalated;
  view.excused = content.excused;
  view.waiting = content.waiting;
  view.missed = content.missed;
  view.unproved = content.unproved;
  view.assurance = content.assurance;
  view.channels = content.channels;
  for (const Count& one : content.owners) {
    view.owners.push_back({name_of(context, one.word), one.count});
  }
  add_lines(context, content, view);
  add_supplements(context, view);
  view.signed_at = row->maybe_instant(2);
  view.signer = row->maybe_text(3).value_or("");
  return view;
}

}  // namespace

api::Endpoint show_closing() {
  return api::query("/api/v1/closings/{closing}", "closing.show", "One closing sheet", show);
}

}  // namespace doorstep::day
