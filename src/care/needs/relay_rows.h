#pragma once
/// \file A row of a relay as the console shows it.

#include "care/needs/relay.h"

namespace doorstep::needs {

struct ShownRow {
  std::string path;
  std::string key;
  std::string text;
  std::optional<Id<access::Household>> household;  ///< The door is known.
  RowChange change = RowChange::added;
  std::vector<Line> lines;
  std::vector<Piece> pieces;
  std::int64_t unread = 0;
  bool sure = false;  ///< It is ordered as it is.
  std::optional<Id<Need>> need;
  std::optional<State> state;  ///< After the post.
  std::string refused;         ///< Why it waits for a person: a code, or empty.

  void fields(auto& f) {
    f.at(path);
    f("key", key, api::Class::door);
    f("text", text, api::Class::health);
    f("household", household);
    f("change", change);
    f("lines", lines, api::Class::money);
    f("pieces", pieces);
    f("unread", unread);
    f("sure", sure);
    f("need", need);
    f("state", state);
    f("refused", refused);
  }
};

[[nodiscard]] ShownRow shown(const api::Context& context, const ComparedRow& row);

}  // namespace doorstep::needs
