/// \file The day of a pack with windows (N29): the level, and of each window who is owed a contact and what met
/// it. Who is still open comes first.

#include "api/export_file.h"
#include "care/people/contacts.h"

namespace doorstep::people {
namespace {

constexpr std::int64_t rows_max = 2000;

struct LevelView {
  std::string name;
  std::string label;
  std::optional<std::int64_t> value_tenths;
  std::optional<Instant> said_at;
  std::string said_by;
  std::int64_t owed = 0;  ///< Contacts that the day has or will have.

  void fields(auto& f) {
    f("name", name);
    f("label", label);
    f("value_tenths", value_tenths);
    f("said_at", said_at);
    f("said_by", said_by);
    f("owed", owed);
  }
};

struct WindowView {
  std::string name;
  std::string label;
  Instant from{};
  Instant until{};
  std::int64_t due = 0;
  std::int64_t met = 0;
  std::int64_t late = 0;
  std::int64_t excused = 0;
  std::int64_t open = 0;

  void fields(auto& f) {
    f("name", name);
    f("label", label);
    f("from", from);
    f("until", until);
    f("due", due);
    f("met", met);
    f("late", late);
    f("excused", excused);
    f("open", open);
  }
};

struct ContactView {
  std::string path;
  Id<CareContact> contact;
  std::string window;
  Id<Person> person;
  std::string name;
  Id<access::Household> household;
  Id<access::Place> dwelling;
  std::string door;
  ContactState state = ContactState::open;
  std::optional<std::string> assurance;
  std::optional<std::string> reason;
  std::optional<Id<access::Account>> owner;
  std::string owner_name;
  std::int64_t tried = 0;
  std::optional<Instant> next;  ///< Nobody answered: tried again by then.
  std::string phone;            ///< Masked where nobody is owed a call now.

  void fields(auto& f) {
    f.at(path);
    f("contact", contact);
    f("window", window);
    f("person", person);
    f("name", name, api::Class::name);
    f("household", household);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("state", state);
    f("assurance", assurance);
    f("reason", reason, api::Class::health);
    f("owner", owner);
    f("owner_name", owner_name);
    f("tried", tried);
    f("next", next);
    f("phone", phone, api::Class::contact);
  }
};

struct CareDay {
  std::string pack;
  std::string hash;
  std::string unit;
  bool has_windows = false;
  LevelView today;
  LevelView tomorrow;
  std::vector<WindowView> windows;
  std::vector<ContactView> rows;

  void fields(auto& f) {
    f("pack", pack);
    f("hash", hash);
    f("unit", unit);
    f("has_windows", has_windows);
    f("today", today);
    f("tomorrow", tomorrow);
    f("windows", windows);
    f("rows", rows);
  }
};

/// Errors: those of the rule pack.
Result<LevelView> level_view(api::Context& context, Day day) {
  const Level level = TRY(level_of(context, day));
  LevelView view{level.step.name, level.step.label, level.value_tenths, level.said_at, ""};
  if (level.said_by != 0) {
    const auto who = context.db.first("SELECT name FROM account WHERE id = $1", {level.said_by});
    if (who) view.said_by = who->text(0);
  }
  view.owed = at_home(context) * std::ssize(level.step.windows);
  return view;
}

void count(WindowView& window, ContactState state) {
  ++window.due;
  switch (state) {
    case ContactState::open: ++window.open; break;
    case ContactState::met: ++window.met; break;
    case ContactState::late: ++window.late; break;
    case ContactState::excused: ++window.excused; break;
  }
}

ContactView view_of(const store::Row& row, Instant now) {
  ContactView view;
  view.contact = row.id<CareContact>(0);
  view.window = row.text(1);
  view.person = row.id<Person>(2);
  view.name = row.text(3);
  view.path = row.text(4);
  view.dwelling = row.id<access::Place>(5);
  view.door = row.text(6);
  view.state = api::from_word<ContactState>(row.text(7)).value_or(ContactState::open);
  view.assurance = row.maybe_text(8);
  view.reason = row.maybe_text(9);
  if (!row.is_null(10)) {
    if (row.integer(10) != 0) view.owner = row.id<access::Account>(10);
    view.owner_name = row.maybe_text(11).value_or("");
    view.tried = row.integer(12);
    if (view.tried > 0) view.next = row.instant(13);
  }
  view.phone = row.maybe_text(14).value_or("");
  if (view.state != ContactState::open || row.instant(15) > now) {
    view.phone = api::masked(view.phone);
  }
  view.household = row.id<access::Household>(16);
  return view;
}

void read_rows(api::Context& context, CareDay& day) {
  context.db.each(
      "SELECT k.id, k.window_name, k.person_id, p.name, h.path, h.dwelling_id, h.door, k.state,"
      " k.assurance, k.reason, d.owner_id, a.name, d.step, d.next_at,"
      " (SELECT min(t.value) FROM contact_point_use u JOIN contact_point t"
      " ON t.community_id = u.community_id AND t.id = u.contact_point_id"
      " WHERE u.community_id = k.community_id AND u.household_id = k.household_id"
      " AND u.person_id IN (0, k.person_id)), k.from_at, h.id FROM {households} h JOIN "
      "care_contact k"
      " ON k.community_id = h.community_id AND k.household_id = h.id AND k.day = $1"
      " JOIN person p ON p.id = k.person_id"
      " LEFT JOIN duty d ON d.community_id = k.community_id AND d.kind = 'care_contact'"
      " AND d.subject_id = k.id AND d.closed_at IS NULL LEFT JOIN account a ON a.id = d.owner_id"
      " ORDER BY k.state <> 'open', k.from_at, h.path, k.id",
      {context.today()}, [&](const store::Row& row) {
        ContactView view = view_of(row, context.now);
        for (WindowView& window : day.windows) {
          if (window.name == view.window) count(window, view.state);
        }
        if (std::ssize(day.rows) < rows_max) day.rows.push_back(std::move(view));
        return true;
      });
}

/// Errors: those of the rule pack.
Result<CareDay> show(api::Context& context, const api::Nothing&) {
  CareDay day;
  day.pack = TRY(context.rules().string("name"));
  day.hash = context.rules().hash();
  day.has_windows = has_windows(context.rules());
  if (!day.has_windows) return day;
  day.unit = TRY(context.rules().string("level.unit"));
  day.today = TRY(level_view(context, context.today()));
  day.tomorrow = TRY(level_view(context, context.today() + std::chrono::days{1}));
  for (const CareWindow& one :
       TRY(care_windows(context.rules(), context.community.zone, context.today()))) {
    day.windows.push_back({one.name, one.label, one.from, one.until});
  }
  read_rows(context, day);
  return day;
}

}  // namespace

api::Endpoint show_care_day() {
  return api::query("/api/v1/care/day", "care.list", "The care calls of today, by window", show);
}

}  // namespace doorstep::people
