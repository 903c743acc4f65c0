#pragma once
/// \file Channel: requests off a stream and answers onto it, with every deadline and limit. Knows
/// nothing of what is asked.

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "net/loop.h"
#include "net/request.h"
#include "net/shared.h"
#include "net/watchdog.h"
#include "net/wire.h"

namespace doorstep::net {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using Parser = http::request_parser<http::string_body>;
using TlsStream = asio::ssl::stream<asio::ip::tcp::socket>;

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

/// What reading a request came to.
struct Read {
  enum class End : std::uint8_t { request, refused, gone } end = End::gone;
  Inbound in = {};
  Outbound refusal = {};
  bool keep_alive = false;
  std::chrono::steady_clock::time_point since = {};
  std::unique_ptr<UploadSlot> upload = {};  ///< Held until the answer is sent.
};

/// `Stream` is a socket or TlsStream. For one loop's thread.
template <class Stream>
class Channel {
 public:
  Channel(std::shared_ptr<Shared> shared, Stream stream, Origin origin)
      : shared_(std::move(shared)),
        stream_(std::move(stream)),
        origin_(std::move(origin)),
        watchdog_(std::make_shared<Watchdog>(stream_.get_executor(), [this] {
          boost::system::error_code ignored;
          static_cast<void>(lowest().cancel(ignored));
        })) {}
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  [[nodiscard]] const Origin& origin() const { return origin_; }
  [[nodiscard]] Stream& stream() { return stream_; }

  /// Whether the other end may speak: TLS is set up, or there is none.
  asio::awaitable<bool> handshake();
  /// The next request. `first` of the connection: there is less patience with its first byte.
  asio::awaitable<Read> read(bool first);
  /// Both return whether everything was sent. `bodiless`: the head alone.
  asio::awaitable<bool> write(const Outbound& answer, const Origin& origin, Framing framing,
                              bool bodiless);
  asio::awaitable<bool> write_text(std::string_view text, std::chrono::milliseconds time);
  /// Whether the last write_text() failed because its time was over.
  [[nodiscard]] bool stalled() const { return stalled_; }
  /// After a refusal, before finish().
  asio::awaitable<void> linger();
  /// Closes. `farewell`: after a TLS goodbye, which needs that nobody else is reading.
  asio::awaitable<void> finish(bool farewell);

 private:
  static constexpr std::size_t write_piece = std::size_t{64} * 1024;
  static constexpr std::size_t read_piece = 4096;
  static constexpr std::chrono::milliseconds linger_time{2000};
  static constexpr std::size_t linger_bytes = std::size_t{4} * 1024 * 1024;

  auto& lowest() {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  [[nodiscard]] const Limits& limits() const { return shared_->options.limits; }

  asio::awaitable<boost::system::error_code> read_head(Parser& parser, bool first, bool& silent);
  asio::awaitable<boost::system::error_code> read_body(Parser& parser, Read& read);
  [[nodiscard]] std::optional<Outbound> reason_against(const boost::system::error_code& error,
                                                       bool timed_out) const;

  std::shared_ptr<Shared> shared_;
  Stream stream_;
  Origin origin_;
  std::shared_ptr<Watchdog> watchdog_;
  beast::flat_buffer buffer_;
  bool stalled_ = false;
};

template <class Stream>
asio::awaitable<bool> Channel<Stream>::handshake() {
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
asio::awaitable<void> Channel<Stream>::finish(bool farewell) {
  if constexpr (std::is_same_v<Stream, TlsStream>) {
    if (farewell) {
      watchdog_->allow(linger_time);
      static_cast<void>(co_await stream_.async_shutdown(as_result));
    }
  } else {
    static_cast<void>(farewell);
  }
  watchdog_->rest();
  boost::system::error_code ignored;
  static_cast<void>(lowest().close(ignored));
  co_return;
}

// Closing a socket with unread bytes makes the kernel send a reset, which can overtake the refusal.
// So what still comes is read for a moment and thrown away.
template <class Stream>
asio::awaitable<void> Channel<Stream>::linger() {
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
asio::awaitable<boost::system::error_code> Channel<Stream>::read_head(Parser& parser, bool first,
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
asio::awaitable<boost::system::error_code> Channel<Stream>::read_body(Parser& parser, Read& read) {
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
std::optional<Outbound> Channel<Stream>::reason_against(const boost::system::error_code& error,
                                                        bool timed_out) const {
  if (error != asio::error::no_buffer_space) return refusal(error, timed_out);
  Outbound busy = transport_problem(503, "http.busy");
  busy.headers.emplace_back("Retry-After", "5");
  return busy;
}

template <class Stream>
asio::awaitable<Read> Channel<Stream>::read(bool first) {
  Read read;
  Parser parser;
  parser.header_limit(limits().header_bytes);
  // Every path has its own limit, so the body is judged once the path is known.
  parser.body_limit(boost::none);
  bool silent = false;
  boost::system::error_code error = co_await read_head(parser, first, silent);
  read.since = std::chrono::steady_clock::now();
  if (!error) error = co_await read_body(parser, read);
  const bool timed_out = watchdog_->expired();
  watchdog_->rest();
  if (error && silent) co_return read;
  if (error) {
    std::optional<Outbound> refused = reason_against(error, timed_out);
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
asio::awaitable<bool> Channel<Stream>::write_text(std::string_view text,
                                                  std::chrono::milliseconds time) {
  watchdog_->allow(time);
  const auto buffer = asio::buffer(text.data(), text.size());
  const auto [error, size] = co_await asio::async_write(stream_, buffer, as_result);
  static_cast<void>(size);
  stalled_ = watchdog_->expired();
  watchdog_->rest();
  co_return !error;
}

template <class Stream>
asio::awaitable<bool> Channel<Stream>::write(const Outbound& answer, const Origin& origin,
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

}  // namespace doorstep::net
