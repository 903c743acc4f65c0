#pragma once
/// \file The words of a check-in, and how far each way of reporting can be relied on (N23).

#include <array>

#include "api/fields.h"

namespace doorstep::observation {

/// `declined`: they answered and would not say; never counted as well.
enum class Wellbeing : std::uint8_t { fine, unwell, declined };

enum class Symptom : std::uint8_t {
  fever,
  cough,
  fatigue,
  breathless,
  diarrhoea,
  sore_throat,
  other
};

enum class ReportChannel : std::uint8_t { page, phone, video, visit, door_sign, paper };

/// Why somebody went to a door (C25): contact is free of visits unless there is a reason.
enum class VisitReason : std::uint8_t {
  no_answer,  ///< They were called in vain.
  sight_due,  ///< Nobody has heard or seen them for days (N23).
  unwell,     ///< Somebody there is unwell.
  service,    ///< Something that cannot be done from afar: temperature, disinfection, a repair.
  label,      ///< To hang or to take down a label or a sensor.
  no_phone,   ///< They have none, or cannot use it.
  asked,      ///< They asked for it.
  other
};

/// From weakest to strongest proof that the person is well.
enum class Assurance : std::uint8_t {
  self,    ///< The person says so.
  head,    ///< One says so for the household.
  remote,  ///< A relative elsewhere says so.
  voice,   ///< Somebody of the community heard them.
  seen,    ///< Somebody of the community saw them (also on video).
};

/// What a channel proves. Source: capabilities.md, settled meanings, N23: video is seen, a door sign
/// is self, calls are voice.
[[nodiscard]] constexpr Assurance assurance_of(ReportChannel channel, bool names_a_person) {
  switch (channel) {
    case ReportChannel::phone: return Assurance::voice;
    case ReportChannel::video:
    case ReportChannel::visit: return Assurance::seen;
    case ReportChannel::page:
    case ReportChannel::door_sign:
    case ReportChannel::paper: break;
  }
  return names_a_person ? Assurance::self : Assurance::head;
}

}  // namespace doorstep::observation

template <>
struct doorstep::api::Choices<doorstep::observation::Wellbeing> {
  static constexpr std::array words{std::string_view{"fine"}, std::string_view{"unwell"},
                                    std::string_view{"declined"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::Symptom> {
  static constexpr std::array words{std::string_view{"fever"},     std::string_view{"cough"},
                                    std::string_view{"fatigue"},   std::string_view{"breathless"},
                                    std::string_view{"diarrhoea"}, std::string_view{"sore_throat"},
                                    std::string_view{"other"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::ReportChannel> {
  static constexpr std::array words{std::string_view{"page"},      std::string_view{"phone"},
                                    std::string_view{"video"},     std::string_view{"visit"},
                                    std::string_view{"door_sign"}, std::string_view{"paper"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::VisitReason> {
  static constexpr std::array words{std::string_view{"no_answer"}, std::string_view{"sight_due"},
                                    std::string_view{"unwell"},    std::string_view{"service"},
                                    std::string_view{"label"},     std::string_view{"no_phone"},
                                    std::string_view{"asked"},     std::string_view{"other"}};
};
template <>
struct doorstep::api::Choices<doorstep::observation::Assurance> {
  static constexpr std::array words{std::string_view{"self"}, std::string_view{"head"},
                                    std::string_view{"remote"}, std::string_view{"voice"},
                                    std::string_view{"seen"}};
};
