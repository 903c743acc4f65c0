/// \file Edges of what stands beside an order: what was eaten so far (吃了几天泡面), what is left
/// (只剩两勺), the other good that would do as well (或者羊肉), a landmark (五金店后面).

#include <algorithm>

#include "engine/intake/lattice.h"

namespace doorstep::intake {
namespace {

/// Length of the first of `words` at `at`; 0 when none stands there. Longer ones come first.
std::uint32_t one_of(const Folded& text, std::uint32_t at,
                     std::initializer_list<std::u32string_view> words) {
  for (const std::u32string_view word : words) {
    if (starts(text, at, word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

bool figure(const Folded& text, std::uint32_t at) {
  return text.kind_at(at) == Kind::digit || is_han_digit(text.at(at)) ||
         in(text.at(at), U"半几俩仨");
}

std::uint32_t past_figures(const Folded& text, std::uint32_t at) {
  while (figure(text, at) || in(text.at(at), U"多来好")) ++at;
  return at;
}

}  // namespace

std::uint32_t Lattice::longest_good(std::uint32_t at) const {
  std::uint32_t end = 0;
  lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t) { end = std::max(end, to); });
  return end;
}

/// 吃了三天泡面, 天天吃面条: told as the reason, not wished.
void Lattice::eaten(std::uint32_t at) {
  std::uint32_t to = at;
  if (in(text_.at(at), U"吃喝啃") && in(text_.at(at + 1), U"了咗过") && text_.at(at + 2) != U'就') {
    to = past_figures(text_, at + 2);
    if (to == at + 2) return;
    const std::uint32_t span = one_of(
        text_, to, {U"个礼拜", U"个星期", U"个月", U"礼拜", U"星期", U"天", U"顿", U"日", U"周"});
    if (span == 0) return;
    to += span;
  } else if (const std::uint32_t often =
                 one_of(text_, at, {U"天天", U"顿顿", U"餐餐", U"日日", U"连着"});
             often != 0) {
    to = past_figures(text_, at + often);
    to += one_of(text_, to, {U"天都", U"天", U"都"});
    const std::uint32_t verb = one_of(text_, to, {U"在吃", U"都吃", U"吃", U"喝", U"啃", U"食"});
    if (verb == 0) return;
    to += verb;
  } else if (text_.at(at) == U'没' && in(text_.at(at + 1), U"吃喝") && in(text_.at(at + 2), U"上到过着")) {
    to = past_figures(text_, at + 3);  // 没吃上一口热饭
    to += one_of(text_, to, {U"口", U"顿"});
    to += one_of(text_, to, {U"像样的", U"正经", U"好"});
  } else {
    return;
  }
  if (text_.at(to) == U'的') ++to;
  const std::uint32_t good_end = longest_good(to);
  if (good_end == 0) return;
  add(Tag::unknown, at, good_end + (in(text_.at(good_end), U"了哒") ? 1 : 0), 0.7F, 0, any, other,
      set_of(Tag::reason));
}

/// 只剩两勺了, 剩最后两片, 一片都没了: nearly out or out, whatever it is counted in.
void Lattice::remnants(std::uint32_t at) {
  constexpr auto allowed = static_cast<std::uint8_t>(any | with(needs_amount));
  const auto measure = [&](std::uint32_t from) {
    std::uint32_t end =
        from + one_of(text_, from, {U"小半", U"大半", U"一点点", U"一点", U"丁点", U"点点", U"点"});
    if (end > from) return end;
    end = from + one_of(text_, from,
                        {U"勺子", U"勺", U"口", U"顿", U"次", U"滴", U"格", U"泵", U"餐", U"天",
                         U"针", U"贴", U"剂"});
    if (end > from) return end;
    lexicon_.units_at(text_, from, [&](std::uint32_t to, UnitForm form) {
      if (!form.repaired) end = std::max(end, to);
    });
    return end;
  };
  if (text_.at(at) == U'一') {
    const std::uint32_t unit = measure(at + 1);
    if (unit == at + 1) return;
    const std::uint32_t gone =
        one_of(text_, unit,
               {U"都没有了", U"都没了", U"也没有了", U"也没了", U"都冇晒", U"都不剩了", U"都不剩",
                U"也不剩", U"都没剩", U"都没得了", U"都莫得了", U"都冇", U"都没有"});
    if (gone == 0) return;
    add(Tag::unknown, at, unit + gone, 0.5F, 0, allowed, other, set_of(Tag::out));
    return;
  }
  const std::uint32_t left = one_of(
      text_, at,
      {U"只剩下最后", U"就剩下最后", U"只剩最后", U"就剩最后", U"还剩最后", U"剩最后", U"仅剩最后",
       U"只剩下", U"就剩下", U"只剩", U"就剩", U"仅剩", U"剩下最后", U"净剩", U"得返", U"淨係剩"});
  if (left == 0) return;
  const std::uint32_t number = past_figures(text_, at + left);
  if (number == at + left) return;
  std::uint32_t to = measure(number);
  if (to == number) return;
  if (text_.at(to) == U'的' && !figure(text_, to + 1)) ++to;
  if (in(text_.at(to), U"量份药") && text_.at(to - 1) == U'的') ++to;
  if (in(text_.at(to), U"了啦哒嘞咯")) ++to;
  add(Tag::unknown, at, to, 0.7F, 0, allowed, other, set_of(Tag::out));
}

/// 或者羊肉, 或羊肉都可以: another good that would do as well, for a human.
void Lattice::alternatives(std::uint32_t at) {
  const std::uint32_t either =
      one_of(text_, at, {U"或者是", U"或者", U"或是", U"要么", U"抑或", U"或"});
  if (either == 0 || at == begin_) return;
  const std::uint32_t good_end = longest_good(at + either);
  if (good_end == 0) return;
  std::uint32_t to = good_end;
  to += one_of(text_, to,
               {U"都可以", U"也可以", U"都行", U"也行", U"都成", U"也成", U"都要得", U"都得",
                U"都好", U"均可", U"也中", U"都中"});
  add(Tag::unknown, at, to, word_price, 0, any, other, set_of(Tag::note));
}

/// 王记五金店后面, 药店旁边: where it is, in words that no field of an address holds.
void Lattice::landmarks(std::uint32_t at) {
  if (at > begin_ && text_.kind_at(at - 1) == Kind::han && !in(text_.at(at - 1), U"在到住号"))
    return;
  for (std::uint32_t to = at + 1; to < at + 8 && text_.kind_at(to - 1) == Kind::han; ++to) {
    if (!in(text_.at(to), U"小便菜幼加公地卫超药银学中医饭酒网驿广店铺馆桥庙祠")) continue;
    const std::uint32_t place = one_of(
        text_, to, {U"小卖部", U"便利店", U"菜市场", U"幼儿园", U"加油站", U"公交站", U"地铁站",
                    U"卫生站", U"超市",   U"药房",   U"银行",   U"学校",   U"小学",   U"中学",
                    U"公园",   U"菜场",   U"医院",   U"饭店",   U"酒店",   U"网吧",   U"驿站",
                    U"广场",   U"店",     U"铺",     U"馆",     U"桥",     U"庙",     U"祠堂"});
    if (place == 0) continue;
    std::uint32_t end = to + place;
    end += one_of(text_, end, {U"的"});
    const std::uint32_t side =
        one_of(text_, end,
               {U"斜对面", U"正对面", U"对面", U"旁边", U"隔壁", U"后面", U"前面", U"背后", U"边上",
                U"侧面", U"里面", U"楼上", U"楼下", U"后头", U"前头"});
    if (side == 0) continue;
    add(Tag::unknown, at, end + side, 0.9F, 0, any, other, set_of(Tag::note));
  }
}

/// 3.5的, E27: a size or a type told behind the good.
void Lattice::figures(std::uint32_t at) {
  std::uint32_t to = at;
  if (text_.kind_at(at) == Kind::digit) {
    if (at > 0 && (text_.kind_at(at - 1) == Kind::digit || text_.at(at - 1) == U'.')) return;
    while (to < at + 5 && (text_.kind_at(to) == Kind::digit || text_.at(to) == U'.')) ++to;
    if (text_.at(to) != U'的' || text_.at(to + 1) == U'话') return;
    const std::u32string_view written = std::u32string_view{text_.text}.substr(at, to - at);
    if (written.find(U'.') == written.npos) return;  // 1502的 is a door.
    if (text_.kind_at(to + 1) == Kind::han && !figure(text_, to + 1) &&
        !in(text_.at(to + 1), U"来要买"))
      return;
    add(Tag::unknown, at, to + 1, 0.9F, 0, any, other, set_of(Tag::note));
    return;
  }
  if (at == begin_ || text_.kind_at(at - 1) != Kind::han) return;
  while (to < at + 2 && text_.kind_at(to) == Kind::latin) ++to;
  const std::uint32_t number = to;
  while (to < number + 4 && text_.kind_at(to) == Kind::digit) ++to;
  if (number == at + 1 && text_.at(at) == U'x') return;  // 苹果x3
  if (number == at || to == number || text_.kind_at(to) == Kind::latin || text_.at(to) == U'-')
    return;
  if (in(text_.at(to), U"栋幢座号单楼室层户房")) return;
  add(Tag::unknown, at, to, 0.9F, 0, any, other, set_of(Tag::note));
}

/// 要312的, 要CR2032的: a type, not a door.
void Lattice::types(std::uint32_t at) {
  if (!in(text_.at(at), U"要买用是")) return;
  std::uint32_t to = at + 1;
  while (to < at + 9 && (text_.kind_at(to) == Kind::digit || text_.kind_at(to) == Kind::latin))
    ++to;
  if (to < at + 3) return;
  const std::uint32_t kind = one_of(text_, to, {U"型号的", U"型的", U"型号", U"的"});
  if (kind == 0 || text_.kind_at(to + kind) == Kind::han) return;
  add(Tag::unknown, at, to + kind, 0.8F, 0, any, other, set_of(Tag::note));
}

/// 要豆腐的 behind what was ordered: a kind, told by what it is made of; 沙发上: a place.
void Lattice::made_of(std::uint32_t at) {
  if (at == begin_) return;
  if (in(text_.at(at), U"要买拿选")) {
    const std::uint32_t to = longest_good(at + 1);
    if (to != 0 && text_.at(to) == U'的' && text_.kind_at(to + 1) != Kind::han)
      add(Tag::unknown, at, to + 1, 0.6F, 0, any, other, set_of(Tag::note));
  }
  if (!in(text_.at(at - 1), U"在从往到")) return;
  lexicon_.goods_at(text_, at, [&](std::uint32_t to, std::uint32_t index) {
    const GoodClass kind = lexicon_.good(index).kind;
    if (to - at < 2 || (kind != GoodClass::home && kind != GoodClass::kitchen)) return;
    if (!in(text_.at(to), U"上里下边旁")) return;
    add(Tag::unknown, at, to + 1, 0.6F, 0, any, other, set_of(Tag::common));
  });
}

/// 要包得紧的, 炒得嫩一点的: how it is to be, told by how it was done.
void Lattice::results(std::uint32_t at) {
  const std::uint32_t verb = at + one_of(text_, at, {U"要", U"挑", U"选", U"拣"});
  if (text_.kind_at(verb) != Kind::han || text_.at(verb + 1) != U'得') return;
  std::uint32_t to = verb + 2;
  while (to < verb + 5 && text_.kind_at(to) == Kind::han && text_.at(to) != U'的') ++to;
  if (to == verb + 2 || text_.at(to) != U'的') return;
  add(Tag::unknown, at, to + 1, word_price + letter_price * static_cast<float>(to - at), 0, any,
      other, set_of(Tag::note));
}

/// 不要发芽的, 别拿蔫的: what it must not be, where the words name no good.
void Lattice::unwanted(std::uint32_t at) {
  const std::uint32_t refusal =
      one_of(text_, at,
             {U"千万别要", U"千万别拿", U"不要给", U"不要拿", U"别给我", U"不要", U"别要", U"别拿",
              U"别给", U"莫要", U"勿要", U"唔要", U"伐要"});
  if (refusal == 0) return;
  const std::uint32_t first = at + refusal;
  for (std::uint32_t to = first + 1; to <= first + 4; ++to) {
    if (text_.kind_at(to - 1) != Kind::han || longest_good(to - 1) != 0) return;
    if (in(text_.at(to - 1), U"了买送一再也要来有")) return;
    if (text_.at(to) != U'的') continue;
    const Kind behind = text_.kind_at(to + 1);
    if (behind == Kind::han && !in(text_.at(to + 1), U"来要买拿给") && !figure(text_, to + 1))
      return;
    add(Tag::unknown, at, to + 1, word_price + letter_price * static_cast<float>(to - at), 0, any,
        other, set_of(Tag::note));
    return;
  }
}

/// 太贵就不要了, 不新鲜就算了: a refusal that hangs on what is found.
void Lattice::unless(std::uint32_t at) {
  const std::uint32_t start =
      one_of(text_, at,
             {U"要是太", U"如果太", U"太", U"不够", U"不新鲜", U"没活的", U"不好", U"贵", U"超过"});
  if (start == 0) return;
  for (std::uint32_t to = at + start; to <= at + start + 4 && text_.kind_at(to) == Kind::han;
       ++to) {
    if (text_.at(to) != U'就') continue;
    const std::uint32_t end =
        one_of(text_, to + 1,
               {U"不要了", U"不要", U"算了", U"别买了", U"别买", U"不买了", U"不用了", U"别要了",
                U"不用买", U"别拿了", U"退了", U"少买点", U"少来点"});
    if (end == 0) continue;
    add(Tag::unknown, at, to + 1 + end, 0.7F, 0, any, other, set_of(Tag::condition));
    return;
  }
}

/// 钱先垫着, 我晚上转你: how it is paid, shown whole; 米饭多点: how much of what comes with it.
void Lattice::settlements(std::uint32_t at) {
  if (at > begin_ && text_.kind_at(at - 1) == Kind::han) return;
  std::uint32_t to = at;
  while (to < end_ && to < at + 14 && text_.kind_at(to) == Kind::han) ++to;
  const std::u32string_view run = std::u32string_view{text_.text}.substr(at, to - at);
  if (run.size() < 3) return;
  if (at > begin_ && run.size() <= 6) {
    const std::uint32_t good_end = longest_good(at);
    const std::u32string_view rest =
        good_end == 0 || good_end > to ? std::u32string_view{} : run.substr(good_end - at);
    if (rest == U"多点" || rest == U"少点" || rest == U"多些" || rest == U"少些" ||
        rest == U"多一点" || rest == U"少一点" || rest == U"多放点" || rest == U"少放点") {
      add(Tag::unknown, at, to, 0.8F, 0, any, other, set_of(Tag::note));
      return;
    }
  }
  const auto says = [&](std::initializer_list<std::u32string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
      return run.find(word) != run.npos;
    });
  };
  const bool paid = says({U"转你", U"转您", U"转给你", U"转给您", U"转账", U"垫付", U"垫着", U"垫一下",
                          U"先垫", U"微信付", U"微信给", U"给你钱", U"给您钱", U"把钱", U"付现金",
                          U"给现金", U"货到付款", U"钱已", U"钱转", U"红包给", U"发红包", U"结账",
                          U"一起结", U"小票", U"发票", U"收据", U"报销", U"支付宝"});
  if (!paid || says({U"吗", U"多少", U"怎么", U"没收到", U"退"})) return;
  add(Tag::unknown, at, to, 0.9F + 0.04F * static_cast<float>(to - at), 0, any, other,
      set_of(Tag::note));
}

/// 老人孩子都能吃的, 咬得动的: what it must be good for; 除了香菜都行: all but one would do.
void Lattice::suitable(std::uint32_t at) {
  if (text_.at(at) == U'除') {
    std::uint32_t to = at + one_of(text_, at, {U"除了", U"除开", U"除"});
    const std::uint32_t good_end = longest_good(to);
    if (good_end == 0) return;
    to = good_end + one_of(text_, good_end, {U"以外", U"之外", U"外"});
    if (text_.at(to) == U',') ++to;
    to += one_of(text_, to, {U"其他的", U"其它的", U"其他", U"其它", U"别的"});
    const std::uint32_t all = one_of(text_, to, {U"都可以", U"都行", U"都成", U"都能吃", U"都吃",
                                                 U"随便", U"什么都行", U"啥都行", U"都好", U"均可"});
    if (all != 0) add(Tag::unknown, at, to + all, 0.8F, 0, any, other, set_of(Tag::note));
    return;
  }
  for (std::uint32_t to = at + 1; to < at + 8 && text_.kind_at(to) == Kind::han; ++to) {
    std::uint32_t verb = 0;
    if (text_.at(to) == U'能' && in(text_.at(to + 1), U"吃喝用穿嚼啃玩看盖")) verb = to + 2;
    if (in(text_.at(to - 1), U"咬嚼啃吃拿提拎抬") && starts(to, U"得动")) verb = to + 2;
    if (verb == 0 || text_.at(verb) != U'的') continue;
    if (longest_good(verb + 1) != 0 && text_.kind_at(verb + 1) == Kind::han) return;
    const std::uint32_t end = verb + 1 + one_of(text_, verb + 1, {U"那种", U"就行", U"就好"});
    add(Tag::unknown, at, end, 0.8F, 0, any, other, set_of(Tag::note));
    return;
  }
}

/// 周五前送到就行, 晚上七点以后送来: until when, or from when on, it may come.
void Lattice::deadlines(std::uint32_t at) {
  std::uint32_t day = at + one_of(text_, at, {U"这个", U"下个", U"本", U"这", U"下"});
  const std::uint32_t week = one_of(text_, day, {U"星期", U"礼拜", U"周"});
  if (week != 0 && in(text_.at(day + week), U"一二三四五六日天末")) {
    day += week + 1;
  } else {
    day = at + one_of(text_, at, {U"今天", U"今晚", U"明天", U"明早", U"后天", U"月底", U"月初",
                                  U"节前", U"中午", U"傍晚", U"晚上", U"下午", U"上午", U"早上",
                                  U"天黑", U"饭点", U"睡觉", U"晚饭", U"午饭"});
  }
  day += one_of(text_, day, {U"早上", U"上午", U"中午", U"下午", U"傍晚", U"晚上"});
  const std::uint32_t hour = past_figures(text_, day);
  if (hour > day) day = hour + one_of(text_, hour, {U"点半", U"点钟", U"点", U"号"});
  if (day == at) return;
  const std::uint32_t bound = one_of(text_, day, {U"之前", U"以前", U"之后", U"以后", U"前", U"后"});
  if (bound == 0) return;
  const std::uint32_t act = day + bound;
  std::uint32_t to = act;
  to += one_of(text_, to, {U"再", U"能"});
  to += one_of(text_, to, {U"给我送到", U"给我送", U"送到", U"送来", U"送达", U"拿到", U"收到",
                           U"带到", U"送", U"到", U"给我", U"给"});
  const std::uint32_t mood = one_of(
      text_, to, {U"就可以了", U"就可以", U"就行了", U"就行", U"就好了", U"就好", U"即可", U"都可以",
                  U"都行", U"也行", U"也可以", U"都成", U"就成", U"来得及", U"都得"});
  to += mood;
  if (to == act || (mood == 0 && text_.kind_at(to) == Kind::han && text_.at(to) != U'吧')) return;
  add(Tag::unknown, at, to, word_price, 0, any, other, set_of(Tag::note));
}

/// Each grammar is asked only where one of its words may begin: this runs at every place.
void Lattice::asides(std::uint32_t at) {
  const char32_t first = text_.at(at);
  if (in(first, U"要如太不没贵超")) unless(at);
  if (in(first, U"吃喝啃天顿餐日连没")) eaten(at);
  if (in(first, U"一只就还剩仅净得淨")) remnants(at);
  if (in(first, U"或要抑")) alternatives(at);
  if (in(first, U"这下本星礼周今明后月节中傍晚上早天饭睡午")) deadlines(at);
  if (in(first, U"老孩大小全宝除咬嚼啃娃家糖孕病都")) suitable(at);
  settlements(at);
  landmarks(at);
  types(at);
  made_of(at);
  if (text_.at(at + 1) == U'得' || text_.at(at + 2) == U'得') results(at);
  if (in(first, U"千不别莫勿唔伐")) unwanted(at);
}

}  // namespace doorstep::intake
