#include "engine/linkage/synthetic_people.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/rng.h"
#include "base/text.h"
#include "engine/linkage/address.h"
#include "engine/linkage/han.h"
#include "engine/linkage/plain_values.h"

namespace doorstep::linkage {
namespace {

std::uint64_t seed_of(std::uint64_t kind, std::uint64_t number) {
  return kind * 0x9E3779B97F4A7C15U ^ (number + 1) * 0xD1B54A32D192ED03U;
}

bool one_in(SeededRng& rng, std::uint64_t n) {
  return rng.below(n) == 0;
}

char32_t pick(SeededRng& rng, const std::u32string& from) {
  return from[rng.below(from.size())];
}

/// One substitution, deletion, insertion or swap of neighbours among single bytes.
std::string mistyped(SeededRng& rng, std::string text, std::string_view alphabet) {
  if (text.size() < 2) return text;
  const std::size_t at = rng.below(text.size() - 1);
  const char other = alphabet[rng.below(alphabet.size())];
  switch (rng.below(4)) {
    case 0: text[at] = other; break;
    case 1: text.erase(at, 1); break;
    case 2: text.insert(at, 1, other); break;
    default: std::swap(text[at], text[at + 1]);
  }
  return text;
}

constexpr std::string_view digits = "0123456789";

/// Another character with the same sound, where the alphabet of given names has one.
std::u32string homophone(SeededRng& rng, std::u32string name, const std::u32string& alphabet) {
  const std::size_t at = name.size() - 1;
  const std::size_t begin = rng.below(alphabet.size());
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    const char32_t other = alphabet[(begin + i) % alphabet.size()];
    if (other == name[at] || han(other).syllable != han(name[at]).syllable) continue;
    name[at] = other;
    break;
  }
  return name;
}

std::string romanised(const std::u32string& name) {
  std::string given;
  for (const char32_t point : name.substr(1)) given += han(point).pinyin.data();
  std::string family{han(name[0]).pinyin.data()};
  for (char& c : family) c = static_cast<char>(c - 'a' + 'A');
  if (!given.empty()) given[0] = static_cast<char>(given[0] - 'a' + 'A');
  return family + " " + given;
}

std::string mistaken_name(SeededRng& rng, const std::string& name, const std::u32string& alphabet) {
  const std::u32string points = text::code_points(name);
  // What is mistaken already, or not Chinese, stays.
  if (points.size() < 2 || !std::ranges::all_of(points, is_han)) return name;
  switch (rng.below(14)) {
    case 0: return text::from_code_points(homophone(rng, points, alphabet));
    case 1: return romanised(points);
    case 2: return text::from_code_points(std::u32string{points[0], U'某'});
    case 3:
      return text::from_code_points(std::u32string{points[0], U' '}) +
             text::from_code_points(points.substr(1));
    default: return name;
  }
}

std::string mistaken_number(SeededRng& rng, const std::string& id) {
  switch (rng.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6: return "";
    case 7: return mistyped(rng, id, digits);
    case 8:
    case 9: return id.size() < 18 ? id : id.substr(0, 6) + "********" + id.substr(14);
    default: return id;
  }
}

}  // namespace

SyntheticResidents::SyntheticResidents(std::u32string surnames, std::u32string given,
                                       std::vector<std::string> communities)
    : surnames_(std::move(surnames)),
      given_(std::move(given)),
      communities_(std::move(communities)) {}

SyntheticResidents SyntheticResidents::from_rows(
    const std::vector<std::array<std::string, 2>>& names_and_addresses) {
  std::u32string surnames;
  std::u32string given;
  std::vector<std::string> communities;
  for (const auto& [name, address] : names_and_addresses) {
    const std::u32string points = text::code_points(name);
    if (points.size() < 2 || !std::ranges::all_of(points, is_han)) continue;
    surnames.push_back(points[0]);
    given += points.substr(1);
    std::string community = read_address(address).community;
    if (!community.empty()) communities.push_back(std::move(community));
  }
  std::ranges::sort(communities);
  communities.erase(std::ranges::unique(communities).begin(), communities.end());
  return {std::move(surnames), std::move(given), std::move(communities)};
}

