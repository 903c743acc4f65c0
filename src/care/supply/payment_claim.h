#pragma once
/// \file Payment claims (N18): a household, or somebody elsewhere whom it trusts, says that it has paid.
/// It counts as paid once somebody who keeps the money has seen it arrive, and not before.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/duty/duty.h"
#include "care/supply/ledger.h"

namespace doorstep::supply {

struct PaymentClaim;

/// Somebody says that they have paid; the subject is the claim. Met by whoever looks whether it came.
inline constexpr duty::Kind payment_duty{"payment", access::Class::money};

/// More of them waiting for one household is no help to anybody.
inline constexpr std::int64_t claims_waiting_max = 10;

enum class Method : std::uint8_t { wechat, alipay, bank, cash };

enum class ClaimState : std::uint8_t {
  claimed,    ///< Said; nobody has looked yet.
  confirmed,  ///< It is in the ledger.
  rejected,
  corrected,  ///< Its entry in the ledger was taken back.
};

/// Why it was rejected.
enum class Rejection : std::uint8_t {
  not_received,
  other_amount,  ///< Something came, and not so much.
  twice,         ///< It was booked already.
  other,         ///< As the note says.
};

struct ClaimRow {
  Id<PaymentClaim> id{};
  Id<access::Household> household{};
  std::string path = {};
  std::string door = {};
  Id<needs::Order> order{};
  std::int64_t fen = 0;
  Method method = Method::cash;
  std::string reference = {};  ///< As the payer has it: the number of the transfer, a receipt's.
  ClaimState state = ClaimState::claimed;
  std::optional<Rejection> reason = {};
  std::string note = {};
  Id<Entry> entry{};
  std::int64_t link = 0;
  std::string by = {};   ///< What the household calls the link that said it.
  bool trusted = false;  ///< It belongs to somebody elsewhere.
  bool proved = false;   ///< It is known to be the household's.
  Instant at{};
  std::optional<Instant> decided_at = {};
};

/// The household's, newest first; those waiting in the scope after this id, oldest first.
std::vector<ClaimRow> claims_of(const api::Context& context, Id<access::Household> household,
                                std::int64_t limit);
std::vector<ClaimRow> claims_waiting(const api::Context& context, std::int64_t after,
                                     std::int64_t limit);
/// Inside the scope.
std::optional<ClaimRow> find_claim(const api::Context& context, Id<PaymentClaim> id);

/// What the household says it paid and nobody has looked at, in fen.
std::int64_t waiting_fen(const std::vector<ClaimRow>& claims);

/// Another claim of the community, not rejected, names the same payment.
bool is_said_elsewhere(const api::Context& context, const ClaimRow& claim);

/// The link reads what is owed: a proved one of the household, or that of somebody elsewhere whom it
/// named to pay for it, which reads nothing else about money. Any other may say that it paid (ADR 0011).
[[nodiscard]] bool reads_owed(const api::Context& context, std::string_view path);

}  // namespace doorstep::supply

template <>
struct doorstep::api::Choices<doorstep::supply::Method> {
  static constexpr std::array words{std::string_view{"wechat"}, std::string_view{"alipay"},
                                    std::string_view{"bank"}, std::string_view{"cash"}};
};
template <>
struct doorstep::api::Choices<doorstep::supply::ClaimState> {
  static constexpr std::array words{std::string_view{"claimed"}, std::string_view{"confirmed"},
                                    std::string_view{"rejected"}, std::string_view{"corrected"}};
};
template <>
struct doorstep::api::Choices<doorstep::supply::Rejection> {
  static constexpr std::array words{std::string_view{"not_received"},
                                    std::string_view{"other_amount"}, std::string_view{"twice"},
                                    std::string_view{"other"}};
};
