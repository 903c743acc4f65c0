// A closing sheet checked against an exported journal, as on another machine: it agrees, and any
// change of the sheet or of the journal is found, with the household's code where evidence is gone.

#include "drill/oracle/sheet.h"

#include <cctype>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/day/closing.h"
#include "care/duty/sweep.h"
#include "care/registry/compound.h"
#include "drill/oracle/export.h"

namespace doorstep::drill {
namespace {

using api::member;

class Sheets : public registry::Compound {
 protected:
  /// Four households: one presses, one is called, one leaves, one is reached by nobody.
  Sheets() {
    for (const char* door : {"101", "102", "201"}) observe(door, "");
    observe("202", R"(,"start_event_on":"2022-11-14")");
    tick("2022-11-28T21:00:00+08:00");
    tick("2022-11-29T09:30:00+08:00");
    post(link(household("1", "101")), "/api/v1/check-ins", R"({"wellbeing":"fine"})");
    called_ = post(manager, "/api/v1/check-ins",
                   fmt::format(R"({{"household":"{}","wellbeing":"fine","channel":"phone"}})",
                               household("1", "102")));
    const std::string observation =
        id_text(count(fmt::format("SELECT id FROM observation WHERE household_id = {}",
                                  *id_from_text(household("1", "202")))));
    EXPECT_EQ(
        post(manager, "/api/v1/observations/" + observation + "/end", R"({"reason":"completed"})")
            .status,
        200);
    tick("2022-11-29T10:00:00+08:00");
    tick("2022-11-29T21:00:00+08:00");
    const std::string id = member(get(manager, "/api/v1/closings"), "rows.0.id");
    EXPECT_EQ(post(manager, "/api/v1/closings/" + id + "/sign").status, 200);
    tick("2022-11-29T21:30:00+08:00");
    post(manager, "/api/v1/check-ins",
         fmt::format(
             R"({{"household":"{}","wellbeing":"fine","channel":"visit","visit_reason":"asked"}})",
             household("1", "201")));
    tick("2022-11-29T21:31:00+08:00");
    take_home(id);
  }

  void take_home(const std::string& id) {
    sheet_ = get(manager, "/api/v1/closings/" + id + "/sheet").body;
    store().sign_head();
    std::ostringstream out;
    EXPECT_TRUE(oracle::write_export(oracle::ExportSource::of(store()), out).ok());
    journal_ = out.str();
  }
  /// Of 30 November: one parcel waits, one is held, one went back, and a need has no answer.
  void goods_day() {
    clock().set(*instant_from_text("2022-11-30T09:00:00+08:00"));
    manager = staff(access::Role::manager);
    post(manager, "/api/v1/points", R"({"kind":"workstation","name":"接收点"})");
    std::vector<std::string> bags;
    for (const char* door : {"101", "102", "201"}) {
      bags.push_back(id(post(manager, "/api/v1/parcels/receive",
                             fmt::format(R"({{"household":"{}"}})", household("1", door))),
                        "parcel.id"));
    }
    const auto aside = [&](const std::string& bag, const char* json) {
      EXPECT_EQ(post(manager, "/api/v1/parcels/" + bag + "/aside", json).status, 200);
    };
    aside(bags[1], R"({"as":"held","reason":"in_hospital"})");
    aside(bags[2], R"({"as":"returned","reason":"refused"})");
    post(manager, "/api/v1/needs",
         fmt::format(R"({{"household":"{}","text":"水管漏水"}})", household("1", "101")));
    tick("2022-11-30T21:00:00+08:00");
    take_home(member(get(manager, "/api/v1/closings"), "rows.0.id"));
  }
  /// The journal without its entry of this kind.
  [[nodiscard]] std::string without(std::string_view kind) const {
    std::string less = journal_;
    const auto at = less.find(fmt::format(R"("kind":"{}")", kind));
    EXPECT_NE(at, std::string::npos) << kind;
    const auto begin = less.rfind('\n', at) + 1;
    less.erase(begin, less.find('\n', at) + 1 - begin);
    return less;
  }

