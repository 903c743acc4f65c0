/// \file Answer what somebody asked about what is kept of them.

#include "care/registry/households.h"
#include "care/rights/request.h"

namespace doorstep::rights {
namespace {

constexpr std::size_t words_max = 1000;

struct Request {
  Id<SubjectRequest> request;
  RequestState outcome = RequestState::granted;
  std::string words;  ///< What was done, or why not.
  void fields(auto& f) {
    f("request", request);
    f("outcome", outcome);
    f("words", words, api::Class::health);
  }
};

/// Errors: not_found "request.unknown"; conflict "request.answered"; invalid "request.outcome" (open is none),
/// "request.words" (over 1,000 characters, or none but for a file that is simply given).
Result<api::Nothing> answer(api::WriteContext& context, const Request& request) {
  const RequestRow row = TRY(some(find_request(context, request.request), "request.unknown"));
  if (row.state != RequestState::open) return Error{ErrorKind::conflict, "request.answered"};
  if (request.outcome == RequestState::open) return Error{ErrorKind::invalid, "request.outcome"};
  const std::string words = TRY(registry::clean_text(request.words, words_max, "request.words"));
  const bool file = row.kind == RequestKind::access || row.kind == RequestKind::export_ ||
                    row.kind == RequestKind::who_looked;
  if (words.empty() && !(file && request.outcome == RequestState::granted)) {
    return Error{ErrorKind::invalid, "request.words"};
  }
  settle(context, row, request.outcome, words);
  return api::Nothing{};
}

}  // namespace

api::Endpoint answer_request() {
  return api::command(api::Method::post, "/api/v1/requests/{request}/answer", "request.answer",
                      "Answer what somebody asked about their data", answer);
}

}  // namespace doorstep::rights
