// What the other tests of this folder stand on, and a test that it stands.
#include "net/test_house.h"

#include <charconv>

#include <fmt/format.h>

namespace doorstep::net {
namespace {

api::Response json(std::string body) {
  api::Response response;
  response.body = std::move(body);
  return response;
}

api::Response echo(const api::Request& request) {
  return json(fmt::format(
      R"({{"method":"{}","path":"{}","query":"{}","body":{},"type":"{}","session":"{}","link":"{}",)"
      R"("key":"{}","same_site":{},"language":"{}","peer":"{}","control":{}}})",
      api::to_text(request.method), request.path, request.query, request.body.size(),
      request.content_type, request.session, request.link, request.idempotency_key,
      request.same_site, request.language, request.peer, request.channel == api::Channel::control));
}

api::Response check_in(const api::Request& request) {
  if (request.idempotency_key.empty())
    return api::problem({ErrorKind::invalid, "idempotency.missing"});
  if (request.link == "ended") return api::problem({ErrorKind::unauthenticated, "link.revoked"});
  if (request.link == "busy") return api::problem({ErrorKind::unavailable, "store.busy"});
  return json(R"({"id":"0000000000001","received_at":"2022-11-28T01:12:00.000Z","state":"safe",)"
              R"("call_back":false,"emergency_phone":"120","duty_phone":"0755-1234 <5>"})");
}

api::Response session(const api::Request& request) {
  api::Response response = json("{}");
  const bool leaves = request.method == api::Method::remove;
  response.cookie = leaves ? api::Response::Cookie::clear : api::Response::Cookie::set;
  response.session = "5e55";
  return response;
}

api::Response table() {
  api::Response response = json("1,2\r\n");
  response.media_type = "text/csv; charset=utf-8";
  response.file_name = "名单 1.csv";
  return response;
}

api::Response answer(const api::Request& request) {
  if (request.path == "/api/v1/ping") return json(R"({"pong":true})");
  if (request.path == "/api/v1/session") return session(request);
  if (request.path == "/api/v1/check-ins") return check_in(request);
  if (request.path == "/api/v1/table") return table();
  if (request.path == "/api/v1/wrong") {
    return api::problem({ErrorKind::conflict, "toy.conflict", "say \"when\"\n"});
  }
  if (request.path.starts_with("/api/v1/big/")) {
    std::size_t size = 0;
    const std::string digits = request.path.substr(12);
    std::from_chars(digits.data(), digits.data() + digits.size(), size);
    return json(std::string(size, 'x'));
  }
  if (request.path.starts_with("/api/v1/")) return echo(request);
  return api::problem({ErrorKind::not_found, "http.not_found"});
}

constexpr std::string_view resident_page =
    "<html lang=\"__LANG__\"><form method=\"post\" action=\"__ACTION__\">"
    "<input name=\"key\" value=\"__KEY__\"></form>"
    "<form><input name=\"key\" value=\"__KEY_UNWELL__\"></form></html>";

}  // namespace

std::span<const Page> toy_pages() {
  static const std::vector<Page> pages{
      {"/assets/a.js", "text/javascript; charset=utf-8", "\"aa\"", true, "plain script", "GZ",
       "BR"},
      {"/assets/b.png", "image/png", "\"bb\"", true, "PNG", "", ""},
      {"/c/index.html", "text/html; charset=utf-8", "\"cc\"", false, "<html>console</html>", "",
       ""},
      {"/d/index.html", "text/html; charset=utf-8", "\"dd\"", false, "<html lang=\"__LANG__\">",
       "x", "x"},
      {"/r/index.html", "text/html; charset=utf-8", "\"rr\"", false, resident_page, "", ""},
  };
  return pages;
}

void ToyHandler::handle(const api::Request& request, const api::Reply& reply) {
  const std::scoped_lock lock(mutex);
  seen.push_back(request);
  if (request.path == "/api/v1/throw") throw std::runtime_error("toy");
  if (request.path == "/api/v1/never") return;
  if (request.path == "/api/v1/later") {
    threads.emplace_back([request, reply] {
      std::this_thread::sleep_for(milliseconds(50));
      reply(answer(request));
    });
    return;
  }
  reply(answer(request));
}

House::House(Options options, ToyStore* other) : store(other != nullptr ? *other : own_store) {
  options.port = 0;
  if (options.pages.empty() && options.web_root.empty()) options.pages = toy_pages();
  server = std::make_unique<Server>(handler, store, std::move(options));
  const Result<void> started = server->start();
  EXPECT_TRUE(started.ok()) << (started ? "" : started.error().hint);
}

double House::metric(const std::string& name) const {
  const std::string text = "\n" + get("/metrics").body;
  const std::size_t at = text.find("\n" + name + " ");
  if (at == std::string::npos) return -1;
  double value = -1;
  const char* begin = text.data() + at + name.size() + 2;
  std::from_chars(begin, text.data() + text.size(), value);
  return value;
}

bool House::becomes(const std::string& name, double value) const {
  for (int i = 0; i < 500; ++i) {
    if (metric(name) == value) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

namespace {

TEST(House, AnswersOnAFreePort) {
  const House house;
  EXPECT_GT(house.server->port(), 0);
  const ClientResponse answer = house.get("/api/v1/ping");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"pong":true})");
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

}  // namespace
}  // namespace doorstep::net
