#include "care/registry/sources.h"

namespace doorstep::registry {

void note_source(api::WriteContext& context, Id<Person> person, SourceChannel channel) {
  context.tx.post(
      "INSERT INTO person_source (community_id, person_id, channel, times, first_at, last_at, by)"
      " VALUES ($1, $2, $3, 1, $4, $4, $5) ON CONFLICT (community_id, person_id, channel)"
      " DO UPDATE SET times = person_source.times + 1, last_at = excluded.last_at,"
      " by = excluded.by",
      {context.community.id, person, api::word(channel), context.now, context.actor.id});
}

}  // namespace doorstep::registry
