#include "engine/routing/readers.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace doorstep::routing {

namespace {

Error at_line(std::size_t line, const std::string& reason, const char* code = "routing.malformed") {
  return Error{ErrorKind::invalid, code, fmt::format("{}: {}", line, reason)};
}

/// Lines as lists of words, numbered from 1, blank ones skipped.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  /// False at the end of the text.
  bool next() {
    while (!rest_.empty()) {
      ++number_;
      const auto end = rest_.find('\n');
      line_ = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      split();
      if (!words_.empty()) return true;
    }
    return false;
  }

  [[nodiscard]] const std::vector<std::string_view>& words() const { return words_; }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < words_.size() ? words_[i] : std::string_view{};
  }
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] std::string_view line() const { return line_; }

 private:
  void split() {
    words_.clear();
    std::size_t i = 0;
    constexpr std::string_view space = " \t\r\v\f";
    while ((i = line_.find_first_not_of(space, i)) != std::string_view::npos) {
      const auto end = std::min(line_.find_first_of(space, i), line_.size());
      words_.push_back(line_.substr(i, end - i));
      i = end;
    }
  }

  std::string_view rest_;
  std::string_view line_;
  std::vector<std::string_view> words_;
  std::size_t number_ = 0;
};

std::optional<double> decimal(std::string_view word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(value)) return {};
  return value;
}

/// A whole number between 0 and `most`; "12.0" counts, since some sets write it so.
std::optional<std::int64_t> whole(std::string_view word, std::int64_t most) {
  const auto value = decimal(word);
  if (!value || *value < 0 || *value > static_cast<double>(most)) return {};
  const auto integer = static_cast<std::int64_t>(*value);
  if (static_cast<double>(integer) != *value) return {};
  return integer;
}

/// A time in tenths: at most one decimal, so that nothing is lost.
std::optional<Time> tenths(std::string_view word) {
  const auto value = decimal(word);
  if (!value || *value < 0 || *value * 10 > max_file_time) return {};
  const double scaled = std::round(*value * 10);
  if (std::abs(scaled - *value * 10) > 1e-6) return {};
  return static_cast<Time>(scaled);
}

bool in_plane(const std::optional<double>& x) {
  return x && std::abs(*x) <= static_cast<double>(max_coordinate);
}

class CvrplibReader {
 public:
  explicit CvrplibReader(std::string_view text) : lines_(text) {}

  Result<Instance> read() {
    while (lines_.next()) {
      const auto [key, value] = header();
      if (key == "EOF") break;
      if (key == "NODE_COORD_SECTION") {
        TRY(coordinates());
      } else if (key == "DEMAND_SECTION") {
        TRY(demands());
      } else if (key == "DEPOT_SECTION") {
        TRY(depots());
      } else {
        TRY(setting(key, value));
      }
    }
    return finish();
  }

 private:
  std::pair<std::string_view, std::string_view> header() {
    constexpr std::string_view space = " \t\r";
    const auto trim = [&](std::string_view s) {
      const auto from = s.find_first_not_of(space);
      if (from == std::string_view::npos) return std::string_view{};
      return s.substr(from, s.find_last_not_of(space) - from + 1);
    };
    const auto colon = lines_.line().find(':');
    if (colon == std::string_view::npos) return {lines_.word(0), {}};
    return {trim(lines_.line().substr(0, colon)), trim(lines_.line().substr(colon + 1))};
  }

  Result<void> setting(std::string_view key, std::string_view value) {
    const auto line = lines_.number();
    if (key == "NAME") {
      instance_.name = value;
    } else if (key == "TYPE") {
      if (value != "CVRP") return at_line(line, fmt::format("TYPE {} is not CVRP", value));
    } else if (key == "DIMENSION") {
      const auto size = whole(value, max_stops);
      if (!size || *size < 1) return at_line(line, "DIMENSION is not a number of nodes");
      if (size_ > 0) return at_line(line, "DIMENSION stands twice");
      size_ = static_cast<std::size_t>(*size);
    } else if (key == "EDGE_WEIGHT_TYPE") {
      if (value != "EUC_2D") {
        return at_line(line, fmt::format("EDGE_WEIGHT_TYPE {} is not EUC_2D", value));
      }
      euclid_ = true;
    } else if (key == "CAPACITY") {
      const auto capacity = whole(value, max_demand);
      if (!capacity) return at_line(line, "CAPACITY is not a whole number up to 1000000000");
      capacity_ = *capacity;
    } else if (key != "COMMENT" && key != "EDGE_WEIGHT_FORMAT" && key != "NODE_COORD_TYPE") {
      return at_line(line, fmt::format("{} is not understood", key));
    }
    return {};
  }

