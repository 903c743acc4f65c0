/// \file From tokens to orders: rows, clauses, who wants how much of what, and what nobody
/// explained.

#include "engine/intake/assembler.h"

namespace doorstep::intake {
namespace {

constexpr std::uint32_t stretch_max =
    1200;  ///< Longer lines are read in pieces; memory is bounded.

/// Line ends, and cuts inside lines that are too long to be read at once.
std::vector<std::pair<std::uint32_t, std::uint32_t>> rows_of(const Folded& text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;
  std::uint32_t from = 0;
  std::uint32_t cut = 0;  // The last good place to cut.
  for (std::uint32_t at = 0; at <= text.size(); ++at) {
    const Kind kind = text.kind_at(at);
    if (kind == Kind::newline) {
      if (at > from) rows.emplace_back(from, at);
      from = cut = at + 1;
      continue;
    }
    if (kind == Kind::punct || kind == Kind::space) cut = at + 1;
    if (at - from >= stretch_max) {
      const std::uint32_t end = cut > from ? cut : at;
      rows.emplace_back(from, end);
      from = cut = end;
    }
  }
  return rows;
}

/// "3. " or "(3)" opens the row, or "3 " as the third of its kind.
bool starts_list(const Folded& text, std::uint32_t at, std::size_t before) {
  while (text.kind_at(at) == Kind::space) ++at;
  if (text.at(at) == U'(') ++at;
  const std::uint32_t first = at;
  std::size_t number = 0;
  while (text.kind_at(at) == Kind::digit && at - first < 4)
    number = number * 10 + (text.at(at++) - U'0');
  if (at == first) return false;
  return in(text.at(at), U".、)") || (text.at(at) == U' ' && number == before + 1);
}

/// A digit behind a good or before a measure word: the row orders something itself.
bool counts_something(const Folded& text, std::pair<std::uint32_t, std::uint32_t> row) {
  for (std::uint32_t at = row.first; at < row.second; ++at) {
    if (at > row.first && in(text.text[at - 1], U"周期第初")) continue;  // 周三
    const bool number = text.kind[at] == Kind::digit || is_han_digit(text.text[at]);
    std::uint32_t end = at;
    while (text.kind_at(end) == Kind::digit) ++end;
    if (end > at && (in(text.at(end), U"元块/") || text.at(end + 1) == U'/')) {  // 39元, 10斤/袋
      at = end;
      continue;
    }
    if (at >= 2 && text.text[at - 2] == U'每' && text.kind[at] == Kind::digit) {  // 每箱12盒
      for (; text.kind_at(at + 1) == Kind::digit;) ++at;
      continue;
    }
    // 30枚一板, 一板30枚: how much one holds.
    if (end > at && text.at(end + 1) == U'一' && text.kind_at(end) == Kind::han) {
      at = end + 2;
      continue;
    }
    if (text.text[at] == U'一' && text.kind_at(at + 2) == Kind::digit) {
      for (at += 2; text.kind_at(at) == Kind::digit;) ++at;
      continue;
    }
    if (number && !in(text.at(at + 1), U"栋幢号座单#楼-0123456789月日期区周")) return true;
  }
  return false;
}

}  // namespace

void Assembler::row(Reading reading, bool heading, bool several) {
  reading_ = std::move(reading);
  if (several && is_example()) return;
  if (several) cut_example();
  row_ = ++entry_;
  several_ = several;
  row_number_ = 0;
  row_has_key_ = false;
  row_started_ = false;
  row_base_ = {};
  resolve_header(heading);
  cut_clauses();
}

void Assembler::finish() {
  resolve_copies();
  for (DraftOrder& order : draft_.orders) settle(order);
  if (by_good_) join_doors();
  join_lonely();
  share_house();
  std::erase_if(draft_.orders, [&](const DraftOrder& order) { return empty(order); });
}

DraftOrder& Assembler::current() {
  if (draft_.orders.empty()) start_order();
  return draft_.orders.back();
}

void Assembler::start_order() {
  draft_.orders.emplace_back();
  draft_.orders.back().row = row_;
  draft_.orders.back().number = row_number_;
}

void Assembler::paint(const Token& token, SpanKind kind) {
  std::fill(draft_.role.begin() + token.from, draft_.role.begin() + token.to, kind);
}

/// 水果团 苹果, 大米团 东北珍珠米: the second tells which of the first.
bool Assembler::names_class_of(const FoundGood& label, const FoundGood& product) const {
  if (is_label(std::u32string_view{text_.text}.substr(label.from, label.to - label.from)))
    return true;
  return product.kind == label.kind && product.to - product.from > label.to - label.from &&
         text_.at(product.to - 1) == text_.at(label.to - 1);
}

/// 30枚一板: two measures grown together say how much one holds.
bool Assembler::holds_so(const Token& token) const {
  return std::any_of(
      reading_.tokens.begin(), reading_.tokens.end(), [&](const Token& other) {
        return other.tag == Tag::amount && (other.from == token.to || other.to == token.from) &&
               reading_.amounts[other.index].unit != 0 && reading_.amounts[token.index].unit != 0;
      });
}

void Assembler::resolve_header(bool heading) {
  bool header = heading;
  bool amount = false;
  const FoundGood* good = nullptr;
  const FoundGood* last = nullptr;
  for (const Token& token : reading_.tokens) {
    if (token.is(Tag::header)) header = true;
    // 牛奶团购 蒙牛纯奶 48/箱: what has the price is meant.
    if (token.tag == Tag::price && last != nullptr) good = last;
    if (token.tag == Tag::good) last = &reading_.goods[token.index];
    // 水果团 苹果5斤装: of a class and a product the product is meant.
    if (token.tag == Tag::good && (good == nullptr || names_class_of(*good, *last))) good = last;
    if (token.tag == Tag::amount && !reading_.amounts[token.index].implicit && !holds_so(token))
      amount = true;
  }
  has_header_ = header;
  if (!header || !several_) return;
  if (good != nullptr && !amount) {
    header_good_ = *good;
    has_header_good_ = true;
  }
}

bool Assembler::is_example() const {
  if (reading_.tokens.empty()) return true;
  const std::u32string_view word = name_of(reading_.tokens.front());
  return word == U"例" || word == U"例如" || word == U"示例" || word == U"格式";
}

/// 牛肉团 例:1-101 2斤: what follows the word shows the form.
void Assembler::cut_example() {
  Tokens& tokens = reading_.tokens;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    const std::u32string_view word = name_of(tokens[i]);
    if ((word != U"例" && word != U"例如" && word != U"示例" && word != U"格式") ||
        text_.at(tokens[i].to) != U':')
      continue;
    tokens.resize(i);
    return;
  }
}

