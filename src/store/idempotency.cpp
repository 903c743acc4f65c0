#include "store/idempotency.h"

#include <chrono>

#include <fmt/format.h>
#include <sodium.h>

#include "base/bytes.h"

namespace doorstep::store {
namespace {

constexpr auto kept_for = std::chrono::days{14};
constexpr std::size_t nonce_size = crypto_secretbox_NONCEBYTES;
constexpr std::size_t mark_size = crypto_secretbox_MACBYTES;
static_assert(crypto_secretbox_KEYBYTES == 32);  // What blake2b() makes.

/// Two values that do not lead back to the key nor to each other.
struct Derived {
  std::string name;    ///< What the row is found by.
  std::string secret;  ///< What its answer is sealed with.

  Derived(std::int64_t actor, std::string_view key)
      : name(to_hex(blake2b(fmt::format("idempotency name {} {}", actor, key)))),
        secret(blake2b(fmt::format("idempotency secret {} {}", actor, key))) {}
};

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// The nonce, then the box (XSalsa20-Poly1305). The nonce is drawn: a transaction may run again, and
/// then seals another answer under the same secret.
std::string seal(std::string_view text, const std::string& secret) {
  std::string box(nonce_size + mark_size + text.size(), '\0');
  randombytes_buf(box.data(), nonce_size);
  crypto_secretbox_easy(bytes(box) + nonce_size, bytes(text), text.size(), bytes(box),
                        bytes(std::string_view(secret)));
  return box;
}

std::string open(std::string_view box, const std::string& secret) {
  if (box.size() >= nonce_size + mark_size) {
    std::string text(box.size() - nonce_size - mark_size, '\0');
    if (crypto_secretbox_open_easy(bytes(text), bytes(box) + nonce_size, box.size() - nonce_size,
                                   bytes(box), bytes(std::string_view(secret))) == 0) {
      return text;
    }
  }
  throw Failure("store.broken", "a kept answer does not open under its key");
}

}  // namespace

Result<std::optional<Answer>> recall(Transaction& tx, std::int64_t actor, std::string_view key,
                                     std::string_view request_hash) {
  const Derived derived(actor, key);
  const auto row = tx.first(
      "SELECT request_hash, body, media_type, file_name FROM idempotency "
      "WHERE actor = $1 AND key = $2",
      {actor, derived.name});
  if (!row) return std::optional<Answer>{};
  if (row->bytes(0) != request_hash) return Error{ErrorKind::conflict, "idempotency.reused"};
  return std::optional<Answer>{
      Answer{open(row->bytes(1), derived.secret), row->text(2), row->text(3)}};
}

void remember(Transaction& tx, std::int64_t actor, std::string_view key,
              std::string_view request_hash, const Answer& answer, Instant now) {
  const Derived derived(actor, key);
  tx.post(
      "INSERT INTO idempotency (actor, key, request_hash, at, body, media_type, file_name) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {actor, derived.name, Bytes{std::string(request_hash)}, now,
       Bytes{seal(answer.body, derived.secret)}, answer.media_type, answer.file_name});
}

std::int64_t forget_old_answers(Transaction& tx, Instant now, std::int64_t limit) {
  return tx.run(
      "DELETE FROM idempotency WHERE (actor, key) IN "
      "(SELECT actor, key FROM idempotency WHERE at < $1 ORDER BY at LIMIT $2)",
      {now - kept_for, limit});
}

}  // namespace doorstep::store
