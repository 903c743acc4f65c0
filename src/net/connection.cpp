#include "net/connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <type_traits>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <fmt/format.h>

#include "net/decode.h"
#include "net/exchange.h"
#include "net/request.h"
#include "net/watchdog.h"

namespace doorstep::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using Time = std::chrono::steady_clock;
using Socket = asio::ip::tcp::socket;
using TlsStream = asio::ssl::stream<Socket>;
using LocalSocket = asio::local::stream_protocol::socket;
using Parser = http::request_parser<http::string_body>;

constexpr std::size_t write_piece = 64 * 1024;
constexpr std::size_t read_piece = 4096;
constexpr std::chrono::milliseconds linger_time{2000};
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;

/// Counts one large body for as long as it is held.
class UploadSlot {
 public:
  explicit UploadSlot(Shared& shared) : metrics_(&shared.metrics) {
    free_ = ++metrics_->uploads <= shared.options.limits.uploads;
  }
  ~UploadSlot() { --metrics_->uploads; }
  UploadSlot(const UploadSlot&) = delete;
  UploadSlot& operator=(const UploadSlot&) = delete;
  [[nodiscard]] bool free() const { return free_; }

 private:
  Metrics* metrics_;
  bool free_ = false;
};

/// Wakes a coroutine of the loop; what happens before it sleeps is not lost.
struct Alarm {
  explicit Alarm(const asio::any_io_executor& executor) : timer(executor) {}
  void ring() {
    rung = true;
    timer.cancel();
  }
  asio::steady_timer timer;
  bool rung = false;
};

/// What reading a request came to.
struct Read {
  enum class End : std::uint8_t { request, refused, gone } end = End::gone;
  Inbound in = {};
  Outbound refusal = {};
  bool keep_alive = false;
  Time::time_point since = {};
  std::unique_ptr<UploadSlot> upload = {};  ///< Held until the answer is sent.
};

