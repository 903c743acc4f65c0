#include "care/observation/contact.h"

namespace doorstep::observation {
namespace {

using std::chrono::days;

/// When the next voice or sight is owed: at the end of the last window of that day. None where the
/// pack asks for none.
Result<std::optional<Instant>> hearing_due(const api::Context& context, Instant heard) {
  const auto every = context.rules().integer("check_in.voice_or_sight_days");
  if (!every.ok() && every.error().code == "rules.missing") return std::optional<Instant>{};
  if (!every.ok()) return every.error();
  const Day day = context.community.zone.day_of(heard) + days{*every};
  return std::optional<Instant>(
      TRY(last_window_of(context.rules(), context.community.zone, day)).until);
}

Result<Instant> release_due(const api::Context& context, Day ends_on) {
  return context.community.zone.at(ends_on,
                                   TRY(context.rules().time_of_day("observation.release_from")));
}

}  // namespace

Result<void> open_duties(api::WriteContext& context, Id<access::Household> household,
                         const std::string& path, Day ends_on, const duty::Roster& roster) {
  const Window window = TRY(first_window(context.rules(), context.community.zone, context.now));
  const std::int64_t subject = household.value();
  TRY(duty::open(context, contact, {subject, path, window.from, window.until}, roster));
  if (const auto due = TRY(hearing_due(context, context.now))) {
    TRY(duty::open(context, hearing, {subject, path, context.now, *due}, roster));
  }
  const Instant over = TRY(release_due(context, ends_on));
  TRY(duty::open(context, release, {subject, path, over, over}, roster));
  return {};
}

Result<void> reschedule_release(api::WriteContext& context, Id<access::Household> household,
                                Day ends_on) {
  const auto standing =
      duty::find_open(context.db, context.community.id, release, household.value());
  if (!standing) return {};
  const Instant over = TRY(release_due(context, ends_on));
  if (over != standing->due) duty::reschedule(context, *standing, over, over);
  return {};
}

void excuse_duties(api::WriteContext& context, Id<access::Household> household,
                   std::string_view reason) {
  for (const duty::Kind& kind : {contact, hearing, release, confirm_leaving}) {
    const auto standing =
        duty::find_open(context.db, context.community.id, kind, household.value());
    if (standing) duty::excuse(context, *standing, reason);
  }
}

Result<std::optional<MovedOn>> report_contact(api::WriteContext& context,
                                              const std::optional<duty::Row>& owed, Instant covered,
                                              Assurance assurance, std::int64_t evidence) {
  if (!owed || owed->from > context.now) return std::optional<MovedOn>{};
  const Window now = TRY(deciding_window(context.rules(), context.community.zone, context.now));
  if (covered < now.from) return std::optional<MovedOn>{};
  if (owed->step > 0) {
    const auto enough = api::from_word<Assurance>(TRY(context.rules().string("ladder.ends_with")));
    if (!enough) return Error{ErrorKind::invalid, "rules.wrong_type", "ladder.ends_with"};
    if (assurance < *enough) return std::optional<MovedOn>{};
  }
  const Window next = TRY(window_after(context.rules(), context.community.zone, now));
  duty::move_on(context, *owed, next.from, next.until, evidence);
  return std::optional<MovedOn>({owed->id, next.from, next.until});
}

Result<void> report_hearing(api::WriteContext& context, Id<access::Household> household,
                            Instant heard, std::int64_t evidence) {
  const auto owed = duty::find_open(context.db, context.community.id, hearing, household.value());
  const auto due = TRY(hearing_due(context, heard));
  if (owed && due && *due > owed->due) {
    duty::move_on(context, *owed, heard, *due, evidence);
    context.journal("duty.moved_on", owed->id.value(), owed->path,
                    R"({"kind":"voice_or_sight","on":")" + to_text(household) +
                        R"(","evidence":")" + id_text(evidence) + R"(","next_from":")" +
                        to_text(heard) + R"(","next_due":")" + to_text(*due) + R"("})");
  }
  return {};
}

bool has_red_flag(api::Context& context, Id<access::Household> household) {
  return duty::find_open(context.db, context.community.id, unwell, household.value()).has_value();
}

}  // namespace doorstep::observation
