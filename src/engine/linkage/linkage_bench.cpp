/// \file The figures of docs/benchmarks/linkage.md: `bench_linkage DATA_DIR PART [SIZE]`, one part
/// a process, since the largest resident size of a process is part of the answer.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "base/csv.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/person_index.h"
#include "engine/linkage/synthetic_people.h"

namespace doorstep::linkage {
namespace {

using Clock = std::chrono::steady_clock;
using Row_ = std::vector<std::string>;

const std::vector<Kind> resident_kinds{Kind::full_name, Kind::category, Kind::identifier,
                                       Kind::date,      Kind::phone,    Kind::address};
const std::vector<Kind> febrl_kinds{
    Kind::given_name, Kind::family_name, Kind::house_number, Kind::street, Kind::text,
    Kind::locality,   Kind::postcode,    Kind::category,     Kind::date,   Kind::identifier};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

long peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

std::vector<Row_> read_rows(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  csv::Reader reader(csv::from_text(text));
  std::vector<Row_> rows;
  while (true) {
    const Result<bool> more = reader.next();
    if (!more || !*more) break;
    rows.emplace_back(reader.fields().begin(), reader.fields().end());
  }
  if (rows.empty()) {
    fmt::print(stderr, "no rows in {}\n", path);
    std::exit(2);
  }
  rows.erase(rows.begin());
  return rows;
}

template <class Values>
std::vector<std::string_view> views(const Values& values) {
  return {values.begin(), values.end()};
}

SyntheticResidents residents(const std::string& data) {
  std::vector<std::array<std::string, 2>> seen;
  for (const Row_& row : read_rows(data + "/zh_registry.csv")) seen.push_back({row[1], row[6]});
  return SyntheticResidents::from_rows(seen);
}

SyntheticRecords records(const std::string& data) {
  std::vector<std::vector<std::string>> vocabulary(10);
  for (const Row_& row : read_rows(data + "/febrl4a.csv")) {
    for (std::size_t i = 0; i < 10; ++i) vocabulary[i].push_back(row[i + 1]);
  }
  return {std::move(vocabulary), {0, 0, 0, 0, 0, 0, 4, 0, 8, 7}};
}

void report(const char* what, Clock::time_point start) {
  fmt::print("{}: {:.1f} s wall, {:.1f} s CPU, {} MB at most\n", what, seconds_since(start),
             cpu_seconds(), peak_megabytes());
}

void bench_list(const std::string& data, std::uint64_t size) {
  const SyntheticResidents source = residents(data);
  const std::uint64_t rows = 15974;
  const auto start = Clock::now();
  Linkage linkage(resident_kinds, {.threads = 2});
  for (std::uint64_t i = 0; i < size; ++i) {
    linkage.add_left(std::to_string(i), views(source.person(i)));
  }
  // Seven in ten are registered, the others are not; every thirtieth row stands twice.
  const auto who = [&](std::uint64_t i) { return i % 10 < 7 ? (i * 7919) % size : size + i; };
  for (std::uint64_t i = 0; i < rows; ++i) {
    linkage.add_right(std::to_string(i), views(source.pushed(who(i), 0)));
  }
  report("generated and read", start);
  const std::vector<Verdict> verdicts = linkage.link_list();
  report("15,974 rows linked", start);
  std::map<std::string, int> counts;
  for (std::uint64_t i = 0; i < rows; ++i) {
    const bool known = who(i) < size;
    const bool right = known && verdicts[i].match == who(i);
    counts[fmt::format("{} {}", to_text(verdicts[i].decision),
                       right   ? "right"
                       : known ? "wrong"
                               : "unknown person")]++;
  }
  for (const auto& [what, count] : counts) fmt::print("  {}: {}\n", what, count);
}

/// Duplicates found in `size` rows of which every tenth repeats another. `row(i)` makes a row,
/// `who(i)` says whose it is.
template <class RowOf, class Who>
void bench_dedupe(std::uint64_t size, const std::vector<Kind>& kinds, RowOf row, Who who) {
  const auto start = Clock::now();
  Linkage linkage(kinds, {.threads = 2, .progress = [&](std::string_view stage) {
                            report(std::string(stage).c_str(), start);
                          }});
  for (std::uint64_t i = 0; i < size; ++i) linkage.add_left(std::to_string(i), views(row(i)));
  report("generated and read", start);
  const std::vector<Row> clusters = linkage.dedupe();
  report("de-duplicated", start);
  std::uint64_t right = 0;
  std::uint64_t wrong = 0;
  std::uint64_t missed = 0;
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::uint64_t first = who(i);
    if (first != i) (clusters[i] == clusters[first] ? right : missed) += 1;
    if (clusters[i] != i && who(clusters[i]) != first) ++wrong;
  }
  fmt::print("  repeats found {}, missed {}, rows in a wrong cluster {}\n", right, missed, wrong);
}

void bench_index(const std::string& data, std::uint64_t size) {
  const SyntheticResidents source = residents(data);
  const auto start = Clock::now();
  PersonIndex index(resident_kinds);
  for (std::uint64_t i = 0; i < size; ++i) {
    index.add(static_cast<std::int64_t>(i), views(source.person(i)));
  }
  report("index built", start);
  const Model model = Model::prior(resident_kinds, static_cast<double>(size), 1);
  Matcher matcher(index, model);
  std::vector<double> times;
  std::map<std::string, int> counts;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::uint64_t person = i % 10 < 7 ? (i * 7919) % size : size + i;
    const auto values = source.pushed(person, 1);
    const auto fields = views(values);
    const auto begin = Clock::now();
    const std::vector<Found> found = matcher.match(fields);
    times.push_back(seconds_since(begin) * 1e6);
    const bool known = person < size;
    const bool right =
        known && !found.empty() && found[0].person == static_cast<std::int64_t>(person);
    counts[fmt::format("{} {}", to_text(Matcher::decide(found)),
                       right   ? "right"
                       : known ? "wrong"
                               : "unknown person")]++;
  }
  std::ranges::sort(times);
  fmt::print("one match against {}: p50 {:.0f} us, p99 {:.0f} us, p99.9 {:.0f} us\n", size,
             times[times.size() / 2], times[times.size() * 99 / 100],
             times[times.size() * 999 / 1000]);
  for (const auto& [what, count] : counts) fmt::print("  {}: {}\n", what, count);
}

