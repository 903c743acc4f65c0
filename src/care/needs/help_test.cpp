// Help that is no purchase: offers to neighbours, loans, files to print, the four groups, and how long
// words are kept; through the endpoint on both engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/body_limits.h"
#include "api/restored_testing.h"
#include "care/needs/offer.h"
#include "care/needs/retention.h"
#include "care/needs/testing.h"

namespace doorstep::needs {
namespace {

using api::length;
using api::member;
using std::chrono::hours;
using std::chrono::minutes;

class Help : public NeedsHouse {
 protected:
  /// What the clock does between two sweeps.
  void tick() {
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          (void)TRY(widen_offers(context, 100));
          while (drop_words(context, 100) > 0) {
          }
          context.journal("test.changed", 1, "");
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
  }
  std::string building(std::string_view path) {
    return std::string(path.substr(0, path.find('b') + 15));
  }
  std::string path_of_home() {
    std::string path;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      path = db.first("SELECT path FROM household WHERE id = $1", {*id_from_text(home)})->text(0);
      return store::Answer{};
    });
    return path;
  }
  api::Response answer(const api::As& as, bool yes) {
    const std::string offer = member(get(as, "/api/v1/offers"), "rows.0.id");
    return post(as, "/api/v1/offers/" + offer + "/answer",
                yes ? R"({"accept":true})" : "{\"accept\":false}");
  }
};

TEST_P(Help, L6_WhatIsWrittenSaidOnThePhoneOrInTheThreadIsAnsweredByTheEndOfTheDay) {
  // L5, L6: the classes sum to the day's total; the oldest age is that of whatever waits, wherever it was said.
  ASSERT_EQ(post(resident, "/api/v1/messages", R"({"body":"今天有人送水吗"})").status, 200);
  clock().advance(minutes{8});
  std::vector<std::string> said;
  for (const char* text : {"黄瓜几根", "什么时候解封"}) {
    said.push_back(member(ask(resident, text), "id"));
  }
  const auto phoned =
      post(worker, "/api/v1/needs",
           fmt::format(R"({{"household":"{}","text":"插座坏了","channel":"phone"}})", home));
  ASSERT_EQ(phoned.status, 200) << phoned.body;
  said.push_back(member(phoned, "id"));
  clock().advance(minutes{30});
  auto inbox = get(worker, "/api/v1/inbox");
  EXPECT_EQ(member(inbox, "open"), "3");
  EXPECT_EQ(member(inbox, "threads"), "1");
  EXPECT_EQ(member(inbox, "unowned"), "0");
  EXPECT_EQ(member(inbox, "oldest_minutes"), "38");
  std::int64_t today = 0;
  std::int64_t waiting = 0;
  for (std::size_t at = 0; at < api::length(inbox, "classes"); ++at) {
    today += std::stoll(member(inbox, fmt::format("classes.{}.today", at)));
    waiting += std::stoll(member(inbox, fmt::format("classes.{}.waiting", at)));
  }
  EXPECT_EQ(today, 3);
  EXPECT_EQ(waiting, 3);
  for (const std::string& one : said)
    EXPECT_EQ(decide(one, "answer", R"(,"answer":"好")").status, 200);
  const auto answered = post(worker, "/api/v1/messages",
                             fmt::format(R"({{"household":"{}","body":"有，下午两点"}})", home));
  ASSERT_EQ(answered.status, 200) << answered.body;
  inbox = get(worker, "/api/v1/inbox");
  EXPECT_EQ(member(inbox, "open"), "0");
  EXPECT_EQ(member(inbox, "threads"), "0");
  EXPECT_EQ(member(inbox, "oldest_at"), "");
  EXPECT_EQ(member(inbox, "oldest_minutes"), "0");
}

