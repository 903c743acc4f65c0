#include "care/supply/payment_claim.h"

#include "care/registry/links.h"

namespace doorstep::supply {
namespace {

constexpr std::string_view selected =
    "SELECT c.id, c.household_id, h.path, h.door, c.order_id, c.fen, c.method, c.reference, "
    "c.state,"
    " c.reason, c.note, c.entry_id, c.link_id, coalesce(l.name, ''), coalesce(l.trusted, FALSE),"
    " l.proved_at IS NOT NULL, c.claimed_at, c.decided_at, EXISTS (SELECT 1 FROM ledger_entry b "
    "WHERE c.entry_id > 0"
    " AND b.community_id = c.community_id AND b.corrects = c.entry_id AND b.corrects > 0)"
    " FROM payment_claim c JOIN {households} h ON h.community_id = c.community_id"
    " AND h.id = c.household_id LEFT JOIN link_token l ON l.community_id = c.community_id"
    " AND l.id = c.link_id WHERE c.community_id = $1 AND ";

ClaimRow claim_from(const store::Row& row) {
  ClaimRow claim;
  claim.id = row.id<PaymentClaim>(0);
  claim.household = row.id<access::Household>(1);
  claim.path = row.text(2);
  claim.door = row.text(3);
  claim.order = row.id<needs::Order>(4);
  claim.fen = row.integer(5);
  claim.method = api::from_word<Method>(row.text(6)).value_or(Method::cash);
  claim.reference = row.text(7);
  claim.state = api::from_word<ClaimState>(row.text(8)).value_or(ClaimState::claimed);
  claim.reason = api::from_word<Rejection>(row.text(9));
  claim.note = row.text(10);
  claim.entry = row.id<Entry>(11);
  claim.link = row.integer(12);
  claim.by = row.text(13);
  claim.trusted = row.boolean(14);
  claim.proved = row.boolean(15);
  claim.at = row.instant(16);
  claim.decided_at = row.maybe_instant(17);
  if (row.boolean(18)) claim.state = ClaimState::corrected;
  return claim;
}

std::vector<ClaimRow> claims(const api::Context& context, std::string_view where,
                             const store::Values& values) {
  std::vector<ClaimRow> found;
  for (const store::Row& row :
       context.db.query(std::string(selected) + std::string(where), values)) {
    found.push_back(claim_from(row));
  }
  return found;
}

}  // namespace

std::vector<ClaimRow> claims_of(const api::Context& context, Id<access::Household> household,
                                std::int64_t limit) {
  return claims(context, "c.household_id = $2 ORDER BY c.id DESC LIMIT $3",
                {context.community.id, household, limit});
}

std::vector<ClaimRow> claims_waiting(const api::Context& context, std::int64_t after,
                                     std::int64_t limit) {
  return claims(context, "c.state = 'claimed' AND c.id > $2 ORDER BY c.id LIMIT $3",
                {context.community.id, after, limit});
}

std::optional<ClaimRow> find_claim(const api::Context& context, Id<PaymentClaim> id) {
  const auto found = claims(context, "c.id = $2", {context.community.id, id});
  if (found.empty()) return std::nullopt;
  return found.front();
}

std::int64_t waiting_fen(const std::vector<ClaimRow>& claims) {
  std::int64_t sum = 0;
  for (const ClaimRow& one : claims) sum += one.state == ClaimState::claimed ? one.fen : 0;
  return sum;
}

bool is_said_elsewhere(const api::Context& context, const ClaimRow& claim) {
  if (claim.reference.empty()) return false;
  return context.db
      .first(
          "SELECT count(*) FROM payment_claim WHERE community_id = $1 AND reference = $2"
          " AND reference <> '' AND method = $3 AND id <> $4 AND state <> 'rejected'",
          {context.community.id, claim.reference, api::word(claim.method), claim.id})
      ->boolean(0);
}

bool reads_owed(const api::Context& context, std::string_view path) {
  return context.actor.is_link() &&
         (context.scope.classes_at(path).contains(access::Class::money) ||
          registry::is_trusted(context));
}

}  // namespace doorstep::supply
