#pragma once
/// \file Erasure of a person: nothing of them is left but ids, codes and times (ADR 0045).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"
#include "care/registry/people.h"
#include "care/rights/keeping.h"

namespace doorstep::rights {

struct Erasure;

enum class Cause : std::uint8_t {
  asked,    ///< By the person, or by who speaks for them.
  expired,  ///< They left longer ago than the pack keeps anything.
  error,    ///< They should never have been registered.
};
enum class ErasureState : std::uint8_t { asked, planned, held, done };

/// Rows of a table that were removed or emptied.
struct Removed {
  std::string table = {};
  std::int64_t rows = 0;
  void fields(auto& f) {
    f("table", table);
    f("rows", rows);
  }
};

/// What says that it was done; ids, codes, counts and times.
struct Certificate {
  std::string kind = "doorstep erasure 1";
  std::string community = {};
  std::string person = {};
  std::vector<std::string> households = {};  ///< Of which nothing is left either.
  std::string cause = {};
  Instant asked_at{};
  std::string asked_by = {};
  Instant done_at{};
  std::string done_by = {};
  std::vector<Removed> removed = {};
  /// What stays, as codes: "journal" (ids, codes, times: proof of who was looked after), "money" (amounts),
  /// "sealed_answers" (unreadable here, gone within 14 days), "elsewhere" (another community keeps them).
  std::vector<std::string> kept = {};
  void fields(auto& f) {
    f("kind", kind);
    f("community", community);
    f("person", person);
    f("households", households);
    f("cause", cause);
    f("asked_at", asked_at);
    f("asked_by", asked_by);
    f("done_at", done_at);
    f("done_by", done_by);
    f("removed", removed);
    f("kept", kept);
  }
};

/// The text that the installation signs for a certificate's JSON.
[[nodiscard]] std::string certificate_message(std::string_view json);

/// Why somebody cannot be erased yet: "erasure.observed", "erasure.away", "erasure.cared", "erasure.goods",
/// "erasure.suspicion" (whether they went out is not decided, or their objection is open).
std::optional<std::string> still_needed(store::Snapshot& db, Id<access::Community> community,
                                        Id<registry::Person> person);

/// What would be destroyed may still be asked for: money is open, a request is, or a release is younger than
/// `rights.evidence_days`. Errors: those of the rule pack.
Result<bool> evidence_needed(const api::Context& context, Id<registry::Person> person);

/// What remove_person() did.
struct Gone {
  std::vector<Removed> removed = {};
  std::vector<Id<access::Household>> households = {};
  bool elsewhere = false;
};

/// Removes everything of theirs in one community, and the person where no other community keeps them. Journals
/// nothing and asks nothing. Households of which nobody is left are emptied as well, and have ended.
Gone remove_person(store::Transaction& tx, Id<access::Community> community,
                   Id<registry::Person> person, Instant now, Day today);

/// Erases and writes the certificate; as the actor, or the clock. Errors: conflict, the codes of
/// still_needed().
Result<Certificate> erase(api::WriteContext& context, Id<registry::Person> person, Cause cause,
                          Id<Erasure> id, Instant asked_at, std::int64_t asked_by);

/// One line of the list beside the backups: signature in hexadecimal, then the certificate.
[[nodiscard]] std::string erasure_line(std::string_view certificate, std::string_view signature);
/// Errors: invalid "erasure.line" (no line, or not signed by this installation).
Result<Certificate> certificate_from_line(std::string_view line, std::string_view public_key);

/// Every line, oldest first.
[[nodiscard]] std::vector<std::string> erasure_lines(store::Snapshot& db);

/// Carries the certificate of a `line` out again, on a restored copy that is older than it. False where it is
/// carried out there already, or the community is not there.
bool erase_again(store::Transaction& tx, IdSource& ids, const Certificate& certificate,
                 const std::string& line, Instant now, Day today);

/// Problems of what says it was erased: something of the person stands in the tables again, or a certificate is
/// not genuine. `sign_key`: the installation's public key.
[[nodiscard]] std::vector<std::string> check_erasures(store::Snapshot& db,
                                                      std::string_view public_key);

/// What came of asking for an erasure.
struct AskedErasure {
  Id<Erasure> id;
  ErasureState state = ErasureState::asked;  ///< Asked: another person has to say so too.
  void fields(auto& f) {
    f("id", id);
    f("state", state);
  }
};

/// Erases somebody, or keeps that it was asked for where it takes two. `request`: at the data-subject desk, or 0. Errors:
/// conflict "erasure.second_person" (the same one again), "erasure.held"; those of erase().
Result<AskedErasure> ask_erasure(api::WriteContext& context, Id<registry::Person> person,
                                 Cause cause, std::int64_t request);

}  // namespace doorstep::rights

template <>
struct doorstep::api::Choices<doorstep::rights::Cause> {
  static constexpr std::array words{"asked", "expired", "error"};
};
template <>
struct doorstep::api::Choices<doorstep::rights::ErasureState> {
  static constexpr std::array words{"asked", "planned", "held", "done"};
};
