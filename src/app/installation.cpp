#include "app/installation.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <thread>

#include <sys/stat.h>

#include "api/endpoint.h"
#include "base/bytes.h"
#include "care/registry/import_batch.h"
#include "net/client.h"
#include "store/upgrade.h"

namespace doorstep::app {
namespace {

/// Demo data can never become real, nor real data a demo: a store with a known sign-in must not hold
/// people. A store without any account is neither yet.
Result<void> check_demo(store::Store& store, bool demo) {
  const auto outcome = store.read([&](store::Snapshot& db) -> store::Outcome {
    const auto row = db.first(
        "SELECT count(*) FILTER (WHERE demo), count(*) FILTER (WHERE NOT demo) FROM account"
        " WHERE id IN (SELECT account_id FROM access_grant WHERE role = 'manager')");
    if (demo && row->integer(1) > 0 && row->integer(0) == 0) {
      return Error{ErrorKind::conflict, "demo.mixed"};
    }
    if (!demo && row->integer(0) > 0) return Error{ErrorKind::conflict, "demo.mixed"};
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return {};
}

}  // namespace

Result<std::unique_ptr<Clock>> make_clock(const InstallationOptions& options) {
  if (options.clock.empty()) return std::unique_ptr<Clock>(std::make_unique<SystemClock>());
  if (!options.demo) return Error{ErrorKind::invalid, "clock.not_demo"};
  const std::string_view text = options.clock;
  const auto times = text.rfind('x');
  const auto start = instant_from_text(text.substr(0, times));
  double rate = 1;
  if (times != std::string_view::npos) {
    const auto read = std::from_chars(text.data() + times + 1, text.data() + text.size(), rate);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !(rate > 0)) {
      return Error{ErrorKind::invalid, "clock.malformed"};
    }
  }
  if (!start) return Error{ErrorKind::invalid, "clock.malformed"};
  return std::unique_ptr<Clock>(std::make_unique<ShiftedClock>(*start, rate));
}

Result<std::unique_ptr<Installation>> Installation::open(const InstallationOptions& options) {
  std::unique_ptr<Installation> made(new Installation);
  made->clock_ = std::make_unique<HeldClock>(TRY(make_clock(options)));
  store::Options store_options;
  store_options.data_directory = options.data_directory;
  store_options.database = options.database;
  store_options.clock = made->clock_.get();
  store_options.rng = &made->rng_;
  store::prepare_upgrade(store_options);
  made->store_ = store::Store::open(store_options);
  TRY(check_demo(*made->store_, options.demo));
  made->service_ = std::make_unique<api::Service>(
      *made->store_, *made->clock_, made->rng_, api::all_endpoints(),
      api::Settings{.public_url = options.public_url, .demo = options.demo});
  made->jobs_ = std::make_unique<store::JobRunner>(
      *made->store_, *made->clock_, registry::import_jobs(*made->store_, made->rng_));
  made->service_->attach(made->jobs_.get());
  // The machine's own clock, which the sweeper holds against a steady one; it starts when no demo is filled any more.
  static const SystemClock machine;
  const Clock& kept = options.clock.empty() ? static_cast<const Clock&>(machine) : *made->clock_;
  made->sweeper_ = std::make_unique<Sweeper>(*made->store_, *made->service_, kept);
  return made;
}

std::unique_ptr<store::Reading> open_reading(const InstallationOptions& options) {
  store::Options reading;
  reading.data_directory = options.data_directory;
  reading.database = options.database;
  return store::Reading::open(reading);
}

std::string new_request_key(Rng& rng, Instant now) {
  const auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
  std::string bytes;
  for (int shift = 40; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((ms >> static_cast<unsigned>(shift)) & 0xFFU));
  }
  bytes += rng.bytes(10);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x70);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string text = to_hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, "-");
  return text;
}

struct Operator::State {
  SystemRng rng;
  SystemClock clock;
  std::optional<net::Client> server;
  std::unique_ptr<Installation> own;
};

Operator::Operator(InstallationOptions options) : state_(std::make_unique<State>()) {
  const std::string socket = options.data_directory + "/control.sock";
  net::Client client = net::Client::local(socket);
  api::Request probe;
  probe.path = "/healthz";
  if (client.call(probe).ok()) {
    state_->server = std::move(client);
    return;
  }
  auto opened = Installation::open(options);
  if (!opened.ok()) throw store::Failure(opened.error().code, opened.error().code);
  state_->own = std::move(opened).value();
}

Operator::~Operator() = default;

api::Response Operator::call(api::Method method, const std::string& path, const std::string& query,
                             const std::string& body) {
  api::Request request;
  request.method = method;
  request.path = path;
  request.query = query;
  request.body = body;
  request.channel = api::Channel::control;
  request.idempotency_key = new_request_key(state_->rng, state_->clock.now());
  if (state_->own) return state_->own->service().call(request);
  auto answer = state_->server->call(request);
  if (answer.ok()) return std::move(answer).value();
  return api::problem(answer.error());
}

void Operator::let_jobs_run() {
  if (state_->own) {
    state_->own->jobs().drain();
  } else {
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
}

}  // namespace doorstep::app
