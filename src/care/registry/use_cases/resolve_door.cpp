/// \file Find the door that a text means: "10-2-301", "10栋2单元301", "静园巷13号1单元103" (A9).
/// One door, or a list to choose from; never one that was only likely.

#include "care/registry/search.h"

namespace doorstep::registry {
namespace {

constexpr std::size_t shown_max = 20;

struct Request {
  std::string text;
  void fields(auto& f) { f("text", text, api::Class::door); }
};

struct Door {
  std::string path;
  Id<Place> dwelling;
  std::string door;

  void fields(auto& f) {
    f.at(path);
    f("dwelling", dwelling);
    f("door", door, api::Class::door);
  }
};

struct Response {
  std::string state;                  ///< "one", "ambiguous" or "none".
  std::optional<Id<Place>> dwelling;  ///< With "one".
  std::vector<Door> rows;             ///< At most 20.
  bool more = false;                  ///< There are others besides.

  void fields(auto& f) {
    f("state", state);
    f("dwelling", dwelling);
    f("rows", rows);
    f("more", more);
  }
};

Result<Response> resolve(api::Context& context, const Request& request) {
  if (request.text.size() > 400) return Error{ErrorKind::invalid, "door.text_too_long"};
  std::vector<DoorMatch> matches = match_doors(context, request.text, shown_max + 1);
  Response answer;
  answer.more = matches.size() > shown_max;
  if (answer.more) matches.resize(shown_max);
  for (const DoorMatch& one : matches) answer.rows.push_back({one.path, one.dwelling, one.door});
  const bool one = matches.size() == 1 && matches.front().sure;
  answer.state = matches.empty() ? "none" : one ? "one" : "ambiguous";
  if (one) answer.dwelling = matches.front().dwelling;
  return answer;
}

}  // namespace

api::Endpoint resolve_door() {
  return api::posted_query("/api/v1/doors/resolve", "search.run", "Find the door that a text means",
                           resolve);
}

}  // namespace doorstep::registry
