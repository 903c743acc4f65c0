#include "care/messages/thread.h"

#include <algorithm>

namespace doorstep::messages {

std::vector<MessageRow> thread_of(store::Snapshot& db, Id<access::Community> community,
                                  Id<access::Household> household, std::int64_t before,
                                  std::int64_t limit) {
  std::vector<MessageRow> rows;
  for (const store::Row& row :
       db.query("SELECT m.id, m.from_household, coalesce(a.name, l.name, ''), m.body, m.sent_at"
                " FROM message m LEFT JOIN account a ON a.id = m.author_id AND NOT m.from_household"
                " LEFT JOIN link_token l ON l.community_id = m.community_id AND l.id = m.author_id"
                " WHERE m.community_id = $1 AND m.household_id = $2 AND ($3 = 0 OR m.id < $3)"
                " ORDER BY m.id DESC LIMIT $4",
                {community, household, before, limit})) {
    rows.push_back({row.id<Message>(0), row.boolean(1), row.text(2), row.text(3), row.instant(4)});
  }
  std::ranges::reverse(rows);
  return rows;
}

std::optional<Instant> waiting_since(store::Snapshot& db, Id<access::Community> community,
                                     Id<access::Household> household) {
  const auto row = db.first(
      "SELECT from_at FROM duty WHERE community_id = $1 AND kind = $2 AND subject_id = $3"
      " AND closed_at IS NULL",
      {community, answer.word, household});
  if (!row) return std::nullopt;
  return row->instant(0);
}

}  // namespace doorstep::messages
