#pragma once
/// \file For the tests of this folder: a journal in memory, a toy handler and a running server.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "net/client.h"
#include "net/server.h"

namespace doorstep::net {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A journal without a database.
class ToyStore final : public store::Store {
 public:
  /// Appends `count` entries and tells the listener once.
  void seal(const std::string& path, int count = 1) {
    std::int64_t newest = 0;
    {
      const std::scoped_lock lock(mutex_);
      for (int i = 0; i < count; ++i) {
        store::Sealed sealed;
        sealed.seq = static_cast<std::int64_t>(entries_.size()) + 1;
        sealed.entry.path = path;
        sealed.entry.kind = "check_in.recorded";
        entries_.push_back(sealed);
      }
      newest = static_cast<std::int64_t>(entries_.size());
    }
    if (listener_) listener_(newest);
  }

  std::vector<store::Sealed> journal(std::int64_t after, std::int64_t limit) override {
    const std::scoped_lock lock(mutex_);
    ++reads;
    if (broken > 0 && broken-- > 0) throw store::Failure("store.broken", "disk");
    std::vector<store::Sealed> out;
    for (auto i = static_cast<std::size_t>(after);
         i < entries_.size() && static_cast<std::int64_t>(out.size()) < limit; ++i) {
      out.push_back(entries_[i]);
    }
    return out;
  }
  std::int64_t last_seq() override {
    const std::scoped_lock lock(mutex_);
    if (gone) throw store::Failure("store.broken", "disk");
    return static_cast<std::int64_t>(entries_.size());
  }
  void on_sealed(std::function<void(std::int64_t)> listener) override {
    listener_ = std::move(listener);
  }

  store::Outcome read(const std::function<store::Outcome(store::Snapshot&)>&) override {
    return Error{ErrorKind::unavailable, "toy"};
  }
  void write(std::function<store::Outcome(store::Transaction&)>,
             std::function<void(store::Outcome)>) override {}
  store::Head sign_head() override { return {}; }
  std::string put_blob(std::string_view) override { return {}; }
  std::optional<std::string> blob(const std::string&) override { return {}; }
  void remove_blob(const std::string&) override {}
  [[nodiscard]] std::string_view engine() const override { return "toy"; }
  [[nodiscard]] const std::string& pepper() const override { return pepper_; }
  [[nodiscard]] const std::string& journal_key() const override { return pepper_; }
  [[nodiscard]] std::string sign(std::string_view /*text*/) const override { return {}; }
  [[nodiscard]] std::vector<store::Head> noted_heads() const override { return {}; }

  int reads = 0;   ///< Calls of journal().
  int broken = 0;  ///< So many calls of journal() fail.
  bool gone = false;

 private:
  std::mutex mutex_;
  std::vector<store::Sealed> entries_;
  std::function<void(std::int64_t)> listener_;
  std::string pepper_;
};

/// Answers by path; "/api/v1/echo" says what arrived.
class ToyHandler final : public Handler {
 public:
  ~ToyHandler() override { join(); }

  void handle(const api::Request& request, const api::Reply& reply) override;
  Result<api::Viewer> viewer(const api::Request& request) override {
    const std::scoped_lock lock(mutex);
    if (request.session.empty() || turned_away) {
      return Error{ErrorKind::unauthenticated, "session.none"};
    }
    return api::Viewer{1, {"/" + request.session + "/"}, 7};
  }
  std::optional<std::string> event_data(const api::Viewer& viewer,
                                        const store::Sealed& entry) override {
    if (!entry.entry.path.starts_with(viewer.prefixes.front())) return std::nullopt;
    return "{\"seq\":" + std::to_string(entry.seq) + padding + "}";
  }
  void join() {
    const std::scoped_lock lock(mutex);
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }

  std::mutex mutex;
  std::vector<std::thread> threads;
  std::vector<api::Request> seen;
  bool turned_away = false;
  std::string padding;  ///< Makes each event as long as a test needs.
};

/// A server on a free port with pages of its own.
struct House {
  explicit House(Options options = {}, ToyStore* other = nullptr);

  [[nodiscard]] Client client() const { return Client::tcp("127.0.0.1", server->port()); }
  [[nodiscard]] ClientResponse get(std::string_view target, const Headers& headers = {}) const {
    Client one = client();
    const Result<ClientResponse> got = one.send("GET", target, headers);
    return got ? *got : ClientResponse{};
  }
  /// One line of /metrics as a number; -1 where it is not there.
  [[nodiscard]] double metric(const std::string& name) const;
  /// Waits for a metric to reach a value; false after five seconds.
  [[nodiscard]] bool becomes(const std::string& name, double value) const;

  ToyStore own_store;
  ToyStore& store;
  ToyHandler handler;
  std::unique_ptr<Server> server;
};

/// The pages that House serves unless told otherwise.
[[nodiscard]] std::span<const Page> toy_pages();

}  // namespace doorstep::net
