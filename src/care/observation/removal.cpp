#include "care/observation/removal.h"

#include "care/observation/controls.h"

namespace doorstep::observation {

Result<void> owe_removal(api::WriteContext& context, Id<access::Household> household,
                         const std::string& path) {
  // What is recorded is owed piece by piece; where nothing is, somebody goes and looks.
  if (TRY(end_controls(context, household)) > 0) return {};
  const auto hours = context.rules().integer("observation.removal_hours");
  if (!hours.ok() && hours.error().code == "rules.missing") return {};
  if (!hours.ok()) return hours.error();
  const Instant due = context.now + std::chrono::hours{*hours};
  TRY(duty::open(context, removal, {household.value(), path, context.now, due}));
  return {};
}

}  // namespace doorstep::observation
