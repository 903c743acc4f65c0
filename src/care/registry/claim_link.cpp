#include "care/registry/claim_link.h"

#include "access/recovery.h"
#include "base/bytes.h"

namespace doorstep::registry {
namespace {

constexpr std::size_t code_bytes = 5;
constexpr std::size_t code_length = 8;

}  // namespace

std::string new_claim_code(api::WriteContext& context, Id<access::Household> household) {
  std::string code = to_base32(context.rng.bytes(code_bytes));
  context.tx.post(
      "INSERT INTO claim_code (community_id, household_id, code_hash, created_at, links)"
      " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (community_id, household_id) DO UPDATE SET"
      " code_hash = excluded.code_hash, created_at = excluded.created_at, links = 0,"
      " last_key = NULL, last_link = NULL",
      {context.community.id, household, claim_code_hash(code, context.pepper), context.now});
  return code.insert(code_length / 2, "-");
}

Result<std::string> clean_claim_code(std::string_view typed) {
  const auto code = access::typed_code(typed, code_length);
  if (!code) return Error{ErrorKind::invalid, "claim.code"};
  return *code;
}

store::Bytes claim_code_hash(std::string_view code, const std::string& pepper) {
  return {blake2b("claim:" + std::string(code), pepper)};
}

}  // namespace doorstep::registry
