#include "store/idempotency.h"

#include <chrono>

namespace doorstep::store {
namespace {

constexpr auto kept_for = std::chrono::days{14};

}  // namespace

Result<std::optional<Answer>> recall(Transaction& tx, std::int64_t actor, std::string_view key,
                                     std::string_view request_hash) {
  const auto row = tx.first(
      "SELECT request_hash, body, media_type, file_name FROM idempotency "
      "WHERE actor = $1 AND key = $2",
      {actor, key});
  if (!row) return std::optional<Answer>{};
  if (row->bytes(0) != request_hash) return Error{ErrorKind::conflict, "idempotency.reused"};
  return std::optional<Answer>{Answer{row->bytes(1), row->text(2), row->text(3)}};
}

void remember(Transaction& tx, std::int64_t actor, std::string_view key,
              std::string_view request_hash, const Answer& answer, Instant now) {
  tx.run(
      "INSERT INTO idempotency (actor, key, request_hash, at, body, media_type, file_name) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {actor, key, Bytes{std::string(request_hash)}, now, Bytes{answer.body}, answer.media_type,
       answer.file_name});
}

std::int64_t forget_old_answers(Transaction& tx, Instant now, std::int64_t limit) {
  return tx.run(
      "DELETE FROM idempotency WHERE (actor, key) IN "
      "(SELECT actor, key FROM idempotency WHERE at < $1 ORDER BY at LIMIT $2)",
      {now - kept_for, limit});
}

}  // namespace doorstep::store
