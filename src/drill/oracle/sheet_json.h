#pragma once
/// \file Members of a JSON object as a sheet has them: what is missing or of another kind is nothing.

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace doorstep::oracle {

/// "" where there is no such text.
[[nodiscard]] inline std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

/// -1 where there is no such number.
[[nodiscard]] inline std::int64_t number_of(const boost::json::object& object,
                                            std::string_view name) {
  const auto* found = object.if_contains(name);
  return found != nullptr && found->is_int64() ? found->get_int64() : -1;
}

}  // namespace doorstep::oracle