template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(std::shared_ptr<Shared> shared, std::shared_ptr<Gate> gate, Stream stream,
             Origin origin)
      : shared_(std::move(shared)),
        gate_(std::move(gate)),
        stream_(std::move(stream)),
        origin_(std::move(origin)),
        watchdog_(std::make_shared<Watchdog>(stream_.get_executor(), [this] {
          boost::system::error_code ignored;
          static_cast<void>(lowest().cancel(ignored));
        })) {}
  ~Connection() {
    --shared_->metrics.connections;
    if (!origin_.peer.empty()) shared_->limiter.closed(network_of(origin_.peer));
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> run();

 private:
  auto& lowest() {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  [[nodiscard]] const Limits& limits() const { return shared_->options.limits; }

  asio::awaitable<bool> handshake();
  asio::awaitable<void> finish();
  asio::awaitable<void> linger();
  asio::awaitable<Read> read(bool first);
  asio::awaitable<boost::system::error_code> read_head(Parser& parser, bool first, bool& silent);
  asio::awaitable<boost::system::error_code> read_body(Parser& parser, Read& read);
  asio::awaitable<bool> write(const Outbound& answer, const Origin& origin, Framing framing,
                              bool bodiless);
  asio::awaitable<bool> write_text(std::string_view text, std::chrono::milliseconds time);

  asio::awaitable<bool> respond(Read request);
  asio::awaitable<bool> serve_events(Inbound in, api::Request request);
  asio::awaitable<void> stream_events(std::shared_ptr<Watch> watch, std::shared_ptr<Alarm> alarm,
                                      api::Request request);
  asio::awaitable<void> await_end(std::weak_ptr<Alarm> alarm);

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<Gate> gate_;
  Stream stream_;
  Origin origin_;
  std::shared_ptr<Watchdog> watchdog_;
  beast::flat_buffer buffer_;
  bool ended_ = false;  ///< The other end has closed while events were streamed.
};

template <class Stream>
asio::awaitable<void> Connection<Stream>::run() {
  if (!co_await handshake()) co_return;
  for (bool first = true;; first = false) {
    Read request = co_await read(first);
    if (request.end == Read::End::gone) break;
    if (request.end == Read::End::refused) {
      shared_->metrics.request("", request.refusal.status, Time::now() - request.since);
      const bool sent = co_await write(request.refusal, origin_, Framing::close, false);
      if (sent) co_await linger();
      break;
    }
    if (!co_await respond(std::move(request))) break;
  }
  co_await finish();
}

template <class Stream>
asio::awaitable<bool> Connection<Stream>::handshake() {
  if constexpr (std::is_same_v<Stream, TlsStream>) {
    watchdog_->allow(limits().header_time);
    const auto [error] = co_await stream_.async_handshake(TlsStream::server, as_result);
    watchdog_->rest();
    co_return !error;
  }
  co_return true;
}

// Says goodbye in TLS, so that the other end knows that nothing was cut off.
template <class Stream>
asio::awaitable<void> Connection<Stream>::finish() {
  if constexpr (std::is_same_v<Stream, TlsStream>) {
    watchdog_->allow(linger_time);
    static_cast<void>(co_await stream_.async_shutdown(as_result));
  }
  watchdog_->rest();
  boost::system::error_code ignored;
  static_cast<void>(lowest().close(ignored));
  co_return;
}

// Closing a socket with unread bytes makes the kernel send a reset, which can overtake the refusal.
// So what still comes is read for a moment and thrown away.
template <class Stream>
asio::awaitable<void> Connection<Stream>::linger() {
  boost::system::error_code ignored;
  static_cast<void>(lowest().shutdown(asio::socket_base::shutdown_send, ignored));
  watchdog_->allow(linger_time);
  std::array<char, read_piece> waste;
  for (std::size_t total = 0; total < linger_bytes;) {
    const auto [error, size] = co_await lowest().async_read_some(asio::buffer(waste), as_result);
    if (error) break;
    total += size;
  }
}

template <class Stream>
asio::awaitable<boost::system::error_code> Connection<Stream>::read_head(Parser& parser, bool first,
                                                                         bool& silent) {
  if (buffer_.size() == 0) {
    if (buffer_.capacity() > write_piece) buffer_.shrink_to_fit();
    watchdog_->allow(first ? limits().header_time : limits().idle_time);
    const auto space = buffer_.prepare(read_piece);
    const auto [error, size] = co_await stream_.async_read_some(space, as_result);
    buffer_.commit(size);
    // Nothing was asked, so nothing is answered.
    silent = true;
    if (error) co_return error;
  }
  silent = false;
  watchdog_->allow(limits().header_time);
  const auto [error, size] = co_await http::async_read_header(stream_, buffer_, parser, as_result);
  static_cast<void>(size);
  co_return error;
}

template <class Stream>
asio::awaitable<boost::system::error_code> Connection<Stream>::read_body(Parser& parser,
                                                                         Read& read) {
  const Message& message = parser.get();
  const std::string_view target(message.target().data(), message.target().size());
  const std::uint64_t limit = shared_->front.body_limit(verb_of(message), target);
  const auto length = parser.content_length();
  if (length && *length > limit) co_return make_error_code(http::error::body_limit);
  parser.body_limit(limit);
  const bool large = limit > limits().body_bytes && (!length || *length > limits().body_bytes);
  if (large) {
    read.upload = std::make_unique<UploadSlot>(*shared_);
    // Memory for large bodies is bounded in number, since anybody can begin to send one.
    if (!read.upload->free()) co_return asio::error::no_buffer_space;
  }
  if (parser.is_done()) co_return boost::system::error_code{};
  watchdog_->allow(large ? limits().upload_time : limits().request_time);
  const auto expect = message[http::field::expect];
  if (beast::iequals(expect, "100-continue")) {
    const bool sent = co_await write_text("HTTP/1.1 100 Continue\r\n\r\n", limits().request_time);
    if (!sent) co_return asio::error::broken_pipe;
    watchdog_->allow(large ? limits().upload_time : limits().request_time);
  }
  const auto [error, size] = co_await http::async_read(stream_, buffer_, parser, as_result);
  static_cast<void>(size);
  co_return error;
}

template <class Stream>
asio::awaitable<Read> Connection<Stream>::read(bool first) {
  Read read;
  Parser parser;
  parser.header_limit(limits().header_bytes);
  // Every path has its own limit, so the body is judged once the path is known.
  parser.body_limit(boost::none);
  bool silent = false;
  boost::system::error_code error = co_await read_head(parser, first, silent);
  read.since = Time::now();
  if (!error) error = co_await read_body(parser, read);
  const bool timed_out = watchdog_->expired();
  watchdog_->rest();
  if (error) {
    if (silent) co_return read;
    std::optional<Outbound> refused;
    if (error == asio::error::no_buffer_space) {
      refused = transport_problem(503, "http.busy");
      refused->headers.emplace_back("Retry-After", "5");
    } else {
      refused = refusal(error, timed_out);
    }
    if (!refused) co_return read;
    read.end = Read::End::refused;
    read.refusal = *std::move(refused);
    co_return read;
  }
  read.keep_alive = parser.get().keep_alive();
  Result<Inbound> in = to_inbound(parser.get(), origin_, shared_->options.behind_proxy);
  if (!in) {
    read.end = Read::End::refused;
    read.refusal = transport_problem(400, in.error().code, in.error().hint);
    co_return read;
  }
  read.end = Read::End::request;
  read.in = *std::move(in);
  co_return read;
}

template <class Stream>
asio::awaitable<bool> Connection<Stream>::write_text(std::string_view text,
                                                     std::chrono::milliseconds time) {
  watchdog_->allow(time);
  const auto buffer = asio::buffer(text.data(), text.size());
  const auto [error, size] = co_await asio::async_write(stream_, buffer, as_result);
  static_cast<void>(size);
  watchdog_->rest();
  co_return !error;
}

template <class Stream>
asio::awaitable<bool> Connection<Stream>::write(const Outbound& answer, const Origin& origin,
                                                Framing framing, bool bodiless) {
  const std::string head = head_text(answer, origin, framing);
  std::string_view rest = bodiless ? std::string_view{} : answer.content();
  const std::string_view piece = rest.substr(0, write_piece);
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head.data(), head.size()),
                                                  asio::buffer(piece.data(), piece.size())};
  watchdog_->allow(limits().request_time);
  const auto [error, size] = co_await asio::async_write(stream_, buffers, as_result);
  static_cast<void>(size);
  watchdog_->rest();
  if (error) co_return false;
  rest.remove_prefix(piece.size());
  // A long download may take as long as it moves on.
  while (!rest.empty()) {
    const std::string_view next = rest.substr(0, write_piece);
    if (!co_await write_text(next, limits().request_time)) co_return false;
    rest.remove_prefix(next.size());
  }
  co_return true;
}

