#pragma once
/// \file Free text of residents (orders, relays, cries for help) as orders, and not a character
/// lost.
///
/// Pure: no I/O, no clock, no state between calls. Conventions: docs/intake.md. The tiling law:
/// every code point of the text belongs to exactly one Span. Source: seeds 001 ("接力所需物品") and
/// 003 ("留下楼栋房号和药品信息"), capabilities D1 D2 D24 A9 G8.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/private.h"
#include "base/result.h"
#include "base/units.h"

namespace doorstep::intake {

/// A half-open range of code points (not bytes) of the text as sent.
struct Range {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

enum class SpanKind : std::uint8_t { item, address, person, phone, note, ignorable, unread };

struct Span {
  Range range;
  SpanKind kind = SpanKind::unread;
  friend bool operator==(const Span&, const Span&) = default;
};

/// A door as far as the words give it. Absent parts are empty; names as written, numbers in ASCII
/// digits without their suffix word.
struct Address {
  std::string community, road, lane, number, building, unit, floor, room;
  friend bool operator==(const Address&, const Address&) = default;
  [[nodiscard]] bool empty() const { return *this == Address{}; }
};

struct Item {
  std::string name;             ///< As written, an exact piece of the message (or an earlier one).
  std::string canonical;        ///< The good it means, simplified Chinese.
  std::optional<Quantity> qty;  ///< Thousandths of `unit`; nothing when unsaid or vague (几, 一些).
  std::string unit;             ///< Measure word; empty when there is none.
  std::optional<Range>
      range;  ///< Where the name stands; nothing when taken from an earlier message.
  friend bool operator==(const Item&, const Item&) = default;
};

/// What the community's real doors say about an address.
enum class DoorMatch : std::uint8_t {
  unchecked,  ///< No doors were given, or no address was written.
  exact,
  ambiguous,  ///< Several doors fit; they are listed, none is chosen.
  unknown,
};

/// One household's wishes.
struct Order {
  Address address;
  std::vector<Item> items;
  Private<std::string> person;  ///< Form of address as written; empty when none.
  Private<std::string> phone;   ///< 11 digits or empty.
  DoorMatch door = DoorMatch::unchecked;
  std::vector<std::string> doors;  ///< The doors that fit, at most eight, as "building-unit-room".
};

/// What the message does to its sender's standing order.
enum class Op : std::uint8_t { fresh, amend, replace, cancel, copy, none };

enum class Category : std::uint8_t {
  goods,
  medicine,
  medical,
  delivery,
  repair,
  chore,
  psych,
  inquiry,
  complaint,
  checkin,
  offer,
  safety,
  chat,
};

enum class Urgency : std::uint8_t { none, routine, urgent, emergency };

/// A reading that the letters alone do not give: 土逗 read as 土豆.
struct Repair {
  std::string written;
  std::string read;
  Range range;
};

/// `review`: a danger sign stands in the text, but negation, history, drill, question or idiom
/// speaks against it; a human looks today.
enum class Alarm : std::uint8_t { none, review, urgent, emergency };

/// An alarm bell, never a diagnosis, and never the only way to help.
struct Triage {
  Alarm alarm = Alarm::none;
  Category category = Category::chat;  ///< medical, safety, psych, medicine or repair.
  std::string reason;                  ///< Key of the strongest rule ("chest_pain"); empty if none.
  std::string lowered_by;              ///< negation, history, drill, question, idiom; else empty.
  std::vector<Range> signs;            ///< Where the signs stand.
};

/// How a row of a re-posted relay differs from the last post of it.
enum class RowChange : std::uint8_t { added, changed, same, vanished };

struct RelayDifference {
  RowChange change = RowChange::same;
  std::string row;  ///< Door or person that names the row. A vanished row is a question, no cancel.
};

struct Parsed {
  std::vector<Order> orders;
  Op op = Op::fresh;
  Category category = Category::chat;
  std::vector<Category> also;
  Urgency urgency = Urgency::none;
  std::vector<std::string> unparsed;  ///< What a human must read; pieces of the text.
  std::vector<Span> spans;            ///< Tiles the text.
  std::vector<Repair> repairs;
  std::vector<RelayDifference> differences;
  Triage triage;
  double confidence = 0;  ///< In [0, 1]; below 0.9 a human confirms.
};

/// An earlier message of the same thread, oldest first.
struct Message {
  std::string from;
  std::string text;
};

/// The real doors of a community. A value; cheap to copy.
class Doors {
 public:
  Doors() = default;
  /// Reads the dwelling CSV of `doorstep import`: a header line that names at least a room column
  /// (building, unit or entrance, floor, room, or 楼栋, 单元, 楼层, 房号).
  /// Errors: invalid "doors.no_room_column", invalid "doors.not_utf8".
  static Result<Doors> from_csv(std::string_view csv);

  [[nodiscard]] std::size_t size() const;
  /// Sets order.door and order.doors.
  void check(Order& order) const;

 private:
  struct Index;
  std::shared_ptr<const Index> index_;
};

struct Context {
  std::span<const Message> thread;  ///< What was said before, oldest first.
  std::string_view from;            ///< Sender of the text; empty when unknown.
  const Doors* doors = nullptr;
};

/// The danger signs alone, from the text alone: runs before and apart from parsing.
[[nodiscard]] Triage triage(std::string_view text);

/// A word that a worker's correction teaches; a human accepts it with Parser::add_alias.
struct AliasProposal {
  std::string alias;      ///< Folded, as add_alias takes it.
  std::string canonical;  ///< The good it means, simplified Chinese.
  friend bool operator==(const AliasProposal&, const AliasProposal&) = default;
};

/// Holds the lexicon. Thread-safe when const. Building one costs some milliseconds; keep it.
class Parser {
 public:
  Parser();
  ~Parser();
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;

  /// Teaches a word of this community: `alias` is read as `canonical`.
  /// Errors: invalid "alias.empty", invalid "alias.too_long" (over 24 code points).
  Result<void> add_alias(std::string_view alias, std::string_view canonical);

  /// What a correction teaches: `written` is the piece of a message, `corrected` the good that the
  /// worker put in its place. Nothing when there is nothing to learn, or when it would change how
  /// other people's words are read: a word that is a good, a measure word or any other known word,
  /// a piece with digits or signs, one character, more than 24 code points.
  [[nodiscard]] std::optional<AliasProposal> propose_alias(std::string_view written,
                                                           std::string_view corrected) const;

  /// Never fails: bytes that are not UTF-8 count as one code point each and are `unread`.
  /// Requires text.size() <= max_bytes; a longer text comes back as one unread span.
  [[nodiscard]] Parsed parse(std::string_view text, const Context& context = {}) const;

  static constexpr std::size_t max_bytes = std::size_t{4} << 20U;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The words of the command's output and of the interface.
[[nodiscard]] std::string_view word(SpanKind kind);
[[nodiscard]] std::string_view word(Op op);
[[nodiscard]] std::string_view word(Category category);
[[nodiscard]] std::string_view word(Urgency urgency);
[[nodiscard]] std::string_view word(Alarm alarm);
[[nodiscard]] std::string_view word(DoorMatch match);
[[nodiscard]] std::string_view word(RowChange change);

}  // namespace doorstep::intake
