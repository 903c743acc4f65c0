/// \file Record a check-in: fine or unwell, temperature without preset, symptoms. By a resident's link
/// for its household, or by staff after a call, a visit or a door sign. Several a day are kept, none
/// is overwritten; it is also taken outside any observation.
///
/// Source: daily call and temperature (S0), daily roll call (S1); assurance levels (N23).

#include <set>

#include "api/endpoint.h"
#include "care/observation/check_in.h"

namespace doorstep::observation {
namespace {

/// How far a phone's clock may be off before its own time is not kept.
constexpr std::chrono::hours clock_behind_max{48};
constexpr std::chrono::minutes clock_ahead_max{5};

struct Request {
  Wellbeing wellbeing = Wellbeing::fine;
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::optional<Id<struct Person>> person;         ///< Absent: for the whole household.
  std::optional<Celsius> temperature;
  std::optional<bool> no_thermometer;
  std::optional<std::vector<Symptom>> symptoms;
  std::optional<ReportChannel> channel;
  std::optional<bool> remote;  ///< Reported by a relative elsewhere.
  std::optional<Instant> occurred_at;

  void fields(auto& f) {
    f("wellbeing", wellbeing);
    f("household", household);
    f("person", person);
    f("temperature", temperature);
    f("no_thermometer", no_thermometer);
    f("symptoms", symptoms);
    f("channel", channel);
    f("remote", remote);
    f("occurred_at", occurred_at);
  }
};

struct Receipt {
  Id<struct CheckIn> id;
  Instant received_at{};
  bool call_back = false;  ///< Somebody will call; until then the emergency number is shown.
  std::string emergency_phone;

  void fields(auto& f) {
    f("id", id);
    f("received_at", received_at);
    f("call_back", call_back);
    f("emergency_phone", emergency_phone);
  }
};

/// The household and its open observation, one row.
struct Subject {
  Id<access::Household> household{};
  std::string path;
  std::optional<Id<struct Observation>> observation;
};

Result<Subject> find_subject(api::WriteContext& context, const Request& request) {
  const bool own = context.actor.is_link();
  const auto household = own ? request.household.value_or(context.actor.household)
                             : request.household.value_or(Id<access::Household>{});
  if (!household) return Error{ErrorKind::invalid, "field.household", "missing"};
  const auto row = context.db.first(
      "SELECT h.path, o.id FROM {households} h LEFT JOIN observation o"
      " ON o.community_id = h.community_id AND o.household_id = h.id AND o.ended_at IS NULL"
      " WHERE h.id = $1",
      {household});
  if (!row) return Error{ErrorKind::not_found, "household.unknown"};
  if (request.person) {
    const auto lives = context.db.first(
        "SELECT 1 FROM residence WHERE community_id = $1 AND household_id = $2 AND person_id = $3"
        " AND until_on IS NULL",
        {context.community.id, household, *request.person});
    if (!lives) return Error{ErrorKind::not_found, "person.unknown"};
  }
  return Subject{household, row->text(0), row->maybe_id<Observation>(1)};
}

/// A reading outside what a living person has is a slip of the finger or another scale: it is asked
/// back, never stored.
Result<void> check_temperature(const RulePack& rules, const Request& request) {
  if (!request.temperature) return {};
  const Celsius low{TRY(rules.integer("check_in.temperature_min_tenths"))};
  const Celsius high{TRY(rules.integer("check_in.temperature_max_tenths"))};
  if (*request.temperature < low || *request.temperature > high) {
    return Error{ErrorKind::invalid, "check_in.temperature"};
  }
  if (request.no_thermometer.value_or(false)) {
    return Error{ErrorKind::invalid, "check_in.temperature_or_none"};
  }
  return {};
}

/// A link reports for its own page; staff say how they know.
Result<ReportChannel> channel_of(const api::WriteContext& context, const Request& request) {
  if (context.actor.is_link()) {
    if (request.channel.value_or(ReportChannel::page) != ReportChannel::page) {
      return Error{ErrorKind::invalid, "check_in.channel"};
    }
    return ReportChannel::page;
  }
  if (!request.channel || *request.channel == ReportChannel::page) {
    return Error{ErrorKind::invalid, "check_in.channel"};
  }
  return *request.channel;
}

std::string symptom_words(const Request& request) {
  std::string words;
  if (!request.symptoms) return words;
  for (const Symptom one : std::set(request.symptoms->begin(), request.symptoms->end())) {
    words += (words.empty() ? "" : " ") + std::string(api::word(one));
  }
  return words;
}

void keep(api::WriteContext& context, const Request& request, const Subject& subject,
          Id<CheckIn> id, ReportChannel channel, Assurance assurance, bool call_back) {
  Instant occurred = request.occurred_at.value_or(context.now);
  if (occurred < context.now - clock_behind_max || occurred > context.now + clock_ahead_max) {
    occurred = context.now;
  }
  context.tx.run(
      "INSERT INTO check_in (community_id, id, household_id, person_id, observation_id, wellbeing,"
      " temperature, no_thermometer, symptoms, assurance, channel, reported_by, occurred_at,"
      " recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {context.community.id, id, subject.household, request.person, subject.observation,
       api::word(request.wellbeing), request.temperature, request.no_thermometer.value_or(false),
       symptom_words(request), api::word(assurance), api::word(channel), context.actor.id, occurred,
       context.now});
  if (!subject.observation) return;
  context.tx.run(
      "UPDATE observation SET reported_at = $3, assurance = $4,"
      " unwell_at = CASE WHEN $5 THEN $3 ELSE unwell_at END,"
      " seen_at = CASE WHEN $5 THEN NULL ELSE seen_at END WHERE community_id = $1 AND id = $2",
      {context.community.id, *subject.observation, context.now, api::word(assurance), call_back});
}

/// Errors: not_found "household.unknown", "person.unknown"; invalid "check_in.temperature",
/// "check_in.temperature_or_none", "check_in.channel".
Result<Receipt> record(api::WriteContext& context, const Request& request) {
  const RulePack& rules = context.rules();
  TRY(check_temperature(rules, request));
  const ReportChannel channel = TRY(channel_of(context, request));
  const Subject subject = TRY(find_subject(context, request));
  const Celsius fever{TRY(rules.integer("check_in.fever_tenths"))};
  const bool call_back = request.wellbeing == Wellbeing::unwell ||
                         (request.symptoms && !request.symptoms->empty()) ||
                         (request.temperature && *request.temperature >= fever);
  const Assurance assurance = request.remote.value_or(false)
                                  ? Assurance::remote
                                  : assurance_of(channel, request.person.has_value());
  const auto id = context.new_id<CheckIn>();
  keep(context, request, subject, id, channel, assurance, call_back);
  if (context.actor.is_link()) {
    context.tx.run("UPDATE link_token SET last_used_at = $3 WHERE community_id = $1 AND id = $2",
                   {context.community.id, context.actor.id, context.now});
  }
  // Wellbeing is health and stays out of the journal; that somebody must call back is a duty.
  context.journal("check_in.recorded", id.value(), subject.path,
                  R"({"household":")" + to_text(subject.household) + R"(","assurance":")" +
                      std::string(api::word(assurance)) + R"(","call_back":)" +
                      (call_back ? "true" : "false") + "}");
  return Receipt{id, context.now, call_back, TRY(rules.string("phones.emergency"))};
}

}  // namespace

api::Endpoint record_check_in() {
  return api::command(api::Method::post, "/api/v1/check-ins", "check_in.record",
                      "Record that a household or person is fine or unwell", record);
}

}  // namespace doorstep::observation
