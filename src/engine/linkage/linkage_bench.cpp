/// \file The figures of docs/benchmarks/linkage.md. `bench_linkage [PART [SIZE]]`; without a part all
/// of them, each in a process of its own, since the largest resident size is part of the answer.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/linkage/accuracy.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/person_index.h"
#include "engine/linkage/synthetic_people.h"

namespace doorstep::linkage {
namespace {

using Clock = std::chrono::steady_clock;
using Noise = SyntheticResidents::Noise;

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

template <class Values>
std::vector<std::string_view> views(const Values& values) {
  return {values.begin(), values.end()};
}

SyntheticResidents residents_of_the_set() {
  std::vector<std::array<std::string, 2>> seen;
  for (const Fields& row : read_set("zh_registry").rows) seen.push_back({row[1], row[6]});
  return SyntheticResidents::from_rows(seen);
}

const std::vector<int> febrl_numbers{0, 0, 0, 0, 0, 0, 4, 0, 8, 7};

SyntheticRecords records_of_the_set() {
  std::vector<std::vector<std::string>> vocabulary(10);
  for (const Fields& row : read_set("febrl4a").rows) {
    for (std::size_t i = 0; i < 10; ++i) vocabulary[i].push_back(row[i + 1]);
  }
  return {std::move(vocabulary), febrl_numbers};
}

std::vector<Kind> febrl_kinds() {
  std::vector<Kind> kinds;
  for (const Column& column : febrl_schema({})) kinds.push_back(column.kind);
  return kinds;
}

void report(std::string_view what, Clock::time_point start) {
  fmt::print("{}: {:.1f} s wall, {:.1f} s CPU, {} MB at most\n", what, seconds_since(start),
             cpu_seconds(), peak_megabytes());
}

constexpr std::uint64_t list_rows = 15974;

/// Whose a row of the list is. Seven in ten are registered, the others are not; some stand twice.
std::uint64_t listed(std::uint64_t row, std::uint64_t registered) {
  return row % 10 < 7 ? (row * 7919) % registered : registered + row;
}

ListCount link_list(const SyntheticResidents& source, std::uint64_t size, std::uint64_t rows,
                    Noise noise, std::uint64_t seed) {
  Linkage linkage(resident_kinds, {.threads = 2, .seed = seed + 1});
  for (std::uint64_t i = 0; i < size; ++i) {
    linkage.add_left(std::to_string(i), views(source.person(i)));
  }
  for (std::uint64_t i = 0; i < rows; ++i) {
    linkage.add_right(std::to_string(i), views(source.pushed(listed(i, size), seed, noise)));
  }
  return count_list(linkage.link_list(), [&](std::size_t i) {
    const std::uint64_t who = listed(i, size);
    return who < size ? static_cast<Row>(who) : Verdict::nobody;
  });
}

void print(std::string_view what, const Count& count) {
  fmt::print("{}: precision {:.4f}, recall {:.4f}, F1 {:.4f}\n", what, count.precision(),
             count.recall(), count.f1());
}

void print(std::string_view what, const ListCount& count) {
  fmt::print("{}: precision {:.4f}, recall {:.4f}, F1 {:.4f}, review {:.2f} %, {:.0f} wrong\n",
             what, count.linked.precision(), count.linked.recall(), count.linked.f1(),
             100 * count.review / count.rows, count.linked.wrong);
}

void bench_sets() {
  print("febrl4", link_febrl4({}));
  print("febrl4 without soc_sec_id", link_febrl4({"soc_sec_id"}));
  print("febrl4 without soc_sec_id, date_of_birth", link_febrl4({"soc_sec_id", "date_of_birth"}));
  print("febrl1", dedupe_set("febrl1", febrl_schema({})));
  print("febrl2", dedupe_set("febrl2", febrl_schema({})));
  print("febrl2 without soc_sec_id, date_of_birth",
        dedupe_set("febrl2", febrl_schema({"soc_sec_id", "date_of_birth"})));
  print("febrl3", dedupe_set("febrl3", febrl_schema({})));
  print("febrl3 without soc_sec_id", dedupe_set("febrl3", febrl_schema({"soc_sec_id"})));
  print("febrl3 without soc_sec_id, date_of_birth",
        dedupe_set("febrl3", febrl_schema({"soc_sec_id", "date_of_birth"})));
  print("splink_fake", dedupe_set("splink_fake", splink_schema()));
  print("Chinese push list", link_push_list());
}

void bench_list(std::uint64_t size) {
  const auto start = Clock::now();
  const ListCount count = link_list(residents_of_the_set(), size, list_rows, Noise::usual, 0);
  report(fmt::format("{} rows against {} residents", list_rows, size), start);
  print("  automatic links", count);
}

/// Every tenth row repeats an earlier one, or with `share` 2 every fifth.
template <class RowOf>
Count dedupe(std::uint64_t size, unsigned share, const std::vector<Kind>& kinds, Options options,
             RowOf row) {
  const std::uint64_t people = size / 10 * (10 - share);
  Linkage linkage(kinds, std::move(options));
  std::vector<std::uint64_t> entities;
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::uint64_t who = i < people ? i : (i * 7919) % people;
    entities.push_back(who);
    linkage.add_left(std::to_string(i), views(row(who, i < people ? 0 : i)));
  }
  return count_pairs(linkage.dedupe(), entities);
}

Options timed(Clock::time_point start) {
  return {.threads = 2, .progress = [start](std::string_view stage) {
            report(fmt::format("  until {}", stage), start);
          }};
}

auto residents_row(const SyntheticResidents& source, Noise noise = Noise::usual) {
  return [&source, noise](std::uint64_t who, std::uint64_t again) {
    return again == 0 ? source.person(who) : source.pushed(who, again, noise);
  };
}

auto records_row(const SyntheticRecords& source) {
  return [&source](std::uint64_t who, std::uint64_t again) {
    return again == 0 ? source.person(who) : source.again(who, again);
  };
}

void bench_residents(std::uint64_t size) {
  const SyntheticResidents source = residents_of_the_set();
  const auto start = Clock::now();
  const Count count = dedupe(size, 1, resident_kinds, timed(start), residents_row(source));
  report(fmt::format("{} residents generated, read and de-duplicated", size), start);
  print("  pairs", count);
}

void bench_records(std::uint64_t size) {
  const SyntheticRecords source = records_of_the_set();
  const auto start = Clock::now();
  const Count count = dedupe(size, 2, febrl_kinds(), timed(start), records_row(source));
  report(fmt::format("{} western records generated, read and de-duplicated", size), start);
  print("  pairs", count);
}

void bench_index(std::uint64_t size) {
  const SyntheticResidents source = residents_of_the_set();
  const auto start = Clock::now();
  PersonIndex index(resident_kinds);
  for (std::uint64_t i = 0; i < size; ++i) {
    index.add(static_cast<std::int64_t>(i), views(source.person(i)));
  }
  report(fmt::format("index of {} built", size), start);
  const Model model = Model::prior(resident_kinds, static_cast<double>(size), 1);
  Matcher matcher(index, model);
  std::vector<double> times;
  std::vector<Verdict> verdicts;
  const auto who = [&](std::uint64_t i) { return listed(i, size); };
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const auto values = source.pushed(who(i), 1);
    const auto fields = views(values);
    const auto begin = Clock::now();
    const std::vector<Found> found = matcher.match(fields);
    times.push_back(seconds_since(begin) * 1e6);
    const Decision decision = Matcher::decide(found);
    const bool matched = decision != Decision::fresh;
    verdicts.push_back(
        {matched ? static_cast<Row>(found[0].person) : Verdict::nobody, decision, 0});
  }
  std::ranges::sort(times);
  fmt::print("one match against {} in memory: p50 {:.0f} us, p99 {:.0f} us, p99.9 {:.0f} us\n",
             size, times[times.size() / 2], times[times.size() * 99 / 100],
             times[times.size() * 999 / 1000]);
  print("  automatic links", count_list(verdicts, [&](std::size_t i) {
          return who(i) < size ? static_cast<Row>(who(i)) : Verdict::nobody;
        }));
}

