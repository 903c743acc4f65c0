/// \file The lessons that were held, with how many came (D16), and how many households there are of each
/// way to goods (D17): who orders by itself, who writes a message, who is asked at the door.

#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Lesson;

namespace {

constexpr std::int64_t shown_max = 100;

struct LessonRow {
  Id<Lesson> id;
  std::string topic;
  std::string channel;
  Instant at{};
  std::string by;
  std::int64_t attended = 0;
  std::int64_t shops = 0;

  void fields(auto& f) {
    f("id", id);
    f("topic", topic);
    f("channel", channel);
    f("at", at);
    f("by", by);
    f("attended", attended);
    f("shops", shops);
  }
};

struct Response {
  std::vector<LessonRow> rows;  ///< Newest first, at most 100.
  std::int64_t proxy = 0;       ///< No smartphone: somebody asks at the door (D14).
  std::int64_t relay = 0;       ///< Write messages: the relay and the page.
  std::int64_t self = 0;        ///< Order in a shop's app as well.
  std::int64_t unknown = 0;     ///< Nobody asked yet.

  void fields(auto& f) {
    f("rows", rows);
    f("proxy", proxy);
    f("relay", relay);
    f("self", self);
    f("unknown", unknown);
  }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT l.id, l.topic, l.channel, l.at, a.name, count(t.household_id),"
           " count(*) FILTER (WHERE t.shops) FROM lesson l JOIN lesson_attendee t"
           " ON t.community_id = l.community_id AND t.lesson_id = l.id LEFT JOIN account a"
           " ON a.id = l.by WHERE l.community_id = $1 GROUP BY l.id, l.topic, l.channel, l.at,"
           " a.name ORDER BY l.id DESC LIMIT $2",
           {context.community.id, shown_max})) {
    made.rows.push_back({row.id<Lesson>(0), row.text(1), row.text(2), row.instant(3),
                         row.maybe_text(4).value_or(""), row.integer(5), row.integer(6)});
  }
  const auto ways = context.db.first(
      "SELECT count(*) FILTER (WHERE h.digital = 'none'), count(*) FILTER (WHERE h.digital ="
      " 'chat'), count(*) FILTER (WHERE h.digital = 'shops'),"
      " count(*) FILTER (WHERE h.digital = 'unknown') FROM {households} h"
      " WHERE h.ended_at IS NULL",
      {});
  made.proxy = ways->integer(0);
  made.relay = ways->integer(1);
  made.self = ways->integer(2);
  made.unknown = ways->integer(3);
  return made;
}

}  // namespace

api::Endpoint list_lessons() {
  return api::query("/api/v1/lessons", "need.list", "Lessons held, and households by their way",
                    list);
}

}  // namespace doorstep::supply
