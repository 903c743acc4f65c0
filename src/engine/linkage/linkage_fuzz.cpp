/// \file Fuzzer of normalisers, comparisons and keys: two records of any text give the same score
/// in either order, and equal records the same keys.

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "engine/linkage/keys.h"
#include "engine/linkage/link_keys.h"
#include "engine/linkage/model.h"

namespace lk = doorstep::linkage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<lk::Kind> kinds{
      lk::Kind::full_name, lk::Kind::identifier, lk::Kind::date,
      lk::Kind::phone,     lk::Kind::address,    lk::Kind::email,
      lk::Kind::street,    lk::Kind::given_name, lk::Kind::family_name};
  static const lk::Model model = lk::Model::prior(kinds, 1000, 1);
  static const lk::KeyPlan plan(kinds);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (size > 2000 || !doorstep::text::valid_utf8(text)) return 0;
  // Values of the one record, then of the other, a line each.
  std::array<std::vector<std::string_view>, 2> records;
  std::size_t begin = 0;
  for (auto& record : records) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const std::size_t end = std::min(text.find('\n', begin), size);
      record.push_back(text.substr(begin, end - begin));
      begin = std::min(end + 1, size);
    }
  }
  lk::People people(kinds);
  people.add(records[0]);
  people.add(records[1]);
  people.add(records[0]);
  lk::Scorer scorer(model, people, people, people);
  const auto one = scorer.score(0, 1);
  const auto other = scorer.score(1, 0);
  CHECK(one.levels == other.levels);
  CHECK(std::isfinite(one.bits) && std::fabs(one.bits - other.bits) < 0.01F);
  std::vector<lk::Key> keys;
  std::vector<lk::Key> again;
  for (std::size_t pass = 0; pass < plan.passes().size(); ++pass) {
    plan.keys(people, 0, pass, keys);
    plan.keys(people, 2, pass, again);
  }
  CHECK(keys == again);
  const std::vector<std::string> phones{std::string(records[0][3])};
  const auto stored = lk::link_keys(records[0][0], records[0][2], phones);
  for (const lk::LinkKey key : stored.kept) CHECK(key >= 0);
  for (const auto& [first, last] : stored.of_name) CHECK(first >= 0 && first < last);
  return 0;
}
