#pragma once
/// \file What a text asks for, as far as it can be read: lines, class, urgency, and the pieces that a
/// person has to read. Danger signs are looked for first and apart. Pure.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/rules.h"
#include "base/units.h"
#include "care/needs/words.h"
#include "engine/intake/intake.h"

namespace doorstep::needs {

struct Line {
  std::string name = {};              ///< As written.
  std::string canonical = {};         ///< The good it means.
  std::optional<std::int64_t> qty{};  ///< Thousandths of `unit`; none: the household is asked.
  std::string unit = {};              ///< As written; may be empty.
  LineState state = LineState::read;

  void fields(auto& f) {
    f("name", name);
    f("canonical", canonical);
    f("qty", qty);
    f("unit", unit);
    f("state", state);
  }
};

/// A half-open range of code points of the text and what it was read as: item, address, person,
/// phone, note, ignorable, or unread.
struct Piece {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::string kind = {};

  void fields(auto& f) {
    f("from", from);
    f("to", to);
    f("kind", kind);
  }
};

struct Reading {
  NeedClass of = NeedClass::other;
  std::string service = "other";  ///< A key of the rule pack's needs.services.
  Urgency urgency = Urgency::routine;
  std::string sign = {};  ///< The danger sign that was found ("chest_pain").
  std::vector<Line> lines = {};
  std::vector<Piece> pieces = {};  ///< Tile the text.
  std::int64_t unread = 0;         ///< Pieces that a person has to read.
  intake::Op op = intake::Op::fresh;
  std::string door = {};  ///< "10-2-301" where one is written.
  bool diet = false;      ///< For somebody who is ill (D23).
  bool sure = false;      ///< Goods, all of them with their amount, and nothing left unread.
  std::vector<Line> before = {};  ///< The standing lines that it was read against.
};

/// The parser without any community's own words.
[[nodiscard]] const intake::Parser& parser();

/// Reads a text, in the thread of what its sender said before where that stands. `words` knows the
/// community's own words (aliases.h).
[[nodiscard]] Reading read(std::string_view text, const intake::Parser& words = parser(),
                           std::span<const intake::Message> thread = {},
                           std::string_view from = {});

[[nodiscard]] std::vector<Line> lines_of(const std::vector<intake::Item>& items);
/// "10-2-301", the parts that are there; empty for no address.
[[nodiscard]] std::string door_text(const intake::Address& address);

/// One amount of everything that is weighed: 公斤 are two 斤, 两 a tenth, 克 a five-hundredth. Other
/// units stay as they are. What does not divide evenly stays too.
struct Amount {
  std::int64_t qty = 0;  ///< Thousandths.
  std::string unit = {};
  friend bool operator==(const Amount&, const Amount&) = default;
};
[[nodiscard]] Amount in_trade_unit(std::int64_t qty, std::string_view unit);

/// The same good in the same amount, whichever unit of weight was said.
[[nodiscard]] bool is_same_amount(const Line& one, const Line& other);

/// Reads what a household says while these lines stand in its order: an edit's `lines` are what it
/// then holds of `before` and of what is new. Taking back everything is not sure where something stands
/// that words do not reach.
[[nodiscard]] Reading read_against(std::string_view text, const std::vector<Line>& standing,
                                   const intake::Parser& words = parser());

/// The lines of a reading that did not stand in the order already.
[[nodiscard]] std::vector<Line> newly_said(const Reading& reading);

/// A kind of thing that is asked for. A community adds one with a line of its rule pack (D28).
struct Service {
  std::string key = {};
  std::string label = {};
  NeedClass of = NeedClass::other;
  std::int64_t minutes = 0;  ///< Until somebody has answered.

  void fields(auto& f) {
    f("key", key);
    f("label", label);
    f("class", of);
    f("minutes", minutes);
  }
};
/// Errors: those of the rule pack.
Result<std::vector<Service>> services(const RulePack& rules);
/// The service of this key, "other" where the pack has none of it. Errors: those of the rule pack.
Result<Service> service_of(const RulePack& rules, std::string_view key);

}  // namespace doorstep::needs
