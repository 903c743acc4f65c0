/// \file One closing sheet: its numbers, the households of the reader's scope with their doors, and
/// what was learnt since.

#include <map>

#include "base/bytes.h"
#include "care/day/closing.h"
#include "care/people/windows.h"

namespace doorstep::day {
namespace {

struct Request {
  Id<ClosingSheet> closing;
  void fields(auto& f) { f("closing", closing); }
};

struct LineView : Line {
  std::string path;  ///< Decides who reads the door.
  std::string door;
  Id<access::Place> dwelling;
  std::string owner_name;

  void fields(auto& f) {
    f.at(path);
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

/// Something that was still owed, of the reader's scope.
struct OwedView : OwedLine {
  std::string path;
  std::string door;
  std::string owner_name;

  void fields(auto& f) {
    f.at(path);
    OwedLine::fields(f);
    f("door", door, api::Class::door);
    f("owner_name", owner_name);
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
  ClosingGoods goods;               ///< Its lines are not shown here.
  std::vector<OwedView> owed;       ///< They are here, with their doors.
  std::optional<ClosingCare> care;  ///< Without its lines.
  std::string care_level;           ///< In the words of the pack that is in force now.
  std::string care_tomorrow;
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
    f("goods", goods);
    f("owed", owed);
    f("care", care);
    f("care_level", care_level);
    f("care_tomorrow", care_tomorrow);
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

/// The doors of the reader's scope by household.
std::map<std::string, LineView> doors_of(api::Context& context) {
  std::map<std::string, LineView> doors;
  context.db.each("SELECT h.id, h.path, h.door, h.dwelling_id FROM {households} h", {},
                  [&](const store::Row& row) {
                    LineView& one = doors[id_text(row.integer(0))];
                    one.path = row.text(1);
                    one.door = row.text(2);
                    one.dwelling = row.id<access::Place>(3);
                    return true;
                  });
  return doors;
}

/// The sheet's lines inside the reader's scope, with their doors.
void add_lines(api::Context& context, const SheetContent& content,
               const std::map<std::string, LineView>& doors, ClosingView& view) {
  for (const Line& line : content.lines) {
    const auto door = doors.find(line.household);
    if (door == doors.end()) continue;
    LineView shown = door->second;
    static_cast<Line&>(shown) = line;
    if (line.owner) shown.owner_name = name_of(context, *line.owner);
    view.lines.push_back(std::move(shown));
  }
}

/// What is still owed: of a household of the scope, or of nobody who is known, where it lies in the scope.
void add_goods(api::Context& context, const SheetContent& content,
               const std::map<std::string, LineView>& doors, ClosingView& view) {
  view.goods = content.goods;
  view.goods.lines.clear();
  for (const OwedLine& line : content.goods.lines) {
    OwedView shown;
    static_cast<OwedLine&>(shown) = line;
    if (line.household) {
      const auto door = doors.find(*line.household);
      if (door == doors.end()) continue;
      shown.path = door->second.path;
      shown.door = door->second.door;
    } else {
      const auto row = context.db.first(line.kind == Owed::parcel
                                            ? "SELECT p.path FROM {parcels} p WHERE p.id = $1"
                                            : "SELECT n.path FROM {needs} n WHERE n.id = $1",
                                        {id_from_text(line.subject).value_or(0)});
      if (!row) continue;
      shown.path = row->text(0);
    }
    if (line.owner) shown.owner_name = name_of(context, *line.owner);
    view.owed.push_back(std::move(shown));
  }
}

void add_care(const api::Context& context, const SheetContent& content, ClosingView& view) {
  if (!content.care) return;
  view.care = content.care;
  view.care->lines.clear();
  const auto hazard = people::Hazard::of(context.rules());
  const auto label = [&](const std::string& level) {
    const people::LevelStep* step = hazard.ok() ? hazard->find(level) : nullptr;
    return step == nullptr ? level : step->label;
  };
  view.care_level = label(content.care->level);
  view.care_tomorrow = label(content.care->tomorrow_level);
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
  const auto doors = doors_of(context);
  add_lines(context, content, doors, view);
  add_goods(context, content, doors, view);
  add_care(context, content, view);
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
