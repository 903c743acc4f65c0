#include "care/registry/compound.h"

#include <fmt/format.h>

namespace doorstep::registry {

using access::Role;
using api::member;

Compound::Compound() : manager(staff(Role::manager)) {
  for (const char* name : {"一网格", "二网格"}) {
    grids_.push_back(
        id(post(manager, "/api/v1/places", fmt::format(R"({{"kind":"grid","name":"{}"}})", name))));
  }
  for (int number = 1; number <= 2; ++number) {
    buildings_.push_back(id(post(manager, "/api/v1/places",
                                 fmt::format(R"({{"kind":"building","parent":"{}","name":"{}栋"}})",
                                             grid(number), number))));
    const std::string entrance = id(post(
        manager, "/api/v1/places",
        fmt::format(R"({{"kind":"entrance","parent":"{}","name":"1单元","floors":3,"lift":false}})",
                    building(number))));
    for (int floor = 1; floor <= 3; ++floor) {
      for (int column = 1; column <= 2; ++column) {
        const std::string place =
            id(post(manager, "/api/v1/places",
                    fmt::format(R"({{"kind":"dwelling","parent":"{}","name":"{}0{}","floor":{}}})",
                                entrance, floor, column, floor)));
        id(post(manager, "/api/v1/households", fmt::format(R"({{"dwelling":"{}"}})", place)));
      }
    }
  }
  const std::string home = household("1", "101");
  const std::string people = "/api/v1/households/" + home + "/people";
  zhang =
      id(post(manager, people,
              R"({"name":"张阿姨","sex":"female","born_on":"1946-03-01","phone":"13000000301"})"));
  id(post(manager, people, R"({"name":"李伯伯","sex":"male","born_on":"1944-05-02"})"));
}

std::string Compound::id(const api::Response& response, std::string_view name) {
  EXPECT_EQ(response.status, 200) << response.body;
  return member(response, name);
}

std::string Compound::dwelling(std::string_view building, std::string_view door) {
  std::string found;
  const auto outcome = store().read([&](store::Snapshot& db) -> store::Outcome {
    const auto row = db.first(
        "SELECT d.id FROM place d JOIN place e ON e.community_id = d.community_id"
        " AND e.id = d.parent_id JOIN place b ON b.community_id = e.community_id"
        " AND b.id = e.parent_id WHERE d.community_id = $1 AND d.name = $2 AND b.name = $3",
        {community(), door, std::string(building) + "栋"});
    found = id_text(row->integer(0));
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
  return found;
}

std::string Compound::household(std::string_view building, std::string_view door) {
  const auto place = id_from_text(dwelling(building, door));
  return id_text(count(fmt::format("SELECT id FROM household WHERE dwelling_id = {}", *place)));
}

std::string Compound::path_of_place(const std::string& place) {
  std::string path;
  const auto outcome = store().read([&](store::Snapshot& db) -> store::Outcome {
    path = db.first("SELECT path FROM place WHERE id = $1", {*id_from_text(place)})->text(0);
    return store::Answer{};
  });
  EXPECT_TRUE(outcome.ok());
  return path;
}

api::As Compound::link(const std::string& household, bool proved) {
  const auto made =
      post(manager, "/api/v1/households/" + household + "/links", R"({"name":"家里的手机"})");
  EXPECT_EQ(made.status, 200) << made.body;
  if (proved) {
    EXPECT_EQ(
        post(manager, "/api/v1/links/" + member(made, "id") + "/prove", R"({"proof":"phone"})")
            .status,
        200);
  }
  return {{}, member(made, "token"), api::Channel::network};
}

}  // namespace doorstep::registry
