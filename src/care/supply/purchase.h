#pragma once
/// \file The purchase for a cycle: one sheet per supplier, whose every line is the sum of the order lines
/// behind it (D4); what the supplier says to each; and what becomes of it on settling.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "care/needs/order.h"
#include "care/supply/ledger.h"

namespace doorstep::supply {

struct Supplier;
struct Purchase;
struct PurchaseLine;

enum class Answer : std::uint8_t { open, accepted, replaced, out_of_stock };

/// A line of a sheet.
struct SheetLine {
  std::optional<Id<PurchaseLine>> id;  ///< None while the cycle is open: it still changes.
  std::optional<Id<Supplier>> supplier;
  std::string supplier_name;
  std::string good;
  std::string unit;
  std::int64_t qty = 0;                   ///< The sum of the orders, thousandths of the unit.
  std::int64_t orders = 0;                ///< How many households.
  std::optional<std::int64_t> price_fen;  ///< For one unit.
  std::optional<std::int64_t> market_fen;
  std::int64_t cost_fen = 0;  ///< Of what is supplied.
  Answer answer = Answer::open;
  std::optional<std::int64_t> supplied;
  std::string instead;

  void fields(auto& f) {
    f("id", id);
    f("supplier", supplier);
    f("supplier_name", supplier_name);
    f("good", good);
    f("unit", unit);
    f("qty", qty);
    f("orders", orders);
    f("price_fen", price_fen);
    f("market_fen", market_fen);
    f("cost_fen", cost_fen);
    f("answer", answer);
    f("supplied", supplied);
    f("instead", instead);
  }
};

/// The lines of a cycle, of one supplier or of all, by supplier and good. While it is open they are
/// the orders of now, with the cheapest price there is.
std::vector<SheetLine> sheet_of(const api::Context& context, const needs::CycleRow& cycle,
                                std::optional<Id<Supplier>> supplier = std::nullopt);

struct Totals {
  std::int64_t orders = 0;
  std::int64_t lines = 0;  ///< Of the sheet.
  std::int64_t unanswered = 0;
  std::int64_t cost_fen = 0;
  std::int64_t market_fen = 0;                  ///< The same goods in a shop, as far as known.
  std::int64_t compared_fen = 0;                ///< The part of cost_fen that has a market price.
  std::optional<std::int64_t> saving_permille;  ///< 1 - compared / market (D9).

  void fields(auto& f) {
    f("orders", orders);
    f("lines", lines);
    f("unanswered", unanswered);
    f("cost_fen", cost_fen);
    f("market_fen", market_fen);
    f("compared_fen", compared_fen);
    f("saving_permille", saving_permille);
  }
};
Totals totals_of(const api::Context& context, const needs::CycleRow& cycle,
                 const std::vector<SheetLine>& lines);

/// Ends the collection: the sheets are made, and nothing is added or taken out any more. A second call
/// changes nothing. Errors: conflict "cycle.open" (its cut-off is still to come).
Result<void> close_cycle(api::WriteContext& context, const needs::CycleRow& cycle);

/// What a supplier says to one line.
struct Said {
  Id<PurchaseLine> line{};
  Answer answer = Answer::accepted;
  std::optional<std::int64_t> supplied = {};   ///< Thousandths; absent: all of it.
  std::string instead = {};                    ///< With `replaced`.
  std::optional<std::int64_t> price_fen = {};  ///< Another price than the list's.
};

/// Keeps it, and splits what is there among who ordered it, by the pack's priorities (D10). Saying it
/// again, or otherwise, before settling replaces it. `supplier`: only a line of theirs. Errors:
/// not_found "purchase.unknown"; conflict "purchase.settled"; invalid "purchase.supplied" (below 0 or
/// over what is wanted), "purchase.instead" (nothing said), "price.amount".
Result<void> answer_line(api::WriteContext& context, const Said& said,
                         std::optional<Id<Supplier>> supplier = std::nullopt);

/// The most one unit may cost: 10,000 yuan.
inline constexpr std::int64_t price_fen_max = 1'000'000;

struct Settled {
  std::int64_t orders = 0;  ///< Done now.
  std::int64_t left = 0;    ///< Call again until nothing is left.
};

/// Books what each household owes, expects its parcel, closes the cycle; some hundred orders at a time.
/// Lines nobody answered are taken as accepted. Errors: conflict "cycle.open"; invalid
/// "purchase.no_price" (the hint names the good), those of the ledger and of delivery.
Result<Settled> settle_cycle(api::WriteContext& context, const needs::CycleRow& cycle,
                             std::int64_t limit = 200);

}  // namespace doorstep::supply

template <>
struct doorstep::api::Choices<doorstep::supply::Answer> {
  static constexpr std::array words{std::string_view{"open"}, std::string_view{"accepted"},
                                    std::string_view{"replaced"}, std::string_view{"out_of_stock"}};
};
