/// \file Record a check-in: fine or unwell, temperature without preset, symptoms. By a resident's link
/// for its household, or by staff after a call, a visit or a door sign. Several a day are kept, none
/// is overwritten; it is also taken outside any observation.
///
/// Source: daily call and temperature (S0), daily roll call (S1); assurance levels (N23).

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "care/duty/food.h"
#include "care/observation/contact.h"
#include "care/observation/subject.h"
#include "care/registry/households.h"

namespace doorstep::observation {

struct CheckIn;

namespace {

/// How far a phone's clock may be off before its own time is not kept.
constexpr std::chrono::hours clock_behind_max{48};
constexpr std::chrono::minutes clock_ahead_max{5};
constexpr std::size_t note_length_max = 500;
constexpr std::chrono::seconds duration_max{2 * 60 * 60};
/// So long before voice or sight is owed a visit may be for that.
constexpr std::chrono::hours sight_ahead{24};

struct Request {
  Wellbeing wellbeing = Wellbeing::fine;
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::optional<Id<Person>> person;                ///< Absent: for the whole household.
  std::optional<Celsius> temperature;
  std::optional<bool> no_thermometer;
  std::optional<std::vector<Symptom>> symptoms;
  std::optional<ReportChannel> channel;
  std::optional<bool> remote;                    ///< Reported by a relative elsewhere.
  std::optional<std::string> note;               ///< What they need, in their words.
  std::optional<std::int64_t> duration_seconds;  ///< How long staff spoke with them.
  std::optional<VisitReason> visit_reason;  ///< Of a visit; absent where it follows from a duty.
  std::optional<std::int64_t> food_days;    ///< For so many days there is food (F8).
  std::optional<Instant> occurred_at;
  /// The device's clock when it was sent, in the query, which a key
  /// does not stand for: each try has its own. What lies between it and `occurred_at` is how long the report waited, whatever the clock shows.
  std::optional<Instant> sent_at;

