#include "care/duty/roster.h"

#include <algorithm>

namespace doorstep::duty {
namespace {

constexpr std::chrono::hours rostered_near{7 * 24};
constexpr std::size_t segment_length = 15;

std::optional<Rung> rung_of(std::string_view role) {
  return api::from_word<Rung>(role);
}

bool always_on_call(Rung rung) {
  return rung == Rung::manager || rung == Rung::street;
}

}  // namespace

Roster Roster::load(api::Context& context) {
  Roster roster;
  const Instant now = context.now;
  for (const store::Row& row : context.db.query(
           "SELECT g.account_id, g.role, g.path,"
           " EXISTS (SELECT 1 FROM absence x WHERE x.community_id = g.community_id"
           " AND x.account_id = g.account_id AND x.from_at <= $2 AND x.until_at > $2),"
           // Shifts of one account do not overlap: the first that ends after now decides.
           " coalesce((SELECT s.from_at <= $2 FROM shift s WHERE s.community_id = g.community_id"
           " AND s.account_id = g.account_id AND s.until_at > $2 ORDER BY s.until_at LIMIT 1),"
           " FALSE),"
           " EXISTS (SELECT 1 FROM shift s WHERE s.community_id = g.community_id"
           " AND s.account_id = g.account_id AND s.until_at > $3 AND s.until_at < $4)"
           " FROM access_grant g JOIN account a ON a.id = g.account_id"
           " WHERE g.community_id = $1 AND g.role IN ('worker', 'deputy', 'grid_head', 'leader',"
           " 'manager', 'street', 'captain', 'volunteer', 'social_worker', 'cadre')"
           " AND g.from_at <= $2 AND (g.until_at IS NULL OR g.until_at > $2)"
           " AND a.closed_at IS NULL ORDER BY g.id",
           {context.community.id, now, now - rostered_near, now + rostered_near})) {
    Person& person = roster.people_[row.integer(0)];
    const auto rung = rung_of(row.text(1));
    person.absent = row.boolean(3);
    person.on_shift =
        person.on_shift || (rung && always_on_call(*rung)) || row.boolean(4) || !row.boolean(5);
    if (rung) roster.by_path_[row.text(2)].push_back({row.integer(0), *rung});
  }
  for (const store::Row& row : context.db.query(
           // From the few who are known to live here to where; never through all residences.
           "SELECT a.id, h.path FROM account a CROSS JOIN residence r CROSS JOIN household h"
           " WHERE a.person_id > 0 AND r.community_id = $1 AND r.person_id = a.person_id"
           " AND r.until_on IS NULL AND h.community_id = r.community_id AND h.id = r.household_id",
           {context.community.id})) {
    const auto found = roster.people_.find(row.integer(0));
    if (found != roster.people_.end()) found->second.homes.push_back(row.text(1));
  }
  return roster;
}

bool Roster::is_absent(std::int64_t account) const {
  const auto found = people_.find(account);
  return found == people_.end() || found->second.absent;
}

bool Roster::is_on_shift(std::int64_t account) const {
  const auto found = people_.find(account);
  return found != people_.end() && found->second.on_shift && !found->second.absent;
}

bool Roster::is_subject(std::int64_t account, std::string_view path) const {
  const auto found = people_.find(account);
  return found != people_.end() &&
         std::ranges::any_of(found->second.homes,
                             [&](const std::string& home) { return path.starts_with(home); });
}

template <class Fit>
std::optional<Owner> Roster::nearest(std::string_view path, Rung from, Fit fit) const {
  std::optional<Owner> best;
  // The nearest place first; among holders there, who was granted first.
  for (std::size_t length = path.size() / segment_length * segment_length;;
       length -= segment_length) {
    const auto found = by_path_.find(path.substr(0, length));
    if (found != by_path_.end()) {
      for (const Holder& holder : found->second) {
        if (holder.rung < from || (best && holder.rung >= best->rung)) continue;
        if (fit(holder) && !is_subject(holder.account, path)) {
          best = Owner{holder.account, holder.rung};
        }
      }
    }
    if (length == 0) return best;
  }
}

Owner Roster::on_shift(std::string_view path, Rung from) const {
  const auto here =
      nearest(path, from, [&](const Holder& one) { return is_on_shift(one.account); });
  if (here) return *here;
  const auto anybody = nearest(path, Rung::manager, [](const Holder&) { return true; });
  if (anybody) return *anybody;
  // The top is reached, and nobody above it is there: whoever is on shift keeps it.
  const auto below =
      nearest(path, Rung::worker, [&](const Holder& one) { return is_on_shift(one.account); });
  return below.value_or(Owner{0, Rung::street});
}

Owner Roster::responsible(std::string_view path) const {
  const auto found =
      nearest(path, Rung::worker, [&](const Holder& one) { return !is_absent(one.account); });
  return found ? *found : on_shift(path, Rung::worker);
}

}  // namespace doorstep::duty
