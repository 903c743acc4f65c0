/// \file Offer a basket (快捷菜篮子): a name, a price, what is in it. One tap orders it.

#include "care/needs/order.h"
#include "care/registry/households.h"

namespace doorstep::needs {

struct Basket;

namespace {

constexpr std::int64_t price_fen_max = 10'000'000;

struct Request {
  std::string name;
  std::int64_t price_fen = 0;
  std::string contents;  ///< "青菜2斤，西红柿2斤，鸡蛋10个": read like any text.

  void fields(auto& f) {
    f("name", name);
    f("price_fen", price_fen);
    f("contents", contents);
  }
};

struct Response {
  Id<Basket> id;
  std::vector<Line> lines;
  void fields(auto& f) {
    f("id", id);
    f("lines", lines);
  }
};

/// Errors: invalid "basket.name", "basket.price" (not above 0), "basket.contents" (something in it was
/// not understood, or has no amount), "order.quantity".
Result<Response> offer(api::WriteContext& context, const Request& request) {
  const std::string name = TRY(registry::clean_text(request.name, 30, "basket.name"));
  if (name.empty()) return Error{ErrorKind::invalid, "basket.name"};
  if (request.price_fen <= 0 || request.price_fen > price_fen_max) {
    return Error{ErrorKind::invalid, "basket.price"};
  }
  const Reading reading = read(TRY(registry::clean_text(request.contents, 500, "basket.contents")));
  if (reading.unread > 0 || !check_lines(context.rules(), reading.lines).ok()) {
    return Error{ErrorKind::invalid, "basket.contents"};
  }
  const auto id = context.new_id<Basket>();
  context.tx.run(
      "INSERT INTO basket (community_id, id, name, price_fen, offered, created_at)"
      " VALUES ($1, $2, $3, $4, TRUE, $5)",
      {context.community.id, id, name, request.price_fen, context.now});
  std::int64_t number = 0;
  for (const Line& line : reading.lines) {
    context.tx.run(
        "INSERT INTO basket_line (community_id, basket_id, number, name, canonical, qty, unit)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {context.community.id, id, ++number, line.name, line.canonical, *line.qty, line.unit});
  }
  context.journal("basket.offered", id.value(), "");
  return Response{id, reading.lines};
}

}  // namespace

api::Endpoint offer_basket() {
  return api::command(api::Method::post, "/api/v1/baskets", "supplier.edit", "Offer a basket",
                      offer);
}

}  // namespace doorstep::needs
