#include "net/exchange.h"

#include <atomic>
#include <exception>
#include <utility>

#include "base/log.h"

namespace doorstep::net {
namespace {

/// What a late reply may still touch, on whatever thread it comes.
struct Call {
  Inbound in;
  Plan plan;
  std::atomic<bool> given_up = false;
};

api::Response internal_error() {
  api::Response response = api::problem({ErrorKind::unavailable, "internal"});
  response.status = 500;
  response.media_type = "application/problem+json";
  response.body = transport_problem(500, "internal").body;
  return response;
}

Outbound dress(Shared& shared, const Call& call, api::Response response) {
  if (call.plan.kind == Plan::Kind::report) {
    return shared.front.receipt(call.in, call.plan.report, response);
  }
  return shared.front.answer(call.in, call.plan.request, std::move(response));
}

api::Reply reply_to(const std::weak_ptr<Shared>& weak, std::shared_ptr<Call> call,
                    Deliver<Outbound> deliver) {
  return [weak, call = std::move(call), deliver = std::move(deliver)](api::Response response) {
    const auto shared = weak.lock();
    if (!shared) return;
    // The thread that commits for everybody calls back here: it must not compress.
    if (response.body.size() < 4096 || shared->workers.here()) {
      deliver(dress(*shared, *call, std::move(response)));
      return;
    }
    shared->workers.post([weak, call, deliver, response = std::move(response)]() mutable {
      if (const auto alive = weak.lock()) deliver(dress(*alive, *call, std::move(response)));
    });
  };
}

void run_call(const std::weak_ptr<Shared>& weak, const std::shared_ptr<Call>& call,
              Deliver<Outbound> deliver) {
  const auto shared = weak.lock();
  // Too long in the queue: the other end was told so and will ask again.
  if (!shared || call->given_up) return;
  const api::Reply reply = reply_to(weak, call, std::move(deliver));
  try {
    shared->handler.handle(call->plan.request, reply);
  } catch (const std::exception&) {
    log::error("net: the handler threw at {}", route_template(call->plan.request.path));
    reply(internal_error());
  }
}

Outbound unanswered() {
  Outbound answer = transport_problem(503, "http.unanswered");
  answer.headers.emplace_back("Retry-After", "2");
  return answer;
}

void say_ready(Shared& shared, const Deliver<Outbound>& deliver) {
  Outbound answer;
  answer.media_type = "text/plain";
  answer.body = "ready\n";
  try {
    // Asks the database itself: a number in memory is there without it.
    static_cast<void>(shared.store.journal(shared.store.last_seq(), 1));
  } catch (const std::exception&) {
    answer = transport_problem(503, "store.unreachable");
  }
  deliver(std::move(answer));
}

}  // namespace

asio::awaitable<Outbound> answer_for(std::shared_ptr<Shared> shared, std::shared_ptr<Gate> gate,
                                     Inbound in, Plan plan) {
  if (plan.kind == Plan::Kind::answer) co_return std::move(plan.answer);
  if (plan.kind == Plan::Kind::metrics) {
    Outbound answer;
    answer.media_type = "text/plain; version=0.0.4; charset=utf-8";
    answer.body = shared->metrics.exposition(shared->hub.newest());
    co_return answer;
  }
  auto call = std::make_shared<Call>();
  call->in = std::move(in);
  call->plan = std::move(plan);
  const std::weak_ptr<Shared> weak = shared;
  std::function<void(Deliver<Outbound>)> task = [weak, call](Deliver<Outbound> deliver) {
    if (call->plan.kind != Plan::Kind::ready) return run_call(weak, call, std::move(deliver));
    if (const auto alive = weak.lock()) say_ready(*alive, deliver);
  };
  std::optional<Outbound> answer = co_await on_worker<Outbound>(
      shared->workers, std::move(gate), shared->options.limits.request_time, std::move(task));
  if (answer) co_return *std::move(answer);
  call->given_up = true;
  if (call->plan.kind != Plan::Kind::report) co_return unanswered();
  // A resident gets words and a button, and the key makes pressing it again harmless.
  const api::Response late = api::problem({ErrorKind::unavailable, "http.unanswered"});
  co_return shared->front.receipt(call->in, call->plan.report, late);
}

asio::awaitable<Result<api::Viewer>> viewer_for(std::shared_ptr<Shared> shared,
                                                std::shared_ptr<Gate> gate, api::Request request) {
  const std::weak_ptr<Shared> weak = shared;
  std::function<void(Deliver<Result<api::Viewer>>)> task =
      [weak, request = std::move(request)](const Deliver<Result<api::Viewer>>& deliver) {
        const auto alive = weak.lock();
        if (!alive) return;
        try {
          deliver(alive->handler.viewer(request));
        } catch (const std::exception&) {
          log::error("net: the handler threw at /api/v1/events");
          deliver(Error{ErrorKind::unavailable, "internal"});
        }
      };
  std::optional<Result<api::Viewer>> viewer = co_await on_worker<Result<api::Viewer>>(
      shared->workers, std::move(gate), shared->options.limits.request_time, std::move(task));
  if (viewer) co_return *std::move(viewer);
  co_return Error{ErrorKind::unavailable, "http.unanswered"};
}

}  // namespace doorstep::net