/// Writes a registry and a list as CSV, for timing the command itself.
void write_lists(const std::string& data, std::uint64_t size) {
  const SyntheticResidents source = residents(data);
  for (const bool registry : {true, false}) {
    std::string out = "id,name,sex,id_number,dob,phone,address\n";
    for (std::uint64_t i = 0; i < (registry ? size : 15974); ++i) {
      const std::uint64_t person =
          registry || i % 10 < 7 ? (registry ? i : i * 7919 % size) : size + i;
      const auto values = registry ? source.person(person) : source.pushed(person, 0);
      std::vector<std::string_view> fields = views(values);
      const std::string id = std::to_string(i);
      fields.insert(fields.begin(), id);
      csv::append_record(out, fields);
    }
    std::ofstream(registry ? "synthetic_registry.csv" : "synthetic_list.csv", std::ios::binary)
        << out;
  }
}

int run(const std::string& data, std::string_view part, std::uint64_t size) {
  if (part == "list") {
    bench_list(data, size == 0 ? 200'000 : size);
  } else if (part == "residents") {
    const SyntheticResidents source = residents(data);
    const std::uint64_t rows = size == 0 ? 1'000'000 : size;
    const std::uint64_t people = rows / 10 * 9;
    const auto who = [&](std::uint64_t i) { return i < people ? i : (i * 7919) % people; };
    bench_dedupe(
        rows, resident_kinds,
        [&](std::uint64_t i) { return i < people ? source.person(i) : source.pushed(who(i), i); },
        who);
  } else if (part == "records") {
    const SyntheticRecords source = records(data);
    const std::uint64_t rows = size == 0 ? 1'000'000 : size;
    const std::uint64_t people = rows / 10 * 8;
    const auto who = [&](std::uint64_t i) { return i < people ? i : (i * 7919) % people; };
    bench_dedupe(
        rows, febrl_kinds,
        [&](std::uint64_t i) { return i < people ? source.person(i) : source.again(who(i), i); },
        who);
  } else if (part == "index") {
    bench_index(data, size == 0 ? 1'000'000 : size);
  } else if (part == "write") {
    write_lists(data, size == 0 ? 200'000 : size);
  } else {
    fmt::print(stderr, "bench_linkage DATA_DIR list|residents|records|index|write [SIZE]\n");
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace doorstep::linkage

int main(int argc, char** argv) {
  if (argc < 3) return doorstep::linkage::run("", "", 0);
  std::uint64_t size = 0;
  if (argc > 3) std::from_chars(argv[3], argv[3] + std::string_view(argv[3]).size(), size);
  return doorstep::linkage::run(argv[1], argv[2], size);
}