/// Names and places that stand in none of the sets, and words of made-up syllables.
SyntheticResidents other_residents() {
  return {
      U"曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛"
      U"邱秦江史顾侯邵孟龙万段"
      U"钱汤尹黎易常武乔贺赖龚文",
      U"宇轩浩然子涵欣怡梓晨思雨佳琪雪梅桂兰春花秋菊玉珍凤英海燕国庆建军志远文博俊杰晓东振华金龙德"
      U"福永昌兆祥",
      {"锦绣江南", "阳光花园", "和平里", "向阳小区", "滨河家园", "金桂苑", "紫荆城", "东方红新村"}};
}

SyntheticRecords other_records() {
  SeededRng rng(99);
  const auto word = [&](std::uint64_t least, std::uint64_t most) {
    std::string out;
    for (std::uint64_t n = least + rng.below(most - least + 1); n > 0; --n) {
      out += "bdfgklmnprstvz"[rng.below(14)];
      out += "aeiou"[rng.below(5)];
    }
    return out;
  };
  std::vector<std::vector<std::string>> vocabulary(10);
  constexpr std::array<int, 10> sizes{300, 2000, 400, 1500, 300, 800, 0, 8, 0, 0};
  for (std::size_t column = 0; column < sizes.size(); ++column) {
    for (int i = 0; i < sizes[column]; ++i) {
      std::string value = column == 2 ? std::to_string(1 + i) : word(2, 4);
      if (column == 3) value += " street";
      // The first ones are the common ones.
      for (int n = 1 + 30 / (1 + i); n > 0; --n) vocabulary[column].push_back(value);
    }
  }
  return {std::move(vocabulary), febrl_numbers};
}

