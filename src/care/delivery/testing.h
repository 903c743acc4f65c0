#pragma once
/// \file GoodsHouse: a compound with a receiving point and volunteers, for tests.

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::delivery {

class GoodsHouse : public registry::Compound {
 protected:
  GoodsHouse() {
    point_ = id(post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})"));
  }

  /// An account with the role of a volunteer everywhere.
  std::string volunteer() {
    staff(access::Role::volunteer);
    // Its login has the highest number; ids of one millisecond are in no order.
    return id_text(count("SELECT id FROM account ORDER BY length(login) DESC, login DESC LIMIT 1"));
  }

  api::Response receive(std::string_view json) {
    return post(manager, "/api/v1/parcels/receive", json);
  }
  /// Received for a door of building 1 or 2, without an order.
  std::string bag(std::string_view building, std::string_view door,
                  std::string_view kind = "fresh") {
    return id(receive(fmt::format(R"({{"door":"{}-1-{}","class":"{}"}})", building, door, kind)),
              "parcel.id");
  }
  void disinfect() {
    EXPECT_EQ(post(manager, "/api/v1/parcels/disinfect", R"({"all":true})").status, 200);
  }
  static std::string quoted(const std::vector<std::string>& ids) {
    std::string list;
    for (const std::string& one : ids) list += (list.empty() ? "\"" : ",\"") + one + '"';
    return list;
  }
  api::Response publish(const std::string& carrier, const std::vector<std::string>& parcels) {
    return post(
        manager, "/api/v1/runs",
        fmt::format(R"({{"runs":[{{"carrier":"{}","parcels":[{}]}}]}})", carrier, quoted(parcels)));
  }
  std::string run_of(const std::string& carrier, const std::vector<std::string>& parcels) {
    return id(publish(carrier, parcels), "runs.0");
  }
  api::As phone(const std::string& run) {
    return {{}, id(post(manager, "/api/v1/runs/" + run + "/link"), "token")};
  }
  /// A key as phones make them.
  std::string key() { return fmt::format("018e0000-0000-7000-8000-{:012}", ++keys_); }
  api::Response act(const api::As& as, std::string_view json, std::string_view under) {
    return send(as, api::Method::post, "/api/v1/run/actions",
                fmt::format(R"({{"key":"{}",{}}})", under, json), under);
  }
  api::Response act(const api::As& as, std::string_view json) { return act(as, json, key()); }
  std::string state(const std::string& parcel) {
    return api::member(get(manager, "/api/v1/parcels/" + parcel), "parcel.state");
  }
  std::string code(const api::Response& response) { return api::member(response, "code"); }

  /// received = delivered + waiting + out + returned + lost, counted from the parcels and from the steps.
  void expect_balance() {
    EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL"),
              count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL AND state IN"
                    " ('received', 'disinfected', 'sorted', 'held', 'out', 'delivered',"
                    " 'returned', 'lost')"));
    EXPECT_EQ(count("SELECT count(DISTINCT parcel_id) FROM parcel_step WHERE step = 'received'"),
              count("SELECT count(*) FROM parcel WHERE received_at IS NOT NULL"));
    // What is out is in one run that is out; what came and is open is owed.
    EXPECT_EQ(count("SELECT count(*) FROM parcel p WHERE p.state = 'out' AND NOT EXISTS"
                    " (SELECT 1 FROM run r WHERE r.id = p.run_id AND r.state = 'out')"),
              0);
    EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE state <> 'expected' AND closed_at IS NULL"),
              count("SELECT count(*) FROM duty WHERE kind = 'parcel' AND closed_at IS NULL"));
    EXPECT_EQ(count("SELECT count(*) FROM parcel WHERE (closed_at IS NULL) <> (state NOT IN"
                    " ('delivered', 'returned', 'lost', 'cancelled'))"),
              0);
  }

  std::string point_;

 private:
  int keys_ = 0;
};

}  // namespace doorstep::delivery
