#include "store/member.h"

#include "base/log.h"

namespace doorstep::store {

Error unavailable(const std::exception& reason) {
  const auto* failure = dynamic_cast<const Failure*>(&reason);
  std::string code = failure != nullptr ? failure->code() : "internal";
  return {ErrorKind::unavailable, std::move(code), reason.what()};
}

void deliver(Member& member) {
  if (!member.outcome.ok() && member.outcome.error().kind == ErrorKind::unavailable) {
    log::error("store: {}: {}", member.outcome.error().code, member.outcome.error().hint);
  }
  if (member.request.done) member.request.done(std::move(member.outcome));
}

Outcome run_work(const std::function<Outcome(Transaction&)>& work, Transaction& tx,
                 const std::function<const Failure*()>& spoiled) {
  try {
    Outcome outcome = work(tx);
    const Failure* failure = spoiled();
    if (outcome.ok() && failure != nullptr) return unavailable(*failure);
    return outcome;
  } catch (const std::exception& reason) {
    return unavailable(reason);
  }
}

}  // namespace doorstep::store
