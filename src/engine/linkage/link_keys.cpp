#include "engine/linkage/link_keys.h"

#include "engine/linkage/han.h"
#include "engine/linkage/people.h"
#include "engine/linkage/person_name.h"
#include "engine/linkage/plain_values.h"

namespace doorstep::linkage {
namespace {

enum Sort : std::uint64_t { phone_sort = 1, name_sort };

constexpr LinkKey years =
    1 << 14;  ///< Keys that one name takes: its years of birth, 0 for unknown.

LinkKey key_of(Sort sort, std::uint64_t value) {
  return static_cast<LinkKey>(mix64(value, sort) >> 1U);
}

void add_name(LinkKeys& keys, std::uint32_t name, LinkKey year) {
  const LinkKey first = key_of(name_sort, name) / years * years;
  keys.of_name.emplace_back(first, first + years - 1);
  keys.kept.push_back(first + year);
  keys.asked.push_back(first + year);
  if (year != 0) keys.asked.push_back(first);
}

}  // namespace

LinkKeys link_keys(std::string_view name, std::string_view born_on,
                   std::span<const std::string> phones) {
  LinkKeys keys;
  const std::string folded = fold_name(name);
  const std::string day = read_date(born_on);
  const bool dated = day.size() == 8;
  if (!folded.empty()) {
    const PersonName read = read_name(folded);
    const LinkKey year =
        dated ? (day[0] - '0') * 1000 + (day[1] - '0') * 100 + (day[2] - '0') * 10 + (day[3] - '0')
              : 0;
    if (!read.masked) {
      add_name(keys, read.whole, year);
      if (!read.is_han() && read.crossed != read.whole) add_name(keys, read.crossed, year);
    }
  }
  for (const std::string& phone : phones) {
    const std::string digits = read_phone(phone);
    if (digits.size() < 7) continue;
    keys.kept.push_back(key_of(phone_sort, hash64(digits)));
    keys.asked.push_back(keys.kept.back());
  }
  return keys;
}

}  // namespace doorstep::linkage
