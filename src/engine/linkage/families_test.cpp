/// \file Who must never become one person on the word of a shared address and phone.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "engine/linkage/accuracy.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/person_index.h"
#include "engine/linkage/plain_values.h"
#include "engine/linkage/synthetic_people.h"

namespace doorstep::linkage {
namespace {

std::string national(std::string digits) {
  digits.push_back(national_check(digits));
  return digits;
}

struct Couple {
  const char* who;
  Fields one;
  Fields other;
};

/// Two people each; name, sex, id_number, dob, phone, address.
std::vector<Couple> couples() {
  const std::string phone = "13800001111";
  const std::string home = "翠湖苑3栋2单元501室";
  return {
      {"a couple, nothing but names",
       {"王建国", "男", "", "", phone, home},
       {"李秀英", "女", "", "", phone, home}},
      {"a couple of one family name",
       {"王建国", "男", "", "", phone, home},
       {"王秀英", "女", "", "", phone, home}},
      {"father and son",
       {"王建国", "男", "", "1960-03-04", phone, home},
       {"王小军", "男", "", "1988-07-12", phone, home}},
      {"sisters who share a character",
       {"王晓红", "女", "", "1990-03-04", phone, home},
       {"王晓兰", "女", "", "1992-07-12", phone, home}},
      {"brothers who share a character, no dates",
       {"王志强", "男", "", "", phone, home},
       {"王志刚", "男", "", "", phone, home}},
      {"twins",
       {"王大宝", "男", "", "2015-05-06", phone, home},
       {"王小宝", "男", "", "2015-05-06", phone, home}},
      {"twins with numbers",
       {"林大宝", "男", national("31010120150506001"), "2015-05-06", phone, home},
       {"林小宝", "男", national("31010120150506003"), "2015-05-06", phone, home}},
      {"twins, one number and sex told",
       {"陈佳怡", "女", national("31010120150506002"), "2015-05-06", phone, home},
       {"陈佳欣", "女", "", "2015-05-06", phone, home}},
      {"the same name in one building",
       {"王伟", "男", "", "", "13800001111", "翠湖苑3栋2单元501室"},
       {"王伟", "男", "", "", "13900002222", "翠湖苑3栋2单元803室"}},
      {"the same name in one building, dates apart",
       {"王伟", "男", "", "1980-01-02", "13800001111", "翠湖苑3栋2单元501室"},
       {"王伟", "男", "", "1991-11-23", "13900002222", "翠湖苑3栋1单元501室"}},
      {"the same name and dwelling, numbers apart",
       {"王伟", "男", national("31010119800102001"), "", phone, home},
       {"王伟", "男", national("31010119910203003"), "", phone, home}},
      {"somebody of the family, name masked",
       {"王建国", "男", "", "1960-03-04", phone, home},
       {"王某", "女", "", "", phone, home}},
      {"somebody of the family, name masked and no more told",
       {"王建国", "男", "", "", phone, home},
       {"王某", "", "", "", phone, home}},
      {"a shared phone, another name",
       {"王建国", "男", "", "", phone, home},
       {"赵敏", "", "", "", phone, ""}},
  };
}

/// Enough other people that the file is a real one.
std::vector<Fields> neighbours(std::size_t count) {
  const SyntheticResidents source(U"王李张刘陈杨赵黄周吴",
                                  U"伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚",
                                  {"翠湖苑", "西子湾", "花半里", "静园"});
  std::vector<Fields> out;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto person = source.person(i);
    out.emplace_back(person.begin(), person.end());
  }
  return out;
}

TEST(Families, AreNeverMergedInARegistry) {
  for (const std::size_t others : {0U, 30U, 1500U}) {
    const auto all = couples();
    Linkage linkage(resident_kinds, {.threads = 2});
    std::vector<Fields> rows = neighbours(others);
    for (const Couple& couple : all) {
      rows.push_back(couple.one);
      rows.push_back(couple.other);
    }
    // Each couple is at home somewhere else.
    for (std::size_t i = others; i < rows.size(); ++i) {
      const std::string number = std::to_string(100 + (i - others) / 2);
      if (!rows[i][4].empty()) rows[i][4].replace(3, 3, number);
      if (!rows[i][5].empty()) rows[i][5].replace(0, 9, "望江" + number + "园");
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
      linkage.add_left(std::to_string(i), views(rows[i]));
    const std::vector<Row> clusters = linkage.dedupe();
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_NE(clusters[others + 2 * i], clusters[others + 2 * i + 1])
          << all[i].who << ", among " << others;
    }
  }
}

TEST(Families, AreNeverLinkedFromAList) {
  for (const std::size_t others : {0U, 1500U}) {
    for (const Couple& couple : couples()) {
      for (const bool turned : {false, true}) {
        Linkage linkage(resident_kinds);
        std::size_t id = 0;
        const auto rows = neighbours(others);
        for (const Fields& row : rows) linkage.add_left(std::to_string(id++), views(row));
        linkage.add_left("registered", views(turned ? couple.other : couple.one));
        linkage.add_right("listed", views(turned ? couple.one : couple.other));
        EXPECT_NE(linkage.link_list().at(0).decision, Decision::link)
            << couple.who << ", among " << others;
      }
    }
    if (others > 0) break;
  }
}

TEST(Families, AreNeverLinkedByTheIndex) {
  for (const Couple& couple : couples()) {
    PersonIndex index(resident_kinds);
    std::int64_t person = 1;
    for (const Fields& row : neighbours(200)) index.add(person++, views(row));
    index.add(0, views(couple.one));
    const Model model = Model::prior(resident_kinds, 200, 1);
    Matcher matcher(index, model);
    const auto found = matcher.match(views(couple.other));
    EXPECT_NE(Matcher::decide(found), Decision::link) << couple.who;
  }
}

TEST(Families, TwoValidNumbersGoToReviewWhereTheRestAgrees) {
  Linkage linkage(resident_kinds);
  std::size_t id = 0;
  for (const Fields& row : neighbours(300)) linkage.add_left(std::to_string(id++), views(row));
  const Fields one{"欧阳文澜",   "女",          national("31010119800102002"),
                   "1980-01-02", "13811112222", "望江园3栋2单元501室"};
  Fields other = one;
  other[2] = national("31010119800102004");
  linkage.add_left("one", views(one));
  linkage.add_right("other", views(other));
  const Verdict verdict = linkage.link_list().at(0);
  EXPECT_EQ(verdict.decision, Decision::review);
  EXPECT_EQ(verdict.match, 300U);
}

TEST(Families, WithIdentityEvidenceAPersonIsFound) {
  Linkage linkage(resident_kinds);
  std::size_t id = 0;
  for (const Fields& row : neighbours(300)) linkage.add_left(std::to_string(id++), views(row));
  const Fields one{"王建国",     "男",          national("31010119600304001"),
                   "1960-03-04", "13811112222", "望江园3栋2单元501室"};
  linkage.add_left("one", views(one));
  const Fields rows[] = {
      {"王建国", "", one[2], "", "", ""},                               // the number
      {"WANG Jianguo", "男", "", "1960/3/4", "+86 138 1111 2222", ""},  // pinyin, date, phone
      {"王健国", "男", "310101********0019", "", "13811112222",
       "望江园3-2-501"},                                        // another writing
      {"王建国", "男", "", "1960-03-04", "", "西子湾1-1-101"},  // moved
  };
  for (const Fields& row : rows) linkage.add_right("r", views(row));
  const auto verdicts = linkage.link_list();
  EXPECT_EQ(verdicts[0].match, 300U);
  EXPECT_EQ(verdicts[0].decision, Decision::link);
  // So short a list has no room for one doubt in two thousand: a link or a review.
  EXPECT_EQ(verdicts[1].match, 300U);
  EXPECT_NE(verdicts[1].decision, Decision::fresh);
  EXPECT_EQ(verdicts[2].match, 300U);
  EXPECT_NE(verdicts[2].decision, Decision::fresh);
  EXPECT_EQ(verdicts[3].match, 300U);
  EXPECT_NE(verdicts[3].decision, Decision::fresh);
}

}  // namespace
}  // namespace doorstep::linkage
