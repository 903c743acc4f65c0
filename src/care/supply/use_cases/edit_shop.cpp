/// \file A shop nearby: what kind, when it is open, whether it is shut for now (D19).
///
/// Source: 「到社區裡的五金店購買插座」 (S0).

#include <algorithm>

#include "care/registry/households.h"
#include "care/supply/purchase.h"

namespace doorstep::supply {

struct Shop;

namespace {

struct Request {
  std::string name;  ///< The same name again changes that shop.
  std::string kind;  ///< "hardware", "pharmacy", "phone", "grocery", "other".
  std::optional<std::string> phone;
  std::optional<std::string> place;
  std::int64_t opens = 0;      ///< Minutes since midnight, local time.
  std::int64_t closes = 1440;  ///< After `opens`.
  std::optional<bool> closed;  ///< Shut, whatever the hours say.

  void fields(auto& f) {
    f("name", name);
    f("kind", kind);
    f("phone", phone);
    f("place", place);
    f("opens", opens);
    f("closes", closes);
    f("closed", closed);
  }
};

struct Response {
  Id<Shop> id;
  void fields(auto& f) { f("id", id); }
};

constexpr std::int64_t day_minutes = 1440;
constexpr std::array kinds{std::string_view{"hardware"}, std::string_view{"pharmacy"},
                           std::string_view{"phone"}, std::string_view{"grocery"},
                           std::string_view{"other"}};

/// Errors: invalid "shop.name", "shop.kind", "shop.hours".
Result<Response> edit(api::WriteContext& context, const Request& request) {
  const std::string name = TRY(registry::clean_text(request.name, 40, "shop.name"));
  if (name.empty()) return Error{ErrorKind::invalid, "shop.name"};
  if (std::ranges::find(kinds, std::string_view(request.kind)) == kinds.end()) {
    return Error{ErrorKind::invalid, "shop.kind"};
  }
  if (request.opens < 0 || request.opens >= request.closes || request.closes > day_minutes) {
    return Error{ErrorKind::invalid, "shop.hours"};
  }
  const std::string phone = TRY(registry::clean_text(request.phone.value_or(""), 30, "shop.name"));
  const std::string place = TRY(registry::clean_text(request.place.value_or(""), 60, "shop.name"));
  const auto standing = context.db.first(
      "SELECT id FROM shop WHERE community_id = $1 AND name = $2", {context.community.id, name});
  const Response made{standing ? standing->id<Shop>(0) : context.new_id<Shop>()};
  context.tx.post(
      "INSERT INTO shop (community_id, id, name, kind, phone, place, opens, closes, closed,"
      " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (community_id, id) DO UPDATE SET kind = excluded.kind, phone = excluded.phone,"
      " place = excluded.place, opens = excluded.opens, closes = excluded.closes,"
      " closed = excluded.closed, changed_at = excluded.changed_at",
      {context.community.id, made.id, name, request.kind, phone, place, request.opens,
       request.closes, request.closed.value_or(false), context.now});
  context.journal("shop.edited", made.id.value(), "");
  return made;
}

}  // namespace

api::Endpoint edit_shop() {
  return api::command(api::Method::post, "/api/v1/shops", "round.collect",
                      "Say when a shop nearby is open", edit);
}

}  // namespace doorstep::supply
