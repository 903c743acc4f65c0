#include "care/duty/owner.h"

#include "access/policy.h"

namespace doorstep::duty {
namespace {

bool may_know(Rung rung, access::Class of) {
  const auto role = access::role_from_word(api::word(rung));
  return role && access::Policy::built_in().classes(*role).contains(of);
}

}  // namespace

Owner owner_on_shift(api::WriteContext& context, const Row& duty, const Roster& roster, Rung from) {
  const Owner found = roster.on_shift(duty.path, from);
  if (found.rung != Rung::street) return found;
  const auto row =
      context.db.first("SELECT field_class FROM duty WHERE community_id = $1 AND id = $2",
                       {context.community.id, duty.id});
  const auto of = row ? access::class_from_word(row->text(0)) : std::nullopt;
  if (!of || may_know(found.rung, *of)) return found;
  const Owner below = roster.on_shift(duty.path, Rung::manager);
  return below.account == 0 ? found : below;
}

}  // namespace doorstep::duty
