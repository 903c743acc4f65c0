#include "net/client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "net/decode.h"

namespace doorstep::net {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";

Error broken(std::string hint) {
  return Error{ErrorKind::unavailable, "client.broken", std::move(hint)};
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

int connect_local(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return -1;
  std::ranges::copy(path, address.sun_path);
  const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) return -1;
  if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0)
    return made;
  ::close(made);
  return -1;
}

int connect_tcp(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return -1;
  int made = -1;
  for (const addrinfo* one = found; one != nullptr && made < 0; one = one->ai_next) {
    made = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
    if (made >= 0 && ::connect(made, one->ai_addr, one->ai_addrlen) != 0) {
      ::close(made);
      made = -1;
    }
  }
  freeaddrinfo(found);
  return made;
}

/// A decoded path as it goes on the wire.
std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("/-._~:@").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

/// Status line and headers; none where they are not HTTP.
std::optional<ClientResponse> parse_head(std::string_view head) {
  ClientResponse response;
  std::size_t line_end = head.find("\r\n");
  const std::string_view status_line = head.substr(0, line_end);
  if (!status_line.starts_with("HTTP/1.") || status_line.size() < 12) return std::nullopt;
  const auto status = number(status_line.substr(9, 3));
  if (!status) return std::nullopt;
  response.status = static_cast<int>(*status);
  while (line_end != std::string_view::npos) {
    head.remove_prefix(line_end + 2);
    line_end = head.find("\r\n");
    const std::string_view line = head.substr(0, line_end);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) break;
    std::string_view value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    response.headers.emplace_back(line.substr(0, colon), value);
  }
  return response;
}

}  // namespace

std::string_view ClientResponse::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (same_word(known, name)) return value;
  }
  return {};
}

Client::Client(std::string host, std::uint16_t port, std::string path)
    : host_(std::move(host)), port_(port), path_(std::move(path)) {}

Client Client::tcp(std::string host, std::uint16_t port) {
  return {std::move(host), port, {}};
}

Client Client::local(std::string socket_path) {
  return {"localhost", 0, std::move(socket_path)};
}

Client::~Client() {
  close();
}

Client::Client(Client&& other) noexcept {
  *this = std::move(other);
}

Client& Client::operator=(Client&& other) noexcept {
  if (this == &other) return *this;
  close();
  host_ = std::move(other.host_);
  port_ = other.port_;
  path_ = std::move(other.path_);
  timeout_ = other.timeout_;
  socket_ = std::exchange(other.socket_, -1);
  buffer_ = std::move(other.buffer_);
  session_ = std::move(other.session_);
  return *this;
}

void Client::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

void Client::half_close() {
  if (socket_ >= 0) ::shutdown(socket_, SHUT_WR);
}

Result<void> Client::connect() {
  if (socket_ >= 0) return {};
  socket_ = path_.empty() ? connect_tcp(host_, port_) : connect_local(path_);
  if (socket_ >= 0) return {};
  return Error{ErrorKind::unavailable, "client.connect", "nobody listens there"};
}

Result<void> Client::write(std::string_view bytes) {
  TRY(connect());
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return broken("cannot send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<void> Client::fill() {
  if (socket_ < 0) return broken("not connected");
  pollfd waiting{socket_, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(timeout_.count())) <= 0)
    return broken("no answer in time");
  std::array<char, 65'536> piece;
  const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
  if (got <= 0) return broken("the other end closed");
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return {};
}

std::string Client::read_some(std::size_t limit) {
  if (buffer_.empty() && !fill()) return {};
  std::string out = buffer_.substr(0, limit);
  buffer_.erase(0, out.size());
  return out;
}

Result<ClientResponse> Client::read(bool bodiless) {
  std::size_t end = std::string::npos;
  while ((end = buffer_.find(head_end)) == std::string::npos) TRY(fill());
  std::optional<ClientResponse> response = parse_head(std::string_view(buffer_).substr(0, end + 2));
  if (!response) return broken("not HTTP");
  buffer_.erase(0, end + head_end.size());
  if (response->status == 100) return read(bodiless);
  const auto length = number(response->header("Content-Length"));
  const bool stream = response->header("Content-Type") == "text/event-stream";
  if (length && !bodiless) {
    const auto size = static_cast<std::size_t>(*length);
    while (buffer_.size() < size) TRY(fill());
    response->body = buffer_.substr(0, size);
    buffer_.erase(0, size);
  }
  if (!stream && response->header("Connection") == "close") close();
  return *std::move(response);
}

