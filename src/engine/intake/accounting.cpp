/// \file The last step of a reading: what it drew from the text is weighed against the text.

#include "engine/intake/accounting.h"

#include <algorithm>
#include <bitset>
#include <span>
#include <unordered_set>

namespace doorstep::intake {
namespace {

constexpr std::size_t names_max = 40;  ///< A longer list is compared by canonical name alone.

/// These say of all goods of their clause why they are not ordered, ...
constexpr TagSet of_clause = set_of(Tag::change) | set_of(Tag::header) | set_of(Tag::past) |
                             set_of(Tag::copy) | set_of(Tag::replace);
/// ... these of the goods beside them.
constexpr TagSet of_neighbours = set_of(Tag::neg) | set_of(Tag::drop) | set_of(Tag::cancel) |
                                 set_of(Tag::nothing) | set_of(Tag::stock) | set_of(Tag::less);

class Account {
 public:
  Account(const Folded& text, const Lexicon& lexicon, Draft& draft,
          const std::vector<DraftOrder>& orders)
      : text_(text), lexicon_(lexicon), draft_(draft) {
    for (const DraftOrder& order : orders) {
      for (const DraftItem& item : order.items) {
        held_.insert(item.item.canonical);
        kinds_.set(static_cast<std::size_t>(item.kind));
        if (item.item.range) begins_.insert(item.item.range->from);
        if (names_.size() < names_max) names_.push_back(&item.item.name);
      }
    }
  }

  void run() {
    for (const Clause& clause : draft_.clauses) {
      show_remarks(clause.tokens);
      show_hand_over(clause.tokens);
      if ((clause.tags & of_clause) != 0) continue;
      for (std::size_t i = 0; i < clause.tokens.size(); ++i) {
        const Token& token = clause.tokens[i];
        if (token.tag == Tag::amount && token.gap) show_amount(clause, token);
        if (token.tag != Tag::good || seen(token) || held(token)) continue;
        if (explained(clause.tokens, i)) continue;
        show(clause.tokens, i);
      }
    }
  }

 private:
  /// 不要葱姜, 面包不要了, 还有半桶油: a refusal or a stock that reaches the good; what has an amount
  /// of its own stands between.
  [[nodiscard]] static bool explained(const std::vector<Token>& tokens, std::size_t i) {
    if (i + 1 < tokens.size() && tokens[i + 1].is(Tag::reason)) return true;
    for (std::size_t k = i + 1; k < tokens.size() && tokens[k].tag != Tag::amount; ++k) {
      if ((tokens[k].tags & of_neighbours) != 0) return true;
    }
    std::size_t k = i;
    if (k > 0 && tokens[k - 1].tag == Tag::amount) --k;  // Its own.
    while (k-- > 0 && tokens[k].tag != Tag::amount && !tokens[k].is(Tag::more)) {
      if ((tokens[k].tags & of_neighbours) != 0) return true;
    }
    return false;
  }

  /// 钱我来付: a run of words without a good of which a part is shown is shown whole, so that it can be
  /// understood. What surrounds it is left: greetings, verbs that ask.
  void show_remarks(const std::vector<Token>& tokens) {
    for (std::size_t first = 0; first < tokens.size();) {
      std::size_t last = first + 1;
      while (last < tokens.size() && !tokens[last].gap) ++last;
      show_run(std::span{tokens}.subspan(first, last - first));
      first = last;
    }
  }

  void show_run(std::span<const Token> run) {
    const auto plain = [](const Token& token) {
      return token.is(Tag::filler) || token.is(Tag::verb) || token.is(Tag::press);
    };
    while (!run.empty() && plain(run.front())) run = run.subspan(1);
    while (!run.empty() && (run.back().is(Tag::filler) || run.back().is(Tag::press)))
      run = run.first(run.size() - 1);
    bool open = false;
    for (const Token& token : run) {
      if (token.tag != Tag::unknown) return;
      for (std::uint32_t at = token.from; at < token.to; ++at) {
        const SpanKind role = draft_.role[at];
        if (role != SpanKind::note && role != SpanKind::unread && role != SpanKind::ignorable)
          return;
        open = open || role != SpanKind::ignorable;
      }
    }
    if (!open) return;
    for (std::uint32_t at = run.front().from; at < run.back().to; ++at) {
      if (draft_.role[at] == SpanKind::ignorable) draft_.role[at] = SpanKind::note;
    }
  }

