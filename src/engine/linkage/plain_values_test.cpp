#include "engine/linkage/plain_values.h"

#include <gtest/gtest.h>

namespace doorstep::linkage {
namespace {

struct Line {
  std::string_view raw;
  std::string_view read;
};

TEST(PlainValues, KnowsTheCheckDigitOfNationalNumbers) {
  // The example of GB 11643-1999, appendix: 11010519491231002X and 440524188001010014.
  EXPECT_EQ(national_check("11010519491231002"), 'X');
  EXPECT_EQ(national_check("44052418800101001"), '4');
  EXPECT_TRUE(read_identifier("11010519491231002X").valid);
  EXPECT_TRUE(read_identifier("440524188001010014").valid);
  EXPECT_FALSE(read_identifier("110105194912310021").valid) << "wrong check digit";
  EXPECT_FALSE(read_identifier("11010519491331002X").valid) << "month 13";
}

TEST(PlainValues, BringsIdentifiersToOneForm) {
  const Line lines[] = {
      {"11010519491231002x", "11010519491231002X"},
      {" 110105 19491231 002x ", "11010519491231002X"},
      {"１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"},
      {"110105-19491231-002X", "11010519491231002X"},
      // 15 digits of before 1999: the century goes in, the check digit on.
      {"110105491231002", "11010519491231002X"},
      {"340100********8220", "340100********8220"},
      {"340100XXXXXXXX8220", "340100********8220"},
      {"340100××××××××8220", "340100********8220"},
      {"******", ""},
      {"e12345678", "E12345678"},
      {"3817305", "3817305"},
      {"", ""},
  };
  for (const Line& line : lines) EXPECT_EQ(read_identifier(line.raw).text, line.read) << line.raw;
}

TEST(PlainValues, TellsKindsOfIdentifiersApart) {
  EXPECT_EQ(read_identifier("11010519491231002X").kind, IdentifierKind::national);
  EXPECT_EQ(read_identifier("340100********8220").kind, IdentifierKind::masked);
  EXPECT_EQ(read_identifier("E12345678").kind, IdentifierKind::passport);
  EXPECT_EQ(read_identifier("H12345678").kind, IdentifierKind::permit);
  EXPECT_EQ(read_identifier("M1234567801").kind, IdentifierKind::permit);
  EXPECT_EQ(read_identifier("3817305").kind, IdentifierKind::other);
}

TEST(PlainValues, TakesBirthAndSexFromANationalNumber) {
  const Identifier id = read_identifier("11010519491231002X");
  EXPECT_EQ(birth_of(id), "19491231");
  EXPECT_FALSE(is_male(id));  // digit 17 is 2
  EXPECT_TRUE(is_male(read_identifier("440524188001010014")));
}

TEST(PlainValues, ReadsDatesInAnyOrder) {
  const Line lines[] = {
      {"1956-09-12", "19560912"},
      {"1956/9/12", "19560912"},
      {"1956.09.12", "19560912"},
      {"1956年9月12日", "19560912"},
      {"19560912", "19560912"},
      {"１９５６-０９-１２", "19560912"},
      {"12/9/1956", "19560912"},
      {"9/13/1956", "19560913"},
      {"1956-09-12 08:30", "19560912"},
      {"19560912083000", "19560912"},
      // Written wrongly: the digits are kept, so that they can still resemble a date.
      {"19680-3-02", "19680302"},
      {"1943-07-41", "19430741"},
      {"unknown", ""},
      {"", ""},
  };
  for (const Line& line : lines) EXPECT_EQ(read_date(line.raw), line.read) << line.raw;
  EXPECT_TRUE(is_date("20000229"));
  EXPECT_FALSE(is_date("20001301"));
  EXPECT_FALSE(is_date("2000010"));
}

TEST(PlainValues, ReadsPhonesAsE164) {
  const Line lines[] = {
      {"13800001234", "8613800001234"},
      {"+86 138 0000 1234", "8613800001234"},
      {"+8613800001234", "8613800001234"},
      {"0086-138-0000-1234", "8613800001234"},
      {"86 13800001234", "8613800001234"},
      {"１３８００００１２３４", "8613800001234"},
      {"13800001234/13900001234", "8613800001234"},
      {"13800001234，13900001234", "8613800001234"},
      {"021-5555 1234", "862155551234"},
      {"+44 20 7946 0958", "442079460958"},
      {"55551234", "55551234"},
      {"", ""},
  };
  for (const Line& line : lines) EXPECT_EQ(read_phone(line.raw), line.read) << line.raw;
}

TEST(PlainValues, ReadsWordsAndAddressesOfMail) {
  EXPECT_EQ(read_words("  Hay-Street (No. 5)"), "hay street no 5");
  EXPECT_EQ(read_words("O'Brien"), "obrien");
  EXPECT_EQ(read_email(" Jane.Doe@Example.ORG "), "jane.doe@example.org");
}

}  // namespace
}  // namespace doorstep::linkage
