/// \file Fuzzer of the front door: any bytes as they come from a socket, cut anywhere, go through the parser, the
/// front's decision and back onto the wire. The input's first byte says how: origin, size of the pieces.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/parser.hpp>

#include "base/check.h"
#include "net/front.h"
#include "net/request.h"

namespace {

using namespace doorstep;  // NOLINT(google-build-using-namespace): one file
namespace http = boost::beast::http;

struct House {
  net::Options options;
  net::Limiter limiter{options.limits};
  ManualClock clock{Instant{std::chrono::milliseconds{1'669'597'920'000}}};
  SeededRng rng{1};
  std::optional<net::Front> front;

  House() {
    options.clock = &clock;
    options.rng = &rng;
    front.emplace(options, limiter);
  }
};

/// The head is lines of our own making: nothing that somebody sent begins a line of its own.
void check_head(const std::string& head) {
  CHECK(head.starts_with("HTTP/1.1 ") && head.ends_with("\r\n\r\n"));
  std::string_view left = head;
  for (std::size_t end = left.find("\r\n"); end != 0; end = left.find("\r\n")) {
    const std::string_view line = left.substr(0, end);
    CHECK(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    left.remove_prefix(end + 2);
  }
  CHECK(left == "\r\n");
}

/// As the channel reads it: the head, then the limit that the path has, then the body.
std::optional<net::Message> parsed(House& house, std::string_view bytes, std::size_t piece) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(house.options.limits.header_bytes);
  parser.body_limit(boost::none);
  std::string waiting;
  bool judged = false;
  while (!parser.is_done()) {
    const std::string_view next = bytes.substr(0, piece);
    bytes.remove_prefix(next.size());
    waiting += next;
    boost::system::error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(waiting), error);
    waiting.erase(0, used);
    if (error && error != http::error::need_more) {
      static_cast<void>(net::refusal(error, false));
      return std::nullopt;
    }
    if (parser.is_header_done() && !judged) {
      judged = true;
      const auto target = parser.get().target();
      const auto limit =
          house.front->body_limit(net::verb_of(parser.get()), {target.data(), target.size()});
      if (parser.content_length().value_or(0) > limit) return std::nullopt;
      parser.body_limit(limit);
      parser.eager(true);
    }
    if (next.empty() && used == 0) return std::nullopt;
  }
  return parser.release();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static House house;
  net::Origin origin{"192.0.2.7", api::Channel::network, (data[0] & 1U) != 0, (data[0] & 2U) != 0};
  if ((data[0] & 4U) != 0) origin.channel = api::Channel::control;
  // Rates are another matter: every input is a first one.
  house.limiter.~Limiter();
  new (&house.limiter) net::Limiter(house.options.limits);
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  auto message = parsed(house, bytes, (data[0] & 8U) != 0 ? 7 : bytes.size() + 1);
  if (!message) return 0;
  auto in = net::to_inbound(*message, origin, (data[0] & 16U) != 0);
  if (!in) {
    CHECK(in.error().code == "http.bad_request");
    return 0;
  }
  net::Plan plan = house.front->plan(*in);
  if (plan.kind == net::Plan::Kind::answer) {
    check_head(net::head_text(plan.answer, in->origin, net::Framing::keep));
    return 0;
  }
  CHECK(plan.request.session.find_first_of(";\r\n") == std::string::npos);
  CHECK(plan.request.link.find_first_of("/ \r\n") == std::string::npos);
  api::Response response;
  response.body = bytes;
  response.file_name = in->query;
  response.cookie = api::Response::Cookie::set;
  response.session = "token";
  const net::Outbound answer = plan.kind == net::Plan::Kind::report
                                   ? house.front->receipt(*in, plan.report, response)
                                   : house.front->answer(*in, plan.request, std::move(response));
  check_head(net::head_text(answer, in->origin, net::Framing::close));
  return 0;
}
