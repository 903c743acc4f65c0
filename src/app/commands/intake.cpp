/// \file `doorstep intake [--community FILE] < in.jsonl > out.jsonl`: chat messages become orders.

#include "engine/intake/intake.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "app/command.h"

namespace doorstep::app {
namespace {

namespace json = boost::json;

constexpr std::string_view help =
    "usage: doorstep intake [--community FILE] < in.jsonl > out.jsonl\n\n"
    "Reads one JSON object a line, {\"id\", \"text\", \"prev\"?: [{\"from\", \"text\"}], "
    "\"from\"?},\n"
    "and writes one a line: orders, op, category, urgency, unparsed, spans, repairs, confidence,\n"
    "triage. docs/intake.md explains them. FILE is the CSV of dwellings that `doorstep import`\n"
    "takes; addresses are then checked against the real doors. A line that is no such object\n"
    "gives {\"error\", \"line\"} and the run goes on.\n";

/// 1500 thousandths as 1.5, whole numbers without a point.
json::value number(Quantity quantity) {
  const std::int64_t milli = quantity.value();
  if (milli % 1000 == 0) return milli / 1000;
  return static_cast<double>(milli) / 1000.0;
}

json::object encode(const intake::Address& address) {
  json::object out;
  const auto put = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out[name] = value;
  };
  put("community", address.community);
  put("road", address.road);
  put("lane", address.lane);
  put("number", address.number);
  put("building", address.building);
  put("unit", address.unit);
  put("floor", address.floor);
  put("room", address.room);
  return out;
}

json::object encode(const intake::Item& item) {
  json::object out{{"name", item.name}, {"canonical", item.canonical}};
  out["qty"] = item.qty ? number(*item.qty) : json::value{};
  out["unit"] = item.unit.empty() ? json::value{} : json::value(item.unit);
  return out;
}

json::object encode(const intake::Order& order) {
  json::object out{{"address", encode(order.address)}};
  json::array items;
  for (const intake::Item& item : order.items) items.push_back(encode(item));
  out["items"] = std::move(items);
  if (!order.person.reveal().empty()) out["person"] = order.person.reveal();
  if (!order.phone.reveal().empty()) out["phone"] = order.phone.reveal();
  if (order.door != intake::DoorMatch::unchecked) {
    out["door"] = {{"match", intake::word(order.door)},
                   {"doors", json::array(order.doors.begin(), order.doors.end())}};
  }
  return out;
}

json::object encode(intake::Range range) {
  return {{"from", range.from}, {"to", range.to}};
}

json::object encode(const intake::Triage& triage) {
  json::object out{{"alarm", intake::word(triage.alarm)}};
  if (triage.alarm == intake::Alarm::none) return out;
  out["reason"] = triage.reason;
  if (!triage.lowered_by.empty()) out["lowered_by"] = triage.lowered_by;
  json::array signs;
  for (const intake::Range range : triage.signs) signs.push_back(encode(range));
  out["signs"] = std::move(signs);
  return out;
}

json::object encode(const json::value& id, const intake::Parsed& parsed) {
  json::object out{{"id", id}};
  json::array orders;
  for (const intake::Order& order : parsed.orders) orders.push_back(encode(order));
  out["orders"] = std::move(orders);
  out["op"] = intake::word(parsed.op);
  out["category"] = intake::word(parsed.category);
  if (!parsed.also.empty()) {
    json::array also;
    for (const intake::Category category : parsed.also)
      also.push_back(json::value(intake::word(category)));
    out["also"] = std::move(also);
  }
  out["urgency"] = intake::word(parsed.urgency);
  out["unparsed"] = json::array(parsed.unparsed.begin(), parsed.unparsed.end());
  json::array spans;
  for (const intake::Span& span : parsed.spans) {
    json::object one = encode(span.range);
    one["kind"] = intake::word(span.kind);
    spans.push_back(std::move(one));
  }
  out["spans"] = std::move(spans);
  json::array repairs;
  for (const intake::Repair& repair : parsed.repairs) {
    json::object one = encode(repair.range);
    one["written"] = repair.written;
    one["read"] = repair.read;
    repairs.push_back(std::move(one));
  }
  out["repairs"] = std::move(repairs);
  out["confidence"] = parsed.confidence;
  out["triage"] = encode(parsed.triage);
  json::array differences;
  for (const intake::RelayDifference& difference : parsed.differences) {
    differences.push_back({{"row", difference.row}, {"change", intake::word(difference.change)}});
  }
  if (!differences.empty()) out["differences"] = std::move(differences);
  return out;
}

std::string text_of(const json::object& from, std::string_view key) {
  const json::value* found = from.if_contains(key);
  return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// The answer to one line, or nothing when it is not what the command takes.
std::optional<json::object> answer(const intake::Parser& parser, const intake::Doors* doors,
                                   std::string_view line) {
  boost::system::error_code error;
  const json::value input = json::parse(line, error);
  if (error || !input.is_object()) return std::nullopt;
  const json::object& object = input.get_object();
  const json::value* text = object.if_contains("text");
  if (text == nullptr || !text->is_string()) return std::nullopt;
  std::vector<intake::Message> thread;
  if (const json::value* prev = object.if_contains("prev"); prev != nullptr && !prev->is_null()) {
    if (!prev->is_array()) return std::nullopt;
    for (const json::value& message : prev->get_array()) {
      if (!message.is_object()) return std::nullopt;
      thread.push_back(
          {text_of(message.get_object(), "from"), text_of(message.get_object(), "text")});
    }
  }
  const std::string from = text_of(object, "from");
  const std::string_view words{text->get_string().data(), text->get_string().size()};
  const json::value* id = object.if_contains("id");
  return encode(id != nullptr ? *id : json::value{}, parser.parse(words, {thread, from, doors}));
}

std::optional<intake::Doors> read_doors(const char* file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "doorstep intake: cannot read %s\n", file);
    return std::nullopt;
  }
  const std::string csv{std::istreambuf_iterator<char>(in), {}};
  auto doors = intake::Doors::from_csv(csv);
  if (!doors.ok()) {
    std::fprintf(stderr, "doorstep intake: %s: %s\n", file, doors.error().code.c_str());
    return std::nullopt;
  }
  return std::move(doors).value();
}

int run(int argc, char** argv) {
  std::optional<intake::Doors> doors;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--help") {
      std::fwrite(help.data(), 1, help.size(), stdout);
      return 0;
    }
    if (argument != "--community" || i + 1 == argc) {
      std::fwrite(help.data(), 1, help.size(), stderr);
      return 2;
    }
    doors = read_doors(argv[++i]);
    if (!doors) return 2;
  }
  std::ios::sync_with_stdio(false);
  const intake::Parser parser;
  std::string line;
  for (std::int64_t number = 1; std::getline(std::cin, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto out = answer(parser, doors ? &*doors : nullptr, line);
    std::cout << json::serialize(
                     out ? *out : json::object{{"error", "intake.not_a_message"}, {"line", number}})
              << '\n';
  }
  std::cout.flush();
  return std::cout ? 0 : 2;
}

}  // namespace

Command intake_command() {
  return {"intake", "read chat messages as orders and danger signs (JSON lines)", run};
}

}  // namespace doorstep::app
