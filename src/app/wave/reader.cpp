#include "app/wave/reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "app/wave/members.h"
#include "app/wave/position.h"

namespace doorstep::app {

const char* const wave_schema =
#include "app/wave/schema.inc"
    ;

namespace {

void read_rules(Members& in, routing::WaveRules& rules) {
  in.number("metres_per_second", rules.metres_per_second);
  in.number("detour", rules.detour);
  in.scaled("up_seconds", 1000, rules.up);
  in.scaled("down_seconds", 1000, rules.down);
  in.scaled("lift_floor_seconds", 1000, rules.lift_floor);
  in.scaled("lift_wait_seconds", 1000, rules.lift_wait);
  in.scaled("heavy_kg", 1000, rules.heavy);
  in.scaled("effort_seconds_per_kg_flight", 1000, rules.effort_weight);
  in.scaled("flight_seconds", 1000, rules.flight_weight);
  in.scaled("late_weight", 1, rules.late_weight);
  in.scaled("run_seconds", 1000, rules.run_cost);
  in.scaled("fairness", 1, rules.fairness);
  in.scaled("move_price_seconds", 1000, rules.move_price);
  in.yes("grids_are_borders", rules.grids_are_borders);
  in.scaled("helpers_above_kg", 1000, rules.helpers_grams);
  in.scaled("helpers_from_floor", 1, rules.helpers_floor);
  in.yes("helpers_required", rules.helpers_required);
  in.scaled("handover_seconds", 1000, rules.handover);
}

struct ClassWindow {
  Time open = 0;
  Time close = routing::no_limit;
  Time hot = 0;
};

void read_stops(Members& in, routing::Wave& wave,
                const std::map<std::string, ClassWindow>& windows) {
  in.objects("stops", [&](Members& r) {
    routing::WaveStop stop;
    r.text("id", stop.id);
    r.text("entrance", stop.entrance);
    r.scaled("floor", 1, stop.floor);
    r.text("class", stop.kind);
    r.scaled("kg", 1000, stop.grams);
    r.scaled("litres", 1000, stop.millilitres);
    r.clock("ready", stop.ready);
    ClassWindow window;
    if (const auto at = windows.find(stop.kind); at != windows.end()) window = at->second;
    stop.open = window.open;
    stop.close = window.close;
    r.clock("open", stop.open);
    r.clock("close", stop.close);
    if (window.hot > 0) stop.soft_close = std::max(stop.ready, stop.open) + window.hot;
    r.clock("soft_close", stop.soft_close);
    r.scaled("level", 1, stop.level);
    r.texts("needs", stop.needs);
    r.text("pickup_at", stop.pickup_at);
    wave.stops.push_back(std::move(stop));
  });
}

void read_carriers(Members& in, routing::Wave& wave) {
  in.objects("carriers", [&](Members& r) {
    routing::WaveCarrier carrier;
    r.text("id", carrier.id);
    r.text("grid", carrier.grid);
    r.scaled("kg", 1000, carrier.grams);
    r.scaled("litres", 1000, carrier.millilitres);
    r.scaled("hands_kg", 1000, carrier.hands);
    r.clock("start", carrier.start);
    r.clock("end", carrier.end);
    r.scaled("runs", 1, carrier.runs);
    r.scaled("reload_seconds", 1000, carrier.reload);
    r.scaled("slowness_percent", 1, carrier.slowness);
    r.scaled("range_minutes", 60'000, carrier.range);
    r.scaled("people", 1, carrier.people);
    r.scaled("level", 1, carrier.level);
    r.scaled("ledger_minutes", 60'000, carrier.ledger);
    r.yes("cart", carrier.cart);
    r.texts("skills", carrier.skills);
    wave.carriers.push_back(std::move(carrier));
  });
}

void read_runs(Members& in, const char* key, std::vector<routing::WaveRun>& runs) {
  in.objects(key, [&](Members& r) {
    routing::WaveRun run;
    r.text("carrier", run.carrier);
    r.texts("stops", run.stops);
    r.clock("leave", run.leave);
    runs.push_back(std::move(run));
  });
}

/// Empty, or what is wrong with the document.
Fault read_document(const json::object& document, routing::Wave& wave) {
  Fault fault;
  Members in(document, "", fault);
  in.text("wave", wave.name);
  in.object("depot", [&](Members& r) {
    r.number("x", wave.x);
    r.number("y", wave.y);
    r.clock("open", wave.open);
    r.clock("close", wave.close);
  });
  in.object("rules", [&](Members& r) { read_rules(r, wave.rules); });
  in.objects("entrances", [&](Members& r) {
    routing::WaveEntrance entrance;
    r.text("id", entrance.id);
    r.text("building", entrance.building);
    r.text("grid", entrance.grid);
    r.yes("lift", entrance.lift);
    r.number("x", entrance.x);
    r.number("y", entrance.y);
    r.text("duty", entrance.duty);
    wave.entrances.push_back(std::move(entrance));
  });
  std::map<std::string, ClassWindow> windows;
  in.objects("classes", [&](Members& r) {
    routing::WaveClass kind;
    ClassWindow window;
    r.text("name", kind.name);
    r.scaled("rank", 1, kind.rank);
    r.scaled("weight", 1, kind.weight);
    r.scaled("service_seconds", 1000, kind.service);
    r.clock("open", window.open);
    r.clock("close", window.close);
    r.scaled("hot_minutes", 60'000, window.hot);
    windows[kind.name] = window;
    wave.classes.push_back(std::move(kind));
  });
  read_stops(in, wave, windows);
  read_carriers(in, wave);
  read_runs(in, "frozen", wave.frozen);
  read_runs(in, "announced", wave.announced);
  in.each("walk_seconds", [&](const json::value& row, const std::string& where) {
    auto& out = wave.walk_seconds.emplace_back();
    if (!row.is_array() && fault.what.empty()) fault = {where, "is not an array"};
    if (!row.is_array()) return;
    for (const auto& v : row.as_array()) {
      out.push_back(v.is_number() ? v.to_number<double>() : -1);
    }
  });
  in.no_others();
  return fault;
}

}  // namespace

namespace {

/// One line, whatever the ids and keys that it names hold.
Error fault_at(std::string code, TextPosition at, std::string what) {
  std::replace_if(what.begin(), what.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return {ErrorKind::invalid, std::move(code), fmt::format("{}:{}: {}", at.line, at.column, what)};
}

Result<json::value> parse(std::string_view text) {
  boost::system::error_code error;
  json::stream_parser parser;
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    return fault_at("wave.json", position_of(text, read),
                    "is not a JSON object: " + error.message());
  }
  return parser.release();
}

}  // namespace

Result<routing::Wave> read_wave(std::string_view text) {
  const json::value document = TRY(parse(text));
  if (!document.is_object()) return fault_at("wave.json", {}, "is not a JSON object");
  routing::Wave wave;
  const Fault fault = read_document(document.as_object(), wave);
  if (!fault.what.empty()) {
    return fault_at("wave.member", position_of_member(text, fault.where),
                    fault.where + " " + fault.what);
  }
  return wave;
}

Error placed(std::string_view text, const Error& fault) {
  const auto colon = fault.hint.find(": ");
  if (colon == std::string::npos) return fault_at(fault.code, {}, fault.hint);
  const std::string_view path = std::string_view(fault.hint).substr(0, colon);
  return fault_at(fault.code, position_of_member(text, path), fault.hint);
}

}  // namespace doorstep::app