/// Other vocabularies, sizes, noise and seeds than those of the sets.
void bench_variants() {
  constexpr std::array<const char*, 3> noises{"light", "usual", "heavy"};
  const SyntheticResidents same = residents_of_the_set();
  const SyntheticResidents other = other_residents();
  const SyntheticRecords records = records_of_the_set();
  const SyntheticRecords others = other_records();
  for (const bool own : {false, true}) {
    const char* words = own ? "other names" : "names of the set";
    for (const std::uint64_t size : {300ULL, 2'000ULL, 20'000ULL, 100'000ULL}) {
      for (const Noise noise : {Noise::light, Noise::usual, Noise::heavy}) {
        const std::uint64_t rows = std::min<std::uint64_t>(size, 5000);
        print(fmt::format("list, {}, {} against {}, {} noise", words, rows, size,
                          noises[static_cast<std::size_t>(noise)]),
              link_list(own ? other : same, size, rows, noise, size + 17));
      }
    }
    for (const std::uint64_t size : {500ULL, 5'000ULL, 100'000ULL}) {
      print(fmt::format("residents, {}, {} rows", words, size),
            dedupe(size, 1, resident_kinds, {.threads = 2}, residents_row(own ? other : same)));
      print(fmt::format("western records, {}, {} rows", words, size),
            dedupe(size, 2, febrl_kinds(), {.threads = 2}, records_row(own ? others : records)));
    }
  }
}

int run(std::string_view part, std::uint64_t size) {
  const auto or_else = [&](std::uint64_t usual) { return size == 0 ? usual : size; };
  if (part == "sets") {
    bench_sets();
  } else if (part == "list") {
    bench_list(or_else(200'000));
  } else if (part == "residents") {
    bench_residents(or_else(1'000'000));
  } else if (part == "records") {
    bench_records(or_else(1'000'000));
  } else if (part == "index") {
    bench_index(or_else(1'000'000));
  } else if (part == "variants") {
    bench_variants();
  } else {
    fmt::print(stderr, "bench_linkage [sets|list|residents|records|index|variants [SIZE]]\n");
    return 2;
  }
  return 0;
}

int run_all() {
  int failed = 0;
  for (const char* part : {"sets", "variants", "list", "residents", "records", "index"}) {
    fmt::print("{}\n", part);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      const int status = run(part, 0);
      std::fflush(stdout);
      _exit(status);
    }
    int status = 0;
    waitpid(child, &status, 0);
    failed += status != 0 ? 1 : 0;
  }
  return failed;
}

}  // namespace
}  // namespace doorstep::linkage

int main(int argc, char** argv) {
  if (argc < 2) return doorstep::linkage::run_all();
  std::uint64_t size = 0;
  if (argc > 2) std::from_chars(argv[2], argv[2] + std::string_view(argv[2]).size(), size);
  return doorstep::linkage::run(argv[1], size);
}
