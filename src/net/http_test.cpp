// HTTP as a client sees it: one connection, many requests, and what is refused.
#include <fmt/format.h>

#include "base/log.h"
#include "net/gzip.h"
#include "net/test_house.h"

namespace doorstep::net {
namespace {

using testing::Test;

constexpr std::string_view policy_start = "default-src 'none'; script-src 'self'; ";

TEST(Http, KeepsAConnectionAndAnswersAPipelineInOrder) {
  const House house;
  Client client = house.client();
  std::string text;
  for (const char* path : {"/api/v1/later", "/healthz", "/api/v1/big/3"}) {
    text += fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", path);
  }
  ASSERT_TRUE(client.write(text));
  EXPECT_NE(client.read()->body.find("/api/v1/later"), std::string::npos);
  EXPECT_EQ(client.read()->body, "ok\n");
  EXPECT_EQ(client.read()->body, "xxx");
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.send("GET", "/api/v1/ping")->status, 200);
  EXPECT_EQ(house.metric("doorstep_connections_accepted_total"), 2);
}

TEST(Http, EndsTheConnectionWhenAskedTo) {
  const House house;
  Client client = house.client();
  EXPECT_EQ(client.send("GET", "/healthz", {{"Connection", "close"}})->header("Connection"),
            "close");
  Client old = house.client();
  ASSERT_TRUE(old.write("GET /healthz HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(old.read()->body, "ok\n");
  EXPECT_FALSE(old.connected());
}

TEST(Http, HandsTheRequestOnAsItWasMeant) {
  const House house;
  const auto got = house.client().send("PUT", "/api/v1/%E5%BC%A0?q=%20",
                                       {{"Cookie", "a=b; doorstep=5e55"},
                                        {"Authorization", "Link t0ken"},
                                        {"Idempotency-Key", "k1"},
                                        {"X-Doorstep", "1"},
                                        {"Accept-Language", "en"},
                                        {"Content-Type", "application/json"}},
                                       "{}");
  EXPECT_EQ(got->body, R"({"method":"PUT","path":"/api/v1/张","query":"q=%20","body":2,)"
                       R"("type":"application/json","session":"5e55","link":"t0ken","key":"k1",)"
                       R"("same_site":true,"language":"en","peer":"127.0.0.1","control":false})");
}

TEST(Http, PutsTheSameGuardsOnEveryKindOfAnswer) {
  const House house;
  for (const char* path :
       {"/", "/c/", "/assets/a.js", "/api/v1/ping", "/api/v1/wrong", "/nothing", "/r/t",
        "/r/receipt.css", "/metrics", "/healthz", "/api/v1/events", "/api/v1/table", "/%00"}) {
    const ClientResponse answer = house.get(path);
    EXPECT_TRUE(answer.header("Content-Security-Policy").starts_with(policy_start)) << path;
    EXPECT_NE(answer.header("Content-Security-Policy").find("require-trusted-types-for 'script'"),
              std::string_view::npos);
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer") << path;
    EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin") << path;
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin") << path;
    EXPECT_FALSE(answer.header("Permissions-Policy").empty()) << path;
    EXPECT_TRUE(answer.header("Strict-Transport-Security").empty()) << path;
  }
  EXPECT_EQ(house.get("/api/v1/ping").header("Cache-Control"), "no-store");
}

TEST(Http, AnswersHeadWithoutABodyAndOptionsWithMethods) {
  const House house;
  Client client = house.client();
  const auto head = client.send("HEAD", "/api/v1/big/2000");
  EXPECT_EQ(head->header("Content-Length"), "2000");
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(client.send("HEAD", "/c/")->header("Content-Length"), "20");
  const auto options = client.send("OPTIONS", "/api/v1/ping");
  EXPECT_EQ(options->status, 204);
  EXPECT_EQ(options->header("Allow"), "GET, HEAD, POST, PUT, DELETE, OPTIONS");
  EXPECT_EQ(options->header("Access-Control-Allow-Origin"), "");
  EXPECT_EQ(client.send("OPTIONS", "*")->status, 204);
  const auto patched = client.send("PATCH", "/api/v1/ping");
  EXPECT_EQ(patched->status, 405);
  EXPECT_NE(patched->body.find("\"http.method\""), std::string::npos);
  EXPECT_EQ(client.send("POST", "/c/")->header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.send("POST", "/api/v1/events")->status, 405);
}

TEST(Http, SetsAndClearsTheSessionCookie) {
  const House house;
  Client client = house.client();
  EXPECT_EQ(client.send("POST", "/api/v1/session")->header("Set-Cookie"),
            "doorstep=5e55; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(client.send("DELETE", "/api/v1/session")->header("Set-Cookie"),
            "doorstep=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  // The client keeps it, as a browser does.
  EXPECT_EQ(client.call({.method = api::Method::post, .path = "/api/v1/session"})->session, "5e55");
  EXPECT_NE(client.call({.path = "/api/v1/谁"})->body.find(R"("session":"5e55")"),
            std::string::npos);
}

TEST(Http, CompressesWhatIsLongForWhoAsks) {
  const House house;
  const ClientResponse packed = house.get("/api/v1/big/100000", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 2000U);
  EXPECT_EQ(gunzip(packed.body, 200'000), std::string(100'000, 'x'));
  EXPECT_EQ(house.get("/api/v1/big/100000").body.size(), 100'000U);
  EXPECT_EQ(house.get("/api/v1/big/1000", {{"Accept-Encoding", "gzip"}}).header("Content-Encoding"),
            "");
  EXPECT_EQ(house.get("/api/v1/big/3000000").body.size(), 3'000'000U);
}

TEST(Http, NamesADownloadInBothAlphabets) {
  const House house;
  EXPECT_EQ(house.get("/api/v1/table").header("Content-Disposition"),
            "attachment; filename=\"___1.csv\"; filename*=UTF-8''%E5%90%8D%E5%8D%95%201.csv");
}

TEST(Http, GivesProblemsTheirCodeAndType) {
  const House house;
  const ClientResponse wrong = house.get("/api/v1/wrong");
  EXPECT_EQ(wrong.status, 409);
  EXPECT_EQ(wrong.header("Content-Type"), "application/problem+json");
  EXPECT_NE(wrong.body.find(R"("status":409)"), std::string::npos);
  EXPECT_NE(wrong.body.find(R"("code":"toy.conflict")"), std::string::npos);
  EXPECT_NE(wrong.body.find(R"(say \"when\")"), std::string::npos);
  EXPECT_EQ(house.get("/api/v1/throw").status, 500);
  EXPECT_NE(house.get("/api/v1/throw").body.find("\"internal\""), std::string::npos);
}

TEST(Http, GivesUpOnAHandlerThatNeverAnswers) {
  Options options;
  options.limits.request_time = milliseconds(100);
  const House house(options);
  const ClientResponse answer = house.get("/api/v1/never");
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("\"http.unanswered\""), std::string::npos);
  EXPECT_EQ(answer.header("Retry-After"), "2");
}

TEST(Http, SaysWhetherItLivesAndIsReady) {
  House house;
  EXPECT_EQ(house.get("/healthz").body, "ok\n");
  EXPECT_EQ(house.get("/readyz").body, "ready\n");
  house.store.gone = true;
  EXPECT_EQ(house.get("/readyz").status, 503);
  EXPECT_EQ(house.get("/healthz").status, 200);
}

TEST(Http, CountsByRouteAndHidesTheCountersFromAProxy) {
  House house;
  EXPECT_EQ(house.get("/api/v1/households/0000000000001").status, 200);
  house.store.seal("/a/", 3);
  EXPECT_TRUE(house.becomes("doorstep_journal_seq", 3));
  EXPECT_EQ(
      house.metric(R"(doorstep_http_requests_total{route="/api/v1/households/{id}",status="200"})"),
      1);
  EXPECT_EQ(
      house.metric(
          R"(doorstep_http_request_seconds_bucket{route="/api/v1/households/{id}",le="+Inf"})"),
      1);
  EXPECT_TRUE(house.becomes("doorstep_connections", 1));
  EXPECT_EQ(house.get("/metrics", {{"X-Forwarded-For", "1.2.3.4"}}).status, 404);
}

TEST(Http, BelievesAProxyOnlyWhereToldTo) {
  const Headers forwarded{{"X-Forwarded-For", "6.6.6.6, 1.2.3.4"}, {"X-Forwarded-Proto", "https"}};
  const House open;
  EXPECT_NE(open.get("/api/v1/x", forwarded).body.find("127.0.0.1"), std::string::npos);
  Options options;
  options.behind_proxy = true;
  const House behind(options);
  const ClientResponse answer = behind.get("/api/v1/x", forwarded);
  EXPECT_NE(answer.body.find("\"1.2.3.4\""), std::string::npos);
  EXPECT_FALSE(answer.header("Strict-Transport-Security").empty());
  const auto session = behind.client().send("POST", "/api/v1/session", forwarded);
  EXPECT_EQ(session->header("Set-Cookie"),
            "__Host-doorstep=5e55; Path=/; HttpOnly; SameSite=Strict; Secure");
}

TEST(Http, ServesTheControlSocketToItsOwner) {
  Options options;
  options.control_socket = testing::TempDir() + "net_control.sock";
  options.limits.loopback = true;
  options.limits.general = {0.001, 1};
  const House house(options);
  Client client = Client::local(options.control_socket);
  for (int i = 0; i < 20; ++i) {
    const auto answer = client.call({.path = "/api/v1/x"});
    ASSERT_TRUE(answer.ok());
    EXPECT_NE(answer->body.find("\"control\":true"), std::string::npos);
  }
  EXPECT_EQ(client.send("GET", "/metrics")->status, 200);
}

TEST(Http, LeavesAForeignFileWhereTheControlSocketShouldBe) {
  Options options;
  options.control_socket = testing::TempDir();
  options.port = 0;
  ToyStore store;
  ToyHandler handler;
  Server server(handler, store, options);
  const Result<void> started = server.start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "net.control_socket");
}

TEST(Http, SaysWhenThePortIsTaken) {
  const House house;
  Options options;
  options.port = house.server->port();
  ToyStore store;
  ToyHandler handler;
  Server server(handler, store, options);
  const Result<void> started = server.start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "net.listen");
}

TEST(Http, WaitReturnsAfterStop) {
  House house;
  std::thread waiting([&] { house.server->wait(); });
  house.server->stop();
  waiting.join();
  EXPECT_FALSE(house.client().send("GET", "/healthz").ok());
}

}  // namespace
}  // namespace doorstep::net
