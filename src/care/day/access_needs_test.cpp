// Who cannot read, hear or see, or speaks no Mandarin (N25): what follows for the channel, for who calls, and for the
// page; through the API on both engines.

#include "care/registry/access_needs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/day/watched_testing.h"
#include "care/registry/audio_notice.h"

namespace doorstep::day {
namespace {

using api::length;
using api::member;
using registry::AccessNeeds;
using registry::Language;
using registry::Way;
using registry::way_to_reach;

TEST(AccessNeedsTest, N25_WhoDoesNotHearIsNotTelephoned) {
  EXPECT_EQ(way_to_reach({}), Way::phone);
  // The page and letters are nothing to who does not see or read: a voice is.
  EXPECT_EQ(way_to_reach({.cannot_read = true}), Way::phone);
  EXPECT_EQ(way_to_reach({.cannot_see = true}), Way::phone);
  EXPECT_EQ(way_to_reach({.cannot_hear = true}), Way::message);
  EXPECT_EQ(way_to_reach({.cannot_read = true, .cannot_hear = true}), Way::visit);
  EXPECT_EQ(way_to_reach({.cannot_hear = true, .cannot_see = true}), Way::visit);
  EXPECT_EQ(way_to_reach({.cannot_hear = true, .language = Language::csl}), Way::video);
}

TEST(AccessNeedsTest, N25_LanguagesAreKeptSortedAndOnce) {
  EXPECT_EQ(registry::languages_text({Language::yue, Language::cmn, Language::hak, Language::yue}),
            "hak yue");
  EXPECT_TRUE(registry::speaks("hak yue", Language::yue));
  EXPECT_FALSE(registry::speaks("hak yue", Language::wuu));
  EXPECT_TRUE(registry::speaks("", Language::cmn));
}

TEST(AccessNeedsTest, N25_ARecordingIsKnownByItsFirstBytes) {
  EXPECT_EQ(registry::audio_media_of("ID3\x04"), "audio/mpeg");
  EXPECT_EQ(registry::audio_media_of("\xff\xfb\x90"), "audio/mpeg");
  EXPECT_EQ(registry::audio_media_of(std::string_view("\0\0\0\x1c"
                                                      "ftypM4A \0",
                                                      13)),
            "audio/mp4");
  EXPECT_EQ(registry::audio_media_of("OggS"), "audio/ogg");
  EXPECT_EQ(registry::audio_media_of("\xff\xd8\xff\xe0 a picture"), "");
  EXPECT_EQ(registry::audio_media_of("<html>"), "");
}

class AccessNeedsDay : public Watched {
 protected:
  api::Response say(std::string_view door, std::string_view what) {
    return post(
        manager, "/api/v1/households/" + household("1", door) + "/access",
        fmt::format(R"({{"cannot_read":{},"cannot_hear":{},"cannot_see":false,"language":"{}"}})",
                    what == "reading", what == "hearing",
                    what == "reading" || what == "hearing" ? "cmn" : what));
  }
  /// An account with a shift from now on; its id.
  std::string on_duty(std::string_view login, std::string_view languages) {
    const auto made = post(manager, "/api/v1/invitations",
                           fmt::format(R"({{"name":"{}","login":"{}","phone":"13800000001",)"
                                       R"("role":"worker","place":"{}"}})",
                                       login, login, grid(1)));
    EXPECT_EQ(made.status, 200) << made.body;
    const std::string account = member(made, "account");
    EXPECT_EQ(post(manager, "/api/v1/shifts",
                   fmt::format(R"({{"account":"{}","role":"worker","place":"{}",)"
                               R"("from":"2022-11-28T00:00:00Z","until":"2022-11-29T00:00:00Z"}})",
                               account, grid(1)))
                  .status,
              200);
    EXPECT_EQ(post(manager, "/api/v1/accounts/" + account + "/languages",
                   fmt::format(R"({{"languages":{}}})", languages))
                  .status,
              200);
    return account;
  }
};

TEST_P(AccessNeedsDay, N25_TheCallRoundSaysHowAndWhoSpeaksTheLanguage) {
  for (const char* door : {"101", "102", "201"}) observe(door);
  EXPECT_EQ(say("101", "hearing").status, 200);
  EXPECT_EQ(say("102", "yue").status, 200);
  const std::string plain = on_duty("plain", "[]");
  const std::string cantonese = on_duty("cantonese", R"(["yue","cmn"])");
  tick("2022-11-28T09:30:00+08:00");
  const auto round = get(manager, "/api/v1/call-round");
  EXPECT_EQ(member(round, "rows.0.household"), household("1", "101"));
  EXPECT_EQ(member(round, "rows.0.way"), "message");
  EXPECT_EQ(member(round, "rows.0.access.cannot_hear"), "true");
  EXPECT_EQ(length(round, "rows.0.callers"), 0U);
  EXPECT_EQ(member(round, "rows.1.way"), "phone");
  EXPECT_EQ(member(round, "rows.1.access.language"), "yue");
  ASSERT_EQ(length(round, "rows.1.callers"), 1U);
  EXPECT_EQ(member(round, "rows.1.callers.0.account"), cantonese);
  // Helpers by dialect.
  EXPECT_EQ(length(get(manager, "/api/v1/accounts?language=yue"), "rows"), 1U);
  EXPECT_EQ(member(get(manager, "/api/v1/accounts?language=yue"), "rows.0.languages.0"), "yue");
  EXPECT_EQ(length(get(manager, "/api/v1/accounts?language=wuu"), "rows"), 0U);
  EXPECT_GE(length(get(manager, "/api/v1/accounts"), "rows"), 3U);
  // The door says the same, and a word on it is a change like any other.
  const auto door = get(manager, "/api/v1/dwellings/" + dwelling("1", "102"));
  EXPECT_EQ(member(door, "households.0.access.language"), "yue");
  EXPECT_EQ(say("102", "cmn").status, 200);
  EXPECT_EQ(length(get(manager, "/api/v1/call-round"), "rows.1.callers"), 0U);
}

TEST_P(AccessNeedsDay, N25_CallsAreSharedByLanguage) {
  for (const char* door : {"101", "102", "201", "202"}) observe(door);
  EXPECT_EQ(say("101", "yue").status, 200);
  EXPECT_EQ(say("202", "yue").status, 200);
  EXPECT_EQ(say("102", "wuu").status, 200);
  const std::string plain = on_duty("plain", "[]");
  const std::string cantonese = on_duty("cantonese", R"(["yue"])");
  tick("2022-11-28T09:30:00+08:00");
  // Who shares has them all: nobody is responsible for the building but the manager.
  const auto give = [&](const std::string& what) { return count(what + " AND kind = 'contact'"); };
  const auto mine = member(get(manager, "/api/v1/session"), "account.id");
  const auto own = store().write_now([&](store::Transaction& tx) -> store::Outcome {
    tx.run("UPDATE duty SET owner_id = $1 WHERE kind = 'contact'", {*id_from_text(mine)});
    return store::Answer{};
  });
  ASSERT_TRUE(own.ok());
  const auto shared = post(manager, "/api/v1/call-round/share",
                           fmt::format(R"({{"accounts":["{}","{}"]}})", plain, cantonese));
  ASSERT_EQ(shared.status, 200) << shared.body;
  const auto owner = [&](std::string_view door) {
    return id_text(give("SELECT owner_id FROM duty WHERE subject_id = " +
                        std::to_string(*id_from_text(household("1", door)))));
  };
  EXPECT_EQ(owner("101"), cantonese);
  EXPECT_EQ(owner("202"), cantonese);
  // Nobody speaks it: by the order of the doors, as everybody else.
  EXPECT_EQ(owner("102"), plain);
}

TEST_P(AccessNeedsDay, N25_ThePageShowsPicturesToWhoProvedItsLinkAlone) {
  const api::As proved = link(household("1", "101"), true);
  const api::As unproved = link(household("1", "101"));
  EXPECT_EQ(member(get(proved, "/api/v1/home"), "pictures"), "false");
  EXPECT_EQ(say("101", "reading").status, 200);
  EXPECT_EQ(member(get(proved, "/api/v1/home"), "pictures"), "true");
  // Whoever found a slip in the stairwell learns nothing of it.
  EXPECT_EQ(member(get(unproved, "/api/v1/home"), "pictures"), "");
}

TEST_P(AccessNeedsDay, N25_ARecordedNoticeIsHeardBelowItsPlaceUntilItIsOver) {
  const std::string sound = "ID3 turn off the water at six";
  const auto at = [&](const std::string& place, std::string_view more = "&days=2") {
    return fmt::format("/api/v1/audio-notices?title=water&language=yue&place={}{}", place, more);
  };
  const auto posted = upload(manager, at(building(1)), sound);
  ASSERT_EQ(posted.status, 200) << posted.body;
  const api::As inside = link(household("1", "101"));
  const api::As outside = link(household("2", "101"));
  const auto heard = get(inside, "/api/v1/audio-notices");
  ASSERT_EQ(length(heard, "rows"), 1U);
  EXPECT_EQ(member(heard, "rows.0.language"), "yue");
  EXPECT_EQ(length(get(outside, "/api/v1/audio-notices"), "rows"), 0U);
  const std::string path = "/api/v1/audio-notices/" + member(posted, "id");
  const auto played = get(inside, path + "/sound");
  EXPECT_EQ(played.body, sound);
  EXPECT_EQ(played.media_type, "audio/mpeg");
  EXPECT_EQ(member(upload(manager, at(building(1)), "<html>"), "code"), "audio.kind");
  EXPECT_EQ(member(upload(manager, at(building(1)), "ID3" + std::string(240'000, 'x')), "code"),
            "audio.too_large");
  EXPECT_EQ(member(upload(manager, at(building(1), "&days=31"), sound), "code"), "audio.days");
  EXPECT_EQ(member(upload(manager, at("0000000000001"), sound), "code"), "place.unknown");
  EXPECT_EQ(post(manager, path + "/remove").status, 200);
  EXPECT_EQ(member(get(inside, path + "/sound"), "code"), "audio.unknown");
  // For the community, and over after its days.
  ASSERT_EQ(upload(manager, "/api/v1/audio-notices?title=water&days=2", sound).status, 200);
  EXPECT_EQ(length(get(outside, "/api/v1/audio-notices"), "rows"), 1U);
  clock().advance(std::chrono::hours{48});
  EXPECT_EQ(length(get(outside, "/api/v1/audio-notices"), "rows"), 0U);
}

TEST_P(AccessNeedsDay, N25_ForeignNamesDocumentsAndPhonesAreAccepted) {
  const std::string people = "/api/v1/households/" + household("1", "201") + "/people";
  const auto add = [&](std::string_view name, std::string_view document) {
    return post(manager, people,
                fmt::format(R"({{"name":"{}","phone":"+33 6 12 34 56 78","is_new":true{}}})", name,
                            document));
  };
  constexpr std::string_view passport =
      R"(,"document":{"kind":"passport","issuer":"fra","number":"12 ab34567"})";
  const auto marie = add("Marie-Thérèse d’Aubigné", passport);
  ASSERT_EQ(marie.status, 200) << marie.body;
  EXPECT_EQ(count("SELECT count(*) FROM identifier WHERE kind = 'passport:FRA' AND tail = '67'"),
            1);
  EXPECT_EQ(count("SELECT count(*) FROM contact_point WHERE value = '+33612345678'"), 1);
  // The same document is the same person, whatever way it is typed.
  const auto again = add("Marie Therese",
                         R"(,"document":{"kind":"passport","issuer":"FRA","number":"12AB34567"})");
  EXPECT_EQ(member(again, "id"), member(marie, "id"));
  EXPECT_EQ(member(again, "known"), "true");
  // The same number of another issuer is not.
  const auto other =
      add("محمد علي", R"(,"document":{"kind":"passport","issuer":"EGY","number":"12AB34567"})");
  ASSERT_EQ(other.status, 200) << other.body;
  EXPECT_NE(member(other, "id"), member(marie, "id"));
  EXPECT_EQ(post(manager, "/api/v1/people/" + member(other, "id"),
                 R"({"document":{"kind":"permit","issuer":"CHN","number":"EGY850101012345"}})")
                .status,
            200);
  EXPECT_EQ(member(post(manager, "/api/v1/people/" + member(other, "id"),
                        R"({"document":{"kind":"passport","issuer":"FRA","number":"12AB34567"}})"),
                   "code"),
            "person.id_number_taken");
  for (const char* wrong :
       {R"("issuer":"FR1","number":"12AB34567")", R"("issuer":"FRA","number":"1")",
        R"("issuer":"","number":"12AB34567")", R"("issuer":"FRA","number":"12/AB")"}) {
    EXPECT_EQ(
        member(add("John Smith", fmt::format(R"(,"document":{{"kind":"passport",{}}})", wrong)),
               "code"),
        "person.document");
  }
}

DOORSTEP_ON_BOTH_ENGINES(AccessNeedsDay);

}  // namespace
}  // namespace doorstep::day
