#pragma once
/// \file Suspicion: somebody under an order is thought to have gone out. It is no verdict: they are asked for their
/// account, a second person decides, they may object, and a third person says what becomes of that (N17).
/// Nothing follows from a verdict by itself, and nothing of it leaves the house.

#include <array>
#include <initializer_list>
#include <optional>
#include <string>

#include "care/duty/duty.h"

namespace doorstep::observation {

struct Suspicion;

enum class Evidence : std::uint8_t { door_seal, sensor, patrol, neighbour, gate, other };

enum class SuspicionState : std::uint8_t {
  asked,       ///< Waits for their account.
  answered,    ///< They gave it; a second person has to decide.
  decided,     ///< There is a verdict.
  objected,    ///< They object to it; it counts nowhere meanwhile.
  upheld,      ///< A third person looked, and it stands.
  overturned,  ///< A third person looked, and it does not.
  withdrawn,   ///< Whoever said so took it back.
};

/// What they say themselves. Fire, illness and danger are an emergency exit and end it at once.
enum class AccountKind : std::uint8_t {
  stayed,   ///< Nobody went out.
  parcel,   ///< The door was opened for something that was brought.
  rubbish,  ///< The bag was put before the door.
  told,     ///< Somebody who works here asked them to.
  fire,
  illness,
  danger,
  other,  ///< In their words.
};

enum class Verdict : std::uint8_t { went_out, emergency_exit, delivery, rubbish, told, unfounded };

/// By which way a household's word came: its own page, or heard and written down.
enum class WordChannel : std::uint8_t { page, phone, paper, door };

/// Somebody asks them for their account; met by it, or by a decision without it.
inline constexpr duty::Kind account_owed{"suspicion_account", access::Class::health};
/// A second person decides.
inline constexpr duty::Kind verdict_owed{"suspicion_decide", access::Class::health};
/// A third person looks at an objection.
inline constexpr duty::Kind objection_owed{"suspicion_objection", access::Class::health};

[[nodiscard]] constexpr bool is_emergency(AccountKind kind) {
  return kind == AccountKind::fire || kind == AccountKind::illness || kind == AccountKind::danger;
}

/// It is one more in the number of those who went out: only while nobody objects.
[[nodiscard]] constexpr bool counts(SuspicionState state, std::optional<Verdict> verdict) {
  return verdict == Verdict::went_out &&
         (state == SuspicionState::decided || state == SuspicionState::upheld);
}

inline constexpr std::size_t suspicion_words_max = 500;  ///< Characters, of each text.

struct SuspicionRow {
  Id<Suspicion> id{};
  Id<access::Household> household{};
  std::string path = {};
  SuspicionState state = SuspicionState::asked;
  std::optional<Verdict> verdict = {};
  std::int64_t recorded_by = 0;
  std::int64_t verdict_by = 0;
  Instant account_due{};
  WordChannel account_channel = WordChannel::page;
};

/// One inside the scope. Errors: conflict "control.not_in_pack"; not_found "suspicion.unknown".
Result<SuspicionRow> find_suspicion(const api::Context& context, Id<Suspicion> id);

/// How long, by the pack's `suspicion.<key>_hours`; what a pack that was followed for long does not say has a default.
[[nodiscard]] std::chrono::hours suspicion_hours(const RulePack& rules, std::string_view key);

/// Opens a duty that is due now, and gives it to none of those who may not do it. Errors: those of the rule pack.
Result<void> owe_to_another(api::WriteContext& context, const duty::Kind& kind,
                            const SuspicionRow& row, std::initializer_list<std::int64_t> barred);

/// The duties of it that are open: met by it, or excused with this code.
void meet_suspicion(api::WriteContext& context, const duty::Kind& kind, Id<Suspicion> id);
void excuse_suspicion(api::WriteContext& context, Id<Suspicion> id, std::string_view why);

/// Errors: conflict "suspicion.own_door" (who decides lives behind that door).
Result<void> check_not_own_door(api::Context& context, const SuspicionRow& row);

/// `{"household":"..." + more + "}"` under "suspicion." + what.
void journal_suspicion(api::WriteContext& context, std::string_view what, const SuspicionRow& row,
                       const std::string& more = {});

/// Those that are kept of a household: its page asks for more only where there is one.
[[nodiscard]] std::int64_t suspicions_of(store::Snapshot& db, Id<access::Community> community,
                                         Id<access::Household> household);

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Evidence> {
  static constexpr std::array words{"door_seal", "sensor", "patrol", "neighbour", "gate", "other"};
};
template <>
struct doorstep::api::Choices<doorstep::observation::SuspicionState> {
  static constexpr std::array words{"asked",  "answered",   "decided",  "objected",
                                    "upheld", "overturned", "withdrawn"};
};
template <>
struct doorstep::api::Choices<doorstep::observation::AccountKind> {
  static constexpr std::array words{"stayed", "parcel",  "rubbish", "told",
                                    "fire",   "illness", "danger",  "other"};
};
template <>
struct doorstep::api::Choices<doorstep::observation::Verdict> {
  static constexpr std::array words{"went_out", "emergency_exit", "delivery",
                                    "rubbish",  "told",           "unfounded"};
};
template <>
struct doorstep::api::Choices<doorstep::observation::WordChannel> {
  static constexpr std::array words{"page", "phone", "paper", "door"};
};
