#pragma once
/// \file A community that buys together, for tests: a farm with the prices of the Langyue community.
/// Test code alone includes this.

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::supply {

class SupplyHouse : public registry::Compound {
 protected:
  SupplyHouse() {
    farm = id(post(manager, "/api/v1/suppliers", R"({"name":"蔬菜基地"})"));
    // Yuan at the farm / in the shop: 白萝卜 0.90/2.00 a root, 青椒 2.60/5.50, 西红柿 2.80/6.00, 鸡蛋
    // 0.45/0.95.
    price("白萝卜", "根", 90, 200);
    price("青椒", "斤", 260, 550);
    price("西红柿", "斤", 280, 600);
    price("鸡蛋", "个", 45, 95);
  }

  void price(std::string_view good, std::string_view unit, int fen, int market) {
    const auto answer =
        post(manager, "/api/v1/suppliers/" + farm + "/prices",
             fmt::format(R"({{"good":"{}","unit":"{}","price_fen":{},"market_fen":{}}})", good,
                         unit, fen, market));
    ASSERT_EQ(answer.status, 200) << answer.body;
  }
  api::Response ask(std::string_view door, std::string_view text, std::string_view building = "1") {
    return post(
        manager, "/api/v1/needs",
        fmt::format(R"({{"household":"{}","text":"{}"}})", household(building, door), text));
  }
  void isolate(std::string_view door, std::string_view building = "1") {
    ASSERT_EQ(
        post(manager, "/api/v1/observations",
             fmt::format(R"({{"household":"{}","ground":"area"}})", household(building, door)))
            .status,
        200);
  }
  /// Past the cut-off at 13:00; the sheets are made.
  void close() {
    clock().advance(std::chrono::hours{4});
    cycle = api::member(get(manager, "/api/v1/cycles"), "rows.0.id");
    const auto closed = post(manager, "/api/v1/cycles/" + cycle + "/close");
    ASSERT_EQ(closed.status, 200) << closed.body;
  }
  api::Response sheet() { return get(manager, "/api/v1/cycles/" + cycle + "/sheet"); }
  /// "30000 1350" of a good: quantity and cost; its line's id in line_id.
  std::string line(std::string_view good) {
    const auto answer = sheet();
    for (std::size_t at = 0; at < api::length(answer, "rows"); ++at) {
      const std::string row = fmt::format("rows.{}.", at);
      if (api::member(answer, row + "good") != good) continue;
      line_id = api::member(answer, row + "id");
      return api::member(answer, row + "qty") + " " + api::member(answer, row + "cost_fen");
    }
    return "none";
  }
  api::Response answer(std::string_view good, std::string_view json) {
    line(good);
    return post(manager, "/api/v1/purchase-lines/" + line_id + "/answer", json);
  }
  std::int64_t owed(std::string_view door, std::string_view building = "1") {
    return count(fmt::format(
        "SELECT coalesce(sum(amount_fen), 0) FROM ledger_posting WHERE account = 'household'"
        " AND owner_id = {}",
        *id_from_text(household(building, door))));
  }
  std::int64_t granted(std::string_view good) {
    return count(
        fmt::format("SELECT coalesce(sum(granted), 0) FROM order_line WHERE canonical = '{}'"
                    " AND state <> 'cancelled'",
                    good));
  }

  std::string farm;
  std::string cycle;
  std::string line_id;
};

}  // namespace doorstep::supply
