#include "engine/intake/triage.h"

#include <algorithm>

#include "engine/intake/numerals.h"
#include "engine/intake/tables.h"
#include "engine/intake/triage_lowering.h"
#include "engine/intake/triage_readings.h"

namespace doorstep::intake {
namespace {

const Cues& rules() {
  static const Cues cues{tables::triage, tables::danger};
  return cues;
}

bool ends_clause(char32_t c) {
  return c == U',' || c == U';' || c == U'。' || c == U'!' || c == U'?' || c == U'\n' || c == U'、';
}

class Judge {
 public:
  Judge(const Folded& text, const std::vector<Sign>& signs)
      : text_(text), signs_(signs), words_(lowering()) {}

  /// What speaks against this match; empty when nothing does.
  [[nodiscard]] std::string_view against(const CueMatch& match) const {
    if (covered(match, words_.idiom)) return "idiom";
    if (match.rule->key == "no_answer" && door_between(match)) return "history";
    if (match.rule->key == "unconscious" && no_sleeper(match)) return "idiom";
    if (joked(match) || figurative(match)) return "idiom";
    if (told_lightly(match)) return "joke";
    if (negated(match)) return "negation";
    if (anywhere(words_.drill) && (!present_near(match) || near(match, words_.taught, 14)))
      return "drill";
    if (past(match)) return "history";
    if (asked(match)) return "question";
    return {};
  }

 private:
  static const Lowering& lowering() {
    static const Lowering words{rules()};
    return words;
  }