  void observe(std::string_view door, std::string_view more) {
    EXPECT_EQ(post(manager, "/api/v1/observations",
                   fmt::format(R"({{"household":"{}","ground":"returnee"{}}})",
                               household("1", door), more))
                  .status,
              200);
  }
  void tick(std::string_view instant) {
    clock().set(*instant_from_text(instant));
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          TRY(duty::sweep(context, 1000));
          TRY(day::close_when_due(context));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
    manager = staff(access::Role::manager);
  }
  static std::vector<std::string> problems(const std::string& sheet, const std::string& journal) {
    std::istringstream in(journal);
    const auto found = oracle::check_sheet(sheet, in);
    return found.ok() ? found->problems : std::vector{found.error().code};
  }
  static std::string all(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  }

  std::string sheet_;
  std::string journal_;
  api::Response called_;
};

TEST_P(Sheets, F5_TheSheetAgreesWithTheJournalAndWithNoOther) {
  std::istringstream in(journal_);
  const auto found = oracle::check_sheet(sheet_, in);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(all(found->problems), "");
  EXPECT_EQ(found->households, 3);
  EXPECT_EQ(found->evidence, 4);  // Two met, one with its owner, one that left.
  EXPECT_EQ(problems("{}", journal_).front(), "sheet.malformed");
}

TEST_P(Sheets, F5_EvidenceThatIsGoneIsFoundByTheHouseholdsCode) {
  // The line of the call is taken out of the journal.
  const std::string mark = R"("kind":"check_in.recorded","subject":")" + member(called_, "id");
  const auto at = journal_.find(mark);
  ASSERT_NE(at, std::string::npos);
  std::string less = journal_;
  const auto begin = less.rfind('\n', at) + 1;
  less.erase(begin, less.find('\n', at) + 1 - begin);
  const std::string told = all(problems(sheet_, less));
  EXPECT_NE(told.find("household " + household("1", "102") + ": its evidence"), std::string::npos)
      << told;
}

TEST_P(Sheets, F5_N22_GoodsAndNeedsStandOnTheSheetAndAgreeWithTheJournal) {
  goods_day();
  std::istringstream in(journal_);
  const auto found = oracle::check_sheet(sheet_, in);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(all(found->problems), "");
  EXPECT_EQ(found->owed, 3);  // Two parcels and a need.
  EXPECT_NE(
      all(problems(sheet_, without("parcel.returned"))).find("was owed and is not on the sheet"),
      std::string::npos);
  EXPECT_NE(all(problems(sheet_, without("parcel.held"))).find("was not held"), std::string::npos);
  EXPECT_NE(all(problems(sheet_, without("need.asked"))).find("was not waiting"),
            std::string::npos);
}

TEST_P(Sheets, F5_NoSingleChangedByteOfASheetOrAnEntryPasses) {
  SeededRng rng(49);
  for (int round = 0; round < 200; ++round) {
    std::string sheet = sheet_;
    std::string journal = journal_;
    std::string& one = round % 2 == 0 ? sheet : journal;
    const std::size_t at = rng.below(one.size());
    one[at] = static_cast<char>(one[at] ^ (1 << rng.below(7)));
    // A name beside the signature is not signed; ids and hexadecimal numbers read alike in both cases.
    const bool outside = round % 2 == 0 && at > sheet.find(R"("signer":)") &&
                         at < sheet.find(R"("signer_signature":)");
    const char before = (round % 2 == 0 ? sheet_ : journal_)[at];
    if (outside || std::tolower(one[at]) == std::tolower(before)) continue;
    EXPECT_FALSE(problems(sheet, journal).empty())
        << round << " at " << at << ": " << one.substr(at > 40 ? at - 40 : 0, 80);
  }
}

DOORSTEP_ON_BOTH_ENGINES(Sheets);

}  // namespace
}  // namespace doorstep::drill
