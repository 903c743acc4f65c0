#include "engine/intake/pairing.h"

#include <algorithm>
#include <array>
#include <limits>

namespace doorstep::intake {
namespace {

/// How slots that stand together are read.
enum class Pattern : std::uint8_t {
  alone,
  good_amount,
  amount_good,
  good_size_amount,  ///< 大米10斤2袋: the second counts.
  good_amount_size,  ///< 牛奶一箱24盒: the first counts.
  amount_size_good,  ///< 两瓶600ml的酱油: the first counts.
  amount_good_size,  ///< 一袋面粉十斤的那种: the first counts.
  size_good_amount,  ///< 二十五斤大米一袋: the last counts.
};

struct Step {
  float cost = std::numeric_limits<float>::infinity();
  Pattern pattern = Pattern::alone;
  std::uint32_t width = 1;
};

class Pairing {
 public:
  Pairing(const Folded& text, const Reading& reading, const Lexicon& lexicon,
          const std::vector<Token>& tokens, std::vector<Slot>& slots)
      : text_(text), reading_(reading), lexicon_(lexicon), tokens_(tokens), slots_(slots) {}

  void run() {
    const std::size_t count = slots_.size();
    std::vector<Step> steps(count + 1);
    steps[count].cost = 0;
    for (std::size_t i = count; i-- > 0;) {
      const auto offer = [&](Pattern pattern, std::uint32_t width, float cost) {
        const float total = cost + steps[i + width].cost;
        if (total < steps[i].cost) steps[i] = {total, pattern, width};
      };
      offer(Pattern::alone, 1, alone(i));
      if (i + 1 < count) pairs(i, offer);
      if (i + 2 < count) triples(i, offer);
    }
    for (std::size_t i = 0; i < count; i += steps[i].width) apply(i, steps[i].pattern);
  }

 private:
  [[nodiscard]] bool good(std::size_t i) const { return slots_[i].kind == Slot::Kind::good; }
  [[nodiscard]] const Token& token(std::size_t i) const { return tokens_[slots_[i].token]; }
  [[nodiscard]] const Amount& amount(std::size_t i) const {
    return reading_.amounts[token(i).index];
  }
  [[nodiscard]] const FoundGood& found(std::size_t i) const {
    return reading_.goods[token(i).index];
  }

  [[nodiscard]] float alone(std::size_t i) const {
    if (good(i)) return found(i).unknown ? 0.6F : 1.6F;
    return amount(i).implicit ? 1.0F : 3.0F;
  }

  /// What speaks against this amount for this good.
  [[nodiscard]] float misfit(std::size_t g, std::size_t a) const {
    const Amount& amount_ = amount(a);
    const FoundGood& good_ = found(g);
    if (amount_.unit == 0) return amount_.marked || !amount_.milli ? 0.0F : 0.3F;
    if (good_.unknown || good_.kind == GoodClass::other) return 0.1F;
    return lexicon_.takes(good_.kind, amount_.unit) ? 0.0F : 0.35F;
  }

  /// White space or other words between two slots.
  [[nodiscard]] float distance(std::size_t a, std::size_t b) const {
    const std::uint32_t between = slots_[b].token - slots_[a].token - 1;
    float far = 0.25F * static_cast<float>(std::min(between, 4U)) + (token(b).gap ? 0.2F : 0.0F);
    for (std::uint32_t i = slots_[a].token + 1; i < slots_[b].token; ++i) {
      if (tokens_[i].is(Tag::join) || tokens_[i].is(Tag::verb)) far += 0.35F;
      if (tokens_[i].is(Tag::more)) far += 0.8F;  // 来点面包 再要一盒牛奶
      if (tokens_[i].is(Tag::neg)) far += 8.0F;   // 一碗不放香菜
    }
    return far;
  }

  /// 买点奶酪 一瓶果酱: set off by a space, the amount has grown together with the good behind it.
  [[nodiscard]] bool leads_next(std::size_t a) const {
    return a + 1 < slots_.size() && good(a + 1) && token(a).gap && !token(a + 1).gap &&
           slots_[a + 1].token == slots_[a].token + 1 && amount(a).unit != 0;
  }

  template <class Offer>
  void pairs(std::size_t i, Offer offer) const {
    if (good(i) && !good(i + 1) && !amount(i + 1).implicit) {
      // 三个便当 一个不要香菜: the refusal limits what its own amount counts.
      const std::uint32_t behind = slots_[i + 1].token + 1;
      const bool limited =
          behind < tokens_.size() && !tokens_[behind].gap &&
          (tokens_[behind].is(Tag::neg) || (i > 0 && !good(i - 1) && tokens_[behind].is(Tag::note)));
      offer(Pattern::good_amount, 2,
            misfit(i, i + 1) + distance(i, i + 1) + (limited ? 1.0F : 0.0F) +
                (leads_next(i + 1) ? 0.6F : 0.0F));
    }
    if (!good(i) && good(i + 1)) {
      const float sign = amount(i).marked && amount(i).unit == 0 ? 0.8F : 0.0F;
      offer(Pattern::amount_good, 2, 0.3F + sign + misfit(i + 1, i) + distance(i, i + 1));
    }
  }

