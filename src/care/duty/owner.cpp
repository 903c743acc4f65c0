#include "care/duty/owner.h"

#include <algorithm>

#include "access/policy.h"

namespace doorstep::duty {
namespace {

bool may_know(Rung rung, access::Class of) {
  const auto role = access::role_from_word(api::word(rung));
  return role && access::Policy::built_in().classes(*role).contains(of);
}

std::optional<access::Class> class_of(api::WriteContext& context, const Row& duty) {
  const auto row =
      context.db.first("SELECT field_class FROM duty WHERE community_id = $1 AND id = $2",
                       {context.community.id, duty.id});
  return row ? access::class_from_word(row->text(0)) : std::nullopt;
}

}  // namespace

Owner owner_on_shift(api::WriteContext& context, const Row& duty, const Roster& roster, Rung from) {
  const Owner found = roster.on_shift(duty.path, from);
  if (found.rung != Rung::street) return found;
  const auto of = class_of(context, duty);
  if (!of || may_know(found.rung, *of)) return found;
  const Owner below = roster.on_shift(duty.path, Rung::manager);
  return below.account == 0 ? found : below;
}

bool may_read(api::WriteContext& context, const Row& duty, std::int64_t account) {
  const access::Class of = class_of(context, duty).value_or(access::Class::none);
  return std::ranges::any_of(
      access::grants_of(context.db, context.community.id, account, context.now),
      [&](const access::Grant& one) {
        return duty.path.starts_with(one.path) &&
               access::Policy::built_in().classes(one.role).contains(of);
      });
}

}  // namespace doorstep::duty
