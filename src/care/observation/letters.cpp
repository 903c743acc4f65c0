#include "care/observation/letters.h"

namespace doorstep::observation {

std::string issue_letter(api::WriteContext& context, const GroundRow& ground) {
  // 63 random bits: nobody guesses a letter, and it tells nothing of when it was made.
  const std::string code = id_text(static_cast<std::int64_t>(context.rng.next() >> 1U));
  const auto id = context.new_id<struct ReleaseLetter>();
  context.tx.post(
      "INSERT INTO release_letter (community_id, id, code, household_id, person_id, first_day,"
      " ends_on, released_at, released_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {context.community.id, id, code, ground.household, ground.person, ground.first_day,
       ground.ends_on, context.now, context.actor.id});
  return code;
}

std::vector<Letter> letters_of(store::Snapshot& db, Id<access::Community> community,
                               Id<access::Household> household) {
  std::vector<Letter> letters;
  for (const store::Row& row :
       db.query("SELECT code, person_id, first_day, ends_on, released_at FROM release_letter"
                " WHERE community_id = $1 AND household_id = $2 AND revoked_at IS NULL"
                " ORDER BY released_at DESC, id DESC",
                {community, household})) {
    Letter letter{row.text(0), {}, row.day(2), row.day(3) - std::chrono::days{1}, row.instant(4)};
    if (row.integer(1) != 0) letter.person = Id<Person>{row.integer(1)};
    letters.push_back(std::move(letter));
  }
  return letters;
}

}  // namespace doorstep::observation
