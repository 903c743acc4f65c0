#pragma once
/// \file Subject: whom a report is about, and what was reported of each of them so far.

#include <string>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::observation {

struct Observation;
struct Person;

/// The household, its open observation, and who lives there.
struct Subject {
  Id<access::Household> household{};
  std::string path;
  std::optional<Id<Observation>> observation;
  Instant whole_at{};    ///< The last report for everybody at once.
  Instant heard_at{};    ///< The last voice or sight of everybody at once.
  bool trusted = false;  ///< Whoever says it is somebody elsewhere whom the household named (N18).
  struct Member {
    std::int64_t person = 0;
    Instant reported_at{};
    Instant heard_at{};
    bool due = true;  ///< Under observation and at home, or where a daily call reaches them.
  };
  std::vector<Member> members;
};

/// Says that find_subject() will be asked next (Transaction::ahead).
void expect_subject(api::WriteContext& context, Id<access::Household> household);

/// With those who live there now, each with what was last reported of them alone.
/// Errors: not_found "household.unknown" where the actor's scope does not hold it.
Result<Subject> find_subject(api::WriteContext& context, Id<access::Household> household);

/// Since when everybody at home is covered: the household is only as safe as its last member.
Instant all_since(const Subject& subject, Instant whole, Instant Subject::Member::* what);

}  // namespace doorstep::observation
