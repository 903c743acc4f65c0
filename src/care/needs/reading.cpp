#include "care/needs/reading.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace doorstep::needs {
namespace {

using intake::Category;

/// Below this a person confirms (docs/intake.md).
constexpr double sure_from = 0.9;

struct Meaning {
  Category category;
  NeedClass of;
  std::string_view service;
};

constexpr Meaning meanings[] = {
    {Category::goods, NeedClass::supplies, "goods"},
    {Category::medicine, NeedClass::medical, "medicine"},
    {Category::medical, NeedClass::medical, "medical"},
    {Category::delivery, NeedClass::supplies, "errand"},
    {Category::repair, NeedClass::other, "repair"},
    {Category::chore, NeedClass::other, "errand"},
    {Category::psych, NeedClass::other, "talk"},
    {Category::inquiry, NeedClass::status, "question"},
    {Category::complaint, NeedClass::other, "complaint"},
    {Category::offer, NeedClass::other, "offer"},
    {Category::safety, NeedClass::other, "safety"},
};

bool says_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

void classify(std::string_view text, const intake::Parsed& parsed, Reading& reading) {
  for (const Meaning& one : meanings) {
    if (one.category != parsed.category) continue;
    reading.of = one.of;
    reading.service = one.service;
  }
  // The lexicon has one category for questions, and one for what is done at a door.
  if (parsed.category == Category::inquiry &&
      says_one_of(text, {"政策", "规定", "通知", "文件", "手续", "條例", "条例", "規定"})) {
    reading.of = NeedClass::policy;
  }
  if (parsed.category == Category::chore && says_one_of(text, {"垃圾"}))
    reading.service = "rubbish";
  if (says_one_of(text, {"打印", "列印", "复印"})) reading.service = "print";
  reading.diet =
      says_one_of(text, {"病人", "孕妇", "产妇", "坐月子", "补身体", "術後", "术后", "化疗"});
}

void weigh(const intake::Parsed& parsed, Reading& reading) {
  using intake::Alarm;
  const auto at_least = [&](Urgency urgency) {
    reading.urgency = std::max(reading.urgency, urgency);
  };
  if (parsed.urgency == intake::Urgency::urgent) at_least(Urgency::urgent);
  if (parsed.urgency == intake::Urgency::emergency) at_least(Urgency::emergency);
  // `review`: a person looks today, so it does not stand among the vegetables.
  if (parsed.triage.alarm == Alarm::review || parsed.triage.alarm == Alarm::urgent) {
    at_least(Urgency::urgent);
  }
  if (parsed.triage.alarm == Alarm::emergency) at_least(Urgency::emergency);
  if (parsed.triage.alarm != Alarm::none) reading.sign = parsed.triage.reason;
  if (parsed.triage.alarm == Alarm::emergency || parsed.triage.alarm == Alarm::urgent) {
    if (parsed.triage.category == Category::medical) {
      reading.of = NeedClass::medical;
      reading.service = "medical";
    }
  }
}

Result<Service> service_at(const RulePack& rules, std::size_t at) {
  const std::string key = fmt::format("needs.services[{}].", at);
  Service one{TRY(rules.string(key + "key")),
              TRY(rules.string(key + "label")),
              {},
              TRY(rules.integer(key + "minutes"))};
  const auto of = api::from_word<NeedClass>(TRY(rules.string(key + "class")));
  if (!of) return Error{ErrorKind::invalid, "rules.wrong_type", key + "class"};
  one.of = *of;
  return one;
}

/// The spans as they are, with those marked unread that a person has to read.
void piece(std::string_view text, const intake::Parsed& parsed, Reading& reading) {
  const std::u32string points = text::code_points(text);
  std::vector<std::string> open = parsed.unparsed;
  for (const intake::Span& span : parsed.spans) {
    Piece made{span.range.from, span.range.to, std::string(intake::word(span.kind))};
    const std::string words = text::from_code_points(
        std::u32string_view(points).substr(span.range.from, span.range.to - span.range.from));
    const auto found = std::ranges::find_if(open, [&](const std::string& one) {
      return !one.empty() && (words.find(one) != std::string::npos || one.find(words) == 0);
    });
    const bool readable =
        span.kind == intake::SpanKind::note || span.kind == intake::SpanKind::unread;
    if (readable && found != open.end()) {
      made.kind = intake::word(intake::SpanKind::unread);
      open.erase(found);
    }
    if (made.kind == intake::word(intake::SpanKind::unread)) ++reading.unread;
    reading.pieces.push_back(std::move(made));
  }
  reading.unread += std::ssize(open);
}

}  // namespace

const intake::Parser& parser() {
  static const intake::Parser one;
  return one;
}

