#pragma once
/// \file Transfer: somebody moves to another community of this installation (B6). The sender offers, the
/// receiver takes over; until then the sender owes them everything, and the handing over itself.

#include <optional>
#include <string>
#include <string_view>

#include "care/duty/duty.h"
#include "care/registry/people.h"

namespace doorstep::observation {

struct Transfer;

enum class TransferState : std::uint8_t { offered, accepted, declined, withdrawn };

/// Owed by the sender from the offer on, subject the person: that somebody takes them over.
inline constexpr duty::Kind handover{"handover"};
/// Owed by the receiver, subject the transfer: an answer.
inline constexpr duty::Kind takeover{"takeover"};

struct TransferRow {
  Id<Transfer> id{};
  Id<access::Community> from{};
  Id<access::Community> to{};
  Id<registry::Person> person{};
  Id<access::Household> household{};
  TransferState state = TransferState::offered;
};

/// One that this community offered, of a household inside the scope.
std::optional<TransferRow> find_offered(const api::Context& context, Id<Transfer> id);
/// One that was offered to this community, for whoever sees the whole of it.
std::optional<TransferRow> find_arriving(const api::Context& context, Id<Transfer> id);

/// Owed from now on by who is responsible for the household, or owed anew. Errors: those of the rule pack.
Result<void> owe_handover(api::WriteContext& context, const TransferRow& transfer,
                          const std::string& path);

/// Writes the answer, and tells both communities. Errors: conflict "transfer.answered".
Result<void> answer(api::WriteContext& context, const TransferRow& transfer, TransferState state);

/// In the journal of each, so that the clock of each looks: the sender's at the household's path.
void tell_both(api::WriteContext& context, const TransferRow& transfer, std::string_view kind);

/// The person lives with the receiver from `on` and nowhere at the sender's; phones and what was asked
/// of them go along. Errors: those of the rule pack.
Result<void> take_over(api::WriteContext& context, const TransferRow& transfer,
                       const registry::HouseholdRow& home, const std::string& relation, Day on);

/// Puts the duties of both sides right after offers and answers. For the clock of each community.
/// Errors: those of the rule pack.
Result<void> follow_transfers(api::WriteContext& context);

inline constexpr std::size_t transfer_note_max = 500;

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::TransferState> {
  static constexpr std::array words{std::string_view{"offered"}, std::string_view{"accepted"},
                                    std::string_view{"declined"}, std::string_view{"withdrawn"}};
};
