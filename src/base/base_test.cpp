#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "base/bytes.h"
#include "base/id.h"
#include "base/private.h"
#include "base/result.h"
#include "base/rules.h"
#include "base/time.h"
#include "base/units.h"

namespace doorstep {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

static_assert(!std::is_convertible_v<std::int64_t, Id<struct Person>>);
static_assert(!std::is_convertible_v<Id<struct Person>, Id<struct Household>>);
static_assert(!std::is_convertible_v<Celsius, std::int64_t>);
static_assert(!fmt::is_formattable<Private<std::string>>::value);

// RFC 4648, section 10; and what is no letter of it, though a library takes it for one.
TEST(Base64, IsReadAsItIsWrittenAndNotOtherwise) {
  EXPECT_EQ(to_base64("fooba", Base64::padded), "Zm9vYmE=");
  EXPECT_EQ(to_base64("\xfb\xff", Base64::url), "-_8");
  EXPECT_EQ(from_base64("Zm9vYmE=", Base64::padded), "fooba");
  EXPECT_EQ(from_base64("-_8", Base64::url), "\xfb\xff");
  for (const char* wrong : {"Zm9vYmE", "Zm9v YmE=", "-_8=", "\xf8\xf8\xf8\xf8", "Zm9vYmF="}) {
    EXPECT_FALSE(from_base64(wrong, Base64::padded)) << wrong;
  }
  for (const char* wrong : {"-_8=", "+/8", "\xf8\xf8\xf8\xf8", "-_9", "\n"}) {
    EXPECT_FALSE(from_base64(wrong, Base64::url)) << wrong;
  }
}

TEST(Id, TextIsThirteenCharactersInNumberOrder) {
  EXPECT_EQ(id_text(0), "0000000000000");
  EXPECT_EQ(id_from_text(id_text(INT64_MAX)), INT64_MAX);
  EXPECT_LT(id_text(31), id_text(32));
  EXPECT_EQ(id_from_text("0000000000010"), 32);
  for (const char* bad : {"", "1", "000000000000U", "ZZZZZZZZZZZZZ", "00000000000000"}) {
    EXPECT_FALSE(id_from_text(bad)) << bad;
  }
}

TEST(Id, AHundredThousandUnderOneReadingOfTheClockAreDistinct) {
  SeededRng rng(1);
  IdSource ids(rng);
  const Instant now = *instant_from_text("2022-11-28T00:00:00Z");
  std::set<std::int64_t> seen;
  for (int i = 0; i < 100'000; ++i) seen.insert(ids.next(now));
  EXPECT_EQ(seen.size(), 100'000U);
  EXPECT_GT(ids.next(now - hours{1}), *seen.rbegin());
}

TEST(Time, ReadsOnlyDaysThatExist) {
  EXPECT_EQ(to_text(*day_from_text("2020-02-29")), "2020-02-29");
  for (const char* bad :
       {"2021-02-29", "2022-13-01", "2022-1-01", "20221-01-1", "1799-01-01", ""}) {
    EXPECT_FALSE(day_from_text(bad)) << bad;
  }
}

TEST(Time, ReadsInstantsWithOffsets) {
  EXPECT_EQ(instant_from_text("2022-11-28T08:00:00+08:00"),
            instant_from_text("2022-11-28T00:00:00Z"));
  EXPECT_EQ(to_text(*instant_from_text("2022-11-28T00:00:00.1Z")), "2022-11-28T00:00:00.100Z");
  for (const char* bad : {"2022-11-28", "2022-11-28T25:00:00Z", "2022-11-28T08:00:00", "x"}) {
    EXPECT_FALSE(instant_from_text(bad)) << bad;
  }
}

TEST(Zone, DaysWithSummerTimeStartAndEndWhereTheWallClockSays) {
  const Zone berlin = *Zone::named("Europe/Berlin");
  const Day spring = *day_from_text("2022-03-27");
  EXPECT_EQ(berlin.start_of(spring + std::chrono::days{1}) - berlin.start_of(spring), hours{23});
  // 02:30 does not exist on that day: the first instant after the gap is 03:00 summer time.
  EXPECT_EQ(to_text(berlin.at(spring, minutes{150})), "2022-03-27T01:00:00.000Z");
  EXPECT_FALSE(Zone::named("Mars/Base"));
}

TEST(RulePack, ReadsTypedKeysAndNamesWhatIsMissing) {
  const RulePack rules =
      *RulePack::parse("[check_in]\nfever_tenths = 373\nwindows = [{name='am', until='10:00'}]\n");
  EXPECT_EQ(*rules.integer("check_in.fever_tenths"), 373);
  EXPECT_EQ(rules.count("check_in.windows"), 1U);
  EXPECT_EQ(*rules.time_of_day("check_in.windows[0].until"), minutes{600});
  EXPECT_EQ(rules.integer("check_in.none").error().hint, "check_in.none");
  EXPECT_EQ(rules.string("check_in.fever_tenths").error().code, "rules.wrong_type");
  EXPECT_EQ(RulePack::parse("= =").error().code, "rules.not_toml");
}

TEST(Bytes, HexAndBase32) {
  EXPECT_EQ(to_hex(*from_hex("00ff10")), "00ff10");
  EXPECT_FALSE(from_hex("0g"));
  EXPECT_EQ(to_base32(std::string(16, '\0')).size(), 26U);
  EXPECT_NE(blake2b("a"), blake2b("a", std::string(32, 'k')));
}

}  // namespace
}  // namespace doorstep