// Returns whether another request may follow.
template <class Stream>
asio::awaitable<bool> Connection<Stream>::respond(Read request) {
  const std::string path = request.in.path;
  const Origin origin = request.in.origin;
  const bool bodiless = request.in.verb == Verb::head;
  Plan plan = shared_->front.plan(request.in);
  if (plan.kind == Plan::Kind::events) {
    co_return co_await serve_events(std::move(request.in), std::move(plan.request));
  }
  const Outbound answer =
      co_await answer_for(shared_, gate_, std::move(request.in), std::move(plan));
  const Framing framing = request.keep_alive ? Framing::keep : Framing::close;
  const bool sent = co_await write(answer, origin, framing, bodiless);
  shared_->metrics.request(path, answer.status, Time::now() - request.since);
  co_return sent&& request.keep_alive;
}

template <class Stream>
asio::awaitable<bool> Connection<Stream>::serve_events(Inbound in, api::Request request) {
  Result<api::Viewer> viewer = co_await viewer_for(shared_, gate_, request);
  Outbound answer;
  const bool full = shared_->metrics.streams >= shared_->options.events.streams;
  if (!viewer || full) {
    const Error busy{ErrorKind::unavailable, "http.busy"};
    answer = shared_->front.answer(in, request, api::problem(viewer ? busy : viewer.error()));
    shared_->metrics.request(in.path, answer.status, {});
    const bool sent = co_await write(answer, in.origin, Framing::close, false);
    if (sent) co_await linger();
    co_return false;
  }
  shared_->metrics.request(in.path, 200, {});
  answer.media_type = "text/event-stream";
  // nginx would otherwise wait for a full buffer.
  answer.headers.emplace_back("X-Accel-Buffering", "no");
  if (!co_await write(answer, in.origin, Framing::stream, true)) co_return false;

  std::optional<std::int64_t> after = number(in.last_event_id);
  if (!after) after = number(query_value(in.query, "after").value_or(""));
  auto alarm = std::make_shared<Alarm>(stream_.get_executor());
  std::function<void()> wake = [gate = gate_, weak = std::weak_ptr<Alarm>(alarm)] {
    gate->post([weak] {
      if (const auto waiting = weak.lock()) waiting->ring();
    });
  };
  auto watch = shared_->hub.subscribe(*std::move(viewer), after, std::move(wake));
  asio::co_spawn(
      stream_.get_executor(),
      [self = this->shared_from_this(), weak = std::weak_ptr<Alarm>(alarm)] {
        return self->await_end(weak);
      },
      asio::detached);
  ++shared_->metrics.streams;
  co_await stream_events(std::move(watch), std::move(alarm), std::move(request));
  --shared_->metrics.streams;
  co_return false;
}

