#include "engine/intake/blocks.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace doorstep::intake {
namespace {

constexpr std::uint32_t name_max = 24;

/// Walks backwards over a line.
class Tail {
 public:
  Tail(const Folded& text, std::uint32_t from, std::uint32_t to)
      : text_(text), from_(from), to_(to) {}

  /// Takes 10:23 or 10:23:11 off the end; false when none stands there.
  bool time() {
    spaces();
    const std::uint32_t before = to_;
    int parts = 0;
    while (parts < 3 && digits(2)) {
      ++parts;
      if (to_ == from_ || text_.at(to_ - 1) != U':') break;
      --to_;
    }
    if (parts >= 2 && (to_ == from_ || text_.kind_at(to_ - 1) != Kind::digit)) return true;
    to_ = before;
    return false;
  }

  /// Takes 2022/4/5, 4月5日, 昨天, 下午 and the like off the end.
  void date() {
    static constexpr std::array<std::u32string_view, 18> words{
        U"上午",   U"下午",   U"中午",   U"凌晨",   U"晚上",   U"早上",
        U"昨天",   U"今天",   U"前天",   U"星期一", U"星期二", U"星期三",
        U"星期四", U"星期五", U"星期六", U"星期日", U"am",     U"pm"};
    for (bool taken = true; taken;) {
      taken = false;
      spaces();
      for (const std::u32string_view word : words) {
        if (!ends(word)) continue;
        to_ -= static_cast<std::uint32_t>(word.size());
        taken = true;
        break;
      }
      if (taken) continue;
      const std::uint32_t before = to_;
      if (to_ > from_ && in(text_.at(to_ - 1), U"日号")) --to_;
      int parts = 0;
      while (parts < 3 && digits(4)) {
        ++parts;
        if (to_ == from_ || !in(text_.at(to_ - 1), U"/-.月年")) break;
        --to_;
      }
      taken = parts >= 2 && before - to_ >= 3;
      if (!taken) to_ = before;
    }
  }

  void spaces() {
    while (to_ > from_ && (text_.kind[to_ - 1] == Kind::space || in(text_.at(to_ - 1), U"()")))
      --to_;
  }

  [[nodiscard]] std::uint32_t end() const { return to_; }

 private:
  bool digits(std::uint32_t most) {
    const std::uint32_t before = to_;
    while (to_ > from_ && before - to_ < most && text_.kind[to_ - 1] == Kind::digit) --to_;
    return to_ < before;
  }
  [[nodiscard]] bool ends(std::u32string_view word) const {
    return to_ - from_ >= word.size() &&
           std::u32string_view{text_.text}.substr(to_ - word.size(), word.size()) == word;
  }

  const Folded& text_;
  std::uint32_t from_;
  std::uint32_t to_;
};

/// The name before the time of a head line; empty when the line is none.
Range name_of(const Folded& text, std::uint32_t from, std::uint32_t to) {
  while (from < to && text.kind[from] == Kind::space) ++from;
  Tail tail{text, from, to};
  if (!tail.time()) return {};
  tail.date();
  tail.spaces();
  std::uint32_t end = tail.end();
  while (end > from && text.text[end - 1] == U':') --end;
  if (end <= from || end - from > name_max) return {};
  if (text.kind[from] == Kind::digit && end - from > 1 &&
      (in(text.text[from + 1], U".、)") || (end - from > 2 && in(text.text[from + 2], U".、)")))) {
    return {};  // A numbered row that ends with a time.
  }
  for (std::uint32_t i = from; i < end; ++i) {
    if (in(text.text[i], U",。;!?")) return {};
  }
  return {from, end};
}

/// What stands before the first head: nothing, or the title of a forwarded chat.
bool announces(const Folded& text, std::uint32_t to) {
  const std::u32string_view lead = std::u32string_view{text.text}.substr(0, to);
  if (lead.find(U"聊天记录") != lead.npos || lead.find(U"消息记录") != lead.npos) return true;
  for (std::uint32_t i = 0; i < to; ++i) {
    if (text.kind[i] == Kind::han || text.kind[i] == Kind::latin) return false;
  }
  return true;
}

}  // namespace

std::vector<Block> chat_blocks(const Folded& text) {
  std::vector<Block> blocks;
  std::uint32_t from = 0;
  for (std::uint32_t at = 0; at <= text.size(); ++at) {
    if (text.kind_at(at) != Kind::newline) continue;
    const Range name = at > from ? name_of(text, from, at) : Range{};
    if (name.to > name.from) {
      if (!blocks.empty()) blocks.back().words.to = from;
      if (blocks.empty() && !announces(text, from)) return {};
      const std::uint32_t next = at < text.size() ? at + 1 : at;
      blocks.push_back({name, {from, next}, {next, next}});
    }
    from = at + 1;
  }
  if (blocks.size() < 2) return {};
  blocks.back().words.to = text.size();
  const auto silent = std::count_if(blocks.begin(), blocks.end(), [](const Block& block) {
    return block.words.to - block.words.from <= 1;
  });
  if (static_cast<std::size_t>(silent) * 2 > blocks.size()) return {};
  blocks.front().head.from = 0;
  return blocks;
}

}  // namespace doorstep::intake