  /// 送到19栋门口就行: where it is to be left, shown whole with the door it is at.
  void show_hand_over(const std::vector<Token>& tokens) {
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
      if (tokens[i].tag != Tag::address || tokens[i].gap || tokens[i + 1].gap) continue;
      if (draft_.role[tokens[i + 1].from] != SpanKind::note ||
          !in(text_.at(tokens[i + 1].from), U"门楼大保传物单架柜"))
        continue;
      const Token& verb = tokens[i - 1];
      if (verb.tag != Tag::unknown || !in(text_.at(verb.from), U"送放搁挂留摆到")) continue;
      std::size_t last = i + 1;
      while (last + 1 < tokens.size() && !tokens[last + 1].gap &&
             tokens[last + 1].tag == Tag::unknown)
        ++last;
      for (std::uint32_t at = verb.from; at < tokens[last].to; ++at)
        draft_.role[at] = SpanKind::note;
    }
  }

  /// 鱼一条 两斤上下: an amount apart from what it is of, which nothing took.
  void show_amount(const Clause& clause, const Token& token) {
    const Amount& amount = draft_.amounts[token.index];
    if (amount.unit == 0 || amount.implicit || (clause.tags & set_of(Tag::correct)) != 0) return;
    for (std::uint32_t at = token.from; at < token.to; ++at) {
      if (draft_.role[at] != SpanKind::ignorable) return;
    }
    for (std::uint32_t at = token.from; at < token.to; ++at) draft_.role[at] = SpanKind::note;
  }

  [[nodiscard]] bool seen(const Token& token) const {
    const SpanKind role = draft_.role[token.from];
    return role == SpanKind::note || role == SpanKind::unread;
  }

  /// The good stands in an order, or is the class of one that does (水果: 香蕉).
  [[nodiscard]] bool held(const Token& token) const {
    const FoundGood& good = draft_.goods[token.index];
    const std::string canonical = draft_item(text_, lexicon_, good, {}).item.canonical;
    if (held_.contains(canonical) || begins_.contains(text_.source[token.from])) return true;
    if (kinds_.test(static_cast<std::size_t>(good.kind)) &&
        (is_pure_class(canonical) || (is_medicine(good.kind) && is_label(points(canonical)))))
      return true;
    return std::any_of(names_.begin(), names_.end(), [&](const std::string* name) {
      return name->ends_with(canonical);  // 奶粉 beside 婴儿奶粉
    });
  }

  /// The good with what is said about it in its clause.
  void show(const std::vector<Token>& tokens, std::size_t i) {
    std::size_t last = i;
    while (last + 1 < tokens.size() && !tokens[last + 1].gap &&
           (tokens[last + 1].is(Tag::out) || tokens[last + 1].tag == Tag::amount)) {
      ++last;
    }
    std::size_t first = i;
    if (first > 0 && !tokens[first].gap && tokens[first - 1].tag == Tag::amount) --first;
    for (std::uint32_t at = tokens[first].from; at < tokens[last].to; ++at) {
      if (draft_.role[at] == SpanKind::item || draft_.role[at] == SpanKind::ignorable)
        draft_.role[at] = SpanKind::note;
    }
  }

  const Folded& text_;
  const Lexicon& lexicon_;
  Draft& draft_;
  std::unordered_set<std::string> held_;
  std::unordered_set<std::uint32_t> begins_;
  std::vector<const std::string*> names_;
  std::bitset<static_cast<std::size_t>(GoodClass::other) + 1> kinds_;
};

}  // namespace

void account(const Folded& text, const Lexicon& lexicon, Draft& draft,
             const std::vector<DraftOrder>& orders) {
  Account{text, lexicon, draft, orders}.run();
}

}  // namespace doorstep::intake
