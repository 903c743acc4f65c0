#include "engine/intake/classify.h"

#include <algorithm>
#include <array>

#include "engine/intake/basket.h"
#include "engine/intake/evidence.h"
#include "engine/intake/points_of.h"

namespace doorstep::intake {
namespace {

class Classifier {
 public:
  Classifier(const Folded& text, const Draft& draft, const TriageDetail& triage, bool edited)
      : text_(text),
        draft_(draft),
        triage_(triage),
        edited_(edited),
        points_(text),
        evidence_(gather(text)),
        basket_(weigh(draft)) {}

  Verdict run() {
    Verdict verdict;
    verdict.category = category();
    verdict.urgency = urgency(verdict.category);
    add_others(verdict);
    return verdict;
  }

 private:
  [[nodiscard]] bool says(const Folded& text,
                          std::initializer_list<std::u32string_view> words) const {
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
      return points_.may_hold(word) && text.text.find(word) != std::u32string::npos;
    });
  }
  [[nodiscard]] bool tagged(Tag tag) const { return (draft_.tags & set_of(tag)) != 0; }
  [[nodiscard]] int of(Category category) const { return evidence_.of(category); }

  /// A wish in words: a verb that asks, an amount, something that is out.
  [[nodiscard]] bool wishes() const {
    if (basket_.total == 0) return false;
    return basket_.counted > 0 || tagged(Tag::verb) || tagged(Tag::out) || basket_.any_out ||
           !draft_.clauses.empty();
  }

  [[nodiscard]] Category from_basket() const {
    if (basket_.parcels > 0) return Category::delivery;
    if (basket_.medicine > 0) return Category::medicine;
    return Category::goods;
  }

  [[nodiscard]] Category category() const {
    const Triage& t = triage_.result;
    if (t.alarm == Alarm::emergency) return t.category;
    if (of(Category::chat) >= 8 && basket_.counted == 0 && t.alarm != Alarm::urgent)
      return Category::chat;  // 物业通知:周三停水
    if (edited_ && basket_.total > 0 && of(Category::inquiry) < 7) return from_basket();
    if (medical()) return Category::medical;
    if (t.alarm == Alarm::review && t.lowered_by == "question" && basket_.counted == 0 && !buys())
      return Category::inquiry;
    const bool denied = t.lowered_by == "negation" && of(Category::checkin) < 5 &&
                        of(Category::inquiry) < 4 && of(Category::repair) < 6 &&
                        of(Category::complaint) < 6 && of(Category::psych) < 6 &&
                        of(Category::chore) < 6 && basket_.medicine == 0;
    const bool told = t.lowered_by == "drill" || t.lowered_by == "history" || denied;
    if (t.alarm == Alarm::review && told && basket_.counted == 0 && !buys()) {
      const int asked =
          says(text_, {U"?", U"吗", U"呢", U"怎么", U"什么", U"如何", U"多少"}) ? 4 : 5;
      return of(Category::inquiry) >= asked ? Category::inquiry : Category::chat;
    }
    if (t.alarm == Alarm::urgent && t.category == Category::medicine && asks_nothing_else())
      return Category::medicine;
    if (basket_.drug_out && of(Category::complaint) < 6) return Category::medicine;
    if (stated_well()) return Category::checkin;
    if (basket_.past > 0 && basket_.counted == 0 && of(Category::delivery) >= 6)
      return Category::delivery;
    if (basket_.past > 0 && basket_.counted == 0 && of(Category::chat) >= 2 &&
        of(Category::complaint) < 6 && of(Category::inquiry) < 4)
      return Category::chat;
    if (basket_.past > 0 && of(Category::complaint) < 6 && of(Category::inquiry) >= 4)
      return Category::inquiry;
    return wishes() ? with_items() : without_items();
  }

  [[nodiscard]] bool asks_nothing_else() const { return of(Category::inquiry) < 7; }

