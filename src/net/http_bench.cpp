// Requests per second of a trivial GET over loopback, with the load in the same process. The client
// blocks and has a thread for each connection, so it takes a good half of the machine.
#include <cstdlib>
#include <memory>

#include <benchmark/benchmark.h>

#include "net/client.h"
#include "net/server.h"

namespace {

using namespace doorstep;

class Nothing final : public net::Handler {
 public:
  void handle(const api::Request&, const api::Reply& reply) override {
    api::Response response;
    response.body = R"({"pong":true})";
    reply(std::move(response));
  }
  Result<api::Viewer> viewer(const api::Request&) override {
    return Error{ErrorKind::unauthenticated, "session.none"};
  }
  std::optional<std::string> event_data(const api::Viewer&, const store::Sealed&) override {
    return std::nullopt;
  }
};

class NoStore final : public store::Store {
 public:
  store::Outcome read(const std::function<store::Outcome(store::Snapshot&)>&) override {
    return Error{ErrorKind::unavailable, "none"};
  }
  void write(std::function<store::Outcome(store::Transaction&)>,
             std::function<void(store::Outcome)>) override {}
  std::vector<store::Sealed> journal(std::int64_t, std::int64_t) override { return {}; }
  std::int64_t last_seq() override { return 0; }
  void on_sealed(std::function<void(std::int64_t)>) override {}
  store::Head sign_head() override { return {}; }
  std::string put_blob(std::string_view) override { return {}; }
  std::optional<std::string> blob(const std::string&) override { return {}; }
  void remove_blob(const std::string&) override {}
  [[nodiscard]] std::string_view engine() const override { return "none"; }
  [[nodiscard]] const std::string& pepper() const override { return pepper_; }
  [[nodiscard]] const std::string& journal_key() const override { return pepper_; }
  [[nodiscard]] std::string sign(std::string_view /*text*/) const override { return {}; }
  [[nodiscard]] std::vector<store::Head> noted_heads() const override { return {}; }

 private:
  std::string pepper_;
};

std::uint16_t port() {
  static Nothing handler;
  static NoStore store;
  static const std::unique_ptr<net::Server> server = [] {
    net::Options options;
    options.port = 0;
    auto made = std::make_unique<net::Server>(handler, store, options);
    if (!made->start()) std::abort();
    return made;
  }();
  return server->port();
}

void get(benchmark::State& state, const char* path) {
  net::Client client = net::Client::tcp("127.0.0.1", port());
  for (auto _ : state) {
    const auto answer = client.send("GET", path);
    if (!answer || answer->status != 200) state.SkipWithError("no answer");
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(get, on_the_loop, "/healthz")->Threads(64)->UseRealTime();
BENCHMARK_CAPTURE(get, through_a_worker, "/api/v1/ping")->Threads(64)->UseRealTime();
BENCHMARK_CAPTURE(get, one_client, "/api/v1/ping")->Threads(1)->UseRealTime();

}  // namespace
