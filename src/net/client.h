#pragma once
/// \file Client: a small blocking HTTP client over TCP or a unix-domain socket, for the command
/// line and the tests. No TLS: it talks to this machine.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/message.h"
#include "base/result.h"

namespace doorstep::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// An answer as it came.
struct ClientResponse {
  int status = 0;
  Headers headers = {};
  std::string body = {};

  /// The first header of this name, in any case; empty where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// One connection; opened with the first request and again after it ended. Not thread-safe.
class Client {
 public:
  static Client tcp(std::string host, std::uint16_t port);
  static Client local(std::string socket_path);
  ~Client();
  Client(Client&& other) noexcept;
  Client& operator=(Client&& other) noexcept;

  /// For one request; 30 s where not set.
  void set_timeout(std::chrono::milliseconds timeout) { timeout_ = timeout; }

  /// Errors of both: unavailable "client.connect" or "client.broken".
  Result<ClientResponse> send(std::string_view method, std::string_view target,
                              const Headers& headers = {}, std::string_view body = {});
  /// The same with the types of the service. Keeps the session cookie that an answer sets.
  Result<api::Response> call(const api::Request& request);

  /// Bytes as they are, for tests of the other side. Errors: those of send().
  Result<void> write(std::string_view bytes);
  /// Reads one answer. `bodiless`: to a HEAD.
  Result<ClientResponse> read(bool bodiless = false);
  /// Reads what comes next, at most `limit` bytes; empty at the end or after the timeout.
  std::string read_some(std::size_t limit = 65'536);
  /// Tells the other side that nothing more will come.
  void half_close();
  void close();
  [[nodiscard]] bool connected() const { return socket_ >= 0; }

 private:
  Client(std::string host, std::uint16_t port, std::string path);
  Result<void> connect();
  Result<void> fill();

  std::string host_;
  std::uint16_t port_ = 0;
  std::string path_;
  std::chrono::milliseconds timeout_{30'000};
  int socket_ = -1;
  std::string buffer_;
  std::string session_;
};

/// One server-sent event; a comment or an id alone has an empty `data`.
struct StreamEvent {
  std::string id = {};
  std::string event = {};
  std::string data = {};
};

/// Reads an event stream, as a browser does.
class EventStream {
 public:
  /// `headers` carry the proof (Cookie or Authorization). Errors: those of Client::send; another
  /// answer than 200: its status and code as an Error.
  static Result<EventStream> open(Client client, std::string_view target, Headers headers,
                                  std::optional<std::int64_t> last_event_id = std::nullopt);

  /// The next block, or none when the time is over or the stream has ended.
  std::optional<StreamEvent> next(std::chrono::milliseconds wait);
  /// The next block that holds data.
  std::optional<StreamEvent> next_data(std::chrono::milliseconds wait);
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] const ClientResponse& head() const { return head_; }

 private:
  EventStream(Client client, ClientResponse head)
      : client_(std::move(client)), head_(std::move(head)) {}

  Client client_;
  ClientResponse head_;
  std::string text_;
  bool ended_ = false;
};

}  // namespace doorstep::net
