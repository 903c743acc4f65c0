#include "net/decode.h"

#include <gtest/gtest.h>

#include "net/limiter.h"
#include "net/metrics.h"
#include "net/site.h"
#include "net/wire.h"

namespace doorstep::net {
namespace {

TEST(DecodeTarget, TakesPathAndQueryApart) {
  const auto target = decode_target("/api/v1/%E5%BC%A0?q=%E5%BC%A0&x=1?2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/张");
  EXPECT_EQ(target->query, "q=%E5%BC%A0&x=1?2");
  EXPECT_EQ(decode_target("http://host:80/a?b")->path, "/a");
  EXPECT_EQ(decode_target("HTTPS://host")->path, "/");
  EXPECT_EQ(decode_target("/?")->query, "");
  EXPECT_EQ(decode_target("/a..b/...")->path, "/a..b/...");
}

TEST(DecodeTarget, RefusesEveryWayToMeanAnotherPath) {
  for (const char* bad :
       {"",       "a",     "*",       "/%",   "/%2",       "/%zz",       "/%00",      "/a%0d%0ab",
        "/%7f",   "/..",   "/a/../b", "/a/.", "/%2e%2e/x", "/.%2E",      "/a%2fb",    "/a%2Fb",
        "/a%5cb", "/a\\b", "/a#b",    "/%ff", "/%c0%ae",   "/%ed%a0%80", "ftp://x/y", "//../x"}) {
    EXPECT_FALSE(decode_target(bad)) << bad;
  }
}

TEST(QueryValue, DecodesTheFirstOfThatName) {
  EXPECT_EQ(query_value("a=1&b=2+3%2B&b=4", "b"), "2 3+");
  EXPECT_EQ(query_value("a", "a"), "");
  EXPECT_EQ(query_value("%61=x", "a"), "x");
  EXPECT_EQ(query_value("aa=1", "a"), std::nullopt);
  EXPECT_EQ(query_value("a=%", "a"), std::nullopt);
  EXPECT_EQ(query_value("&&=&", "a"), std::nullopt);
}

TEST(CookieValue, FindsTheNameAndNotOneThatEndsInIt) {
  EXPECT_EQ(cookie_value("a=1; doorstep=x=y ; b=2", "doorstep"), "x=y");
  EXPECT_EQ(cookie_value("xdoorstep=1", "doorstep"), "");
  EXPECT_EQ(cookie_value("doorstep=\"q\"", "doorstep"), "q");
  EXPECT_EQ(cookie_value(";;=;", "doorstep"), "");
}

TEST(LinkToken, IsOfOneAlphabet) {
  EXPECT_EQ(link_token("Link aB9_-"), "aB9_-");
  EXPECT_EQ(link_token("link  x "), "x");
  for (const char* bad : {"", "Link", "Bearer x", "Link a b", "Link a/b", "Link \xE5"}) {
    EXPECT_EQ(link_token(bad), "") << bad;
  }
}

TEST(AcceptsCoding, HonoursAQualityOfZero) {
  EXPECT_TRUE(accepts_coding("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts_coding("GZIP;q=0.1", "gzip"));
  EXPECT_FALSE(accepts_coding("gzip;q=0, br;q=0.0", "gzip"));
  EXPECT_FALSE(accepts_coding("xgzip", "gzip"));
  EXPECT_FALSE(accepts_coding("", "gzip"));
}

TEST(ChooseLanguage, PrefersTheChoiceThenTheBrowser) {
  EXPECT_EQ(choose_language("en", "zh-CN"), "en");
  EXPECT_EQ(choose_language("", "fr, zh-HK;q=0.8, en"), "zh-TW");
  EXPECT_EQ(choose_language("xx", "zh-Hans-CN"), "zh-CN");
  EXPECT_EQ(choose_language("", "en-GB,zh"), "en");
  EXPECT_EQ(choose_language("", "ja"), "zh-CN");
}

TEST(ContentDisposition, NamesAFileInAsciiAndInUtf8) {
  EXPECT_EQ(content_disposition("名单 1.csv"),
            "attachment; filename=\"___1.csv\"; filename*=UTF-8''%E5%90%8D%E5%8D%95%201.csv");
  EXPECT_EQ(content_disposition("a\"\r\nb"),
            "attachment; filename=\"a___b\"; filename*=UTF-8''a%22%0D%0Ab");
}

TEST(Number, TakesDigitsAlone) {
  EXPECT_EQ(number("000123456789012345"), 123456789012345);
  for (const char* bad : {"", "-1", "+1", "1 ", "0x1", "1234567890123456789"}) {
    EXPECT_FALSE(number(bad)) << bad;
  }
}

TEST(HeadText, LetsNoValueBeginAHeader) {
  Outbound answer;
  answer.headers.emplace_back("X-Name", "a\r\nSet-Cookie: b");
  const std::string head = head_text(answer, {}, Framing::keep);
  EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
  EXPECT_EQ(head.find("Strict-Transport"), std::string::npos);
  EXPECT_NE(head_text(answer, {.secure = true}, Framing::keep).find("Strict-Transport"),
            std::string::npos);
}

TEST(Uuid7, CarriesTheTimeAndVersion) {
  SeededRng rng(1);
  const Instant now = *instant_from_text("2022-11-28T00:00:00Z");
  const std::string one = uuid7(now, rng);
  EXPECT_EQ(one.size(), 36U);
  EXPECT_EQ(one.substr(0, 13), "0184bb88-9000");
  EXPECT_EQ(one[14], '7');
  EXPECT_NE(one, uuid7(now, rng));
}

TEST(RouteTemplate, KeepsNoIdAndNoToken) {
  EXPECT_EQ(route_template("/api/v1/households/0000000000001/links"),
            "/api/v1/households/{id}/links");
  EXPECT_EQ(route_template("/api/v1/search/张"), "/api/v1/search/{text}");
  EXPECT_EQ(route_template("/r/s3cret"), "/r/{token}");
  EXPECT_EQ(route_template("/r/s3cret/check-in"), "/r/{token}/check-in");
  EXPECT_EQ(route_template("/assets/x-1.js"), "/assets/{file}");
  EXPECT_EQ(route_template("/c/board"), "/{app}/{page}");
  EXPECT_EQ(route_template("/healthz"), "/healthz");
  EXPECT_EQ(route_template("/a\"b"), "other");
  EXPECT_EQ(route_template("/api/1/2/3/4/5/6/7/8"), "other");
  EXPECT_EQ(route_template(""), "");
}

TEST(NetworkOf, JoinsWhatOneHouseholdHas) {
  EXPECT_EQ(network_of("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(network_of("::ffff:1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(network_of("2001:db8:1:2::3"), network_of("2001:db8:1:2:4::5"));
  EXPECT_NE(network_of("2001:db8:1:2::3"), network_of("2001:db8:1:3::3"));
}

TEST(Limiter, GivesABurstAndThenAsManyAsTheRate) {
  Limits limits;
  limits.general = {2, 3};
  Limiter limiter(limits);
  const Limiter::Time start{};
  using enum Limiter::Bucket;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take(general, "a", start), 0);
  EXPECT_EQ(limiter.take(general, "a", start), 1);
  EXPECT_EQ(limiter.take(general, "b", start), 0);
  // Half a second later: one more.
  EXPECT_EQ(limiter.wait(general, "a", start + std::chrono::milliseconds(500)), 0);
  EXPECT_EQ(limiter.take(general, "a", start + std::chrono::milliseconds(500)), 0);
  EXPECT_EQ(limiter.take(general, "a", start + std::chrono::milliseconds(500)), 1);
}

TEST(Limiter, ForgetsPeersRatherThanGrowing) {
  Limits limits;
  limits.general = {1, 1};
  Limiter limiter(limits);
  const Limiter::Time start{};
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_EQ(limiter.take(Limiter::Bucket::general, std::to_string(i), start), 0);
  }
  // A peer that was forgotten begins with a full bucket; one that was not waits a second.
  EXPECT_LE(limiter.take(Limiter::Bucket::general, "99999", start), 1);
}

}  // namespace
}  // namespace doorstep::net
