#include "access/recovery.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/bytes.h"

namespace doorstep::access {

std::optional<std::string> typed_code(std::string_view typed, std::size_t length) {
  std::string code;
  for (const char letter : typed) {
    if (letter == '-' || letter == ' ') continue;
    char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    if (upper == 'O') upper = '0';
    if (upper == 'I' || upper == 'L') upper = '1';
    code += upper;
  }
  const bool plain = std::ranges::all_of(
      code, [](char one) { return (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z'); });
  if (code.size() != length || !plain) return std::nullopt;
  return code;
}

std::vector<std::string> new_recovery_codes(store::Transaction& tx, Rng& rng, Id<Account> account,
                                            const std::string& pepper, Instant now) {
  tx.run("DELETE FROM recovery_code WHERE account_id = $1", {account});
  std::vector<std::string> codes;
  while (codes.size() < recovery_codes) {
    std::string code = fmt::format("{:016}", rng.next() % 10'000'000'000'000'000U);
    tx.run(
        "INSERT INTO recovery_code (account_id, code_hash, created_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (account_id, code_hash) DO NOTHING",
        {account, *recovery_hash(code, pepper), now});
    for (const std::size_t at : {12U, 8U, 4U}) code.insert(at, "-");
    codes.push_back(std::move(code));
  }
  return codes;
}

std::optional<store::Bytes> recovery_hash(std::string_view typed, const std::string& pepper) {
  const auto code = typed_code(typed, recovery_length);
  if (!code) return std::nullopt;
  return store::Bytes{blake2b("recovery:" + *code, pepper)};
}

std::int64_t recovery_left(store::Snapshot& db, Id<Account> account) {
  return db
      .first("SELECT count(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL",
             {account})
      ->integer(0);
}

}  // namespace doorstep::access