std::vector<Line> lines_of(const std::vector<intake::Item>& items) {
  std::vector<Line> lines;
  for (const intake::Item& item : items) {
    Line line{item.name, item.canonical.empty() ? item.name : item.canonical, {}, item.unit};
    if (item.qty) line.qty = item.qty->value();
    if (!line.qty) line.state = LineState::ask_back;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string door_text(const intake::Address& address) {
  std::string door;
  for (const std::string* part : {&address.road, &address.lane, &address.number, &address.building,
                                  &address.unit, &address.room}) {
    if (part->empty()) continue;
    door += (door.empty() ? "" : "-") + *part;
  }
  return door;
}

Reading read(std::string_view text, const intake::Parser& words,
             std::span<const intake::Message> thread, std::string_view from) {
  Reading reading;
  const intake::Parsed parsed = words.parse(text, {thread, from, nullptr});
  classify(text, parsed, reading);
  weigh(parsed, reading);
  piece(text, parsed, reading);
  reading.op = parsed.op;
  for (const intake::Order& order : parsed.orders) {
    for (Line& line : lines_of(order.items)) reading.lines.push_back(std::move(line));
    if (reading.door.empty()) reading.door = door_text(order.address);
  }
  const bool all_said = std::ranges::all_of(
      reading.lines, [](const Line& line) { return line.state == LineState::read; });
  const bool goods = reading.service == "goods" && parsed.orders.size() == 1;
  const bool withdrawn = reading.op == intake::Op::cancel || reading.op == intake::Op::amend;
  reading.sure = (goods || withdrawn) && all_said && (!reading.lines.empty() || withdrawn) &&
                 reading.unread == 0 && parsed.confidence >= sure_from &&
                 reading.urgency == Urgency::routine && reading.op != intake::Op::copy &&
                 reading.op != intake::Op::none;
  return reading;
}

Amount in_trade_unit(std::int64_t qty, std::string_view unit) {
  struct Weight {
    std::string_view unit;
    std::int64_t times;
    std::int64_t parts;
  };
  constexpr Weight weights[] = {{"公斤", 2, 1}, {"千克", 2, 1}, {"kg", 2, 1},   {"KG", 2, 1},
                                {"市斤", 1, 1}, {"两", 1, 10},  {"克", 1, 500}, {"g", 1, 500}};
  for (const Weight& one : weights) {
    if (one.unit != unit || (qty * one.times) % one.parts != 0) continue;
    return {qty * one.times / one.parts, "斤"};
  }
  return {qty, std::string(unit)};
}

bool is_same_amount(const Line& one, const Line& other) {
  if (one.canonical != other.canonical || !one.qty || !other.qty) return false;
  return in_trade_unit(*one.qty, one.unit) == in_trade_unit(*other.qty, other.unit);
}

namespace {

std::string words_of(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    std::string number = fmt::format("{}.{:03}", *line.qty / 1000, *line.qty % 1000);
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.')) number.pop_back();
    text += (text.empty() ? "" : "，") + line.name + number + line.unit;
  }
  return text;
}

/// Those of `lines` that are among `others`.
std::vector<Line> contained(const std::vector<Line>& lines, std::vector<Line> others) {
  std::vector<Line> found;
  for (const Line& line : lines) {
    const auto same =
        std::ranges::find_if(others, [&](const Line& one) { return is_same_amount(one, line); });
    if (same == others.end()) continue;
    others.erase(same);
    found.push_back(line);
  }
  return found;
}

/// Those of `lines` that are read out of `text`.
std::vector<Line> found_in(const std::string& text, const std::vector<Line>& lines,
                           const intake::Parser& words) {
  std::vector<Line> read;
  for (const intake::Order& order : words.parse(text).orders) {
    std::ranges::move(lines_of(order.items), std::back_inserter(read));
  }
  return contained(lines, std::move(read));
}

/// What stands in an order, said again so that an edit can be read against it. `lines` are those of
/// `standing` that come back as they are when `text` is read; what a person typed in, or a basket, is
/// not among them, and no edit by words touches it.
struct Said {
  std::string text = {};
  std::vector<Line> lines = {};
};

Said say(const std::vector<Line>& standing, const intake::Parser& words) {
  Said said{words_of(standing), {}};
  said.lines = found_in(said.text, standing, words);
  // Words that are not read change how those beside them are: said again without them.
  while (said.lines.size() < standing.size() && !said.lines.empty()) {
    std::string text = words_of(said.lines);
    std::vector<Line> found = found_in(text, said.lines, words);
    const bool all = found.size() == said.lines.size();
    said = {std::move(text), std::move(found)};
    if (all) break;
  }
  if (said.lines.empty()) said.text.clear();
  return said;
}

}  // namespace

Reading read_against(std::string_view text, const std::vector<Line>& standing,
                     const intake::Parser& words) {
  const auto against = [&](const std::string& said) {
    const intake::Message earlier{"household", said};
    return read(text, words, {&earlier, 1}, "household");
  };
  Reading reading = against(words_of(standing));
  // Mostly something is added: all that stands is read, and there, and nothing has to be told apart.
  reading.before = contained(standing, reading.lines);
  if (reading.before.size() == standing.size()) return reading;
  Said said = say(standing, words);
  if (said.lines.empty()) return read(text, words);
  if (said.lines.size() < standing.size()) reading = against(said.text);
  if (reading.lines.empty() && said.lines.size() < standing.size()) reading.sure = false;
  reading.before = std::move(said.lines);
  return reading;
}

std::vector<Line> newly_said(const Reading& reading) {
  std::vector<Line> before = reading.before;
  std::vector<Line> said;
  for (const Line& line : reading.lines) {
    const auto stands =
        std::ranges::find_if(before, [&](const Line& one) { return is_same_amount(one, line); });
    if (stands == before.end()) {
      said.push_back(line);
    } else {
      before.erase(stands);
    }
  }
  return said;
}

Result<std::vector<Service>> services(const RulePack& rules) {
  std::vector<Service> found;
  for (std::size_t at = 0; at < rules.count("needs.services"); ++at) {
    found.push_back(TRY(service_at(rules, at)));
  }
  if (found.empty()) return Error{ErrorKind::invalid, "rules.missing", "needs.services"};
  return found;
}

Result<Service> service_of(const RulePack& rules, std::string_view key) {
  std::optional<std::size_t> other;
  for (std::size_t at = 0; at < rules.count("needs.services"); ++at) {
    const std::string here = TRY(rules.string(fmt::format("needs.services[{}].key", at)));
    if (here == key) return service_at(rules, at);
    if (here == "other") other = at;
  }
  if (other) return service_at(rules, *other);
  return Error{ErrorKind::invalid, "rules.missing", "needs.services other"};
}

}  // namespace doorstep::needs
