#include "care/needs/retention.h"

namespace doorstep::needs {

std::int64_t drop_words(api::WriteContext& context, std::int64_t limit) {
  const auto days = context.rules().integer("needs.words_days");
  if (!days.ok()) return 0;
  const auto rows = context.db.query(
      "SELECT id, path FROM need WHERE community_id = $1 AND words_dropped_at IS NULL"
      " AND state IN ('done', 'declined', 'cancelled') AND decided_at < $2 ORDER BY decided_at"
      " LIMIT $3",
      {context.community.id, context.now - std::chrono::hours{24 * *days}, limit});
  for (const store::Row& row : rows) {
    context.tx.post(
        "UPDATE need SET text = NULL, note = NULL, note_media = NULL, sign = '', answer = '',"
        " sender = '', relay_row = '', diet = FALSE, words_dropped_at = $3"
        " WHERE community_id = $1 AND id = $2",
        {context.community.id, row.integer(0), context.now});
    context.journal("need.words_dropped", row.integer(0), row.text(1));
  }
  return std::ssize(rows);
}

}  // namespace doorstep::needs