  Result<std::size_t> node(std::string_view word) {
    const auto number = whole(word, max_stops);
    if (!number || *number < 1 || static_cast<std::size_t>(*number) > size_) {
      return at_line(lines_.number(), fmt::format("node {} is not in 1..{}", word, size_));
    }
    return static_cast<std::size_t>(*number) - 1;
  }

  Result<void> need_size() {
    if (size_ == 0) return at_line(lines_.number(), "DIMENSION must stand before the sections");
    return {};
  }

  Result<void> coordinates() {
    TRY(need_size());
    std::vector<bool> known(size_, false);
    instance_.problem.points.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      if (!lines_.next() || lines_.words().size() != 3) {
        return at_line(lines_.number(), "a node's number, x and y are expected");
      }
      const auto n = TRY(node(lines_.word(0)));
      const auto x = decimal(lines_.word(1));
      const auto y = decimal(lines_.word(2));
      if (!x || !y) return at_line(lines_.number(), "x and y are not numbers");
      if (!in_plane(x) || !in_plane(y)) {
        return at_line(lines_.number(), "a coordinate is beyond 20000000", "routing.out_of_range");
      }
      if (known[n]) return at_line(lines_.number(), fmt::format("node {} stands twice", n + 1));
      known[n] = true;
      instance_.problem.points[n] = {*x, *y};
    }
    coordinates_ = true;
    return {};
  }

  Result<void> demands() {
    TRY(need_size());
    instance_.problem.stops.resize(size_);
    lines_of_.assign(size_, 0);
    for (std::size_t i = 0; i < size_; ++i) {
      if (!lines_.next() || lines_.words().size() != 2) {
        return at_line(lines_.number(), "a node's number and demand are expected");
      }
      const auto n = TRY(node(lines_.word(0)));
      const auto demand = whole(lines_.word(1), max_demand);
      if (!demand) {
        return at_line(lines_.number(), "a demand is not a whole number up to 1000000000",
                       "routing.out_of_range");
      }
      if (lines_of_[n] != 0)
        return at_line(lines_.number(), fmt::format("node {} stands twice", n + 1));
      lines_of_[n] = lines_.number();
      instance_.problem.stops[n].demand[0] = *demand;
    }
    return {};
  }

  Result<void> depots() {
    if (!lines_.next() || lines_.word(0) != "1") {
      return at_line(lines_.number(), "the one depot must be node 1");
    }
    if (!lines_.next() || lines_.word(0) != "-1") {
      return at_line(lines_.number(), "more than one depot, or no -1 behind it");
    }
    depot_ = true;
    return {};
  }

  Result<Instance> finish() {
    const auto line = lines_.number();
    if (size_ == 0) return at_line(line, "no DIMENSION");
    if (!euclid_) return at_line(line, "no EDGE_WEIGHT_TYPE");
    if (!capacity_) return at_line(line, "no CAPACITY");
    if (!coordinates_) return at_line(line, "no NODE_COORD_SECTION");
    if (lines_of_.empty()) return at_line(line, "no DEMAND_SECTION");
    if (!depot_) return at_line(line, "no DEPOT_SECTION");
    auto& problem = instance_.problem;
    for (std::size_t i = 1; i < size_; ++i) {
      if (problem.stops[i].demand[0] > *capacity_) {
        return at_line(lines_of_[i],
                       fmt::format("demand {} of node {} is over the capacity {}",
                                   problem.stops[i].demand[0], i + 1, *capacity_),
                       "routing.over_capacity");
      }
    }
    problem.stops[0].demand[0] = 0;
    problem.metric = MetricKind::round_euclid;
    Carrier carrier;
    carrier.capacity[0] = *capacity_;
    problem.carriers.assign(std::max<std::size_t>(1, size_ - 1), carrier);
    return std::move(instance_);
  }

  Lines lines_;
  Instance instance_;
  std::size_t size_ = 0;
  std::optional<std::int64_t> capacity_;
  bool euclid_ = false;
  bool coordinates_ = false;
  bool depot_ = false;
  std::vector<std::size_t> lines_of_;  ///< Where each demand stands.
};