TEST_P(Help, D26_TheNearestAreAskedFirstAndTheFirstYesHasIt) {
  // D26: one helper serves the building, one the grid; 「牛奶没有了，孩子要喝」 goes to the first alone.
  const api::As near = staff(access::Role::captain, building(path_of_home()));
  const api::As far = staff(access::Role::volunteer, path_of_place(grid(1)));
  const api::As elsewhere = staff(access::Role::volunteer, path_of_place(grid(2)));
  const std::string one = member(ask(resident, "牛奶没有了，孩子要喝"), "id");
  const auto offered = post(worker, "/api/v1/needs/" + one + "/offer");
  ASSERT_EQ(offered.status, 200) << offered.body;
  EXPECT_EQ(member(offered, "asked"), "1");
  EXPECT_EQ(length(get(near, "/api/v1/offers"), "rows"), 1U);
  EXPECT_EQ(length(get(far, "/api/v1/offers"), "rows"), 0U);
  // Before somebody has it, no door and no words of it are told.
  EXPECT_EQ(member(get(near, "/api/v1/offers"), "rows.0.door"), "");
  EXPECT_EQ(get(near, "/api/v1/offers").body.find("牛奶"), std::string::npos);
  // Nobody answered for six minutes: the next ring.
  clock().advance(minutes{6});
  tick();
  EXPECT_EQ(length(get(far, "/api/v1/offers"), "rows"), 1U);
  EXPECT_EQ(length(get(elsewhere, "/api/v1/offers"), "rows"), 0U);
  const std::string late = member(get(near, "/api/v1/offers"), "rows.0.id");
  ASSERT_EQ(answer(far, true).status, 200);
  EXPECT_EQ(member(get(far, "/api/v1/offers"), "rows.0.door"), "1栋1单元101");
  EXPECT_EQ(member(post(near, "/api/v1/offers/" + late + "/answer", R"({"accept":true})"), "code"),
            "offer.taken");
  EXPECT_EQ(member(need(one), "row.state"), "accepted");
  EXPECT_EQ(member(post(near, "/api/v1/needs/" + one + "/finish"), "code"), "need.unknown");
  ASSERT_EQ(post(far, "/api/v1/needs/" + one + "/finish").status, 200);
  EXPECT_EQ(member(need(one), "row.state"), "done");
  EXPECT_EQ(duties("need"), 0);
}

// What a restored store offers may have been answered since: nobody more is asked until somebody has looked. What a person
// asks for by hand goes out, and what was offered before the restore may be taken.
TEST_P(Help, N6_AfterARestoreNoFurtherRingIsAskedUntilSomebodyHasLooked) {
  const api::As near = staff(access::Role::captain, building(path_of_home()));
  const api::As far = staff(access::Role::volunteer, path_of_place(grid(1)));
  const std::string one = member(ask(resident, "牛奶没有了，孩子要喝"), "id");
  ASSERT_EQ(post(worker, "/api/v1/needs/" + one + "/offer").status, 200);
  api::restore(store(), clock().now());
  clock().advance(minutes{6});
  for (int turn = 0; turn < 3; ++turn) tick();
  EXPECT_EQ(length(get(far, "/api/v1/offers"), "rows"), 0U);
  EXPECT_EQ(length(get(near, "/api/v1/offers"), "rows"), 1U);
  ASSERT_EQ(post(manager, "/api/v1/outgoing/release").status, 200);
  tick();
  EXPECT_EQ(length(get(far, "/api/v1/offers"), "rows"), 1U);
}

TEST_P(Help, D26_WhoeverSaysNoIsNotWaitedFor) {
  const api::As near = staff(access::Role::captain, building(path_of_home()));
  const api::As far = staff(access::Role::volunteer, path_of_place(grid(1)));
  const std::string one = member(ask(resident, "牛奶没有了，孩子要喝"), "id");
  ASSERT_EQ(post(worker, "/api/v1/needs/" + one + "/offer").status, 200);
  ASSERT_EQ(answer(near, false).status, 200);
  EXPECT_EQ(length(get(far, "/api/v1/offers"), "rows"), 1U);
  // What is decided otherwise is offered no more.
  ASSERT_EQ(decide(one, "done").status, 200);
  EXPECT_EQ(length(get(far, "/api/v1/offers"), "rows"), 0U);
  EXPECT_EQ(member(post(worker, "/api/v1/needs/" + one + "/offer"), "code"), "need.closed");
}