void Assembler::next_entry() {
  ++entry_;
  row_ = entry_;
  several_ = true;
  row_has_key_ = false;
  row_started_ = false;
}

bool withdraws(const Draft& draft) {
  constexpr TagSet refusal = set_of(Tag::cancel) | set_of(Tag::drop);
  return std::any_of(draft.clauses.begin(), draft.clauses.end(), [&](const Clause& clause) {
    // 不需要了 家里找到了: the refusal first, then why.
    constexpr TagSet other = set_of(Tag::condition) | set_of(Tag::change) | set_of(Tag::good) |
                             set_of(Tag::amount) | set_of(Tag::note) | set_of(Tag::nothing);
    if (!clause.tokens.empty() && (clause.tokens.front().tags & refusal) != 0 &&
        clause.tokens.size() <= 8 &&
        std::none_of(clause.tokens.begin(), clause.tokens.end(), [](const Token& token) {
          return (token.tags & other) != 0 || token.tag == Tag::good || token.tag == Tag::amount;
        }))
      return true;
    return (clause.tags & refusal) != 0 &&
           std::all_of(clause.tokens.begin(), clause.tokens.end(), [&](const Token& token) {
             return (token.tags & (refusal | set_of(Tag::filler) | set_of(Tag::verb))) != 0 ||
                    token.tag == Tag::address || token.tag == Tag::person;
           });
  });
}

DraftItem draft_item(const Folded& text, const Lexicon& lexicon, const FoundGood& good,
                     const std::optional<Amount>& amount) {
  DraftItem made;
  made.item.name = text.written(good.from, good.to);
  const std::u32string_view folded =
      std::u32string_view{text.text}.substr(good.from, good.to - good.from);
  const std::string* known = lexicon.known_canonical(folded);
  if (good.canonical != 0 && utf8(folded) != lexicon.name(good.canonical)) {
    made.item.canonical = lexicon.name(good.canonical);
  } else {
    made.item.canonical = known != nullptr ? *known : text.cased(good.from, good.to);
  }
  made.item.range = text.range(good.from, good.to);
  made.kind = good.kind;
  made.unknown = good.unknown;
  if (amount) {
    made.counted = true;
    made.measure = amount->kind;
    if (amount->milli) made.item.qty = Quantity{*amount->milli};
    made.item.unit = lexicon.unit(amount->unit).name;
  }
  return made;
}

Draft assemble(const Folded& text, const Lexicon& lexicon) {
  Draft draft;
  draft.role.assign(text.size(), SpanKind::ignorable);
  const auto rows = rows_of(text);
  Lattice lattice{text, lexicon};
  Assembler assembler{text, lexicon, draft};
  std::size_t listed = 0;
  std::size_t first_listed = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!starts_list(text, rows[i].first, listed)) continue;
    ++listed;
    first_listed = std::min(first_listed, i);
  }
  const auto doors =
      std::count_if(rows.begin() + (rows.empty() ? 0 : 1), rows.end(), [&](const auto& row) {
        std::vector<AddressReading> found;
        read_addresses(text, lexicon, row.first, found);
        return !found.empty();
      });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool heading = (listed >= 2 && i < first_listed) ||
                         (i == 0 && listed == 0 && (doors >= 2 || rows.size() == 2) && doors > 0 &&
                          !counts_something(text, rows[i]));
    assembler.row(lattice.read(rows[i].first, rows[i].second, rows.size() > 1), heading,
                  rows.size() > 1);
  }
  assembler.finish();
  draft.relay = rows.size() > 1 && draft.orders.size() > 1;
  return draft;
}

}  // namespace doorstep::intake
