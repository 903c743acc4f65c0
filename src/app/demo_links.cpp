#include "app/demo.h"
#include "app/demo_desk.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

constexpr const char* link_name = "演示";

/// Households to try: behind three doors of Fumin Garden, or the first ones of another community.
Result<std::vector<std::string>> households_to_try(DemoDesk& desk) {
  std::vector<std::string> households;
  for (const char* door : {"10栋2单元301", "3栋2单元301", "7栋1单元702"}) {
    const auto found = TRY(desk.post("/api/v1/search", {{"text", door}}));
    const auto& rows = found.at("rows").as_array();
    if (rows.empty()) continue;
    const auto dwelling = TRY(
        desk.get("/api/v1/dwellings/" + json::value_to<std::string>(rows.front().at("dwelling"))));
    const auto& behind = dwelling.at("households").as_array();
    if (!behind.empty()) households.push_back(json::value_to<std::string>(behind.front().at("id")));
  }
  if (!households.empty()) return households;
  const auto page = TRY(desk.get("/api/v1/households", "limit=3"));
  for (const json::value& row : page.at("rows").as_array()) {
    households.push_back(json::value_to<std::string>(row.at("id")));
  }
  return households;
}

/// A fresh link; the one of an earlier start is revoked.
Result<std::string> demo_link(DemoDesk& desk, const std::string& household, bool proved) {
  const std::string path = "/api/v1/households/" + household + "/links";
  const auto links = TRY(desk.get(path));
  for (const json::value& link : links.at("rows").as_array()) {
    if (link.at("name").as_string() != link_name || link.as_object().contains("revoked_at")) {
      continue;
    }
    TRY(desk.post("/api/v1/links/" + json::value_to<std::string>(link.at("id")) + "/revoke", {}));
  }
  const auto made = TRY(desk.post(path, {{"name", link_name}}));
  if (proved) {
    TRY(desk.post("/api/v1/links/" + json::value_to<std::string>(made.at("id")) + "/prove",
                  {{"proof", "phone"}}));
  }
  return "Resident: " + json::value_to<std::string>(made.at("url")) +
         (proved ? "   proved" : "   unproved");
}

}  // namespace

Result<std::vector<std::string>> demo_links(Installation& house) {
  DemoDesk desk(house);
  std::vector<std::string> lines;
  // Somebody declared that no page for phones is used here.
  if (TRY(desk.get("/api/v1/reach")).at("mode").as_string() == "desk") return lines;
  for (const std::string& household : TRY(households_to_try(desk))) {
    lines.push_back(TRY(demo_link(desk, household, lines.empty())));
  }
  return lines;
}

}  // namespace doorstep::app
