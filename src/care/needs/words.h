#pragma once
/// \file The words of needs: what kind of thing is asked, how pressing it is, and how it stands.

#include <array>
#include <cstdint>
#include <string_view>

#include "api/fields.h"

namespace doorstep::needs {

/// What a message is about (L5). Source: 「咨询封控情况的、有了解封控政策的、有采买生活物资的」.
enum class NeedClass : std::uint8_t { status, policy, supplies, medical, other };

enum class Urgency : std::uint8_t { routine, urgent, emergency };

/// Who said it for whom.
enum class Origin : std::uint8_t {
  resident,     ///< The household itself, by its link.
  worker,       ///< Somebody of the staff heard it.
  proxy,        ///< A volunteer or captain took it down at the door (代为下单).
  third_party,  ///< The sender is not the receiver.
};

enum class Channel : std::uint8_t { page, phone, visit, paper, relay };

enum class State : std::uint8_t {
  waiting,     ///< Nobody has decided.
  asked_back,  ///< The household has to answer first.
  accepted,    ///< Somebody owes it.
  done,
  declined,  ///< With a reason.
  cancelled,
};

enum class LineState : std::uint8_t {
  read,
  ask_back,  ///< How much is not said.
  too_much,  ///< More than one household may have (D31), or than anybody can carry.
};

enum class CycleState : std::uint8_t { open, closed, done };

enum class OrderKind : std::uint8_t { isolated, neighbour };
/// `bought`: paid for, its parcel is expected.
enum class OrderState : std::uint8_t { open, closed, bought, cancelled, delivered };

enum class OrderLineState : std::uint8_t {
  ordered,
  cancelled,
  granted,  ///< All of it comes.
  short_,   ///< Less comes.
  replaced,
  out_of_stock,
  returned,
};

enum class Visited : std::uint8_t { ordered, nothing, absent };

}  // namespace doorstep::needs

namespace doorstep::api {
template <>
struct Choices<needs::NeedClass> {
  static constexpr std::array words{std::string_view{"status"}, std::string_view{"policy"},
                                    std::string_view{"supplies"}, std::string_view{"medical"},
                                    std::string_view{"other"}};
};
template <>
struct Choices<needs::Urgency> {
  static constexpr std::array words{std::string_view{"routine"}, std::string_view{"urgent"},
                                    std::string_view{"emergency"}};
};
template <>
struct Choices<needs::Origin> {
  static constexpr std::array words{std::string_view{"resident"}, std::string_view{"worker"},
                                    std::string_view{"proxy"}, std::string_view{"third_party"}};
};
template <>
struct Choices<needs::Channel> {
  static constexpr std::array words{std::string_view{"page"}, std::string_view{"phone"},
                                    std::string_view{"visit"}, std::string_view{"paper"},
                                    std::string_view{"relay"}};
};
template <>
struct Choices<needs::State> {
  static constexpr std::array words{std::string_view{"waiting"},  std::string_view{"asked_back"},
                                    std::string_view{"accepted"}, std::string_view{"done"},
                                    std::string_view{"declined"}, std::string_view{"cancelled"}};
};
template <>
struct Choices<needs::LineState> {
  static constexpr std::array words{std::string_view{"read"}, std::string_view{"ask_back"},
                                    std::string_view{"too_much"}};
};
template <>
struct Choices<needs::CycleState> {
  static constexpr std::array words{std::string_view{"open"}, std::string_view{"closed"},
                                    std::string_view{"done"}};
};
template <>
struct Choices<needs::OrderKind> {
  static constexpr std::array words{std::string_view{"isolated"}, std::string_view{"neighbour"}};
};
template <>
struct Choices<needs::OrderState> {
  static constexpr std::array words{std::string_view{"open"}, std::string_view{"closed"},
                                    std::string_view{"bought"}, std::string_view{"cancelled"},
                                    std::string_view{"delivered"}};
};
template <>
struct Choices<needs::OrderLineState> {
  static constexpr std::array words{std::string_view{"ordered"},  std::string_view{"cancelled"},
                                    std::string_view{"granted"},  std::string_view{"short"},
                                    std::string_view{"replaced"}, std::string_view{"out_of_stock"},
                                    std::string_view{"returned"}};
};
template <>
struct Choices<needs::Visited> {
  static constexpr std::array words{std::string_view{"ordered"}, std::string_view{"nothing"},
                                    std::string_view{"absent"}};
};
}  // namespace doorstep::api
