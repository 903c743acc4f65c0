#pragma once
/// \file How the calls of the access matrix are written down. Test code alone includes this.

#include "care/day/testing.h"

namespace doorstep::day {

inline Call get(std::string action, std::string path, std::string query = {},
                std::string shows = {}) {
  return {std::move(action), api::Method::get, std::move(path), std::move(query), {},
          std::move(shows)};
}

inline Call post(std::string action, std::string path, std::string body,
                 void (*prepare)(Rights&, Site&) = nullptr) {
  Call call{std::move(action), api::Method::post, std::move(path)};
  call.body = std::move(body);
  call.prepare = prepare;
  return call;
}

inline Call shown(Call call, void (*prepare)(Rights&, Site&)) {
  call.prepare = prepare;
  return call;
}

/// A question that is posted.
inline Call ask(std::string action, std::string path, std::string body, std::string shows) {
  Call call = post(std::move(action), std::move(path), std::move(body));
  call.shows = std::move(shows);
  return call;
}

inline Call with(void (*prepare)(Rights&, Site&), Call call) {
  call.prepare = prepare;
  return call;
}

inline Call of_community(Call call) {
  call.of_community = true;
  return call;
}

/// Calls about what people ask for, what is bought, and goods on their way.
std::vector<Call> need_calls();
std::vector<Call> supply_calls();
std::vector<Call> goods_calls();
/// About what is kept of people, and about who is thought to have gone out.
std::vector<Call> rights_calls();
/// About households that are opened in an emergency.
std::vector<Call> opening_calls();

}  // namespace doorstep::day
