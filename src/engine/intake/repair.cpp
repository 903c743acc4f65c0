/// \file Typos: read only where the letters give no exact path, by sound or by one edit, and always
/// reported.

#include <algorithm>
#include <array>
#include <tuple>

#include "engine/intake/lattice.h"

namespace doorstep::intake {
namespace {

constexpr std::size_t repairs_max = 64;  ///< Per stretch, so that noise cannot make it slow.

/// True when one insertion, deletion, substitution or swap of neighbours makes `a` into `b`.
bool one_edit(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return false;
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

/// Characters that look alike; the first that makes a good counts.
constexpr std::array<std::u32string_view, 40> alike{
    U"士土", U"杮柿市", U"爪瓜",   U"茄笳", U"末未", U"干千于", U"旦且", U"大太犬",
    U"鸟乌", U"兔免",   U"籃蓝篮", U"日曰", U"牛午", U"木本",   U"自白", U"力刀",
    U"贝见", U"粟栗",   U"侯候",   U"洒酒", U"泡饱", U"卜白",   U"才菜", U"菜莱",
    U"内肉", U"酷醋",   U"抽油柚", U"苹萍",   U"棉绵", U"巾币",   U"帖贴", U"丸九",
    U"竽芋", U"薯暑署", U"桃挑",   U"李季",   U"茶荼", U"枣束",   U"饺绞", U"奶仍"};

}  // namespace

bool Lattice::beside_amount(std::uint32_t from, std::uint32_t to) const {
  const auto free = [&](std::uint32_t i) {
    return i >= end_ || i < begin_ || text_.kind[i] == Kind::punct ||
           text_.kind[i] == Kind::newline || text_.kind[i] == Kind::space;
  };
  std::vector<Amount> after;
  read_amounts(text_, lexicon_, skip(to), after);
  for (const Amount& amount : after) {
    if (!amount.implicit && amount.milli) return true;
  }
  for (const Edge& edge : edges_) {
    if (edge.tag == Tag::amount && skip(edge.to) == from && !made_.amounts[edge.index].implicit) {
      return true;
    }
  }
  return free(to) && (from == begin_ || free(from - 1)) && to - from >= 2;
}

/// 士豆: the good that results when one character is read as one of its shape; nothing otherwise.
std::optional<std::uint32_t> Lattice::good_by_shape(std::u32string_view piece) const {
  std::u32string other{piece};
  for (std::size_t i = 0; i < piece.size(); ++i) {
    for (const std::u32string_view group : alike) {
      if (group.find(piece[i]) == group.npos) continue;
      for (const char32_t twin : group) {
        if (twin == piece[i]) continue;
        other[i] = twin;
        if (const auto good = lexicon_.find_good(other)) return good;
      }
      other[i] = piece[i];
    }
  }
  return std::nullopt;
}

/// 减脂餐: the piece is a part of a longer word, known or plausible; 咸盐: it ends with a good that
/// the repair would take away.
bool Lattice::part_of_word(std::uint32_t start, std::uint32_t end,
                           std::u32string_view meant) const {
  const auto stray = [&](std::uint32_t at) {
    return at >= begin_ && at < end_ && stray_[at - begin_] != 0 &&
           !in(text_.at(at), U"的了吧哈呀啊呢嘛哦");
  };
  if (stray(end) || (start > begin_ && stray(start - 1))) return true;
  if (is_han_digit(text_.at(end - 1))) return true;  // 两大一小
  if (is_han_digit(text_.at(start)) && end - start == 2) return true;  // 红包一沓
  if (text_.kind_at(end) == Kind::han && !may_count(end, end)) {
    bool known = false;  // What follows without a gap must be a word or an amount.
    lexicon_.words_at(text_, end, [&](std::uint32_t, Tag tag) {
      known = known || (tag != Tag::tail && tag != Tag::modifier);
    });
    lexicon_.goods_at(text_, end, [&](std::uint32_t to, std::uint32_t) { known |= to > end + 1; });
    if (!known) return true;
  }
  const std::u32string_view piece = std::u32string_view{text_.text}.substr(start, end - start);
  for (std::uint32_t i = 1; i < piece.size(); ++i) {
    if (lexicon_.find_good(piece.substr(i)) && !meant.ends_with(piece.substr(i))) return true;
  }
  bool crossed = false;
  const std::uint32_t first = start >= begin_ + 3 ? start - 3 : begin_;
  for (std::uint32_t at = first; at < end && !crossed; ++at) {
    const auto found = [&](std::uint32_t to) {
      const bool over_start = at < start && to > start;
      const bool over_end = at > start && at < end && to > end;
      crossed = crossed || (to - at >= 2 && (over_start || over_end));
    };
    lexicon_.common_at(text_, at, [&](std::uint32_t to, Lexicon::Common) { found(to); });
    lexicon_.words_at(text_, at, [&](std::uint32_t to, Tag) { found(to); });
    lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t) { found(to); });
  }
  return crossed;
}

