// Every id in what one actor is answered, asked for again by another: over paths, queries, files of lists and the live
// stream. What one may not see opens nothing, in whatever it is named.

#include <cctype>
#include <set>

#include <fmt/format.h>

#include "care/day/testing.h"
#include "store/store.h"

namespace doorstep::day {
namespace {

using Ids = std::set<std::string>;

constexpr std::size_t id_length = 13;

/// What stands in quotes or between commas and looks like an id.
Ids ids_in(std::string_view text) {
  Ids found;
  std::size_t from = 0;
  const auto part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  };
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && part(text[at])) continue;
    const std::string_view word = text.substr(from, at - from);
    if (word.size() == id_length && id_from_text(word)) found.emplace(word);
    from = at + 1;
  }
  return found;
}

class AccessReplay : public Rights {
 protected:
  static bool reads(const Call& call) {
    return call.method == api::Method::get && !call.of_community;
  }

  /// All ids that this actor is answered about a site.
  Ids seen_by(const api::As& as, Site& site) {
    Ids seen;
    for (const Call& call : calls()) {
      if (!reads(call)) continue;
      if (call.prepare != nullptr) call.prepare(*this, site);
      const api::Response answer = send_call(as, call, site);
      if (answer.status == 200) seen.merge(ids_in(answer.body));
    }
    return seen;
  }

  /// What another sees and this one does not.
  Ids secrets(const Ids& others, const api::As& as) {
    Ids left = others;
    for (const std::string& one : seen_by(as, site(Relation::inside))) left.erase(one);
    for (const auto& [name, id] : site(Relation::inside).ids) left.erase(id);
    return left;
  }

  /// Asks every path of one name, and each query that names something, with every id. How many were asked.
  std::int64_t ask_all(const api::As& as, const Ids& ids, std::string_view who) {
    std::int64_t asked = 0;
    const auto expect_nothing = [&](const std::string& path, const std::string& id) {
      ++asked;
      const api::Response answer = get(as, path);
      if (answer.status != 200) return;
      for (const std::string& told : ids_in(answer.body)) {
        EXPECT_TRUE(told == id || !ids.contains(told)) << who << ' ' << path << " tells " << told;
      }
      EXPECT_EQ(answer.body.find(site(Relation::outside).name), std::string::npos) << path;
      EXPECT_EQ(answer.body.find(site(Relation::foreign).name), std::string::npos) << path;
    };
    for (const Call& call : calls()) {
      const auto open = call.path.find('{');
      const auto mark = call.query.find("=$");
      if (!reads(call) || (open == std::string::npos && mark == std::string::npos)) continue;
      for (const std::string& id : ids) {
        std::string path = call.path;
        if (open != std::string::npos) path.replace(open, path.find('}') + 1 - open, id);
        std::string query = call.query;
        if (mark != std::string::npos) {
          query.replace(mark + 1, query.find('&', mark) - (mark + 1), id);
        }
        expect_nothing(query.empty() ? path : path + "?" + query, id);
      }
    }
    return asked;
  }

  /// Each list as a file.
  std::int64_t take_files(const api::As& as, const Ids& ids, std::string_view who) {
    std::int64_t files = 0;
    for (const api::Endpoint& endpoint : api::all_endpoints()) {
      if (!endpoint.paged || endpoint.path.find('{') != std::string::npos) continue;
      for (const std::string_view format : {"csv", "xlsx"}) {
        const api::Response file = get(as, fmt::format("{}?format={}", endpoint.path, format));
        if (file.status != 200) continue;
        ++files;
        for (const std::string& told : ids_in(file.body)) {
          EXPECT_FALSE(ids.contains(told)) << who << ' ' << endpoint.path << " tells " << told;
        }
        EXPECT_EQ(file.body.find(site(Relation::outside).name), std::string::npos) << endpoint.path;
        EXPECT_EQ(file.body.find(site(Relation::foreign).name), std::string::npos) << endpoint.path;
      }
    }
    return files;
  }

  /// The whole journal, as the stream would tell it.
  std::int64_t hear(const api::As& as, const Ids& ids, std::string_view who) {
    api::Request request;
    request.session = as.session;
    const auto viewer = service().viewer(request);
    if (!viewer.ok()) return 0;
    std::int64_t heard = 0;
    for (const store::Sealed& entry : store().journal(0, 100'000)) {
      const auto told = api::Service::event_data(*viewer, entry);
      if (!told) continue;
      ++heard;
      for (const std::string& id : ids_in(*told)) {
        EXPECT_FALSE(ids.contains(id)) << who << " hears " << *told;
      }
    }
    return heard;
  }
};

TEST_P(AccessReplay, WhatOneIsAnsweredOpensNothingForAnother) {
  Ids others = seen_by(site(Relation::foreign).manager, site(Relation::foreign));
  others.merge(seen_by(staff(Role::grid_head, path_of_place(grid(2))), site(Relation::outside)));
  std::int64_t asked = 0;
  std::int64_t files = 0;
  std::int64_t heard = 0;
  for (const Role role : {Role::worker, Role::volunteer, Role::grid_head, Role::opener}) {
    const api::As& as = actor(role);
    const Ids ids = secrets(others, as);
    EXPECT_GT(ids.size(), 50U);
    asked += ask_all(as, ids, access::word(role));
    files += take_files(as, ids, access::word(role));
    heard += hear(as, ids, access::word(role));
  }
  EXPECT_GT(asked, 10'000);
  EXPECT_GT(files, 20);
  EXPECT_GT(heard, 100);
  fmt::print("{} questions, {} files, {} entries\n", asked, files, heard);
}

DOORSTEP_ON_BOTH_ENGINES(AccessReplay);

}  // namespace
}  // namespace doorstep::day