Result<ClientResponse> Client::send(std::string_view method, std::string_view target,
                                    const Headers& headers, std::string_view body) {
  std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", method, target, host_);
  auto to = std::back_inserter(text);
  for (const auto& [name, value] : headers) fmt::format_to(to, "{}: {}\r\n", name, value);
  if (!body.empty() || method == "POST" || method == "PUT") {
    fmt::format_to(to, "Content-Length: {}\r\n", body.size());
  }
  text += "\r\n";
  text += body;
  const bool reused = connected();
  const Result<void> written = write(text);
  Result<ClientResponse> response =
      written ? read(method == "HEAD") : Result<ClientResponse>(written.error());
  if (response) return response;
  close();
  // The server may have ended an idle connection just now. Only what changes nothing is sent again.
  if (!reused || (method != "GET" && method != "HEAD")) return response;
  return send(method, target, headers, body);
}

Result<api::Response> Client::call(const api::Request& request) {
  Headers headers{{"X-Doorstep", "1"}};
  const std::string& session = request.session.empty() ? session_ : request.session;
  if (!session.empty()) headers.emplace_back("Cookie", "doorstep=" + session);
  if (!request.link.empty()) headers.emplace_back("Authorization", "Link " + request.link);
  if (!request.content_type.empty()) headers.emplace_back("Content-Type", request.content_type);
  if (!request.language.empty()) headers.emplace_back("Accept-Language", request.language);
  if (!request.idempotency_key.empty()) {
    headers.emplace_back("Idempotency-Key", request.idempotency_key);
  }
  std::string target = escaped(request.path);
  if (!request.query.empty()) target += "?" + request.query;
  ClientResponse got = TRY(send(to_text(request.method), target, headers, request.body));
  api::Response response;
  response.status = got.status;
  response.media_type = got.header("Content-Type");
  response.retry_after_seconds = static_cast<int>(number(got.header("Retry-After")).value_or(0));
  for (const auto& [name, value] : got.headers) {
    if (!same_word(name, "Set-Cookie")) continue;
    session_ = cookie_value(value, "doorstep");
    response.session = session_;
    response.cookie = session_.empty() ? api::Response::Cookie::clear : api::Response::Cookie::set;
  }
  response.body = std::move(got.body);
  return response;
}

Result<EventStream> EventStream::open(Client client, std::string_view target, Headers headers,
                                      std::optional<std::int64_t> last_event_id) {
  if (last_event_id) headers.emplace_back("Last-Event-ID", std::to_string(*last_event_id));
  ClientResponse head = TRY(client.send("GET", target, headers));
  if (head.status != 200) {
    return Error{ErrorKind::unavailable, "client.status", std::to_string(head.status)};
  }
  return EventStream(std::move(client), std::move(head));
}

std::optional<StreamEvent> EventStream::next(std::chrono::milliseconds wait) {
  const auto until = std::chrono::steady_clock::now() + wait;
  std::size_t end = std::string::npos;
  while ((end = text_.find("\n\n")) == std::string::npos) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    client_.set_timeout(left);
    const std::string more = client_.read_some();
    if (more.empty()) {
      ended_ = std::chrono::steady_clock::now() < until;
      return std::nullopt;
    }
    text_ += more;
  }
  StreamEvent event;
  std::string_view block = std::string_view(text_).substr(0, end);
  while (!block.empty()) {
    const std::string_view line = block.substr(0, std::min(block.size(), block.find('\n')));
    block.remove_prefix(std::min(block.size(), line.size() + 1));
    if (line.starts_with("id: ")) event.id = line.substr(4);
    if (line.starts_with("event: ")) event.event = line.substr(7);
    if (line.starts_with("data: ")) event.data = line.substr(6);
  }
  text_.erase(0, end + 2);
  return event;
}

std::optional<StreamEvent> EventStream::next_data(std::chrono::milliseconds wait) {
  const auto until = std::chrono::steady_clock::now() + wait;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    std::optional<StreamEvent> event = next(left);
    if (!event || !event->data.empty()) return event;
  }
}

}  // namespace doorstep::net