void Lattice::repair_han(std::uint32_t from, std::uint32_t to) {
  const std::u32string_view all = text_.text;
  for (std::uint32_t start = from; start < to; ++start) {
    for (std::uint32_t end = start + 2; end <= std::min(to, start + 6); ++end) {
      const std::u32string_view piece = all.substr(start, end - start);
      std::string loose = "~";
      std::string exact;
      bool sounded = true;
      for (const char32_t c : piece) {
        const std::string syllable = lexicon_.pinyin(std::u32string_view{&c, 1});
        sounded = sounded && !syllable.empty();
        exact += syllable;
        loose += Lexicon::blurred(syllable);
      }
      const auto as_long = [&](const std::vector<std::uint32_t>* goods) {
        return goods != nullptr && lexicon_.good(goods->front()).name.size() == piece.size()
                   ? std::optional{goods->front()}
                   : std::nullopt;
      };
      std::optional<std::uint32_t> meant =
          as_long(sounded ? lexicon_.goods_by_sound(exact) : nullptr);
      float cost = 1.5F;
      if (!meant) {  // 冬爪 looks like 冬瓜, and sounds nearly like 冬枣.
        meant = good_by_shape(piece);
        cost = 1.8F;
      }
      if (!meant) {
        meant = as_long(sounded ? lexicon_.goods_by_sound(loose) : nullptr);
        cost = 2.2F;
      }
      if (!meant || lexicon_.find_good(piece) || lexicon_.is_common(piece) ||
          part_of_word(start, end, lexicon_.good(*meant).name) || !beside_amount(start, end))
        continue;
      std::size_t shared = 0;
      const std::u32string& name = lexicon_.good(*meant).name;
      for (std::size_t i = 0; i < piece.size(); ++i) shared += piece[i] == name[i] ? 1 : 0;
      const bool closed = text_.kind_at(end) != Kind::han || is_han_digit(text_.at(end)) ||
                          in(text_.at(end), U"半几");
      // 减脂用的 is no 剪纸: a twin of another look is meant only where nothing grows on behind it.
      if (shared == 0 && !closed) continue;
      // 糙米一袋 减脂餐用: a near sound behind a gap, grown together with what follows, is no good.
      if (cost > 2.0F && start > begin_ && text_.kind_at(start - 1) == Kind::space &&
          text_.kind_at(end) == Kind::han && !may_count(end, end))
        continue;
      good(start, end, *meant, true, cost);
      made_.goods.back().repaired = true;
    }
  }
}

void Lattice::repair_latin(std::uint32_t from, std::uint32_t to) {
  const std::u32string_view word = std::u32string_view{text_.text}.substr(from, to - from);
  if (!beside_amount(from, to)) return;
  if (const auto* found = lexicon_.goods_by_sound(utf8(word))) {
    good(from, to, found->front(), true, 1.2F);
    made_.goods.back().repaired = true;
    return;
  }
  if (word.size() < 5) return;
  if (const auto* found = lexicon_.goods_by_sound("=" + Lexicon::plain_sound(utf8(word)))) {
    good(from, to, found->front(), true, 1.5F);
    made_.goods.back().repaired = true;
    return;
  }
  if (word.size() < 6) return;
  for (const std::uint32_t index : lexicon_.english_goods(word[0])) {
    const std::u32string& name = lexicon_.good(index).name;
    const bool near =
        one_edit(word, name) || one_edit(word, name + U"s") || one_edit(word, name + U"es");
    if (!near) continue;
    good(from, to, index, true, 1.4F);
    made_.goods.back().repaired = true;
    return;
  }
}

void Lattice::repairs() {
  const std::size_t before = edges_.size();
  std::size_t tried = 0;
  const auto odd = [&](const Token& token) {
    return (token.tag == Tag::unknown && token.tags == 0) ||
           (token.tag == Tag::good && made_.goods[token.index].unknown);
  };
  const std::vector<Token> tokens = made_.tokens;
  stray_.assign(end_ - begin_, 0);
  for (const Token& token : tokens) {
    if (token.tag == Tag::unknown && token.tags == 0 && text_.kind_at(token.from) == Kind::han)
      std::fill(stray_.begin() + (token.from - begin_), stray_.begin() + (token.to - begin_), 1);
  }
  for (std::size_t i = 0; i < tokens.size() && tried < repairs_max; ++i) {
    if (!odd(tokens[i])) continue;
    const Kind kind = text_.kind_at(tokens[i].from);
    if (kind == Kind::latin) {
      if (i + 1 < tokens.size() && text_.kind_at(tokens[i + 1].from) == Kind::latin) {
        repair_latin(tokens[i].from, tokens[i + 1].to);
      }
      repair_latin(tokens[i].from, tokens[i].to);
      ++tried;
      continue;
    }
    if (kind != Kind::han) continue;
    // A misspelt good may fall apart into a known character and a stray one: 鸡 + 旦.
    std::uint32_t from = tokens[i].from;
    std::uint32_t to = tokens[i].to;
    if (i > 0 && tokens[i - 1].to == from && to - from < 4 &&
        tokens[i - 1].to - tokens[i - 1].from <= 2 &&
        text_.kind_at(tokens[i - 1].from) == Kind::han) {
      from = tokens[i - 1].from;
    }
    while (i + 1 < tokens.size() && tokens[i + 1].from == to && to - from < 6 &&
           text_.kind_at(to) == Kind::han && tokens[i + 1].to - to <= 2) {
      to = tokens[++i].to;
    }
    repair_han(from, to);
    ++tried;
  }
  if (edges_.size() == before) return;
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.from, a.to, a.tag, a.index, a.cost) <
           std::tie(b.from, b.to, b.tag, b.index, b.cost);
  });
  first_.assign(end_ - begin_ + 1, 0);
  std::uint32_t e = 0;
  for (std::uint32_t at = begin_; at < end_; ++at) {
    while (e < edges_.size() && edges_[e].from < at) ++e;
    first_[at - begin_] = e;
  }
  first_[end_ - begin_] = static_cast<std::uint32_t>(edges_.size());
  best_path();
  collect();
}

}  // namespace doorstep::intake
