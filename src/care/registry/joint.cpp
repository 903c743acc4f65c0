#include "care/registry/joint.h"

namespace doorstep::registry {

std::vector<JointMember> joint_group(const api::Context& context, Id<access::Household> household) {
  std::vector<JointMember> members;
  for (const store::Row& row : context.db.query(
           "SELECT j.id, j.account_id, j.profession, a.name, a.phone FROM joint_member j"
           " JOIN account a ON a.id = j.account_id WHERE j.community_id = $1"
           " AND j.household_id = $2 AND j.until_at IS NULL ORDER BY j.id",
           {context.community.id, household})) {
    members.push_back({row.id<JointPart>(0), row.id<access::Account>(1),
                       api::from_word<Profession>(row.text(2)).value_or(Profession::other),
                       row.text(3), row.maybe_text(4).value_or("")});
  }
  return members;
}

}  // namespace doorstep::registry
