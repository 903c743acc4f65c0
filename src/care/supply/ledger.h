#pragma once
/// \file The ledger: who owes what, in fen, by double entry. The postings of an entry sum to nothing; an
/// entry is never changed, what was wrong is corrected by its opposite.

#include <array>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "care/needs/order.h"

namespace doorstep::supply {

struct Entry;

/// Whose money. A household above 0 owes; a helper or supplier below 0 is owed to.
enum class LedgerAccount : std::uint8_t { household, helper, supplier, cash };

enum class EntryKind : std::uint8_t {
  purchase,    ///< Goods of a supplier for a household: the household owes, the supplier is owed.
  payment,     ///< A household paid.
  outlay,      ///< A helper paid for a household out of their own pocket.
  repayment,   ///< The helper got it back.
  settlement,  ///< The supplier was paid.
  return_,     ///< Goods went back.
  correction,
};

struct Posting {
  LedgerAccount account = LedgerAccount::cash;
  std::int64_t owner = 0;  ///< Household, account or supplier; 0 for cash.
  std::int64_t fen = 0;    ///< Debit above 0.
};

struct Booking {
  EntryKind kind = EntryKind::purchase;
  std::vector<Posting> postings = {};
  Id<needs::Order> order{};
  Id<Entry> corrects{};
  std::string note = {};
  std::string path = {};  ///< Of the household, for the journal.
};

/// The most one booking moves: 100,000 yuan.
inline constexpr std::int64_t booking_fen_max = 10'000'000;

/// Errors: invalid "money.amount" (a posting of 0, or over the most), "money.unbalanced".
Result<Id<Entry>> book(api::WriteContext& context, const Booking& booking);

/// What this owner's account stands at, in fen.
std::int64_t balance(store::Snapshot& db, Id<access::Community> community, LedgerAccount account,
                     std::int64_t owner);

/// The price of an amount: thousandths of a unit times fen a unit, rounded half up to the fen.
[[nodiscard]] constexpr std::int64_t cost(std::int64_t qty, std::int64_t price_fen) {
  return (qty * price_fen + 500) / 1000;
}

}  // namespace doorstep::supply

template <>
struct doorstep::api::Choices<doorstep::supply::LedgerAccount> {
  static constexpr std::array words{std::string_view{"household"}, std::string_view{"helper"},
                                    std::string_view{"supplier"}, std::string_view{"cash"}};
};
template <>
struct doorstep::api::Choices<doorstep::supply::EntryKind> {
  static constexpr std::array words{std::string_view{"purchase"},   std::string_view{"payment"},
                                    std::string_view{"outlay"},     std::string_view{"repayment"},
                                    std::string_view{"settlement"}, std::string_view{"return"},
                                    std::string_view{"correction"}};
};
