#pragma once
/// \file The community's own goods, by double entry: what leaves one place arrives at another, so that
/// nothing is below nothing and nothing is changed in place (peers.md 2).

#include <array>
#include <string>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::supply {

struct StockEntry;
struct Kit;

enum class StockPlace : std::uint8_t { store, household, supplier, loss };
enum class StockKind : std::uint8_t { received, issued, returned, counted };

/// What is moved from one place to another.
struct StockMove {
  StockKind kind = StockKind::received;
  StockPlace from = StockPlace::supplier;
  StockPlace to = StockPlace::store;
  std::vector<std::pair<std::string, std::int64_t>> items = {};  ///< Item and pieces, above 0.
  Id<Kit> kit{};
  Id<access::Household> household{};
  std::string path = {};
  std::string note = {};
  Id<StockEntry> returns{};  ///< The entry that issued what goes back or is lost.
};

inline constexpr std::int64_t pieces_max = 1'000'000;

/// Errors: invalid "stock.qty" (0, below, or over 1,000,000), "stock.item"; conflict "stock.short" (less
/// is in the store; the hint names the item and how many there are).
Result<Id<StockEntry>> move_stock(api::WriteContext& context, const StockMove& move);

/// Kits whose parcel went back are in the store again, those whose parcel was lost are a loss. For the
/// clock: delivery lies below and knows nothing of kits. Returns how many, at most `limit`.
/// Errors: those of move_stock().
Result<std::int64_t> notice_kits_back(api::WriteContext& context, std::int64_t limit);

/// Pieces of an item in the store.
std::int64_t in_store(store::Snapshot& db, Id<access::Community> community, std::string_view item);

}  // namespace doorstep::supply

template <>
struct doorstep::api::Choices<doorstep::supply::StockPlace> {
  static constexpr std::array words{std::string_view{"store"}, std::string_view{"household"},
                                    std::string_view{"supplier"}, std::string_view{"loss"}};
};
template <>
struct doorstep::api::Choices<doorstep::supply::StockKind> {
  static constexpr std::array words{std::string_view{"received"}, std::string_view{"issued"},
                                    std::string_view{"returned"}, std::string_view{"counted"}};
};