  /// How far out a container stands: 片 in 盒 in 提 in 箱.
  [[nodiscard]] int rank(std::size_t a) const {
    const std::string& name = lexicon_.unit(amount(a).unit).name;
    if (name == "箱" || name == "件") return 4;
    if (name == "提" || name == "板" || name == "排" || name == "组" || name == "套") return 3;
    return amount(a).kind == UnitClass::container ? 2 : 1;
  }

  template <class Offer>
  void triples(std::size_t i, Offer offer) const {
    const auto weighs = [&](std::size_t a) {
      return amount(a).kind == UnitClass::weight || amount(a).kind == UnitClass::volume;
    };
    const auto counts = [&](std::size_t a) {
      return !weighs(a) && (amount(a).unit != 0 || amount(a).marked) && amount(a).milli;
    };
    if (good(i) && !good(i + 1) && !good(i + 2) && amount(i + 1).implicit &&
        !amount(i + 2).implicit && slots_[i + 2].token == slots_[i + 1].token + 1)
      offer(Pattern::good_size_amount, 3, 0.1F + distance(i, i + 1));  // 五花肉来个两斤半
    if (good(i) && !good(i + 1) && !good(i + 2)) {
      const float far = distance(i, i + 1) + distance(i + 1, i + 2);
      if (weighs(i + 1) && counts(i + 2)) offer(Pattern::good_size_amount, 3, 0.2F + far);
      if (amount(i + 1).unit == 0 && !amount(i + 1).marked && counts(i + 2) &&
          amount(i + 2).unit != 0) {
        offer(Pattern::good_size_amount, 3, 1.2F + far);
      }
      const bool joined = slots_[i + 2].token == slots_[i + 1].token + 1;
      if (joined && amount(i + 1).unit != 0 && amount(i + 2).unit != 0 && !weighs(i + 1) &&
          counts(i + 2) && rank(i + 2) > rank(i + 1)) {
        offer(Pattern::good_size_amount, 3, 0.3F + far);  // 血糖试纸50片一桶
      }
      if (joined && amount(i + 1).unit != 0 && amount(i + 2).unit != 0 && !weighs(i + 1)) {
        offer(Pattern::good_amount_size, 3, 0.4F + far);
      }
    }
    if (!good(i) && !good(i + 1) && good(i + 2) && counts(i) && weighs(i + 1)) {
      offer(Pattern::amount_size_good, 3, 0.3F + distance(i, i + 1) + distance(i + 1, i + 2));
    }
    if (!good(i) && good(i + 1) && !good(i + 2)) {
      const float far = distance(i, i + 1) + distance(i + 1, i + 2);
      if (weighs(i) && counts(i + 2)) offer(Pattern::size_good_amount, 3, 0.2F + far);
      const std::uint32_t behind = slots_[i + 2].token + 1;
      const bool of = behind < tokens_.size() && is_of(behind) && !tokens_[behind].gap;
      if (of && counts(i) && weighs(i + 2)) offer(Pattern::amount_good_size, 3, 0.2F + far);
      const bool next_leads = i + 3 < slots_.size() && good(i + 3) && !token(i + 3).gap;
      if (!of && counts(i) && amount(i).kind == UnitClass::container && weighs(i + 2) && !next_leads)
        offer(Pattern::amount_good_size, 3, 0.7F + far);  // 1 sack rice 5kg
      if (amount(i).implicit && !amount(i + 2).implicit) {
        offer(Pattern::size_good_amount, 3, 0.1F + far);
      }
    }
  }

  /// 的, 的那种
  [[nodiscard]] bool is_of(std::uint32_t token) const {
    const Token& one = tokens_[token];
    return text_.at(one.from) == U'的' || text_.at(one.from) == U'装';
  }

  void join(std::size_t g, std::size_t a) {
    slots_[g].partner = static_cast<std::uint32_t>(a);
    slots_[a].partner = static_cast<std::uint32_t>(g);
  }

  void apply(std::size_t i, Pattern pattern) {
    switch (pattern) {
      case Pattern::alone: break;
      case Pattern::good_amount: join(i, i + 1); break;
      case Pattern::amount_good: join(i + 1, i); break;
      case Pattern::good_size_amount:
        join(i, i + 2);
        slots_[i + 1].size = true;
        break;
      case Pattern::good_amount_size:
        join(i, i + 1);
        slots_[i + 2].size = true;
        break;
      case Pattern::amount_size_good:
        join(i + 2, i);
        slots_[i + 1].size = true;
        break;
      case Pattern::amount_good_size:
        join(i + 1, i);
        slots_[i + 2].size = true;
        break;
      case Pattern::size_good_amount:
        join(i + 1, i + 2);
        slots_[i].size = true;
        break;
    }
  }

  const Folded& text_;
  const Reading& reading_;
  const Lexicon& lexicon_;
  const std::vector<Token>& tokens_;
  std::vector<Slot>& slots_;
};

}  // namespace

void pair_slots(const Folded& text, const Reading& reading, const Lexicon& lexicon,
                const std::vector<Token>& tokens, std::vector<Slot>& slots) {
  if (!slots.empty()) Pairing{text, reading, lexicon, tokens, slots}.run();
}

}  // namespace doorstep::intake