  /// The match lies inside a longer phrase of this concept: 吐血推荐, 困在家里.
  [[nodiscard]] bool covered(const CueMatch& match, std::uint16_t id) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      return sign.concept_id == id && sign.from <= match.from && match.to <= sign.to;
    });
  }

  /// 201刘奶奶缺酱油,702联系不上: between who and what another door is named.
  [[nodiscard]] bool door_between(const CueMatch& match) const {
    bool apart = false;
    for (std::uint32_t at = match.inner_from; at < match.inner_to; ++at) {
      apart = apart || ends_clause(text_.text[at]);
      if (apart && text_.kind_at(at) == Kind::digit && text_.kind_at(at + 1) == Kind::digit &&
          text_.kind_at(at + 2) == Kind::digit)
        return true;
    }
    return false;
  }

  /// Who does not answer is behind a door, or only lies in.
  [[nodiscard]] bool no_sleeper(const CueMatch& match) const {
    return covered(match, words_.no_answer) || near(match, words_.lazy, 12) ||
           (anywhere(words_.suicide) && anywhere(words_.locked));
  }

  /// 压力大得喘不过气, 手机快不行了: the words of danger said of something else.
  [[nodiscard]] bool figurative(const CueMatch& match) const {
    const std::string& key = match.rule->key;
    if (match.rule->concepts.size() == 1 && (key == "breathing" || key == "choking"))
      return before_or_behind(match, words_.figurative, 10);
    return key == "dying" && before_or_behind(match, words_.device, 5);
  }

  /// Said among laughter, or of one's own temper: a human reads it, nobody is sent.
  [[nodiscard]] bool told_lightly(const CueMatch& match) const {
    const std::string& key = match.rule->key;
    if (key == "violence" && near(match, words_.regret, 12)) return true;
    if (key == "trapped" && near(match, words_.empty, 12)) return true;
    if (key == "call_for_ambulance" && anywhere(words_.not_call)) return true;
    if (key == "suicide" && match.to - match.from <= 4 && near(match, words_.joke, 12)) return true;
    return near(match, words_.laughing, 16);
  }

  /// A word of the concept in the same sentence, at most `window` points away.
  [[nodiscard]] bool before_or_behind(const CueMatch& match, std::uint16_t id,
                                      std::uint32_t window) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      if (sign.concept_id != id) return false;
      const std::uint32_t from = std::min(sign.to, match.to);
      const std::uint32_t to = std::max(sign.from, match.from);
      return to <= from + window && !sentence_between(from, to);
    });
  }

  /// A bare cry next to vermin, laughter or prices.
  [[nodiscard]] bool joked(const CueMatch& match) const {
    if (exaggerated(match)) return true;
    if (match.rule->key == "violence" && match.to - match.from <= 2 && near(match, words_.joke, 10))
      return true;  // 这么贵 抢劫啊
    if (match.rule->key != "dying" && match.rule->key != "suicide") return false;
    if (match.rule->key == "suicide" && match.to - match.from > 2) return false;
    return near(match, words_.joke, 16) || near(match, words_.idiom, 16);
  }

  /// 差点心梗, 气得脑溢血 beside prices, homework or laughter.
  [[nodiscard]] bool exaggerated(const CueMatch& match) const {
    if (match.rule->concepts.size() != 1 || match.rule->level != "emergency" ||
        match.rule->category == Category::safety)
      return false;
    const std::size_t from = match.from > 4 ? match.from - 4 : 0;
    const std::u32string_view before =
        std::u32string_view{text_.text}.substr(from, match.from - from);
    const bool almost =
        before.find(U"差点") != before.npos || before.find(U"险些") != before.npos ||
        before.find(U"气得") != before.npos || before.find(U"气到") != before.npos ||
        before.find(U"吓得") != before.npos || before.find(U"贵得") != before.npos ||
        before.find(U"笑得") != before.npos || before.find(U"笑到") != before.npos;
    return almost && near(match, words_.joke, 16);
  }

  [[nodiscard]] bool anywhere(std::uint16_t id) const {
    return std::any_of(signs_.begin(), signs_.end(),
                       [&](const Sign& sign) { return sign.concept_id == id; });
  }

  [[nodiscard]] bool near(const CueMatch& match, std::uint16_t id, std::uint32_t window) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      return sign.concept_id == id && sign.from <= match.to + window &&
             match.from <= sign.to + window;
    });
  }

  [[nodiscard]] bool clause_between(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i < to; ++i) {
      if (ends_clause(text_.text[i])) return true;
    }
    return false;
  }

  /// A negation just before the signs or between them, in the same clause.
  [[nodiscard]] bool negated(const CueMatch& match) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      if (sign.concept_id != words_.neg) return false;
      if (sign.from >= match.inner_from && sign.to <= match.inner_to &&
          match.inner_to > match.inner_from) {
        return match.inner_to - sign.to <= 2 && sign.to - sign.from <= 3;
      }
      if (sign.to > match.from || match.from - sign.to > reach(sign)) return false;
      return !clause_between(sign.to, match.from) && !another_person(sign.to, match.from) &&
             !contrasted(sign.to, match.from) && !still_there(sign);
    });
  }

  /// 没有车 我妈胸口疼: behind a space another person's sentence begins.
  [[nodiscard]] bool another_person(std::uint32_t from, std::uint32_t to) const {
    const auto space = text_.text.find(U' ', from);
    return space < to && std::any_of(
                             signs_.begin(), signs_.end(),
                             [&](const Sign& sign) {
                               return sign.concept_id == words_.who && sign.from >= space &&
                                      sign.from <= to;
                             });
  }

  /// 没有发烧 就是有点咳: what is set against a denial is not denied.
  [[nodiscard]] bool contrasted(std::uint32_t from, std::uint32_t to) const {
    const std::u32string_view between = std::u32string_view{text_.text}.substr(from, to - from);
    for (const std::u32string_view word : {U"就是", U"只是", U"但", U"不过", U"除了", U"可是"}) {
      if (between.find(word) != std::u32string_view::npos) return true;
    }
    return false;
  }

  /// 没有 reaches over a short list (没有发烧咳嗽), 不 only to the next word.
  [[nodiscard]] std::uint32_t reach(const Sign& sign) const {
    if (text_.kind[sign.from] == Kind::latin) return 12;
    return sign.to - sign.from >= 2 ? 6 : 2;
  }

  /// 是不是, 有没有, 要不要 ask, they do not deny; 不停, 不小心 and 没站稳 deny nothing that follows.
  [[nodiscard]] bool still_there(const Sign& sign) const {
    if (text_.kind[sign.from] == Kind::latin) return false;
    const char32_t before = sign.from > 0 ? text_.text[sign.from - 1] : U' ';
    const char32_t after = text_.at(sign.to);
    return before == after || (before == U'有' && text_.text[sign.from] == U'没') ||
           within(sign, words_.no_denial);
  }

  /// The sign is a part of a longer word of the concept.
  [[nodiscard]] bool within(const Sign& inner, std::uint16_t id) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      return sign.concept_id == id && sign.from <= inner.from && inner.to <= sign.to;
    });
  }

  [[nodiscard]] bool present_near(const CueMatch& match) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      return sign.concept_id == words_.present && sign.to - sign.from >= 2 &&
             sign.to <= match.from + 1 && match.from - std::min(match.from, sign.to) <= 6;
    });
  }

  /// Told as past: a word of history before it in its sentence and nothing of now, or a good end.
  [[nodiscard]] bool past(const CueMatch& match) const {
    bool history = false;
    bool recovered = false;
    bool now = false;
    for (const Sign& sign : signs_) {
      if (sign.concept_id == words_.history && sign.to <= match.from &&
          match.from - sign.to <= 14 && !sentence_between(sign.to, match.from)) {
        history = true;
        now = now || present_between(sign.to, match.from) ||
              (match.rule->key == "fall" && present_between(match.from, match.to));
      }
      if (sign.concept_id == words_.recovered && sign.from >= match.from &&
          sign.from - match.to < 40U) {
        recovered = recovered || !denied(sign);
      }
    }
    const bool fresh = match.rule->level == "emergency" && overnight(match);
    // Who swallowed a battery and feels well is still in danger.
    const std::string& key = match.rule->key;
    if (key == "swallowed" || key == "overdose" || key == "poisoning" || key == "suicide" ||
        key == "injury")
      recovered = recovered && history;
    return recovered || (history && !now && !fresh && !continues(match));
  }

  /// 从昨天开始…, 昨天…到现在: it goes on.
  [[nodiscard]] bool continues(const CueMatch& match) const {
    const std::u32string_view all = text_.text;
    const std::size_t from = match.from > 16 ? match.from - 16 : 0;
    const std::u32string_view around = all.substr(from, match.to - from + 14);
    for (const std::u32string_view word : {U"开始", U"到现在", U"到今天", U"至今", U"一直", U"还在",
                                           U"还没", U"又", U"越来越", U"since"}) {
      if (around.find(word) != std::u32string_view::npos) return true;
    }
    return false;
  }

  /// 昨晚到现在没人应: the night before is not history for a door that stays shut.
  [[nodiscard]] static bool overnight(const CueMatch& match) {
    return match.rule->key == "no_answer";
  }

  [[nodiscard]] bool denied(const Sign& sign) const {
    return in(text_.at(sign.to), U"吗么嘛吧") ||
           (sign.from > 0 &&
            in(text_.text[sign.from - 1], U"没不未说讲备放买写摆数拾锁关装想攒存囤藏选挑约留准弄"));
  }

  [[nodiscard]] bool sentence_between(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t i = from; i < to; ++i) {
      const char32_t c = text_.text[i];
      if (c == U'。' || c == U'!' || c == U'?' || c == U'\n') return true;
    }
    return false;
  }

  [[nodiscard]] bool present_between(std::uint32_t from, std::uint32_t to) const {
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      return sign.concept_id == words_.present && sign.from >= from && sign.to <= to;
    });
  }

  /// 如果, 万一, 该挂什么科: thought of, not felt. A question about what hurts now stays an alarm.
  [[nodiscard]] bool asked(const CueMatch& match) const {
    // 着火了吗: who sees the fire does not ask.
    std::uint32_t behind = match.to;
    if (text_.at(behind) == U'了') ++behind;
    if (match.rule->category == Category::safety && in(text_.at(behind), U"吗么嘛")) return true;
    if (starts(text_, behind, U"到多少") || starts(text_, behind, U"到几度") ||
        starts(text_, behind, U"多少度") || starts(text_, behind, U"几度"))
      return true;  // 发烧到多少度要吃药
    // 血压高的人能不能吃柚子: of people, not of anybody.
    if (starts(text_, behind, U"的人") && in(text_.at(behind + 2), U"能可该要适宜怎")) return true;
    // 群里说三栋跳楼了 是真的吗
    const bool feared = text_.text.find(U"我怕") != std::u32string::npos ||
                        text_.text.find(U"担心") != std::u32string::npos;
    if (match.rule->category != Category::medical && !feared && near(match, words_.rumour, 12))
      return true;
    // 隔夜菜吃了会中毒吗: what may be, asked.
    if (match.from > 0 && in(text_.text[match.from - 1], U"会能") &&
        in(text_.at(behind), U"吗么嘛不"))
      return true;
    return std::any_of(signs_.begin(), signs_.end(), [&](const Sign& sign) {
      if (sign.concept_id != words_.question) return false;
      const std::u32string_view word =
          std::u32string_view{text_.text}.substr(sign.from, sign.to - sign.from);
      const bool supposes = word == U"如果" || word == U"假如" || word == U"万一" ||
                            word == U"会不会" || word == U"备用" || word == U"以防" ||
                            word == U"备着" || word == U"防止" || word == U"预备" ||
                            word == U"what if" || word == U"in case" || word == U"if someone" ||
                            word == U"以备";
      if (word == U"会不会" && sign.from >= match.from) return false;
      if (supposes)
        return !sentence_between(std::min(sign.to, match.to), std::max(sign.from, match.from));
      const bool only_asks = word.find(U"科") != std::u32string_view::npos ||
                             word.find(U"什么症状") != std::u32string_view::npos ||
                             word.find(U"兆") != std::u32string_view::npos ||
                             word.find(U"表现") != std::u32string_view::npos ||
                             word.find(U"信号") != std::u32string_view::npos || foresees(word) ||
                             word == U"how do i know" || word == U"just asking" ||
                             word == U"just wondering";
      return only_asks;
    });
  }

  /// 怎么预防, 如何判断: asked for a day to come.
  [[nodiscard]] static bool foresees(std::u32string_view word) {
    for (const std::u32string_view act :
         {U"预防", U"判断", U"区分", U"识别", U"避免", U"分辨", U"看出", U"学学", U"学习",
          U"学一下", U"学点", U"了解", U"普及", U"讲讲", U"科普", U"讲一讲", U"懂一点", U"知识"}) {
      if (word.ends_with(act)) return true;
    }
    return false;
  }

  const Folded& text_;
  const std::vector<Sign>& signs_;
  const Lowering& words_;
};

}  // namespace