TEST_P(Help, D21_ALoanHasAnOwnerAndAReturnState) {
  // D21: 「将自己新買的耳機送到了這名老師家中」.
  const std::string one = member(ask(resident, "网课耳机坏了，要一副"), "id");
  const std::string path = "/api/v1/needs/" + one + "/loan";
  EXPECT_EQ(member(post(worker, path, R"({"thing":"","gift":false})"), "code"), "loan.thing");
  EXPECT_EQ(
      member(post(worker, path, R"({"thing":"耳机","gift":true,"due":"2022-12-01T00:00:00Z"})"),
             "code"),
      "loan.due");
  const auto lent = post(worker, path, R"({"thing":"耳机","gift":false,"lender_name":"黄天养"})");
  ASSERT_EQ(lent.status, 200) << lent.body;
  EXPECT_EQ(member(need(one), "row.state"), "done");
  EXPECT_EQ(member(get(worker, "/api/v1/loans"), "rows.0.lender"), "黄天养");
  EXPECT_EQ(member(get(worker, "/api/v1/loans"), "rows.0.state"), "lent");
  const std::string end = "/api/v1/loans/" + member(lent, "id") + "/end";
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(member(post(worker, end, R"({"lost":false})"), "state"), "returned");
  }
  EXPECT_EQ(member(post(worker, end, R"({"lost":true})"), "code"), "loan.ended");
  EXPECT_EQ(member(get(worker, "/api/v1/loans"), "rows.0.state"), "returned");
  EXPECT_EQ(member(post(worker, path, R"({"thing":"耳机","gift":false})"), "code"), "need.closed");
}

TEST_P(Help, N18_WhoIsTrustedOrdersForThemAndIsNamed) {
  const auto named = post(resident, "/api/v1/trusted", R"({"name":"女儿林梅"})");
  const api::As daughter{{}, member(named, "token"), api::Channel::network};
  ask(resident, "网课耳机坏了，要一副");
  const auto asked = ask(daughter, "牛奶2盒");
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(member(need(member(asked, "id")), "sender"), "女儿林梅");
  EXPECT_EQ(ordered("牛奶"), 2000);
  // She learns when it comes, and nothing of what they asked for themselves.
  const auto mine = get(daughter, "/api/v1/needs/mine");
  EXPECT_EQ(mine.status, 200);
  EXPECT_EQ(mine.body.find("耳机"), std::string::npos);
  EXPECT_EQ(get(daughter, "/api/v1/home/parcels").status, 200);
  EXPECT_EQ(post(resident, "/api/v1/trusted/" + member(named, "id") + "/revoke").status, 200);
  EXPECT_EQ(member(ask(daughter, "鸡蛋10个"), "code"), "link.revoked");
}

TEST_P(Help, D22_AFileReachesTheAssignedHelperAloneAndIsDeletedAfter) {
  const api::As helper = staff(access::Role::volunteer, path_of_place(grid(1)));
  const api::As other = staff(access::Role::volunteer, path_of_place(grid(1)));
  const std::string one = member(ask(resident, "打印6张卷子"), "id");
  const std::string path = "/api/v1/needs/" + one + "/file";
  EXPECT_EQ(member(upload(resident, path, "GIF89a"), "code"), "file.kind");
  // The same figure as on the wire (net: Limits.AFileIsTakenUpToTheSizeThatItsUseCasePromises).
  std::string pages = "%PDF-1.4" + std::string(api::need_file_bytes_max - 8, 'x');
  ASSERT_EQ(upload(resident, path, pages).status, 200);
  EXPECT_EQ(member(upload(resident, path, pages + "x"), "code"), "file.too_large");
  ASSERT_EQ(upload(resident, path, "%PDF-1.4 six pages").status, 200);
  ASSERT_EQ(decide(one, "accept").status, 200);
  EXPECT_EQ(get(helper, path).status, 404);
  const std::string duty = member(need(one), "row.duty");
  const std::string account = member(get(helper, "/api/v1/session"), "account.id");
  ASSERT_FALSE(account.empty());
  ASSERT_EQ(post(worker, "/api/v1/duties/" + duty + "/assign",
                 fmt::format(R"({{"account":"{}"}})", account))
                .status,
            200);
  EXPECT_EQ(get(helper, path).body, "%PDF-1.4 six pages");
  for (const api::As& one_of : {other, worker, manager, resident}) {
    EXPECT_EQ(get(one_of, path).status, 404);
  }
  ASSERT_EQ(post(helper, "/api/v1/needs/" + one + "/finish").status, 200);
  EXPECT_EQ(get(helper, path).status, 404);
  EXPECT_EQ(count("SELECT count(*) FROM need_file"), 0);
}

