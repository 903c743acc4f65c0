#pragma once
/// \file Compound: a small closed compound in the House, built through the endpoints, for tests.

#include <string>
#include <string_view>

#include "api/testing.h"

namespace doorstep::registry {

/// Two grids; building 1 in grid one and building 2 in grid two, each with one entrance without lift,
/// three floors and two doors a floor; one household behind every door (12 in all). In 1栋1单元101
/// live 张阿姨 (76) and 李伯伯 (78).
class Compound : public api::House {
 protected:
  Compound();

  [[nodiscard]] const std::string& grid(int number) const { return grids_.at(index(number)); }
  [[nodiscard]] const std::string& building(int number) const {
    return buildings_.at(index(number));
  }
  /// By door: ("1", "101"). Ids as text.
  [[nodiscard]] std::string dwelling(std::string_view building, std::string_view door);
  [[nodiscard]] std::string household(std::string_view building, std::string_view door);
  [[nodiscard]] std::string path_of_place(const std::string& id);
  /// A fresh link of a household, proved or not.
  api::As link(const std::string& household, bool proved = false);
  /// One id out of an answer; fails the test where the answer is a problem.
  std::string id(const api::Response& response, std::string_view member = "id");

  api::As manager;
  std::string zhang;  ///< Person id of 张阿姨.

 private:
  static std::size_t index(int number) { return static_cast<std::size_t>(number - 1); }
  std::vector<std::string> grids_;
  std::vector<std::string> buildings_;
};

}  // namespace doorstep::registry
