#include "care/observation/removal.h"

namespace doorstep::observation {

Result<void> owe_removal(api::WriteContext& context, Id<access::Household> household,
                         const std::string& path) {
  const auto hours = context.rules().integer("observation.removal_hours");
  if (!hours.ok() && hours.error().code == "rules.missing") return {};
  if (!hours.ok()) return hours.error();
  const Instant due = context.now + std::chrono::hours{*hours};
  TRY(duty::open(context, removal, {household.value(), path, context.now, due}));
  return {};
}

}  // namespace doorstep::observation
