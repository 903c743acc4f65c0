#include "care/registry/alike.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "care/registry/bulk.h"
#include "engine/linkage/link_keys.h"
#include "engine/linkage/person_index.h"

namespace doorstep::registry {
namespace {

using linkage::Kind;

/// More people than these under one key tell nobody apart: another key has to.
constexpr std::int64_t people_of_key = 64;
constexpr std::size_t alike_max = 5;
/// From how many bits on a likeness that rests on no phone is asked about. With more people registered
/// more strangers have a namesake: so that of strangers one in twenty is asked about, one bit more
/// is asked for at each doubling from 40,000 people on (docs/benchmarks/linkage.md); log2(20) bits are enough
/// at any size, since chance reaches them once in twenty times (Markov's inequality).
float chance_bits(double registered) {
  return static_cast<float>(std::clamp(std::log2(registered / 40'000), 0.0, 4.3));
}
/// People of one name are counted up to here; whoever is commoner still is hardly told apart.
constexpr std::int64_t namesakes_max = 1000;

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{Kind::full_name, Kind::category, Kind::date, Kind::phone,
                                     Kind::address};
  return all;
}

/// From, and up to before.
struct Rows {
  linkage::Row begin = 0;
  linkage::Row end = 0;
};

/// What is known of somebody registered.
struct Candidate {
  Alike alike = {};
  bool has_number = false;
  std::vector<std::string> phones = {};
  Rows rows = {};
};

/// A row for each phone, or one without.
Rows add_rows(linkage::People& people, const PersonRow& person,
              const std::vector<std::string>& phones, const std::string& door) {
  Rows rows{static_cast<linkage::Row>(people.size()), 0};
  const std::string born_on = person.born_on ? to_text(*person.born_on) : "";
  const std::string_view sex = person.sex == Sex::unknown ? "" : api::word(person.sex);
  for (std::size_t at = 0; at < std::max<std::size_t>(1, phones.size()); ++at) {
    const std::string_view phone = at < phones.size() ? phones[at] : std::string_view();
    people.add(std::array<std::string_view, 5>{person.name.reveal(), sex, born_on, phone, door});
  }
  rows.end = static_cast<linkage::Row>(people.size());
  return rows;
}

/// How many people are registered, roughly: keys are spread evenly, so a part of their range holds
/// that part of them, and nearly everybody has two. Counting a million takes too long.
double people_registered(store::Snapshot& db) {
  constexpr double keys_of_person = 2;
  constexpr std::int64_t few = 30;
  for (const std::int64_t parts : {4096, 256}) {
    const auto sample =
        db.first("SELECT COUNT(*) FROM link_key WHERE key < $1", {INT64_MAX / parts})->integer(0);
    if (sample >= few) return static_cast<double>(sample * parts) / keys_of_person;
  }
  return static_cast<double>(db.first("SELECT COUNT(*) FROM person")->integer(0));
}

/// Who stands under each of `keys`; nobody under one that tells nobody apart. Eight to a statement,
/// since a round trip costs more than a key.
void people_of(store::Snapshot& db, std::map<std::int64_t, std::vector<std::int64_t>>& keys) {
  constexpr std::size_t at_once = 8;
  static const std::string sql = [] {
    std::string text;
    for (std::size_t at = 1; at <= at_once; ++at) {
      const std::string number = std::to_string(at);
      text += (at > 1 ? " UNION ALL " : "");
      text += "SELECT key, person_id FROM (SELECT key, person_id FROM link_key WHERE key = $" +
              number + " LIMIT " + std::to_string(people_of_key + 1) + ") AS found_" + number;
    }
    return text;
  }();
  for (auto at = keys.begin(); at != keys.end();) {
    store::Values values;
    for (; values.size() < at_once && at != keys.end(); ++at) values.emplace_back(at->first);
    std::set<std::pair<std::int64_t, std::int64_t>> found;
    values.resize(at_once, values.back());  // A key that is asked for twice is found twice.
    for (const store::Row& row : db.query(sql, values))
      found.emplace(row.integer(0), row.integer(1));
    for (const auto& [key, person] : found) keys[key].push_back(person);
  }
  for (auto& [key, people] : keys) {
    if (std::ssize(people) > people_of_key) people.clear();
  }
}

class Finder {
 public:
  Finder(store::Snapshot& db, Id<Community> community, Instant before)
      : db_(db), community_(community), before_(before) {}

  std::vector<std::vector<Alike>> find(std::span<const Newcomer> newcomers);

 private:
  void meet(std::span<const Newcomer> newcomers);
  void load_people();
  [[nodiscard]] linkage::People sketch(std::span<const Newcomer> newcomers);
  std::vector<Alike> judge(const Newcomer& newcomer, std::size_t number, linkage::Scorer& scorer);

  store::Snapshot& db_;
  Id<Community> community_;
  Instant before_;
  double registered_ = 0;
  std::vector<std::vector<std::int64_t>> met_;  ///< By newcomer.
  std::map<std::int64_t, Candidate> candidates_;
  linkage::People people_{kinds()};  ///< Candidates, then newcomers: a row for each phone.
  std::vector<Rows> newcomers_;
};

/// Who shares a key with each newcomer.
void Finder::meet(std::span<const Newcomer> newcomers) {
  std::map<std::int64_t, std::vector<std::int64_t>> people;  // by key
  std::vector<linkage::LinkKeys> keys;
  for (const Newcomer& one : newcomers) {
    const std::string born_on = one.person.born_on ? to_text(*one.person.born_on) : "";
    keys.push_back(linkage::link_keys(one.person.name.reveal(), born_on, one.phones));
    for (const linkage::LinkKey key : keys.back().asked) people.try_emplace(key);
  }
  people_of(db_, people);
  for (std::size_t at = 0; at < newcomers.size(); ++at) {
    std::set<std::int64_t> met;
    for (const linkage::LinkKey key : keys[at].asked)
      met.insert(people[key].begin(), people[key].end());
    for (const auto& [first, last] : keys[at].of_name) {
      if (newcomers[at].person.born_on) break;
      const auto rows =
          db_.query("SELECT person_id FROM link_key WHERE key >= $1 AND key <= $2 LIMIT $3",
                    {first, last, people_of_key + 1});
      if (std::ssize(rows) > people_of_key) continue;
      for (const store::Row& row : rows) met.insert(row.integer(0));
    }
    met_.emplace_back(met.begin(), met.end());
    for (const std::int64_t person : met) candidates_.try_emplace(person);
  }
}

std::vector<store::Value> ids_of(const std::map<std::int64_t, Candidate>& candidates) {
  std::vector<store::Value> ids;
  for (const auto& [id, candidate] : candidates) ids.emplace_back(id);
  return ids;
}

void Finder::load_people() {
  std::map<std::int64_t, Candidate> known;
  query_in(db_,
           "SELECT p.id, p.name, p.sex, p.born_on, (SELECT COUNT(*) FROM identifier i"
           " WHERE i.person_id = p.id), r.community_id, r.household_id, h.door, h.path, c.value"
           " FROM person p LEFT JOIN residence r ON r.person_id = p.id AND r.until_on IS NULL"
           " LEFT JOIN household h ON h.community_id = r.community_id AND h.id = r.household_id"
           " LEFT JOIN contact_point_use u ON u.community_id = r.community_id"
           " AND u.household_id = r.household_id AND u.person_id = r.person_id"
           " LEFT JOIN contact_point c ON c.community_id = u.community_id"
           " AND c.id = u.contact_point_id WHERE p.created_at < $1 AND p.id IN ({keys})",
           {before_}, ids_of(candidates_), [&](const store::Row& row) {
             Candidate& one = known[row.integer(0)];
             one.alike.person = {row.id<Person>(0), row.secret(1),
                                 api::from_word<Sex>(row.text(2)).value_or(Sex::unknown),
                                 row.maybe_day(3)};
             one.has_number = row.integer(4) > 0;
             if (row.is_null(5)) return;
             if (one.alike.community != community_) {  // One home here is enough.
               one.alike.community = row.id<Community>(5);
               one.alike.household = row.id<Household>(6);
               one.alike.door = row.text(7);
               one.alike.path = row.text(8);
             }
             if (!row.is_null(9)) one.phones.push_back(row.text(9));
           });
  candidates_ = std::move(known);
}

/// The population as far as it matters here: who was met by their phones and doors, everybody of
/// the newcomers' names, and the rest.
linkage::People Finder::sketch(std::span<const Newcomer> newcomers) {
  linkage::People all(kinds());
  for (auto& [id, one] : candidates_) {
    add_rows(all, {}, one.phones, one.alike.community == community_ ? one.alike.door : "");
  }
  std::set<std::int64_t> counted;
  for (const Newcomer& one : newcomers) {
    for (const auto& [first, last] : linkage::link_keys(one.person.name.reveal(), "", {}).of_name) {
      if (!counted.insert(first).second) continue;
      const auto people =
          db_.first(
                 "SELECT COUNT(*) FROM (SELECT 1 AS one FROM link_key WHERE key >= $1"
                 " AND key <= $2 LIMIT $3) AS namesakes",
                 {first, last, namesakes_max})
              ->integer(0);
      if (people == 0) continue;
      all.add(std::array<std::string_view, 5>{one.person.name.reveal()},
              static_cast<std::uint32_t>(people));
    }
  }
  const double rest = registered_ - static_cast<double>(all.population());
  if (rest >= 1) all.add(std::array<std::string_view, 5>{}, static_cast<std::uint32_t>(rest));
  return all;
}

std::vector<Alike> Finder::judge(const Newcomer& newcomer, std::size_t number,
                                 linkage::Scorer& scorer) {
  std::vector<linkage::Found> found;
  for (const std::int64_t id : met_[number]) {
    const auto at = candidates_.find(id);
    if (at == candidates_.end()) continue;  // Registered since `before`.
    linkage::Found best{.person = id, .bits = -99, .unproved = true};
    for (linkage::Row a = at->second.rows.begin; a < at->second.rows.end; ++a) {
      for (linkage::Row b = newcomers_[number].begin; b < newcomers_[number].end; ++b) {
        const linkage::Scorer::Score score = scorer.score(a, b);
        if (score.bits > best.bits) best = {id, score.bits, false, score.unproved, score.levels};
      }
    }
    best.conflict = newcomer.has_number && at->second.has_number;
    found.push_back(best);
  }
  std::ranges::sort(found, [](const linkage::Found& a, const linkage::Found& b) {
    return a.bits != b.bits ? a.bits > b.bits : a.person < b.person;
  });
  std::vector<Alike> alike;
  for (std::size_t at = 0; at < found.size() && alike.size() < alike_max; ++at) {
    const Candidate& one = candidates_.at(found[at].person);
    const std::span<const linkage::Found> rest = std::span(found).subspan(at);
    // Against all others for the likeliest; the next are only shown beside it.
    const linkage::Decision decision = linkage::Matcher::decide(at == 0 ? rest : rest.first(1));
    const bool home = one.alike.community == community_ && one.alike.door == newcomer.door;
    const bool same_phone =
        std::ranges::find_first_of(newcomer.phones, one.phones) != newcomer.phones.end();
    const bool phone = !home && same_phone;
    const bool doubtful = decision != linkage::Decision::fresh &&
                          found[at].bits >= (same_phone ? 0 : chance_bits(registered_));
    if (!doubtful && !phone) continue;
    alike.push_back(one.alike);
    alike.back().bits = found[at].bits;
    const bool likely = at == 0 && decision == linkage::Decision::link;
    alike.back().likeness = likely     ? Likeness::likely
                            : doubtful ? Likeness::possible
                                       : Likeness::phone;
  }
  return alike;
}

std::vector<std::vector<Alike>> Finder::find(std::span<const Newcomer> newcomers) {
  std::vector<std::vector<Alike>> all(newcomers.size());
  meet(newcomers);
  load_people();
  if (candidates_.empty()) return all;
  registered_ = people_registered(db_);
  for (auto& [id, one] : candidates_) {
    // Doors of different communities are not compared: each has a "1栋101".
    const bool here = one.alike.community == community_;
    one.rows = add_rows(people_, one.alike.person, one.phones, here ? one.alike.door : "");
  }
  for (const Newcomer& one : newcomers) {
    newcomers_.push_back(add_rows(people_, one.person, one.phones, one.door));
  }
  const linkage::Model model = linkage::Model::prior(kinds(), registered_, 1);
  const linkage::People population = sketch(newcomers);
  linkage::Scorer scorer(model, people_, people_, population);
  for (std::size_t at = 0; at < newcomers.size(); ++at) {
    all[at] = judge(newcomers[at], at, scorer);
  }
  return all;
}

}  // namespace

std::vector<std::vector<Alike>> find_alike(store::Snapshot& db, Id<Community> community,
                                           std::span<const Newcomer> newcomers, Instant before) {
  return Finder(db, community, before).find(newcomers);
}

bool anybody_before(store::Snapshot& db, Instant before) {
  // Ids ascend with time, so the first is the oldest.
  const auto oldest = db.first("SELECT created_at FROM person ORDER BY id LIMIT 1");
  return oldest && oldest->instant(0) < before;
}

}  // namespace doorstep::registry
