/// \file What happened with a household, newest first: for everybody who stands for it, the same entries in
/// the same order (A23). What of an entry is read follows from the reader's class at that door.

#include <algorithm>

#include "api/endpoint.h"
#include "care/registry/joint.h"

namespace doorstep::day {
namespace {

constexpr std::int64_t shown = 100;

enum class Happened : std::uint8_t { report, attempt, changed, message, posted, taken_down };

}  // namespace
}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Happened> {
  static constexpr std::array words{std::string_view{"report"},  std::string_view{"attempt"},
                                    std::string_view{"changed"}, std::string_view{"message"},
                                    std::string_view{"posted"},  std::string_view{"taken_down"}};
};

namespace doorstep::day {
namespace {

struct Request {
  Id<access::Household> household;
  void fields(auto& f) { f("household", household); }
};

struct Entry {
  std::string path;
  Instant at{};
  std::int64_t id = 0;
  Happened what = Happened::report;
  std::string who;
  std::string how;        ///< Channel, rung, kind of change or of control.
  std::string wellbeing;  ///< Of a report.
  std::optional<Celsius> temperature;
  std::string words;  ///< What was written, or why.

  void fields(auto& f) {
    f.at(path);
    f("at", at);
    f("what", what);
    f("who", who, api::Class::name);
    f("how", how);
    f("wellbeing", wellbeing, api::Class::health);
    f("temperature", temperature, api::Class::health);
    f("words", words, api::Class::health);
  }
};

struct Timeline {
  std::string path;
  Id<access::Place> dwelling;
  std::string door;
  std::vector<registry::JointMember> joint;
  std::vector<Entry> rows;

  void fields(auto& f) {
    f.at(path);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
    f("joint", joint);
    f("rows", rows);
  }
};

/// Each statement gives at, id, who, how, words of the newest; wellbeing and temperature of a report.
struct Source {
  Happened what;
  const char* sql;
};

constexpr std::array sources{
    Source{Happened::report,
           "SELECT c.recorded_at, c.id, coalesce(a.name, p.name, ''), c.channel,"
           " coalesce(c.note, ''), c.wellbeing, c.temperature FROM check_in c"
           " LEFT JOIN account a ON a.id = c.reported_by LEFT JOIN person p ON p.id = c.person_id"
           " WHERE c.community_id = $1 AND c.household_id = $2"
           " ORDER BY c.recorded_at DESC, c.id DESC LIMIT $3"},
    Source{Happened::attempt,
           "SELECT x.at, x.duty_id, coalesce(a.name, ''), x.rung, coalesce(x.note, '')"
           " FROM duty d JOIN duty_attempt x ON x.community_id = d.community_id"
           " AND x.duty_id = d.id LEFT JOIN account a ON a.id = x.by WHERE d.community_id = $1"
           " AND d.subject_id = $2 AND d.kind = 'contact' ORDER BY x.at DESC LIMIT $3"},
    Source{Happened::changed,
           "SELECT c.at, c.id, coalesce(a.name, ''), c.kind, c.reason FROM observation_change c"
           " JOIN observation_ground g ON g.community_id = c.community_id AND g.id = c.ground_id"
           " LEFT JOIN account a ON a.id = c.by WHERE c.community_id = $1"
           " AND g.household_id = $2 ORDER BY c.at DESC, c.id DESC LIMIT $3"},
    Source{Happened::message,
           "SELECT m.sent_at, m.id, coalesce(a.name, ''),"
           " CASE WHEN m.from_household THEN 'household' ELSE 'staff' END, m.body FROM message m"
           " LEFT JOIN account a ON a.id = m.author_id AND NOT m.from_household"
           " WHERE m.community_id = $1 AND m.household_id = $2 ORDER BY m.id DESC LIMIT $3"},
    Source{Happened::posted,
           "SELECT c.posted_at, c.id, coalesce(a.name, ''), c.kind, '' FROM door_control c"
           " LEFT JOIN account a ON a.id = c.posted_by WHERE c.community_id = $1"
           " AND c.household_id = $2 AND c.posted_at IS NOT NULL ORDER BY c.id DESC LIMIT $3"},
    Source{Happened::taken_down,
           "SELECT c.removed_at, c.id, coalesce(a.name, ''), c.kind, '' FROM door_control c"
           " LEFT JOIN account a ON a.id = c.removed_by WHERE c.community_id = $1"
           " AND c.household_id = $2 AND c.removed_at IS NOT NULL ORDER BY c.id DESC LIMIT $3"}};

/// Errors: not_found "household.unknown".
Result<Timeline> show(api::Context& context, const Request& request) {
  const auto home =
      context.db.first("SELECT h.path, h.door, h.dwelling_id FROM {households} h WHERE h.id = $1",
                       {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Timeline line{home->text(0),
                home->id<access::Place>(2),
                home->text(1),
                registry::joint_group(context, request.household),
                {}};
  for (const Source& source : sources) {
    for (const store::Row& row :
         context.db.query(source.sql, {context.community.id, request.household, shown})) {
      Entry entry{
          line.path, row.instant(0), row.integer(1), source.what, row.text(2), row.text(3), {},
          {},        row.text(4)};
      if (source.what == Happened::report) {
        entry.wellbeing = row.text(5);
        if (!row.is_null(6)) entry.temperature = Celsius{row.integer(6)};
      }
      line.rows.push_back(std::move(entry));
    }
  }
  std::ranges::sort(line.rows, [](const Entry& one, const Entry& other) {
    return std::tie(other.at, other.id, other.what) < std::tie(one.at, one.id, one.what);
  });
  if (std::ssize(line.rows) > shown) line.rows.resize(shown);
  return line;
}

}  // namespace

api::Endpoint show_timeline() {
  return api::query("/api/v1/households/{household}/timeline", "household.show",
                    "What happened with a household", show);
}

}  // namespace doorstep::day
