#include "api/looks.h"

#include <algorithm>

#include "base/id.h"
#include "base/log.h"

namespace doorstep::api {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

/// 0: nobody was looked at.
std::int64_t subject_of(const std::vector<std::pair<std::string, std::string>>& parameters) {
  for (const auto& [name, value] : parameters) {
    if (name == "household" || name == "dwelling" || name == "person") {
      return id_from_text(value).value_or(0);
    }
  }
  return 0;
}

}  // namespace

void Looks::note(const access::Actor& actor,
                 const std::vector<std::pair<std::string, std::string>>& parameters,
                 std::string_view action, Instant now) {
  const std::int64_t subject = subject_of(parameters);
  if (subject == 0 || actor.id == 0 || actor.is_link()) return;
  const std::int64_t hour = now.time_since_epoch().count() / hour_ms;
  {
    const std::scoped_lock lock(mutex_);
    if (hour != hour_) noted_.clear();
    hour_ = hour;
    auto& done = noted_[{actor.id, subject}];
    if (std::ranges::find(done, action) != done.end()) return;
    done.emplace_back(action);
  }
  store_.write(
      [community = actor.community, account = actor.id, subject, what = std::string(action), hour,
       now](store::Transaction& tx) -> store::Outcome {
        tx.run(
            "INSERT INTO look (community_id, subject_id, hour, account_id, what, reason, at)"
            " VALUES ($1, $2, $3, $4, $5, '', $6) ON CONFLICT DO NOTHING",
            {community, subject, hour, account, what, now});
        return store::Answer{};
      },
      [](const store::Outcome& outcome) {
        if (!outcome.ok()) log::error("a look was not noted: {}", outcome.error().code);
      });
}

}  // namespace doorstep::api
