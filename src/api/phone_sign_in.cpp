#include "api/phone_sign_in.h"

#include "access/secrets.h"

namespace doorstep::api {
namespace {

std::optional<PhoneRow> find(store::Snapshot& db, const store::Bytes& hash) {
  const auto row = db.first(
      "SELECT account_id, desk_hash, ends_at, claim_hash, device, number, tries, confirmed_at,"
      " voided_at FROM phone_sign_in WHERE token_hash = $1",
      {hash});
  if (!row) return std::nullopt;
  return PhoneRow{hash,
                  row->id<access::Account>(0),
                  store::Bytes{row->bytes(1)},
                  row->instant(2),
                  !row->is_null(3),
                  row->text(4),
                  row->integer(5),
                  row->integer(6),
                  !row->is_null(7),
                  !row->is_null(8)};
}

Error unknown() {
  return {ErrorKind::unauthenticated, "phone.unknown"};
}

}  // namespace

store::Bytes phone_hash(const Direct& direct, const std::string& token) {
  return {access::token_hash("phone:" + token, direct.store.pepper())};
}

Result<PhoneRow> shown_phone(store::Snapshot& db, const Direct& direct, const OwnSession& own,
                             const std::string& token) {
  auto row = find(db, phone_hash(direct, token));
  if (!row || row->desk.data != own.hash.data) return unknown();
  return std::move(*row);
}

Result<PhoneRow> live_phone(store::Snapshot& db, const Direct& direct, const std::string& token) {
  auto row = find(db, phone_hash(direct, token));
  if (!row || row->voided || row->ends <= direct.now) return unknown();
  return std::move(*row);
}

void void_phone(store::Transaction& tx, const Direct& direct, const PhoneRow& row) {
  tx.run("UPDATE phone_sign_in SET voided_at = $2 WHERE token_hash = $1", {row.token, direct.now});
  tx.journal({0, row.account.value(), "session.phone_refused", row.account.value(), "~"});
}

}  // namespace doorstep::api
