// Hostile and broken clients: every one of them gets a stable code or is cut off, and the server
// goes on.
#include <iterator>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/body_limits.h"
#include "base/rng.h"
#include "net/test_house.h"

namespace doorstep::net {
namespace {

/// Sends bytes, half-closes and reads the answer; status 0 where there was none.
ClientResponse raw(const House& house, std::string_view bytes) {
  Client client = house.client();
  client.set_timeout(seconds(5));
  EXPECT_TRUE(client.write(bytes).ok());
  client.half_close();
  const Result<ClientResponse> got = client.read();
  return got ? *got : ClientResponse{};
}

int open_files() {
  int count = 0;
  for (int i = 0; i < 5000; ++i) {
    if (fcntl(i, F_GETFD) != -1) ++count;
  }
  return count;
}

TEST(Limits, RefuseWhatIsNotHttp) {
  const House house;
  struct Case {
    const char* text;
    int status;
  };
  for (const Case& one :
       {Case{"GET /c/ HTTP/1.1\r\n\r\n", 400},
        Case{"GET /c/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Case{"GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Case{"GET /c/%2e%2e/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Case{"GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Case{"GET c HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Case{"GET /c/ HTTP/9.9\r\nHost: x\r\n\r\n", 400},
        Case{"GET /c/ HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", 400},
        Case{"GET /c/ HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n", 400},
        Case{"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
             400},
        Case{"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400},
        Case{"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
             "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             400},
        Case{"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        Case{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not http at all\r\n\r\n", 400},
        Case{"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 200},
        Case{"GET http://x/healthz HTTP/1.1\r\nHost: x\r\n\r\n", 200},
        Case{"POST /api/v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
             "3\r\nabc\r\n0\r\n\r\n",
             200}}) {
    const ClientResponse answer = raw(house, one.text);
    EXPECT_EQ(answer.status, one.status) << one.text;
    if (one.status == 400) {
      EXPECT_NE(answer.body.find("\"http.bad_request\""), std::string::npos) << one.text;
    }
  }
}

TEST(Limits, BoundHeadersAndBodies) {
  Options options;
  options.limits.upload_bytes = 1'000'000;
  const House house(options);
  Client client = house.client();
  const auto headers = client.send("GET", "/healthz", {{"X-Long", std::string(17'000, 'x')}});
  EXPECT_EQ(headers->status, 431);
  EXPECT_NE(headers->body.find("\"http.headers\""), std::string::npos);
  const std::string fits(256 * 1024, 'x');
  EXPECT_EQ(client.send("POST", "/api/v1/x", {}, fits)->status, 200);
  const auto large = client.send("POST", "/api/v1/x", {}, fits + "x");
  EXPECT_EQ(large->status, 413);
  EXPECT_NE(large->body.find("\"http.too_large\""), std::string::npos);
  EXPECT_EQ(client.send("POST", "/api/v1/imports?kind=x", {}, fits + "x")->status, 200);
  EXPECT_EQ(client.send("POST", "/api/v1/imports", {}, std::string(1'000'001, 'x'))->status, 413);
  // Without a length it is noticed on the way.
  std::string chunked = "POST /api/v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 30; ++i) chunked += "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  EXPECT_EQ(raw(house, chunked).status, 413);
}

TEST(Limits, AFileIsTakenUpToTheSizeThatItsUseCasePromises) {
  const House house;
  Client client = house.client();
  const auto sent = [&](std::string_view path, std::size_t size) {
    return client.send("POST", path, {}, std::string(size, 'x'))->status;
  };
  constexpr std::string_view file = "/api/v1/needs/0ANTW3480VWGG/file";
  EXPECT_EQ(sent(file, api::need_file_bytes_max), 200);
  EXPECT_EQ(sent(file, api::need_file_bytes_max + 1), 413);
  EXPECT_EQ(sent("/api/v1/imports", api::need_file_bytes_max + 1), 200);
  // No other path is let off because it looks like one.
  for (const std::string_view other : {"/api/v1/needs//file", "/api/v1/needs/a/b/file",
                                       "/api/v1/needs/file", "/api/v1/needs/a/files"}) {
    EXPECT_EQ(sent(other, 300'000), 413) << other;
  }
}

TEST(Limits, HoldFewUploadsAtATime) {
  Options options;
  options.limits.uploads = 0;
  const House house(options);
  const auto answer =
      house.client().send("POST", "/api/v1/imports", {}, std::string(300 * 1024, 'x'));
  EXPECT_EQ(answer->status, 503);
  EXPECT_NE(answer->body.find("\"http.busy\""), std::string::npos);
  EXPECT_EQ(house.client().send("POST", "/api/v1/imports", {}, "small")->status, 200);
  EXPECT_TRUE(house.becomes("doorstep_connections", 1));
}

TEST(Limits, AskForTheBodyOnlyWhenItMayCome) {
  const House house;
  Client client = house.client();
  ASSERT_TRUE(
      client.write("POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                   "Expect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.read_some(), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(client.write("abc"));
  EXPECT_EQ(client.read()->status, 200);
  ASSERT_TRUE(
      client.write("POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n"
                   "Expect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.read()->status, 413);
}

TEST(Limits, CutSlowSendersAndIdlers) {
  Options options;
  options.limits.header_time = milliseconds(100);
  options.limits.request_time = milliseconds(100);
  options.limits.idle_time = milliseconds(100);
  const House house(options);
  Client slow_head = house.client();
  ASSERT_TRUE(slow_head.write("GET /healthz HTTP/1.1\r\nHo"));
  Client slow_body = house.client();
  ASSERT_TRUE(slow_body.write("POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"));
  for (Client* client : {&slow_head, &slow_body}) {
    const auto answer = client->read();
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->status, 408);
    EXPECT_NE(answer->body.find("\"http.timeout\""), std::string::npos);
  }
  // Who asked nothing is told nothing.
  Client idle = house.client();
  EXPECT_EQ(idle.send("GET", "/healthz")->status, 200);
  EXPECT_EQ(idle.read_some(), "");
  Client mute = house.client();
  ASSERT_TRUE(mute.write(""));
  EXPECT_EQ(mute.read_some(), "");
}

TEST(Limits, DropASenderThatTricklesOneByteAtATime) {
  Options options;
  options.limits.header_time = milliseconds(300);
  const House house(options);
  Client client = house.client();
  const auto start = std::chrono::steady_clock::now();
  Result<void> sent = client.write("GET / HTTP/1.1\r\n");
  while (sent && std::chrono::steady_clock::now() - start < seconds(5)) {
    sent = client.write("X");
    std::this_thread::sleep_for(milliseconds(20));
    client.set_timeout(milliseconds(1));
    if (client.read()) break;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(3));
}

TEST(Limits, AnswerWhatCameBeforeAHalfClose) {
  const House house;
  EXPECT_EQ(raw(house, "GET /api/v1/later HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
  EXPECT_EQ(raw(house, "GET /api/v1/later HTTP/1.1\r\nHo").status, 0);
}

TEST(Limits, SlowDownOnePeerAndSayForHowLong) {
  Options options;
  options.limits.loopback = true;
  options.limits.general = {0.5, 3};
  const House house(options);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(house.get("/healthz").status, 200);
  const ClientResponse limited = house.get("/healthz");
  EXPECT_EQ(limited.status, 429);
  EXPECT_EQ(limited.header("Retry-After"), "2");
  EXPECT_NE(limited.body.find("\"http.rate\""), std::string::npos);
}

TEST(Limits, ChargeSignInAndRefusedLinksApart) {
  Options options;
  options.limits.loopback = true;
  options.limits.sign_in = {0.01, 1};
  options.limits.failed_proof = {0.01, 2};
  const House house(options);
  Client client = house.client();
  EXPECT_EQ(client.send("POST", "/api/v1/session")->status, 200);
  EXPECT_EQ(client.send("POST", "/api/v1/session")->status, 429);
  EXPECT_EQ(client.send("DELETE", "/api/v1/session")->status, 200);
  const auto report = [&](const char* link) {
    return client
        .send("POST", "/api/v1/check-ins",
              {{"Authorization", std::string("Link ") + link}, {"Idempotency-Key", "k"}}, "{}")
        ->status;
  };
  // A compound behind one address reports as often as it likes; guessing ends.
  for (int i = 0; i < 20; ++i) EXPECT_EQ(report("good"), 200);
  EXPECT_EQ(report("ended"), 401);
  EXPECT_EQ(report("ended"), 401);
  EXPECT_EQ(report("ended"), 429);
  EXPECT_EQ(client.send("GET", "/api/v1/ping")->status, 200);
}

TEST(Limits, BoundConnectionsOfOnePeerAndOfAll) {
  for (const bool all : {true, false}) {
    Options options;
    (all ? options.limits.connections : options.limits.connections_per_peer) = 2;
    const House house(options);
    Client first = house.client();
    Client second = house.client();
    EXPECT_EQ(first.send("GET", "/healthz")->status, 200);
    EXPECT_EQ(second.send("GET", "/healthz")->status, 200);
    EXPECT_FALSE(house.client().send("GET", "/healthz").ok());
    first.close();
    bool in_again = false;
    for (int i = 0; i < 200 && !in_again; ++i) {
      in_again = house.client().send("GET", "/healthz").ok();
      if (!in_again) std::this_thread::sleep_for(milliseconds(10));
    }
    EXPECT_TRUE(in_again);
  }
}

TEST(Limits, LeakNothingOverTwoThousandConnections) {
  const House house;
  EXPECT_EQ(house.get("/healthz").status, 200);
  ASSERT_TRUE(house.becomes("doorstep_connections", 1));
  const int before = open_files();
  for (int round = 0; round < 10; ++round) {
    std::vector<Client> clients;
    for (int i = 0; i < 200; ++i) {
      clients.push_back(house.client());
      // A third each: asks, stops in the middle, says nothing.
      if (i % 3 == 0) ASSERT_EQ(clients.back().send("GET", "/healthz")->status, 200);
      if (i % 3 == 1) ASSERT_TRUE(clients.back().write("GET /hea"));
      if (i % 3 == 2) ASSERT_TRUE(clients.back().write(""));
    }
  }
  EXPECT_TRUE(house.becomes("doorstep_connections", 1));
  EXPECT_GE(house.metric("doorstep_connections_accepted_total"), 2000);
  EXPECT_LE(open_files(), before + 2);
}

TEST(Limits, GoOnAfterAMomentWithoutFiles) {
  const House house;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{200, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  std::vector<int> taken;
  for (int file = 0; (file = ::open("/dev/null", O_RDONLY)) >= 0;) taken.push_back(file);
  // One file for the client's own end; none for the server's.
  ::close(taken.back());
  taken.pop_back();
  Client client = house.client();
  EXPECT_TRUE(client.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").ok());
  client.set_timeout(milliseconds(200));
  EXPECT_FALSE(client.read().ok());
  for (const int file : taken) ::close(file);
  client.set_timeout(seconds(5));
  EXPECT_EQ(client.read()->body, "ok\n");
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/// A request with a few of its bytes changed, lost or doubled.
std::string mutated(Rng& rng) {
  static constexpr std::string_view seeds[] = {
      "GET /c/a?b=%41 HTTP/1.1\r\nHost: x\r\nCookie: doorstep=1\r\nAccept-Encoding: gzip\r\n\r\n",
      "POST /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nAuthorization: Link "
      "t\r\n\r\nabcd",
      "POST /r/t/check-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n4\r\nkey=\r\n0\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"cc\", W/\"x\"\r\n\r\n"};
  std::string text(seeds[rng.below(std::size(seeds))]);
  for (std::uint64_t i = rng.below(6); i > 0; --i) {
    const auto at = static_cast<std::size_t>(rng.below(text.size()));
    switch (rng.below(4)) {
      case 0: text[at] = static_cast<char>(rng.next()); break;
      case 1: text.erase(at, rng.below(4)); break;
      case 2: text.insert(at, text.substr(at, rng.below(40))); break;
      default: text.insert(at, rng.bytes(rng.below(8))); break;
    }
    if (text.empty()) text = "G";
  }
  return text;
}

TEST(Limits, TakeTenThousandBrokenRequests) {
  const House house;
  SeededRng rng(2022);
  int answered = 0;
  for (int i = 0; i < 10'000; ++i) {
    Client client = house.client();
    client.set_timeout(seconds(10));
    const std::string text = i % 10 == 0 ? rng.bytes(1 + rng.below(300)) : mutated(rng);
    const Result<void> sent = client.write(text);
    client.half_close();
    const std::string got = client.read_some();
    if (got.empty()) continue;
    ++answered;
    ASSERT_TRUE(got.starts_with("HTTP/1.1 ")) << i;
    ASSERT_NE(got.find("Content-Security-Policy: default-src 'none'"), std::string::npos) << i;
  }
  EXPECT_GT(answered, 5'000);
  EXPECT_EQ(house.get("/healthz").status, 200);
}

}  // namespace
}  // namespace doorstep::net