  /// A symptom is there and no drug is asked for that explains it; or a visit is spoken of.
  [[nodiscard]] bool medical() const {
    const Triage& t = triage_.result;
    // 睡不着 心慌 怕自己也被感染: the heart beats with the fear.
    if (t.alarm == Alarm::urgent && t.reason == "symptom" && of(Category::psych) >= 7) return false;
    if (t.alarm == Alarm::urgent && t.category == Category::medical) return !background();
    if (basket_.total > 0 && (basket_.counted > 0 || basket_.medicine > 0)) return false;
    if (triage_.mild && basket_.counted == 0 && t.alarm == Alarm::none && worried())
      return true;
    if (triage_.mild && basket_.total == 0 && of(Category::inquiry) < 6 &&
        of(Category::complaint) < 6 && of(Category::psych) < 6 &&
        (t.alarm == Alarm::none || (t.alarm == Alarm::review && t.lowered_by == "negation")))
      return true;
    return of(Category::medical) >= 5 &&
           (of(Category::inquiry) < 7 || (of(Category::medical) >= 7 && of(Category::inquiry) < 9)) &&
           t.alarm != Alarm::review &&
           of(Category::checkin) == 0 && of(Category::chat) < 5 && of(Category::offer) == 0 &&
           of(Category::complaint) == 0 && of(Category::chore) < 6 && basket_.medicine == 0 &&
           (of(Category::medical) >= 7 || !says(text_, {U"核酸", U"外卖", U"快递"}));
  }

  /// 要紧吗, 怎么办: about what is felt now, no knowledge for later.
  [[nodiscard]] bool worried() const {
    return of(Category::complaint) < 6 && of(Category::psych) < 6 &&
           says(text_, {U"要紧吗", U"要紧不", U"要不要紧", U"严重吗", U"严重不", U"咋办", U"怎么办",
                        U"咋整", U"咋个办", U"有没有事", U"没事吧", U"需要去医院", U"要去医院",
                        U"要不要去医院", U"用去医院", U"点算好", U"點算"});
  }

  /// An old symptom told as the reason for an order of goods.
  [[nodiscard]] bool background() const {
    if (basket_.total == 0) return errand();
    if (basket_.counted == 0 && basket_.medicine == 0 && !asks_to_bring()) return false;
    if (says(text_, {U"下不了床", U"下不来床", U"疼得", U"痛得", U"疼到", U"痛到", U"走不了路"}))
      return false;
    static constexpr std::array<std::string_view, 3> light{"symptom", "injury", "mild_symptom"};
    const bool asked =
        basket_.counted > 0 || (basket_.total > 0 && asks_to_bring()) ||
        (basket_.medicine > 0 && says(text_, {U"有没有人", U"谁有", U"谁家有", U"求", U"帮买",
                                              U"帮我买", U"想买", U"要买", U"有多的", U"代买"}));
    return asked && std::find(light.begin(), light.end(), triage_.result.reason) != light.end();
  }

  /// 脚扭了不方便下楼, 帮忙倒下垃圾: the injury is why somebody else must do it.
  [[nodiscard]] bool errand() const {
    static constexpr std::array<std::string_view, 2> light{"injury", "mild_symptom"};
    return of(Category::chore) >= 6 && asks_for_help() &&
           std::find(light.begin(), light.end(), triage_.result.reason) != light.end();
  }

  [[nodiscard]] bool asks_to_bring() const {
    return says(text_, {U"给我带", U"帮我带", U"帮忙带", U"带点", U"带些", U"带一", U"帮我买",
                        U"给我买", U"帮买", U"买点", U"买些", U"买一", U"来点", U"捎"});
  }

  [[nodiscard]] bool stated_well() const {
    if (of(Category::checkin) < 5 || basket_.counted > 0 || of(Category::offer) > 0) return false;
    return of(Category::complaint) == 0 && of(Category::inquiry) < 5 && of(Category::repair) < 6 &&
           of(Category::chore) < 6 && of(Category::psych) == 0;
  }

