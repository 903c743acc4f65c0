// The pages: built in, from a folder, and the resident's template with its receipt.
#include "net/site.h"

#include <filesystem>
#include <fstream>

#include "net/gzip.h"
#include "net/receipt.h"
#include "net/test_house.h"

namespace doorstep::net {
namespace {

const Headers form{{"Content-Type", "application/x-www-form-urlencoded"}};

bool has(const ClientResponse& answer, std::string_view text) {
  return answer.body.find(text) != std::string::npos;
}

TEST(Site, LeadsToTheConsoleFromAnyDepth) {
  const House house;
  EXPECT_EQ(house.get("/").status, 302);
  EXPECT_EQ(house.get("/").header("Location"), "/c/");
  EXPECT_EQ(house.get("/c").header("Location"), "/c/");
  for (const char* path : {"/c/", "/c/board", "/c/board/0000000000001", "/c/index.html"}) {
    const ClientResponse page = house.get(path);
    EXPECT_EQ(page.body, "<html>console</html>") << path;
    EXPECT_EQ(page.header("Cache-Control"), "no-cache") << path;
  }
  for (const char* path :
       {"/c/missing.js", "/x/", "/x", "//c", "/assets/", "/r/index.html", "/r/", "/r", "/r/a.b"}) {
    EXPECT_EQ(house.get(path).status, 404) << path;
  }
}

TEST(Site, FillsTheLanguageIntoAShell) {
  const House house;
  const ClientResponse page = house.get("/d/", {{"Accept-Language", "en"}});
  EXPECT_EQ(page.body, "<html lang=\"en\">");
  EXPECT_EQ(page.header("ETag"), "\"dd-en\"");
  EXPECT_EQ(page.header("Cache-Control"), "no-cache");
  EXPECT_EQ(page.header("Vary"), "Accept-Encoding, Accept-Language, Cookie");
  EXPECT_EQ(house.get("/d/x", {{"Cookie", "lang=zh-TW"}}).body, "<html lang=\"zh-TW\">");
  EXPECT_EQ(house.get("/d/", {{"If-None-Match", "\"dd-zh-CN\""}}).status, 304);
  EXPECT_EQ(house.get("/d/", {{"If-None-Match", "\"dd-en\""}}).status, 200);
  const ClientResponse packed = house.get("/d/", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(gunzip(packed.body, 1000), "<html lang=\"zh-CN\">");
}

TEST(Site, SendsTheBestTwinAndSaysWhenNothingChanged) {
  const House house;
  const ClientResponse plain = house.get("/assets/a.js");
  EXPECT_EQ(plain.body, "plain script");
  EXPECT_EQ(plain.header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(plain.header("ETag"), "\"aa\"");
  const ClientResponse best = house.get("/assets/a.js", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(best.body, "BR");
  EXPECT_EQ(best.header("Content-Encoding"), "br");
  EXPECT_EQ(best.header("ETag"), "\"aa-br\"");
  EXPECT_EQ(best.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(house.get("/assets/a.js", {{"Accept-Encoding", "gzip, br;q=0"}}).body, "GZ");
  EXPECT_EQ(house.get("/assets/b.png", {{"Accept-Encoding", "br"}}).body, "PNG");
  const ClientResponse same = house.get("/assets/a.js", {{"If-None-Match", "\"x\", W/\"aa\""}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.header("Content-Length"), "");
  EXPECT_EQ(house.get("/assets/a.js", {{"If-None-Match", "\"aa-br\""}}).status, 200);
}

TEST(Site, ReadsAFolderWhileSomebodyWorksOnThePages) {
  const std::filesystem::path root = testing::TempDir() + "net_site";
  std::filesystem::create_directories(root / "c");
  std::ofstream(root / "c/index.html") << "draft";
  std::ofstream(root / "c/a.js") << "1";
  Options options;
  options.web_root = root;
  const House house(options);
  EXPECT_EQ(house.get("/c/deep/path").body, "draft");
  EXPECT_EQ(house.get("/c/a.js").header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(house.get("/c/a.js").header("Cache-Control"), "no-store");
  EXPECT_EQ(house.get("/c/b.js").status, 404);
  EXPECT_EQ(house.get("/c/../c/a.js").status, 400);
  std::ofstream(root / "c/index.html") << "second draft";
  EXPECT_EQ(house.get("/c/").body, "second draft");
}

TEST(ResidentPage, IsMadeAfreshForEveryVisit) {
  const House house;
  const ClientResponse page = house.get("/r/t0ken", {{"Accept-Language", "zh-TW,zh;q=0.9"}});
  EXPECT_EQ(page.header("Cache-Control"), "no-store");
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_TRUE(has(page, "lang=\"zh-TW\""));
  EXPECT_TRUE(has(page, "action=\"/r/t0ken/check-in\""));
  EXPECT_EQ(page.body.find("__"), std::string::npos);
  EXPECT_NE(page.body, house.get("/r/t0ken").body);
  // Two reports, two keys.
  EXPECT_NE(page.body.substr(page.body.find("value=\""), 45),
            page.body.substr(page.body.rfind("value=\""), 45));
  EXPECT_TRUE(has(house.get("/r/t0ken/"), "/r/t0ken/check-in"));
  const ClientResponse english = house.get("/r/t0ken?lang=en");
  EXPECT_TRUE(has(english, "lang=\"en\""));
  EXPECT_TRUE(has(english, "/r/t0ken/check-in?lang=en"));
  EXPECT_TRUE(has(house.get("/r/t0ken", {{"Cookie", "lang=en"}}), "lang=\"en\""));
  const ClientResponse packed = house.get("/r/t", {{"Accept-Encoding", "gzip"}});
  EXPECT_NE(gunzip(packed.body, 10'000).find("/r/t/check-in"), std::string::npos);
}

TEST(ResidentPage, TakesNothingIntoThePageThatCouldBeMarkup) {
  const House house;
  const ClientResponse page = house.get("/r/t?lang=%22%3E%3Cscript%3E");
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "<script"));
  for (const char* path : {"/r/%22%3E%3Cscript%3E", "/r/a%20b", "/r/%E5%BC%A0", "/r/t/other"}) {
    EXPECT_EQ(house.get(path).status, 404) << path;
  }
  EXPECT_EQ(house.get("/r/" + std::string(200, 'a')).status, 404);
}

TEST(ResidentPage, ReportsNothingByBeingOpened) {
  House house;
  EXPECT_EQ(house.get("/r/good").status, 200);
  EXPECT_EQ(house.client().send("HEAD", "/r/good")->status, 200);
  const ClientResponse again = house.get("/r/good/check-in?key=1&wellbeing=fine");
  EXPECT_EQ(again.status, 303);
  EXPECT_EQ(again.header("Location"), "/r/good");
  EXPECT_TRUE(house.handler.seen.empty());
}

TEST(Receipt, NamesTheTimeWhereTheHouseStands) {
  House house;
  const auto page = house.client().send("POST", "/r/good/check-in", form, "wellbeing=fine&key=k-1");
  EXPECT_EQ(page->status, 200);
  EXPECT_TRUE(has(*page, "<html lang=\"zh-CN\">"));
  EXPECT_TRUE(has(*page, "<h1>已收到</h1>"));
  EXPECT_TRUE(has(*page, "我很好"));
  EXPECT_TRUE(has(*page, "2022-11-28 09:12"));
  EXPECT_TRUE(has(*page, "href=\"tel:120\""));
  EXPECT_TRUE(has(*page, "0755-1234 &lt;5&gt;"));
  EXPECT_TRUE(has(*page, "href=\"tel:075512345\""));
  EXPECT_TRUE(has(*page, "href=\"/r/good?lang=zh-CN\""));
  EXPECT_EQ(page->header("Cache-Control"), "no-store");
  EXPECT_EQ(page->header("Content-Type"), "text/html; charset=utf-8");
  ASSERT_EQ(house.handler.seen.size(), 1U);
  const api::Request& request = house.handler.seen.front();
  EXPECT_EQ(request.path, "/api/v1/check-ins");
  EXPECT_EQ(request.link, "good");
  EXPECT_EQ(request.idempotency_key, "k-1");
  EXPECT_EQ(request.body, R"({"wellbeing":"fine"})");
  EXPECT_EQ(request.session, "");
}

TEST(Receipt, SpeaksThreeLanguages) {
  const House house;
  Client client = house.client();
  const auto page = client.send("POST", "/r/good/check-in?lang=en", form, "key=k&wellbeing=unwell");
  EXPECT_TRUE(has(*page, "<h1>Received</h1>"));
  EXPECT_TRUE(has(*page, "I am unwell"));
  EXPECT_TRUE(has(*page, "will call you"));
  const auto taiwan = client.send("POST", "/r/good/check-in", {{"Accept-Language", "zh-Hant"}},
                                  "key=k&wellbeing=fine");
  EXPECT_TRUE(has(*taiwan, "收到時間"));
}

TEST(Receipt, SaysWhatWentWrongAndWhatToDo) {
  const House house;
  Client client = house.client();
  const auto ended = client.send("POST", "/r/ended/check-in?lang=en", form, "key=k&wellbeing=fine");
  EXPECT_EQ(ended->status, 401);
  EXPECT_TRUE(has(*ended, "This link has ended"));
  EXPECT_TRUE(has(*ended, "href=\"tel:120\""));
  EXPECT_FALSE(has(*ended, "<form"));
  // May be sent again with one press, and with the same key.
  const auto busy = client.send("POST", "/r/busy/check-in", form, "key=%22k%22&wellbeing=unwell");
  EXPECT_EQ(busy->status, 503);
  EXPECT_EQ(busy->header("Retry-After"), "2");
  EXPECT_TRUE(has(*busy, "action=\"/r/busy/check-in?lang=zh-CN\""));
  EXPECT_TRUE(has(*busy, "value=\"&quot;k&quot;\""));
  EXPECT_TRUE(has(*busy, "value=\"unwell\""));
  EXPECT_EQ(client.send("POST", "/r/good/check-in", form, "wellbeing=fine")->status, 422);
  EXPECT_EQ(client.send("POST", "/r/good/check-in", form, "key=k&wellbeing=well")->status, 422);
  EXPECT_EQ(client.send("PUT", "/r/good/check-in", form, "x")->status, 405);
}

TEST(Receipt, SpeaksPlainlyAlsoWhereTheServiceWasNotAsked) {
  Options options;
  options.limits.loopback = true;
  options.limits.failed_proof = {0.01, 1};
  const House house(options);
  Client client = house.client();
  EXPECT_EQ(client.send("POST", "/r/ended/check-in", form, "key=k&wellbeing=fine")->status, 401);
  const auto limited =
      client.send("POST", "/r/good/check-in?lang=en", form, "key=k&wellbeing=fine");
  EXPECT_EQ(limited->status, 429);
  EXPECT_EQ(limited->header("Retry-After"), "100");
  EXPECT_TRUE(has(*limited, "The system is busy"));
  EXPECT_TRUE(has(*limited, "value=\"k\""));
}

TEST(Receipt, HasItsStyleFromTheHouse) {
  const House house;
  const ClientResponse style = house.get(std::string(receipt_style_path));
  EXPECT_EQ(style.header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_TRUE(has(style, "color-scheme"));
}

}  // namespace
}  // namespace doorstep::net
