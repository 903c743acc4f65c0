/// \file Decide what becomes of a need: one decision, one request. It is taken back with undo.

#include "care/needs/aliases.h"
#include "care/needs/receiver.h"
#include "care/registry/households.h"

namespace doorstep::needs {
namespace {

enum class Decision : std::uint8_t {
  order,      ///< Its lines go into the household's order.
  accept,     ///< Somebody owes it: a service, a medicine, an errand.
  ask_back,   ///< The household has to answer `answer`.
  answer,     ///< It was a question; `answer` is told, and it is done.
  done,       ///< It was done.
  decline,    ///< Not needed or not possible; `reason` says why.
  emergency,  ///< Somebody has to go now.
  keep,       ///< The relay's row is gone, and the order stays.
};

}  // namespace
}  // namespace doorstep::needs

template <>
struct doorstep::api::Choices<doorstep::needs::Decision> {
  static constexpr std::array words{std::string_view{"order"},     std::string_view{"accept"},
                                    std::string_view{"ask_back"},  std::string_view{"answer"},
                                    std::string_view{"done"},      std::string_view{"decline"},
                                    std::string_view{"emergency"}, std::string_view{"keep"}};
};

namespace doorstep::needs {
namespace {

constexpr std::size_t answer_length_max = 500;
constexpr std::size_t lines_max = 200;

struct Request {
  Id<Need> need;
  std::int64_t version = 0;  ///< As it was shown: nobody decides over another's decision.
  Decision decision = Decision::accept;
  std::optional<std::vector<Line>> lines;  ///< What a person says it means.
  std::optional<std::string> service;
  std::optional<std::string> answer;
  std::optional<Id<access::Household>> household;      ///< The door that was found.
  std::optional<std::vector<Correction>> corrections;  ///< What `lines` put in whose place.

  void fields(auto& f) {
    f("need", need);
    f("version", version);
    f("decision", decision);
    f("lines", lines);
    f("service", service);
    f("answer", answer);
    f("household", household);
    f("corrections", corrections);
  }
};

struct Response {
  State state = State::waiting;
  std::int64_t version = 0;
  std::optional<Instant> drop_from;
  std::optional<Instant> drop_until;
  std::optional<Instant> late_for;