  [[nodiscard]] Category with_items() const {
    const bool firm = basket_.counted > 0 || (tagged(Tag::verb) && of(Category::inquiry) < 7);
    if (of(Category::inquiry) >= 7 && basket_.counted <= 1 && !buys()) return Category::inquiry;
    // 两样以上有数有量 is an order, whatever displeasure is told with it.
    const bool list = basket_.counted > 1 && basket_.past == 0;
    const int grief =
        (basket_.counted > 0 && (tagged(Tag::verb) || tagged(Tag::condition))) || list ? 8 : 6;
    if (of(Category::repair) >= 6 && of(Category::complaint) < 8 && basket_.counted == 0 && !firm &&
        !buys() && !basket_.any_out && (basket_.parcels == 0 || of(Category::delivery) < 5))
      return Category::repair;  // 冰箱不制冷了 肉都要化了
    if (of(Category::complaint) >= grief && !buys()) return Category::complaint;
    if (of(Category::offer) >= 6 && !buys()) return Category::offer;
    const bool plain_words = basket_.counted == 0 && basket_.strange == 0 && !tagged(Tag::verb) &&
                             !basket_.any_out && of(Category::repair) < 6 &&
                             of(Category::chore) < 6;
    if (plain_words && of(Category::chat) >= 2 && basket_.parcels == 0 &&
        (basket_.medicine == 0 || only_some_drug()))
      return Category::chat;
    if (of(Category::delivery) >= 6) return Category::delivery;
    if (basket_.parcels > 0) return Category::delivery;
    if (of(Category::delivery) >= 5 && basket_.counted == 0 && !buys()) return Category::delivery;
    if (of(Category::chat) >= 5 && !buys()) return Category::chat;
    if (of(Category::repair) >= 8 && !buys()) return Category::repair;
    if (of(Category::chore) >= 6 && (prints() || of(Category::chore) >= 8) && !buys())
      return Category::chore;  // 帮忙给手机充50话费
    if (of(Category::repair) >= 6 && !firm) return Category::repair;
    if (of(Category::repair) >= 6 && basket_.counted == 0 && !buys()) return Category::repair;
    if (of(Category::chore) >= 6 && basket_.counted == 0 && !buys()) return Category::chore;
    if (of(Category::psych) >= 6 && basket_.counted == 0 && !buys()) return Category::psych;
    if (of(Category::inquiry) >= 4 && basket_.counted == 0 && !buys() && !basket_.any_out)
      return Category::inquiry;
    return from_basket();
  }

  /// 药 without a name: spoken of, not asked for.
  [[nodiscard]] bool only_some_drug() const {
    for (const DraftOrder& order : draft_.orders) {
      for (const DraftItem& item : order.items) {
        if (is_medicine(item.kind) && item.item.canonical != "药") return false;
      }
    }
    return true;
  }

  /// Ten copies to be printed are no goods.
  [[nodiscard]] bool prints() const {
    if (says(text_, {U"要打印", U"想打印", U"帮打印", U"打印些", U"打印几", U"打印点", U"打印一份",
                     U"打印两份", U"打印材料", U"打印资料", U"打印作业"}))
      return true;
    return says(text_, {U"打印", U"列印", U"复印", U"影印", U"扫描"}) &&
           !says(text_, {U"打印纸", U"打印机", U"复印纸"});
  }

  /// Says in words that something is to be bought or brought.
  [[nodiscard]] bool buys() const {
    return says(text_,
                {U"帮买",     U"帮我买",    U"帮忙买", U"想买", U"要买",     U"买点", U"买些",
                 U"买一",     U"买两",      U"买个",   U"买几", U"代买",     U"求购", U"给买",
                 U"想要",     U"需要",      U"来点",   U"来个", U"来一",     U"来两", U"来份",
                 U"带一",     U"带点",      U"捎",     U"代购", U"要一",     U"要两", U"要点",
                 U"换个",     U"换一",      U"送点",   U"送些", U"能不能送", U"buy",  U"need",
                 U"i'd like", U"can i get", U"get me", U"攞",   U"领药",     U"开药", U"配药",
                 U"拿药",     U"谁有",      U"谁家有", U"借我", U"借个",     U"借一", U"借点"}) &&
           !says(text_, {U"谁需要", U"谁要", U"谁家需要", U"谁家要", U"需要的", U"买好了", U"喊我",
                         U"叫我一声", U"找我", U"联系我", U"有需要", U"昨天买", U"之前买", U"买的",
                         U"刚买", U"网上买", U"订的"});
  }

