#include "drill/oracle/staff.h"

#include <algorithm>
#include <chrono>

namespace doorstep::oracle {
namespace {

constexpr std::chrono::days roster_reach{7};

bool is_top(const std::string& role) {
  return role == "manager" || role == "street";
}

bool takes_duties(const std::string& role) {
  return is_top(role) || role == "worker" || role == "deputy" || role == "grid_head" ||
         role == "leader" || role == "captain" || role == "volunteer" || role == "social_worker" ||
         role == "cadre";
}

}  // namespace

bool Staff::end(std::int64_t grant, Instant at) {
  const auto found = grants_.find(grant);
  if (found == grants_.end()) return false;
  found->second.until = std::min(found->second.until, at);
  return true;
}

void Staff::shift(std::int64_t account, Instant from, Instant until) {
  shifts_[account].push_back({from, until});
}

void Staff::absence(std::int64_t account, Instant from, Instant until) {
  absences_[account].push_back({from, until});
}

bool Staff::on_duty(std::int64_t account, Instant now) const {
  bool granted = false;
  bool top = false;
  for (const auto& [id, grant] : grants_) {
    if (grant.account != account || grant.from > now || grant.until <= now) continue;
    granted = granted || takes_duties(grant.role);
    top = top || is_top(grant.role);
  }
  if (!granted || top) return granted;
  const auto inside = [&](const Stretch& one) { return one.from <= now && one.until > now; };
  if (const auto away = absences_.find(account); away != absences_.end()) {
    if (std::ranges::any_of(away->second, inside)) return false;
  }
  const auto shifts = shifts_.find(account);
  if (shifts == shifts_.end()) return true;
  const bool rostered = std::ranges::any_of(shifts->second, [&](const Stretch& one) {
    return one.until > now - roster_reach && one.until < now + roster_reach;
  });
  return !rostered || std::ranges::any_of(shifts->second, inside);
}

bool Staff::anybody(Instant now) const {
  return std::ranges::any_of(grants_,
                             [&](const auto& one) { return on_duty(one.second.account, now); });
}

std::int64_t Staff::grant_of(std::int64_t account, Instant now) const {
  for (const auto& [id, grant] : grants_) {
    if (grant.account == account && grant.from <= now && grant.until > now) return id;
  }
  return 0;
}

std::int64_t Staff::person_of(std::int64_t account) const {
  const auto found = person_of_.find(account);
  return found == person_of_.end() ? 0 : found->second;
}

}  // namespace doorstep::oracle