TEST_P(Help, A30_TasksGoToOneOfFourQueuesEachWithALead) {
  // A30: 「信息小组、配送小组、志愿服务小组，宣传小组」; a purchase goes to 配送, a question to 信息.
  ask(resident, "黄瓜几根");
  ask(resident, "什么时候解封");
  ask(resident, "插座坏了，没法煲饭");
  const auto listed = get(manager, "/api/v1/groups");
  ASSERT_EQ(length(listed, "rows"), 4U) << listed.body;
  EXPECT_EQ(member(listed, "rows.0.label"), "信息小组");
  EXPECT_EQ(member(listed, "rows.0.open"), "1");
  EXPECT_EQ(member(listed, "rows.1.open"), "1");
  EXPECT_EQ(member(listed, "rows.2.open"), "1");
  EXPECT_EQ(member(listed, "rows.3.gap"), "true");
  const std::string account = member(get(worker, "/api/v1/session"), "account.id");
  const auto named =
      post(manager, "/api/v1/groups/delivery/lead", fmt::format(R"({{"account":"{}"}})", account));
  ASSERT_EQ(named.status, 200) << named.body;
  EXPECT_EQ(member(get(manager, "/api/v1/groups"), "rows.1.gap"), "false");
  EXPECT_EQ(member(get(manager, "/api/v1/groups/delivery/queue"), "rows.0.service"), "goods");
  EXPECT_EQ(member(get(manager, "/api/v1/groups/information/queue"), "rows.0.service"), "question");
  EXPECT_EQ(member(get(manager, "/api/v1/groups/none/queue"), "code"), "group.unknown");
}

TEST_P(Help, D23_ADietComesBeforeOrdinaryPurchases) {
  // D23: said later than the cucumber, and above it.
  ask(resident, "黄瓜几根");
  clock().advance(minutes{1});
  const std::string one =
      member(ask(resident, "我妻子是患者，平时需要土鸡蛋和新鲜猪肉补身体，你们能帮帮忙吗？"), "id");
  const auto list = get(worker, "/api/v1/needs?limit=1");
  EXPECT_EQ(member(list, "rows.0.id"), one);
  EXPECT_EQ(member(list, "rows.0.diet"), "true");
  const auto rest = get(worker, "/api/v1/needs?limit=1&cursor=" + member(list, "next"));
  EXPECT_EQ(length(rest, "rows"), 1U) << rest.body;
  EXPECT_NE(member(rest, "rows.0.id"), one);
  // How much is not said: it is asked back.
  EXPECT_EQ(member(need(one), "lines.0.state"), "ask_back");
}

TEST_P(Help, D17_WhatSomebodyCanDoDecidesTheirWayToGoods) {
  ask(resident, "黄瓜几根");
  for (const auto& [digital, way] :
       {std::pair{"none", "proxy"}, {"chat", "relay"}, {"shops", "self"}}) {
    ASSERT_EQ(
        post(manager, "/api/v1/households/" + home, fmt::format(R"({{"digital":"{}"}})", digital))
            .status,
        200);
    EXPECT_EQ(member(get(worker, "/api/v1/needs"), "rows.0.way"), way);
  }
}

TEST_P(Help, D30_TheLabelsCodeOpensTheHouseholdsOwnFormAndChangesNothing) {
  // D30: what is printed is a link; opening it shows the form, what can be asked and the line to call.
  const api::As scanned = link(home);
  const std::int64_t before = count("SELECT count(*) FROM journal");
  const auto form = get(scanned, "/api/v1/needs/mine");
  ASSERT_EQ(form.status, 200);
  EXPECT_EQ(member(form, "line"), "023-5800-0000") << form.body;
  EXPECT_EQ(member(form, "services.0.key"), "goods");
  EXPECT_EQ(count("SELECT count(*) FROM journal"), before);
  // What is asked there is this household's.
  EXPECT_EQ(ask(scanned, "鸡蛋10个").status, 200);
  EXPECT_EQ(
      count(fmt::format("SELECT count(*) FROM need WHERE household_id = {}", *id_from_text(home))),
      1);
}

TEST_P(Help, L6_WordsAreDroppedAfterTheirDaysAndWhatCameOfThemStays) {
  const std::string one = member(ask(resident, "降压药还有一天的量"), "id");
  const std::string open = member(ask(resident, "黄瓜几根"), "id");
  ASSERT_EQ(decide(one, "done").status, 200);
  clock().advance(hours{24 * 29});
  tick();
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE text LIKE '降压药%'"), 1);
  clock().advance(hours{48});
  tick();
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE text LIKE '降压药%'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE state = 'done' AND class = 'medical'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'need.words_dropped'"), 1);
  // What nobody has decided keeps its words, however old.
  EXPECT_EQ(count("SELECT count(*) FROM need WHERE text LIKE '黄瓜%'"), 1);
  tick();
  EXPECT_EQ(count("SELECT count(*) FROM journal WHERE kind = 'need.words_dropped'"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(Help);

}  // namespace
}  // namespace doorstep::needs
