// Every id that a community's manager is shown, replayed by others in every place an id can stand:
// nobody learns of, or changes, what they may not see.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "care/day/testing.h"

namespace doorstep::day {
namespace {

using Ids = std::set<std::string>;

bool in_id(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

/// Every word of 13 characters that is an id.
void collect(std::string_view body, Ids& ids) {
  for (std::size_t at = 0; at < body.size();) {
    std::size_t end = at;
    while (end < body.size() && in_id(body[end])) ++end;
    const std::string_view word = body.substr(at, end - at);
    if (word.size() == 13 && id_from_text(word).value_or(0) > 1'000'000) ids.emplace(word);
    at = end + 1;
  }
}

/// "household" of "{household}" or "$household": each place of a call where an id stands.
std::set<std::string> slots(const Call& call) {
  std::set<std::string> names;
  for (const std::string& text : {call.path, call.query, call.body, call.link_body}) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool name = text[at] == '$' || (text[at] == '{' && at + 1 < text.size() &&
                                            std::islower(text[at + 1]) != 0);
      if (!name) continue;
      std::size_t end = at + 1;
      while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
      names.insert(text.substr(at + 1, end - at - 1));
    }
  }
  for (const char* no_id : {"fresh", "from", "until", "door", "position"}) names.erase(no_id);
  return names;
}

class Replay : public Rights {
 protected:
  /// Everything this actor is shown, following ids from answer to answer.
  Ids crawl(const api::As& as) {
    Ids known;
    Ids asked;
    for (const api::Endpoint& endpoint : api::all_endpoints()) {
      if (endpoint.method == api::Method::get && endpoint.path.find('{') == std::string::npos) {
        collect(get(as, endpoint.path + "?limit=1000").body, known);
      }
    }
    while (asked != known) {
      for (const std::string& id : Ids(known)) {
        if (!asked.insert(id).second) continue;
        for (const Call& call : calls()) {
          if (call.method != api::Method::get) continue;
          for (const std::string& slot : slots(call)) ask(as, call, slot, id, known);
        }
      }
    }
    return known;
  }

  void ask(const api::As& as, const Call& call, const std::string& slot, const std::string& id,
           Ids& known) {
    const api::Response answer = send_with(as, call, site(Relation::inside), slot, id);
    if (answer.status == 200) collect(answer.body, known);
  }

  api::Response send_with(const api::As& as, const Call& call, const Site& own,
                          const std::string& slot, const std::string& id) {
    Site posed = own;
    posed.ids[slot] = id;
    std::string path = filled(call.path, posed, true);
    if (!call.query.empty()) path += "?" + filled(call.query, posed, false);
    const bool says_less = !as.link.empty() && !call.link_body.empty();
    return send(as, call.method, path,
                filled(says_less ? call.link_body : call.body, posed, false));
  }

  /// Sends every call with every id of `all` that this actor is not shown. `own` fills the rest.
  void replay(const api::As& as, const Site& own, const Ids& all) {
    Ids known = crawl(as);
    if (!as.link.empty()) known.insert(own.ids.at("household"));  // Itself.
    Ids hidden;
    std::ranges::set_difference(all, known, std::inserter(hidden, hidden.end()));
    EXPECT_GT(hidden.size(), 20U);
    const std::int64_t before = count("SELECT count(*) FROM journal");
    for (const Call& call : calls()) {
      // Opening what one may not see is what it is for: opening_test.cpp says what comes of it.
      if (call.action == "opening.make") continue;
      for (const std::string& slot : slots(call)) {
        for (const std::string& id : hidden) {
          expect_nothing(call, slot, id, hidden, send_with(as, call, own, slot, id));
          ++sent_;
        }
      }
    }
    EXPECT_EQ(count("SELECT count(*) FROM journal"), before);
  }

  void expect_nothing(const Call& call, const std::string& slot, const std::string& id,
                      const Ids& hidden, const api::Response& answer) {
    if (answer.status >= 400 && answer.status < 500) return;
    Ids shown;
    collect(answer.body, shown);
    Ids leaked;
    std::ranges::set_intersection(shown, hidden, std::inserter(leaked, leaked.end()));
    const bool empty_list = call.method == api::Method::get && !call.shows.empty();
    EXPECT_TRUE(answer.status == 200 && leaked.empty() && empty_list)
        << call.path << " with " << slot << " " << id << ": " << answer.status << " "
        << answer.body.substr(0, 300);
    EXPECT_EQ(answer.body.find(site(Relation::inside).name), std::string::npos) << call.path;
  }

  /// Own objects for every slot, so that only the replayed id is out of place.
  void complete() {
    for (const Relation relation : relations) {
      Site& one = site(relation);
      fresh_link(one);
      fresh_grant(one);
      fresh_phone(one);
      fresh_batch(one);
      one.ids["colleague"] = one.ids["account"];
      one.ids["elsewhere"] = one.ids["neighbours"];
      fresh_ground(one);
      fresh_letter(one);
      say_unwell(one);
      fresh_run(one);
      fresh_loan(one);
      propose_word(one);
      fresh_surroundings(one);
      fresh_shuttle(one);
    }
  }

  std::int64_t sent_ = 0;
};

TEST_P(Replay, NoIdOpensWhatItsReaderMayNotSee) {
  complete();
  const Ids all = crawl(manager);
  EXPECT_GT(all.size(), 60U);
  replay(site(Relation::foreign).manager, site(Relation::foreign), all);
  replay(staff(Role::worker, path_of_place(site(Relation::outside).ids["place"])),
         site(Relation::outside), all);
  replay(link(site(Relation::outside).ids["household"]), site(Relation::outside), all);
  RecordProperty("ids", static_cast<int>(all.size()));
  RecordProperty("requests", static_cast<int>(sent_));
  fmt::print("{} ids in {} requests\n", all.size(), sent_);
}

DOORSTEP_ON_BOTH_ENGINES(Replay);

}  // namespace
}  // namespace doorstep::day
