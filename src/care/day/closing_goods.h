#pragma once
/// \file The goods and needs of a closing sheet: what came, what was handed over, and what is still owed, each
/// with an owner or a reason (E9, F5). Counts are of the state at that moment, so that they can be
/// recomputed from the journal in its order.

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::day {

enum class Owed : std::uint8_t {
  parcel,  ///< It came and is not at its door.
  need,    ///< It was asked for and is not answered, or ordered and not brought.
};

/// Something that is still owed when the day is closed.
struct OwedLine {
  Owed kind = Owed::parcel;
  std::string subject = {};                   ///< The parcel or need.
  std::optional<std::string> household = {};  ///< None: nobody knows whose it is.
  std::string state = {};                     ///< Of the parcel or need.
  Instant due{};
  std::optional<std::string> owner = {};   ///< The account that has it.
  std::optional<std::string> reason = {};  ///< Why it waits.
  std::optional<std::string> order = {};   ///< A need that is in an order.

  void fields(auto& f) {
    f("kind", kind);
    f("subject", subject);
    f("household", household);
    f("state", state);
    f("due", due);
    f("owner", owner);
    f("reason", reason);
    f("order", order);
  }
};

/// In a sheet's `ever` since the beginning: came = delivered + returned + lost + open.
struct GoodsTotals {
  std::int64_t came = 0;
  std::int64_t delivered = 0;
  std::int64_t returned = 0;
  std::int64_t lost = 0;
  std::int64_t open = 0;
  std::int64_t asked = 0;  ///< Needs.
  std::int64_t unanswered = 0;

  void fields(auto& f) {
    f("came", came);
    f("delivered", delivered);
    f("returned", returned);
    f("lost", lost);
    f("open", open);
    f("asked", asked);
    f("unanswered", unanswered);
  }
};

/// The day: what was open at the sheet before + what came = delivered + returned + lost + open. `asked` are
/// the needs of the day; `unanswered` those that wait for a decision or for the household's word.
struct ClosingGoods : GoodsTotals {
  std::int64_t before = 0;
  std::int64_t ordered = 0;  ///< Needs that are accepted and not brought or done.
  std::int64_t unowned = 0;  ///< Lines with neither owner nor reason: there must be none.
  GoodsTotals ever = {};
  std::vector<OwedLine> lines = {};

  void fields(auto& f) {
    f("before", before);
    GoodsTotals::fields(f);
    f("ordered", ordered);
    f("unowned", unowned);
    f("ever", ever);
    f("lines", lines);
  }
};

/// As things stand now; `before` is what the sheet before counted.
ClosingGoods goods_of_day(api::WriteContext& context, const GoodsTotals& before);

}  // namespace doorstep::day

template <>
struct doorstep::api::Choices<doorstep::day::Owed> {
  static constexpr std::array words{std::string_view{"parcel"}, std::string_view{"need"}};
};