  void fields(auto& f) {
    f("wellbeing", wellbeing);
    f("household", household);
    f("person", person);
    f("temperature", temperature);
    f("no_thermometer", no_thermometer);
    f("symptoms", symptoms);
    f("channel", channel);
    f("remote", remote);
    f("note", note);
    f("duration_seconds", duration_seconds);
    f("visit_reason", visit_reason);
    f("food_days", food_days);
    f("occurred_at", occurred_at);
    f("sent_at", sent_at);
  }
};

struct Receipt {
  Id<CheckIn> id;
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

/// None where staff named none.
Id<access::Household> household_of(const api::WriteContext& context, const Request& request) {
  return request.household.value_or(context.actor.is_link() ? context.actor.household
                                                            : Id<access::Household>{});
}

void look_ahead(api::WriteContext& context, const Request& request) {
  const auto household = household_of(context, request);
  expect_subject(context, household);
  duty::expect_open(context.tx, context.community.id, contact, household.value());
}

Result<Subject> subject_of(api::WriteContext& context, const Request& request) {
  const auto household = household_of(context, request);
  if (!household) return Error{ErrorKind::invalid, "field.household", "missing"};
  Subject subject = TRY(find_subject(context, household));
  if (request.person && std::ranges::find(subject.members, request.person->value(),
                                          &Subject::Member::person) == subject.members.end()) {
    return Error{ErrorKind::not_found, "person.unknown"};
  }
  return subject;
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

/// What one report came to.
struct Report {
  Id<CheckIn> id{};
  ReportChannel channel = ReportChannel::page;
  Assurance assurance = Assurance::self;
  bool call_back = false;
  Instant counts_from{};  ///< When it was said: now, less the time it waited in the device.
  std::string note = {};
  std::optional<VisitReason> visit_reason = {};
};

/// Each visit has a reason: the one that was given, or what is owed there and cannot be met from afar.
/// Errors: invalid "check_in.visit_reason" (none, or one of what is no visit).
Result<std::optional<VisitReason>> reason_of(api::WriteContext& context, const Request& request,
                                             const Subject& subject, ReportChannel channel) {
  if (channel != ReportChannel::visit) {
    if (request.visit_reason) return Error{ErrorKind::invalid, "check_in.visit_reason"};
    return request.visit_reason;
  }
  if (request.visit_reason) return request.visit_reason;
  const auto owed = [&](const duty::Kind& kind) {
    return duty::find_open(context.db, context.community.id, kind, subject.household.value());
  };
  if (const auto duty = owed(contact); duty && duty->step > 0) {
    return std::optional(VisitReason::no_answer);
  }
  if (owed(unwell)) return std::optional(VisitReason::unwell);
  if (const auto duty = owed(hearing); duty && duty->due <= context.now + sight_ahead) {
    return std::optional(VisitReason::sight_due);
  }
  return Error{ErrorKind::invalid, "check_in.visit_reason"};
}

/// A report counts when it was said. One that waited in a phone without signal is as old as the phone
/// itself measured between the press and the sending: both readings are of one clock, so it may be
/// wrong and still tells the time between. It can only make a report older, never newer.
Instant when_said(Instant now, const Request& request) {
  if (!request.occurred_at || !request.sent_at) return now;
  const auto waited = *request.sent_at - *request.occurred_at;
  return now - std::clamp<std::chrono::milliseconds>(waited, {}, clock_behind_max);
}

void keep(api::WriteContext& context, const Request& request, const Subject& subject,
          const Report& report) {
  Instant occurred =
      request.sent_at ? report.counts_from : request.occurred_at.value_or(context.now);
  if (occurred < context.now - clock_behind_max || occurred > context.now + clock_ahead_max) {
    occurred = context.now;
  }
  context.tx.post(
      "INSERT INTO check_in (community_id, id, household_id, person_id, observation_id, wellbeing,"
      " temperature, no_thermometer, symptoms, assurance, channel, reported_by, occurred_at,"
      " recorded_at, clock_off, note, duration_seconds,"
      " visit_reason)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
      {context.community.id, report.id, subject.household, request.person, subject.observation,
       api::word(request.wellbeing), request.temperature, request.no_thermometer.value_or(false),
       symptom_words(request), api::word(report.assurance), api::word(report.channel),
       context.actor.id, occurred, context.now,
       request.sent_at ? store::Value((*request.sent_at - context.now).count()) : store::Value(),
       report.note.empty() ? store::Value() : store::Value(report.note), request.duration_seconds,
       report.visit_reason ? store::Value(api::word(*report.visit_reason)) : store::Value()});
}

/// Applies the report to whom it covers. Who declined to say was heard, and is not counted as well:
/// their contact stays owed.
void cover(api::WriteContext& context, const Request& request, Subject& subject,
           const Report& report) {
  const bool heard = report.assurance >= Assurance::voice;
  const bool said = request.wellbeing != Wellbeing::declined;
  if (!request.person) {
    if (said) subject.whole_at = std::max(subject.whole_at, report.counts_from);
    if (heard) subject.heard_at = std::max(subject.heard_at, report.counts_from);
    return;
  }
  auto& member =
      *std::ranges::find(subject.members, request.person->value(), &Subject::Member::person);
  if (said) member.reported_at = std::max(member.reported_at, report.counts_from);
  if (heard) member.heard_at = std::max(member.heard_at, report.counts_from);
  context.tx.post(
      "INSERT INTO member_report (community_id, household_id, person_id, reported_at, heard_at)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (community_id, household_id, person_id)"
      " DO UPDATE SET reported_at = excluded.reported_at, heard_at = excluded.heard_at",
      {context.community.id, subject.household, member.person, member.reported_at,
       member.heard_at});
}

/// The observation's own columns, and the duties that this report meets.
Result<std::optional<MovedOn>> apply(api::WriteContext& context, const Request& request,
                                     Subject& subject, const Report& report,
                                     const std::optional<duty::Row>& owed) {
  cover(context, request, subject, report);
  const Instant reported = all_since(subject, subject.whole_at, &Subject::Member::reported_at);
  context.tx.post(
      "UPDATE observation SET reported_at = $3, whole_at = $4, heard_at = $5,"
      " assurance = CASE WHEN $9 THEN assurance ELSE $6 END,"
      " unwell_at = CASE WHEN $7 THEN $8 ELSE unwell_at END,"
      " seen_at = CASE WHEN $7 THEN NULL ELSE seen_at END WHERE community_id = $1 AND id = $2",
      {context.community.id, *subject.observation, reported, subject.whole_at, subject.heard_at,
       api::word(report.assurance), report.call_back, context.now,
       request.wellbeing == Wellbeing::declined});
  if (report.assurance >= Assurance::voice) {
    TRY(report_hearing(context, subject.household,
                       all_since(subject, subject.heard_at, &Subject::Member::heard_at),
                       report.id.value()));
  }
  return report_contact(context, owed, reported, report.assurance, report.id.value());
}

/// Wellbeing is health and stays out of the journal; that somebody must call back is a duty.
void journal(api::WriteContext& context, const Request& request, const Subject& subject,
             const Report& report, const std::optional<MovedOn>& moved) {
  std::string data =
      fmt::format(R"({{"household":"{}","of":"{}","assurance":"{}","channel":"{}","call_back":{})",
                  to_text(subject.household), request.person ? to_text(*request.person) : "all",
                  api::word(report.assurance), api::word(report.channel), report.call_back);
  if (report.counts_from < context.now) {
    data += R"(,"said_at":")" + to_text(report.counts_from) + '"';
  }
  if (moved) {
    data += fmt::format(R"(,"met":"{}","next_from":"{}","next_due":"{}")", to_text(moved->met),
                        to_text(moved->next_from), to_text(moved->next_due));
  }
  context.journal("check_in.recorded", report.id.value(), subject.path, data + "}");
}

Result<Report> judge(api::WriteContext& context, const Request& request, const Subject& subject) {
  const RulePack& rules = context.rules();
  TRY(check_temperature(rules, request));
  const Celsius fever{TRY(rules.integer("check_in.fever_tenths"))};
  Report report;
  report.channel = TRY(channel_of(context, request));
  report.call_back = request.wellbeing == Wellbeing::unwell ||
                     (request.symptoms && !request.symptoms->empty()) ||
                     (request.temperature && *request.temperature >= fever);
  // Who lives alone speaks for themselves.
  const bool alone = subject.members.size() == 1;
  report.assurance = request.remote.value_or(false) || subject.trusted
                         ? Assurance::remote
                         : assurance_of(report.channel, request.person.has_value() || alone);
  report.note =
      TRY(registry::clean_text(request.note.value_or(""), note_length_max, "check_in.note"));
  if (request.duration_seconds && (context.actor.is_link() || *request.duration_seconds < 0 ||
                                   *request.duration_seconds > duration_max.count())) {
    return Error{ErrorKind::invalid, "check_in.duration"};
  }
  report.visit_reason = TRY(reason_of(context, request, subject, report.channel));
  TRY(duty::check_days_left(request.food_days));
  report.counts_from = when_said(context.now, request);
  report.id = context.new_id<CheckIn>();
  return report;
}

/// Errors: not_found "household.unknown", "person.unknown"; invalid "check_in.temperature",
/// "check_in.temperature_or_none", "check_in.channel", "check_in.note" (over 500 characters),
/// "check_in.duration" (by a link, or not in 0..2 hours), "check_in.visit_reason" (a visit without one),
/// "care.days" (food for less than 0 or more than 365 days).
Result<Receipt> record(api::WriteContext& context, const Request& request) {
  Subject subject = TRY(subject_of(context, request));
  const Report report = TRY(judge(context, request, subject));
  const auto owed =
      duty::find_open(context.db, context.community.id, contact, subject.household.value());
  keep(context, request, subject, report);
  std::optional<MovedOn> moved;
  if (subject.observation) moved = TRY(apply(context, request, subject, report, owed));
  if (context.actor.is_link()) {
    context.tx.post("UPDATE link_token SET last_used_at = $3 WHERE community_id = $1 AND id = $2",
                    {context.community.id, context.actor.id, context.now});
  }
  journal(context, request, subject, report, moved);
  if (request.food_days) {
    (void)TRY(duty::heard_of_food(context, subject.household, subject.path, *request.food_days));
  }
  if (report.call_back) {
    TRY(duty::alarm(context, unwell,
                    {subject.household.value(), subject.path, context.now, context.now}));
  }
  return Receipt{report.id, context.now, report.call_back,
                 TRY(context.rules().string("phones.emergency"))};
}

}  // namespace

api::Endpoint record_check_in() {
  return api::command(api::Method::post, "/api/v1/check-ins", "check_in.record",
                      "Record that a household or person is fine or unwell", record, look_ahead);
}

}  // namespace doorstep::observation