SyntheticResidents::Values SyntheticResidents::person(std::uint64_t number) const {
  SeededRng home(seed_of(1, number * 2 / 5));
  const char32_t family = pick(home, surnames_);
  const std::string phone = fmt::format("13{:09}", home.below(1'000'000'000));
  const std::string& community = communities_[home.below(communities_.size())];
  const auto building = home.below(400) + 1;
  const auto unit = home.below(4) + 1;
  const auto room = (home.below(18) + 1) * 100 + home.below(4) + 1;
  SeededRng rng(seed_of(2, number));
  std::u32string name{one_in(rng, 2) ? family : pick(rng, surnames_)};
  name.push_back(pick(rng, given_));
  if (!one_in(rng, 4)) name.push_back(pick(rng, given_));
  // No two people have the same identity number: a step that has no factor in common with how many
  // numbers there are walks through all of them.
  constexpr std::uint64_t numbers = 20ULL * 90 * 12 * 28 * 1000;
  std::uint64_t mixed = number % numbers * 386'201'107 % numbers;
  const auto take = [&](std::uint64_t n) { return std::exchange(mixed, mixed / n) % n; };
  const auto sequence = take(1000);
  const auto year = 1930 + take(90);
  const auto month = take(12) + 1;
  const std::string day = fmt::format("{}{:02}{:02}", year, month, take(28) + 1);
  std::string id = fmt::format("{}{}{:03}", 310101 + mixed, day, sequence);
  id.push_back(national_check(id));
  const std::string own = one_in(rng, 3) ? fmt::format("15{:09}", rng.below(1'000'000'000)) : phone;
  return {text::from_code_points(name),
          sequence % 2 == 1 ? "男" : "女",
          id,
          day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6),
          own,
          fmt::format("{}{}栋{}单元{}室", community, building, unit, room)};
}

SyntheticResidents::Values SyntheticResidents::pushed(std::uint64_t number, std::uint64_t variant,
                                                      Noise noise) const {
  SeededRng rng(seed_of(3 + variant, number));
  const Values clean = person(number);
  Values out = mistaken(rng, number, clean);
  if (noise == Noise::heavy) out = mistaken(rng, number, out);
  if (noise == Noise::light) {
    for (std::size_t column = 0; column < columns; ++column) {
      if (one_in(rng, 2)) out[column] = clean[column];
    }
  }
  return out;
}

SyntheticResidents::Values SyntheticResidents::mistaken(SeededRng& rng, std::uint64_t number,
                                                        Values out) const {
  out[0] = mistaken_name(rng, out[0], given_);
  if (one_in(rng, 6)) out[1].clear();
  out[2] = mistaken_number(rng, out[2]);
  if (one_in(rng, 2)) out[3].clear();
  if (one_in(rng, 20)) out[3] = mistyped(rng, out[3], digits);
  const auto phone = rng.below(20);
  if (phone < 2) out[4].clear();
  if (phone == 2) out[4] = mistyped(rng, out[4], digits);
  if (phone == 3) out[4] = fmt::format("18{:09}", rng.below(1'000'000'000));
  if (phone > 15 && out[4].size() == 11) {
    out[4] = "+86 " + out[4].substr(0, 3) + " " + out[4].substr(3);
  }
  const auto address = rng.below(20);
  if (address < 2) out[5].clear();
  if (address >= 2 && address < 6) out[5] = person(number + 1'000'003)[5];
  if (address > 15 && !out[5].empty()) out[5] = "上海市松江区中山街道" + out[5];
  return out;
}

SyntheticRecords::SyntheticRecords(std::vector<std::vector<std::string>> vocabulary,
                                   std::vector<int> numbers)
    : vocabulary_(std::move(vocabulary)), numbers_(std::move(numbers)) {}

std::vector<std::string> SyntheticRecords::person(std::uint64_t number) const {
  SeededRng rng(seed_of(11, number));
  std::vector<std::string> out;
  for (std::size_t column = 0; column < vocabulary_.size(); ++column) {
    const auto& values = vocabulary_[column];
    const int digits_wanted = numbers_[column];
    if (digits_wanted == 8) {  // a date
      out.push_back(
          fmt::format("{}{:02}{:02}", 1900 + rng.below(100), rng.below(12) + 1, rng.below(28) + 1));
    } else if (digits_wanted > 0) {
      std::string value;
      for (int i = 0; i < digits_wanted; ++i) value.push_back(digits[rng.below(10)]);
      out.push_back(std::move(value));
    } else {
      out.push_back(values[rng.below(values.size())]);
    }
  }
  return out;
}

std::vector<std::string> SyntheticRecords::again(std::uint64_t number,
                                                 std::uint64_t variant) const {
  std::vector<std::string> out = person(number);
  SeededRng rng(seed_of(12 + variant, number));
  for (std::size_t column = 0; column < out.size(); ++column) {
    const bool is_number = numbers_[column] > 0;
    const auto luck = rng.below(100);
    if (luck < 4) out[column].clear();
    if (luck >= 4 && luck < 22) {
      out[column] = mistyped(rng, out[column], is_number ? digits : "abcdefghijklmnopqrstuvwxyz ");
    }
    if (luck >= 22 && luck < 27 && !is_number) {
      out[column] = vocabulary_[column][rng.below(vocabulary_[column].size())];
    }
  }
  if (out.size() > 1 && one_in(rng, 20)) std::swap(out[0], out[1]);
  return out;
}

}  // namespace doorstep::linkage