// Notices a closed tab at once and not with the next heartbeat. A browser sends nothing on this
// connection, so whatever arrives is thrown away.
template <class Stream>
asio::awaitable<void> Connection<Stream>::await_end(std::weak_ptr<Alarm> alarm) {
  std::array<char, 512> waste;
  for (;;) {
    const auto [error, size] = co_await stream_.async_read_some(asio::buffer(waste), as_result);
    static_cast<void>(size);
    if (error) break;
  }
  ended_ = true;
  if (const auto waiting = alarm.lock()) waiting->ring();
}

template <class Stream>
asio::awaitable<void> Connection<Stream>::stream_events(std::shared_ptr<Watch> watch,
                                                        std::shared_ptr<Alarm> alarm,
                                                        api::Request request) {
  const Events& options = shared_->options.events;
  // The number first: a browser that loses the connection before any event resumes from here.
  std::string text = fmt::format("retry: {}\nid: {}\n\n", options.retry.count(), watch->cursor());
  Time::time_point heartbeat = Time::now() + options.heartbeat;
  Time::time_point recheck = Time::now() + options.recheck;
  while (!ended_) {
    if (Time::now() >= recheck) {
      Result<api::Viewer> viewer = co_await viewer_for(shared_, gate_, request);
      // A store that is busy is no reason to turn people away; a lost grant is.
      if (!viewer && viewer.error().kind != ErrorKind::unavailable) break;
      if (viewer) watch->set_viewer(*std::move(viewer));
      recheck = Time::now() + options.recheck;
    }
    text += shared_->hub.take(*watch);
    // The heartbeat names the newest entry, also those that were not for this viewer.
    if (text.empty() && Time::now() >= heartbeat)
      text = fmt::format(":\nid: {}\n\n", watch->cursor());
    if (text.empty()) {
      alarm->timer.expires_at(std::min(heartbeat, recheck));
      if (!alarm->rung) co_await alarm->timer.async_wait(as_result);
      alarm->rung = false;
      continue;
    }
    if (!co_await write_text(text, options.stall)) {
      if (!ended_) ++shared_->metrics.dropped;
      break;
    }
    text.clear();
    heartbeat = Time::now() + options.heartbeat;
  }
}

template <class Stream>
void spawn(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate, Stream stream,
           Origin origin) {
  const auto executor = stream.get_executor();
  auto connection =
      std::make_shared<Connection<Stream>>(shared, gate, std::move(stream), std::move(origin));
  asio::co_spawn(
      executor, [connection = std::move(connection)] { return connection->run(); }, asio::detached);
}

}  // namespace

void serve_plain(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate,
                 Socket socket, Origin origin) {
  spawn(shared, gate, std::move(socket), std::move(origin));
}

void serve_tls(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate,
               Socket socket, Origin origin, asio::ssl::context& context) {
  TlsStream stream(std::move(socket), context);
  spawn(shared, gate, std::move(stream), std::move(origin));
}

void serve_local(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Gate>& gate,
                 LocalSocket socket, Origin origin) {
  spawn(shared, gate, std::move(socket), std::move(origin));
}

}  // namespace doorstep::net
