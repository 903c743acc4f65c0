/// \file Say what is in a kit (F9): 生活包 = 油 1, 米 1, 方便面 1, 健康包 1.
///
/// Source: 「油、米、方便面以及社區精心準備的健康包」 (S0).

#include "care/registry/households.h"
#include "care/supply/stock.h"

namespace doorstep::supply {
namespace {

constexpr std::size_t parts_max = 30;

struct Part {
  std::string item;
  std::int64_t qty = 0;  ///< Pieces.
  void fields(auto& f) {
    f("item", item);
    f("qty", qty);
  }
};

struct Request {
  std::string name;  ///< The same one again replaces what is in it.
  std::vector<Part> parts;
  void fields(auto& f) {
    f("name", name);
    f("parts", parts);
  }
};

struct Response {
  Id<Kit> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: invalid "kit.name", "kit.parts" (none, or too many), "stock.item", "stock.qty".
Result<Response> make(api::WriteContext& context, const Request& request) {
  const std::string name = TRY(registry::clean_text(request.name, 40, "kit.name"));
  if (name.empty()) return Error{ErrorKind::invalid, "kit.name"};
  if (request.parts.empty() || request.parts.size() > parts_max) {
    return Error{ErrorKind::invalid, "kit.parts"};
  }
  const auto standing = context.db.first("SELECT id FROM kit WHERE community_id = $1 AND name = $2",
                                         {context.community.id, name});
  const Response made{standing ? standing->id<Kit>(0) : context.new_id<Kit>()};
  if (!standing) {
    context.tx.post("INSERT INTO kit (community_id, id, name, created_at) VALUES ($1, $2, $3, $4)",
                    {context.community.id, made.id, name, context.now});
  }
  context.tx.post("DELETE FROM kit_part WHERE community_id = $1 AND kit_id = $2",
                  {context.community.id, made.id});
  for (const Part& one : request.parts) {
    const std::string item = TRY(registry::clean_text(one.item, 40, "stock.item"));
    if (item.empty()) return Error{ErrorKind::invalid, "stock.item"};
    if (one.qty <= 0 || one.qty > pieces_max) return Error{ErrorKind::invalid, "stock.qty", item};
    context.tx.post(
        "INSERT INTO kit_part (community_id, kit_id, item, qty) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (community_id, kit_id, item) DO UPDATE SET qty = kit_part.qty + excluded.qty",
        {context.community.id, made.id, item, one.qty});
  }
  context.journal("kit.made", made.id.value(), "");
  return made;
}

}  // namespace

api::Endpoint make_kit() {
  return api::command(api::Method::post, "/api/v1/kits", "supplier.edit", "Say what is in a kit",
                      make);
}

}  // namespace doorstep::supply
