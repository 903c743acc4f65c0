/// \file The shops nearby by kind, with which of them are open now (D19).

#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Shop;

namespace {

struct Request {
  std::optional<std::string> kind;
  std::optional<bool> open;  ///< true: those that are open now.

  void fields(auto& f) {
    f("kind", kind);
    f("open", open);
  }
};

struct ShopRow {
  Id<Shop> id;
  std::string name;
  std::string kind;
  std::string phone;
  std::string place;
  std::int64_t opens = 0;
  std::int64_t closes = 0;
  bool closed = false;
  bool open_now = false;

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("kind", kind);
    f("phone", phone);
    f("place", place);
    f("opens", opens);
    f("closes", closes);
    f("closed", closed);
    f("open_now", open_now);
  }
};

struct Response {
  std::int64_t open_now = 0;
  std::vector<ShopRow> rows;
  void fields(auto& f) {
    f("open_now", open_now);
    f("rows", rows);
  }
};

Result<Response> list(api::Context& context, const Request& request) {
  const auto minute = std::chrono::duration_cast<std::chrono::minutes>(
                          context.now - context.community.zone.at(context.today(), {}))
                          .count();
  Response made;
  for (const store::Row& row :
       context.db.query("SELECT id, name, kind, phone, place, opens, closes, closed FROM shop"
                        " WHERE community_id = $1 AND ($2 = '' OR kind = $2) ORDER BY kind, name",
                        {context.community.id, request.kind.value_or("")})) {
    ShopRow one{row.id<Shop>(0), row.text(1),    row.text(2),    row.text(3),
                row.text(4),     row.integer(5), row.integer(6), row.boolean(7)};
    one.open_now = !one.closed && minute >= one.opens && minute < one.closes;
    made.open_now += one.open_now ? 1 : 0;
    if (request.open.value_or(one.open_now) == one.open_now) made.rows.push_back(std::move(one));
  }
  return made;
}

}  // namespace

api::Endpoint list_shops() {
  return api::query("/api/v1/shops", "round.collect", "Shops nearby, and which are open now", list);
}

}  // namespace doorstep::supply
