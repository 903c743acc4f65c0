#pragma once
/// \file What people ask about what is kept of them: each a duty with a clock (N13).

#include <optional>
#include <string>

#include "api/endpoint.h"
#include "care/duty/duty.h"

namespace doorstep::rights {

struct SubjectRequest;

enum class RequestKind : std::uint8_t {
  access,      ///< What do you keep about me?
  correction,  ///< That is wrong.
  export_,     ///< Give it to me as a file.
  objection,   ///< I do not agree with what was decided or noted.
  complaint,   ///< Somebody treated me wrongly.
  who_looked,  ///< Who of you looked at it?
  erasure,     ///< Remove it.
};
enum class RequestChannel : std::uint8_t { page, phone, paper, door };
enum class RequestState : std::uint8_t { open, granted, partly, refused };

/// The subject is the request.
inline constexpr duty::Kind answer_owed{"subject_request", access::Class::name};

struct RequestRow {
  Id<SubjectRequest> id{};
  Id<access::Household> household{};
  std::string path = {};
  std::int64_t person = 0;  ///< 0: the whole household.
  RequestKind kind = RequestKind::access;
  RequestState state = RequestState::open;
  Instant asked_at{};
  std::int64_t link = 0;  ///< The link that asked; 0: staff keyed it in.
};

/// A request inside the scope.
std::optional<RequestRow> find_request(const api::Context& context, Id<SubjectRequest> id);

/// Its answer, and the end of its duty.
void settle(api::WriteContext& context, const RequestRow& request, RequestState state,
            const std::string& words);

}  // namespace doorstep::rights

template <>
struct doorstep::api::Choices<doorstep::rights::RequestKind> {
  static constexpr std::array words{"access",    "correction", "export", "objection",
                                    "complaint", "who_looked", "erasure"};
};
template <>
struct doorstep::api::Choices<doorstep::rights::RequestChannel> {
  static constexpr std::array words{"page", "phone", "paper", "door"};
};
template <>
struct doorstep::api::Choices<doorstep::rights::RequestState> {
  static constexpr std::array words{"open", "granted", "partly", "refused"};
};