  [[nodiscard]] Category without_items() const {
    if (says(text_, {U"断粮", U"没吃的", U"没饭吃", U"断炊", U"没东西吃", U"揭不开锅", U"没得吃",
                     U"no food", U"nothing to eat"}))
      return Category::goods;
    if (withdraws(draft_) && triage_.result.alarm == Alarm::none) {  // 昨天发烧,今天退了
      if (of(Category::inquiry) < 4 && of(Category::complaint) < 6) return Category::goods;
    }
    struct Candidate {
      Category category;
      int least;
    };
    static constexpr std::array<Candidate, 10> order{{{Category::complaint, 6},
                                                      {Category::inquiry, 7},
                                                      {Category::offer, 6},
                                                      {Category::repair, 6},
                                                      {Category::psych, 6},
                                                      {Category::inquiry, 6},
                                                      {Category::delivery, 4},
                                                      {Category::chore, 6},
                                                      {Category::inquiry, 3},
                                                      {Category::checkin, 5}}};
    if (triage_.result.alarm == Alarm::review) {
      if (of(Category::chat) > 0 || triage_.result.lowered_by == "drill" ||
          triage_.result.lowered_by == "history") {
        return of(Category::inquiry) >= 4 ? Category::inquiry : Category::chat;
      }
    }
    const bool when = says(text_, {U"什么时候修", U"几时修", U"啥时候修", U"什么时候来修",
                                   U"什么时候能修", U"几点修", U"何时修"});
    if (of(Category::goods) >= 9) return Category::goods;
    if (of(Category::chat) >= 7 && of(Category::inquiry) == 7 && of(Category::complaint) < 6 &&
        !says(text_, {U"?", U"吗", U"么", U"多少", U"几", U"怎", U"啥"}))
      return Category::chat;  // 看到这价格我血压都高了😂
    if (of(Category::chat) >= 7 && of(Category::psych) > 0 && of(Category::psych) < 8 &&
        of(Category::complaint) < 6 && of(Category::inquiry) < 5)
      return Category::chat;  // 快疯了哈哈哈哈
    if (of(Category::inquiry) >= 8 && of(Category::complaint) < 8 && of(Category::repair) < 8)
      return Category::inquiry;
    if (of(Category::psych) >= 8 && of(Category::complaint) < 8) return Category::psych;
    if (of(Category::repair) >= 6 && of(Category::complaint) < 8 && of(Category::offer) < 7 &&
        of(Category::inquiry) < 8 && (of(Category::inquiry) < 7 || when))
      return Category::repair;
    if (of(Category::chore) >= 6 && of(Category::complaint) < 8 && asks_for_help())
      return Category::chore;
    for (const Candidate& candidate : order) {
      if (of(candidate.category) >= candidate.least) return candidate.category;
    }
    if (of(Category::chat) > 0) return Category::chat;
    if (points()) return Category::goods;
    if (of(Category::inquiry) > 0) return Category::inquiry;
    if (triage_.mild) return Category::medical;
    return tagged(Tag::verb) || tagged(Tag::press) ? Category::goods : Category::chat;
  }

  /// 能安排一下吗, 谁能帮忙: a request, whatever displeasure stands beside it.
  [[nodiscard]] bool asks_for_help() const {
    return says(text_,
                {U"能安排", U"安排一下", U"安排人", U"谁能", U"谁帮", U"能不能帮", U"能帮", U"帮忙",
                 U"麻烦", U"可以帮", U"能否", U"please", U"can someone", U"could someone"});
  }

  /// [语音], 照旧: something is wanted that the words do not hold.
  [[nodiscard]] bool points() const {
    return tagged(Tag::note) || tagged(Tag::copy) || tagged(Tag::condition) ||
           std::any_of(draft_.orders.begin(), draft_.orders.end(),
                       [](const DraftOrder& order) { return order.copies; });
  }

  // --- urgency --------------------------------------------------------------------------------

  [[nodiscard]] bool loose() const {
    return says(
        text_, {U"不急",       U"不着急",   U"不赶",     U"有空再",  U"慢慢来",       U"方便的时候",
                U"方便时",     U"周五前",   U"周末前",   U"前都行",  U"no rush",      U"no hurry",
                U"not urgent", U"whenever", U"any time", U"anytime", U"什么时候都行", U"啥时候都行",
                U"唔急",       U"唔使急",   U"不忙"});
  }