/// One row: id x y demand ready due service.
Result<void> read_customer(const Lines& lines, std::int64_t capacity, Problem& problem) {
  const auto line = lines.number();
  const auto& words = lines.words();
  if (words.size() != 7) return at_line(line, "seven numbers are expected");
  const auto id = whole(words[0], max_stops);
  if (!id || static_cast<std::size_t>(*id) != problem.stops.size()) {
    return at_line(line, fmt::format("customer {} is out of order", words[0]));
  }
  const auto x = decimal(words[1]);
  const auto y = decimal(words[2]);
  if (!x || !y) return at_line(line, "x and y are not numbers");
  if (!in_plane(x) || !in_plane(y)) {
    return at_line(line, "a coordinate is beyond 20000000", "routing.out_of_range");
  }
  const auto demand = whole(words[3], max_demand);
  const auto ready = tenths(words[4]);
  const auto due = tenths(words[5]);
  const auto service = tenths(words[6]);
  if (!demand || !ready || !due || !service) {
    return at_line(line, "demand, ready, due or service is not a number in range",
                   "routing.out_of_range");
  }
  if (*demand > capacity) {
    return at_line(
        line,
        fmt::format("demand {} of customer {} is over the capacity {}", *demand, *id, capacity),
        "routing.over_capacity");
  }
  if (*ready > *due) return at_line(line, "ready is after due");
  Stop stop;
  stop.demand[0] = *demand;
  stop.open = *ready;
  stop.close = *due;
  stop.service = *service;
  problem.stops.push_back(stop);
  problem.points.push_back({*x, *y});
  return {};
}

}  // namespace

Result<Instance> read_cvrplib(std::string_view text) {
  return CvrplibReader(text).read();
}

Result<Instance> read_solomon(std::string_view text) {
  Lines lines(text);
  Instance instance;
  instance.tenths = true;
  if (!lines.next()) return at_line(1, "the file is empty");
  instance.name = lines.word(0);
  while (lines.word(0) != "NUMBER") {
    if (!lines.next()) return at_line(lines.number(), "no line NUMBER CAPACITY");
  }
  if (!lines.next() || lines.words().size() != 2) {
    return at_line(lines.number(), "the number of vehicles and their capacity are expected");
  }
  const auto fleet = whole(lines.word(0), max_stops);
  const auto capacity = whole(lines.word(1), max_demand);
  if (!fleet || !capacity) return at_line(lines.number(), "NUMBER or CAPACITY is out of range");
  while (lines.word(0) != "CUST") {
    if (!lines.next()) return at_line(lines.number(), "no line CUST NO.");
  }
  Problem& problem = instance.problem;
  while (lines.next()) {
    TRY(read_customer(lines, *capacity, problem));
    if (problem.stops.size() > static_cast<std::size_t>(max_stops)) {
      return at_line(lines.number(), "too many customers", "routing.out_of_range");
    }
  }
  if (problem.stops.empty()) return at_line(lines.number(), "not even a depot");
  problem.metric = MetricKind::trunc1_euclid;
  Carrier carrier;
  carrier.capacity[0] = *capacity;
  carrier.shift_start = problem.stops[0].open;
  carrier.shift_end = problem.stops[0].close;
  problem.carriers.assign(static_cast<std::size_t>(*fleet), carrier);
  return instance;
}

Result<Instance> read_instance(std::string_view text) {
  Lines lines(text);
  while (lines.next()) {
    if (lines.word(0) == "VEHICLE" || lines.word(0) == "CUSTOMER") return read_solomon(text);
    if (lines.word(0).starts_with("DIMENSION") || lines.word(0).starts_with("EDGE_WEIGHT_TYPE") ||
        lines.word(0).starts_with("NODE_COORD_SECTION")) {
      return read_cvrplib(text);
    }
  }
  return at_line(lines.number() == 0 ? 1 : lines.number(), "neither a CVRPLIB nor a Solomon file");
}

}  // namespace doorstep::routing
