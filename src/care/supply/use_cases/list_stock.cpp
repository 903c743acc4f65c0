/// \file What is in the community's store, and of which kits how many can be made of it (F9).

#include <algorithm>

#include "care/supply/stock.h"

namespace doorstep::supply {
namespace {

struct Item {
  std::string item;
  std::int64_t in_store = 0;
  std::int64_t issued = 0;

  void fields(auto& f) {
    f("item", item);
    f("in_store", in_store);
    f("issued", issued);
  }
};

struct KitRow {
  Id<Kit> id;
  std::string name;
  std::vector<std::string> parts;  ///< "米 1"
  std::int64_t possible = 0;       ///< As many can be issued.

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("parts", parts);
    f("possible", possible);
  }
};

struct Response {
  std::vector<Item> items;
  std::vector<KitRow> kits;
  void fields(auto& f) {
    f("items", items);
    f("kits", kits);
  }
};

void add_kits(api::Context& context, Response& made) {
  for (const store::Row& row : context.db.query(
           "SELECT k.id, k.name, p.item, p.qty FROM kit k JOIN kit_part p"
           " ON p.community_id = k.community_id AND p.kit_id = k.id WHERE k.community_id = $1"
           " ORDER BY k.name, k.id, p.item",
           {context.community.id})) {
    const auto id = row.id<Kit>(0);
    const bool fresh = made.kits.empty() || made.kits.back().id != id;
    if (fresh) made.kits.push_back({id, row.text(1), {}, pieces_max});
    KitRow& kit = made.kits.back();
    kit.parts.push_back(row.text(2) + " " + std::to_string(row.integer(3)));
    const auto there = std::ranges::find(made.items, row.text(2), &Item::item);
    const std::int64_t pieces = there == made.items.end() ? 0 : there->in_store;
    kit.possible = std::min(kit.possible, pieces / row.integer(3));
  }
}

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT item, coalesce(sum(qty) FILTER (WHERE place = 'store'), 0),"
           " coalesce(sum(qty) FILTER (WHERE place = 'household'), 0) FROM stock_posting"
           " WHERE community_id = $1 GROUP BY item ORDER BY item",
           {context.community.id})) {
    made.items.push_back({row.text(0), row.integer(1), row.integer(2)});
  }
  add_kits(context, made);
  return made;
}

}  // namespace

api::Endpoint list_stock() {
  return api::query("/api/v1/stock", "need.list", "What is in the community's store", list);
}

}  // namespace doorstep::supply
