#include "net/connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>

#include "net/channel.h"
#include "net/decode.h"
#include "net/exchange.h"

namespace doorstep::net {
namespace {

using Time = std::chrono::steady_clock;
using Socket = asio::ip::tcp::socket;
using LocalSocket = asio::local::stream_protocol::socket;

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

template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(std::shared_ptr<Shared> shared, std::shared_ptr<Gate> gate, Stream stream,
             Origin origin)
      : shared_(std::move(shared)),
        gate_(std::move(gate)),
        channel_(shared_, std::move(stream), std::move(origin)) {}
  ~Connection() {
    --shared_->metrics.connections;
    const std::string& peer = channel_.origin().peer;
    if (!peer.empty()) shared_->limiter.closed(network_of(peer));
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> run();

 private:
  asio::awaitable<void> refuse(Outbound answer, Origin origin);
  asio::awaitable<bool> respond(Read request);
  asio::awaitable<void> serve_events(Inbound in, api::Request request);
  asio::awaitable<void> stream_events(std::shared_ptr<Watch> watch, std::shared_ptr<Alarm> alarm,
                                      api::Request request);
  asio::awaitable<void> await_end(std::weak_ptr<Alarm> alarm);

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<Gate> gate_;
  Channel<Stream> channel_;
  bool streamed_ = false;  ///< Events were sent; there is no further request.
  bool ended_ = false;     ///< The other end has closed meanwhile.
};

template <class Stream>
asio::awaitable<void> Connection<Stream>::run() {
  if (!co_await channel_.handshake()) co_return;
  for (bool first = true;; first = false) {
    Read request = co_await channel_.read(first);
    if (request.end == Read::End::gone) break;
    if (request.end == Read::End::refused) {
      shared_->metrics.request("", request.refusal.status, Time::now() - request.since);
      co_await refuse(std::move(request.refusal), channel_.origin());
      break;
    }
    if (!co_await respond(std::move(request))) break;
  }
  co_await channel_.finish(!streamed_);
}

template <class Stream>
asio::awaitable<void> Connection<Stream>::refuse(Outbound answer, Origin origin) {
  const bool sent = co_await channel_.write(answer, origin, Framing::close, false);
  if (sent) co_await channel_.linger();
}

// Returns whether another request may follow.
template <class Stream>
asio::awaitable<bool> Connection<Stream>::respond(Read request) {
  const std::string path = request.in.path;
  const Origin origin = request.in.origin;
  const bool bodiless = request.in.verb == Verb::head;
  Plan plan = shared_->front.plan(request.in);
  if (plan.kind == Plan::Kind::events) {
    co_await serve_events(std::move(request.in), std::move(plan.request));
    co_return false;
  }
  const Outbound answer =
      co_await answer_for(shared_, gate_, std::move(request.in), std::move(plan));
  const Framing framing = request.keep_alive ? Framing::keep : Framing::close;
  const bool sent = co_await channel_.write(answer, origin, framing, bodiless);
  shared_->metrics.request(path, answer.status, Time::now() - request.since);
  co_return (sent && request.keep_alive);
}

template <class Stream>
asio::awaitable<void> Connection<Stream>::serve_events(Inbound in, api::Request request) {
  Result<api::Viewer> viewer = co_await viewer_for(shared_, gate_, request);
  Outbound answer;
  const bool full = shared_->metrics.streams >= shared_->options.events.streams;
  if (!viewer || full) {
    const Error busy{ErrorKind::unavailable, "http.busy"};
    answer = shared_->front.answer(in, request, api::problem(viewer ? busy : viewer.error()));
    shared_->metrics.request(in.path, answer.status, {});
    co_await refuse(std::move(answer), in.origin);
    co_return;
  }
  shared_->metrics.request(in.path, 200, {});
  answer.media_type = "text/event-stream";
  // nginx would otherwise wait for a full buffer.
  answer.headers.emplace_back("X-Accel-Buffering", "no");

  std::optional<std::int64_t> after = number(in.last_event_id);
  if (!after) after = number(query_value(in.query, "after").value_or(""));
  auto alarm = std::make_shared<Alarm>(channel_.stream().get_executor());
  std::function<void()> wake = [gate = gate_, weak = std::weak_ptr<Alarm>(alarm)] {
    gate->post([weak] {
      if (const auto waiting = weak.lock()) waiting->ring();
    });
  };
  // Before the head goes out: from then on a browser may count on every event.
  auto watch = shared_->hub.subscribe(*std::move(viewer), after, std::move(wake));
  streamed_ = true;
  if (!co_await channel_.write(answer, in.origin, Framing::stream, true)) co_return;
  asio::co_spawn(
      channel_.stream().get_executor(),
      [self = this->shared_from_this(), weak = std::weak_ptr<Alarm>(alarm)] {
        return self->await_end(weak);
      },
      asio::detached);
  ++shared_->metrics.streams;
  co_await stream_events(std::move(watch), std::move(alarm), std::move(request));
  --shared_->metrics.streams;
}

// Notices a closed tab at once and not with the next heartbeat. A browser sends nothing on this
// connection, so whatever arrives is thrown away.
template <class Stream>
asio::awaitable<void> Connection<Stream>::await_end(std::weak_ptr<Alarm> alarm) {
  std::array<char, 512> waste;
  for (;;) {
    const auto [error, size] =
        co_await channel_.stream().async_read_some(asio::buffer(waste), as_result);
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
    if (text.empty() && Time::now() >= heartbeat) {
      text = fmt::format(":\nid: {}\n\n", watch->cursor());
    }
    if (text.empty()) {
      alarm->timer.expires_at(std::min(heartbeat, recheck));
      if (!alarm->rung) co_await alarm->timer.async_wait(as_result);
      alarm->rung = false;
      continue;
    }
    if (!co_await channel_.write_text(text, options.stall)) {
      if (channel_.stalled()) ++shared_->metrics.dropped;
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