TriageDetail triage_folded(const Folded& text) {
  TriageDetail out;
  const std::vector<Sign> signs = rules().signs(text);
  const Judge judge{text, signs};
  int strongest = 0;  // 1 review, 2 urgent, 3 emergency: as in Alarm.
  const auto raise = [&](Alarm alarm, Category category, std::string_view reason, Range folded,
                         std::string_view lowered) {
    const int level = static_cast<int>(alarm);
    if (level < strongest) return;
    if (level > strongest) {
      out.result.signs.clear();
      out.result.alarm = alarm;
      out.result.category = category;
      out.result.reason = reason;
      out.result.lowered_by = lowered;
      strongest = level;
    }
    // A body in danger outranks a mind in danger where both are said: help is at the door sooner.
    const bool general = out.result.reason == "dying" || out.result.reason == "call_for_ambulance";
    const bool child = reason == "child_ledge" && level == strongest;  // A child does not mean to.
    if (((category == Category::medical || child) && out.result.category == Category::psych) ||
        (general && level == strongest)) {
      out.result.category = category;
      out.result.reason = reason;
    }
    if (out.result.signs.size() < Cues::matches_max)
      out.result.signs.push_back(text.range(folded.from, folded.to));
  };
  for (const CueMatch& match : rules().matches(text, signs)) {
    const std::string_view against = judge.against(match);
    const std::string& level = match.rule->level;
    const bool medical = match.rule->category == Category::medical;
    if (against.empty()) {
      if (level == "mild") {
        out.mild = true;
        continue;
      }
      if (match.rule->category == Category::medicine) out.gap = true;
      out.symptom = out.symptom || medical;
      raise(level == "emergency" ? Alarm::emergency : Alarm::urgent, match.rule->category,
            match.rule->key, {match.from, match.to}, {});
    } else if (level == "emergency" && against != "idiom") {
      raise(Alarm::review, match.rule->category, match.rule->key, {match.from, match.to}, against);
    }
  }
  if (const auto reading = abnormal_reading(text)) {
    out.symptom = true;
    raise(reading->emergency ? Alarm::emergency : Alarm::urgent, Category::medical, reading->reason,
          reading->range, {});
  }
  return out;
}

Triage triage(std::string_view text) {
  return triage_folded(fold(text)).result;
}

}  // namespace doorstep::intake