  void fields(auto& f) {
    f("state", state);
    f("version", version);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("late_for", late_for);
  }
};

/// The door and the service that a person found. Errors: not_found "household.unknown"; invalid
/// "need.service".
Result<void> correct(api::WriteContext& context, const Request& request, NeedRow& need) {
  if (request.household && *request.household != need.household) {
    const Receiver found = TRY(receiver_of(context, *request.household));
    need.household = found.household;
    need.path = found.path;
    context.tx.run(
        "UPDATE need SET household_id = $3, path = $4 WHERE community_id = $1 AND id = $2",
        {context.community.id, need.id, need.household, need.path});
    // What is owed is owed behind that door, by whoever is responsible there.
    const auto standing = duty::find_open(context.db, context.community.id, owed, need.id.value());
    if (standing) {
      duty::excuse(context, *standing, "moved");
      TRY(duty::open(context, owed, {need.id.value(), need.path, context.now, standing->due}));
    }
  }
  if (request.service) {
    const Service service = TRY(service_of(context.rules(), *request.service));
    if (service.key != *request.service) return Error{ErrorKind::invalid, "need.service"};
    need.service = service.key;
    need.of = service.of;
    context.tx.run("UPDATE need SET service = $3, class = $4 WHERE community_id = $1 AND id = $2",
                   {context.community.id, need.id, need.service, api::word(need.of)});
  }
  return {};
}

Result<Response> order(api::WriteContext& context, const Request& request, NeedRow& need) {
  if (!need.household) return Error{ErrorKind::conflict, "need.no_door"};
  if (need.state == State::accepted) return Error{ErrorKind::conflict, "need.changed"};
  std::vector<Line> lines =
      request.lines ? *request.lines : lines_of(context.db, context.community.id, need.id);
  for (Line& line : lines) {
    line.name = TRY(registry::clean_text(line.name, 60, "order.quantity"));
    line.canonical = line.canonical.empty()
                         ? line.name
                         : TRY(registry::clean_text(line.canonical, 60, "order.quantity"));
    line.unit = TRY(registry::clean_text(line.unit, 12, "order.quantity"));
    line.state = LineState::read;
  }
  // What a person decides is added, whatever the words would have edited; that it is for somebody ill
  // stays true of it (D23).
  const bool diet = need.text && read(*need.text).diet;
  const Placed placed = TRY(order_lines(context, need, lines, diet));
  write_lines(context, need, lines);
  return Response{need.state, need.version, placed.cycle.drop_from, placed.cycle.drop_until,
                  placed.late_for};
}

/// Until when an accepted service is owed: what its answer takes, once more, or when it is needed by.
Result<Instant> service_due(const api::Context& context, const NeedRow& need) {
  const Service service = TRY(service_of(context.rules(), need.service));
  const Instant due = context.now + std::chrono::minutes{service.minutes};
  return need.need_by ? std::max(context.now, std::min(due, *need.need_by)) : due;
}

Result<void> settle(api::WriteContext& context, const Request& request, NeedRow& need,
                    const std::string& answer) {
  switch (request.decision) {
    case Decision::accept:
      change(context, need, State::accepted, "accepted", answer, TRY(service_due(context, need)));
      break;
    case Decision::ask_back:
      if (answer.empty()) return Error{ErrorKind::invalid, "need.answer"};
      change(context, need, State::asked_back, "asked_back", answer,
             TRY(service_due(context, need)));
      break;
    case Decision::answer:
      if (answer.empty()) return Error{ErrorKind::invalid, "need.answer"};
      change(context, need, State::done, "answered", answer);
      break;
    case Decision::done: change(context, need, State::done, "done", answer); break;
    case Decision::decline:
      TRY(withdraw(context, need.id));
      change(context, need, need.gone ? State::cancelled : State::declined,
             need.gone ? "row_gone" : "declined", answer);
      break;
    case Decision::emergency:
      context.tx.run("UPDATE need SET urgency = 'emergency' WHERE community_id = $1 AND id = $2",
                     {context.community.id, need.id});
      TRY(duty::alarm(context, emergency, {need.id.value(), need.path, context.now, context.now}));
      change(context, need, State::accepted, "emergency", answer, TRY(service_due(context, need)));
      break;
    case Decision::keep:
      if (!need.gone) return Error{ErrorKind::conflict, "need.changed"};
      change(context, need, need.state, "row_kept", answer);
      break;
    case Decision::order: break;
  }
  return {};
}

/// Errors: not_found "need.unknown", "household.unknown"; conflict "need.changed" (somebody decided
/// meanwhile), "need.closed", "need.no_door", "order.closed", "limit.household"; invalid "need.answer",
/// "need.service", "order.empty", "order.quantity".
Result<Response> decide(api::WriteContext& context, const Request& request) {
  auto need = find_need(context, request.need);
  if (!need) return Error{ErrorKind::not_found, "need.unknown"};
  if (need->version != request.version) return Error{ErrorKind::conflict, "need.changed"};
  if (need->state == State::done || need->state == State::declined ||
      need->state == State::cancelled) {
    return Error{ErrorKind::conflict, "need.closed"};
  }
  if (request.lines && request.lines->size() > lines_max) {
    return Error{ErrorKind::invalid, "order.quantity"};
  }
  const std::string answer =
      TRY(registry::clean_text(request.answer.value_or(""), answer_length_max, "need.answer"));
  TRY(correct(context, request, *need));
  if (request.corrections && need->text) propose(context, *need->text, *request.corrections);
  if (request.decision == Decision::order) return order(context, request, *need);
  TRY(settle(context, request, *need, answer));
  return Response{need->state, need->version, {}, {}, {}};
}

}  // namespace

api::Endpoint decide_need() {
  return api::command(api::Method::post, "/api/v1/needs/{need}/decide", "need.decide",
                      "Decide what becomes of a need", decide);
}

}  // namespace doorstep::needs