  [[nodiscard]] bool pressed() const {
    if (loose() || says(text_, {U"今天要的"})) return false;
    return tagged(Tag::press) ||
           says(text_, {U"急需", U"急!", U"紧急", U"十万火急", U"越快越好", U"马上", U"今天就要",
                        U"今天要", U"今天必须", U"今晚就要", U"urgent", U"asap", U"等着用", U"饿着",
                        U"没吃的", U"断粮", U"饿得"});
  }

  [[nodiscard]] Urgency urgency(Category category) const {
    const Triage& t = triage_.result;
    if (t.alarm == Alarm::emergency) return Urgency::emergency;
    switch (category) {
      case Category::chat:
      case Category::checkin:
      case Category::offer: return Urgency::none;
      case Category::medical:
        if (t.alarm == Alarm::urgent && t.category == Category::medical) return Urgency::urgent;
        if (triage_.mild) return Urgency::urgent;
        return pressed() && !says(text_, {U"产检", U"复查"}) ? Urgency::urgent : Urgency::routine;
      case Category::medicine:
        if (loose()) return Urgency::routine;
        if (triage_.gap || (basket_.chronic && (basket_.drug_out || tagged(Tag::out))) ||
            pressed() || (basket_.drug_out && !known_otc()))
          return Urgency::urgent;
        return Urgency::routine;
      case Category::goods:
        return pressed() || evidence_.urgent[static_cast<std::size_t>(Category::goods)] ||
                       ((basket_.staple_out || draft_.staple_out || staple_gone(text_, draft_)) &&
                        !loose())
                   ? Urgency::urgent
                   : Urgency::routine;
      case Category::delivery: return pressed() ? Urgency::urgent : Urgency::routine;
      case Category::repair:
        return evidence_.urgent[static_cast<std::size_t>(Category::repair)] && !loose()
                   ? Urgency::urgent
                   : Urgency::routine;
      default: return Urgency::routine;
    }
  }

  /// The drug that is out is one from the shelf, not one for life.
  [[nodiscard]] bool known_otc() const {
    for (const DraftOrder& order : draft_.orders) {
      for (const DraftItem& item : order.items) {
        if (item.out && (item.kind == GoodClass::otc || item.kind == GoodClass::wound) &&
            item.item.canonical != "药")
          return true;
      }
    }
    return false;
  }

  void add_others(Verdict& verdict) const {
    const auto add = [&](Category category) {
      if (category == verdict.category) return;
      if (std::find(verdict.also.begin(), verdict.also.end(), category) == verdict.also.end())
        verdict.also.push_back(category);
    };
    static constexpr std::array<Category, 5> beside{
        Category::medical, Category::safety, Category::psych, Category::repair, Category::chore};
    const bool asked =
        says(text_, {U"谁有", U"谁家有", U"有没有人有", U"求一", U"帮买", U"帮我买"});
    const bool help = std::find(beside.begin(), beside.end(), verdict.category) != beside.end();
    // 孩子呛进去一颗坚果: the one good of an emergency is its cause unless it is asked for.
    const bool cause = triage_.result.alarm == Alarm::emergency && basket_.total == 1 && !buys();
    if ((help && !cause && (basket_.counted > 0 || asked)) || carries_items(verdict.category)) {
      if (basket_.medicine > 0) add(Category::medicine);
      const bool printed = verdict.category == Category::chore && prints();
      if (basket_.goods > 0 && verdict.category != Category::delivery && !printed)
        add(Category::goods);
    }
    if (carries_items(verdict.category) && of(Category::repair) >= 7) add(Category::repair);
  }

  const Folded& text_;
  const Draft& draft_;
  const TriageDetail& triage_;
  bool edited_;
  PointsOf points_;
  Evidence evidence_;
  Basket basket_;
};

}  // namespace

bool carries_items(Category category) {
  return category == Category::goods || category == Category::medicine ||
         category == Category::delivery;
}

Verdict classify(const Folded& text, const Draft& draft, const TriageDetail& triage, bool edited) {
  return Classifier{text, draft, triage, edited}.run();
}

}  // namespace doorstep::intake
