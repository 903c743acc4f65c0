// What an erasure leaves to be shown: its certificate, the list of all of them, and what a check finds.

#include <fmt/format.h>

#include "base/bytes.h"
#include "care/rights/erasure.h"
#include "store/signed.h"

namespace doorstep::rights {

std::string certificate_message(std::string_view json) {
  return "doorstep erasure 1\n" + std::string(json);
}

std::string erasure_line(std::string_view certificate, std::string_view signature) {
  return to_hex(signature) + ' ' + std::string(certificate);
}

Result<Certificate> certificate_from_line(std::string_view line, std::string_view public_key) {
  const Error wrong{ErrorKind::invalid, "erasure.line"};
  const auto at = line.find(' ');
  if (at == std::string_view::npos) return wrong;
  const auto signature = from_hex(line.substr(0, at));
  const std::string_view json = line.substr(at + 1);
  if (!signature || !store::is_genuine(certificate_message(json), *signature, public_key)) {
    return wrong;
  }
  api::Reader reader(json);
  Certificate read;
  read.fields(reader);
  TRY(reader.finish());
  return read;
}

std::vector<std::string> erasure_lines(store::Snapshot& db) {
  std::vector<std::string> lines;
  for (const store::Row& row :
       db.query("SELECT certificate, signature FROM erasure WHERE state = 'done'"
                " ORDER BY done_at, id")) {
    lines.push_back(erasure_line(row.text(0), row.bytes(1)));
  }
  return lines;
}

bool erase_again(store::Transaction& tx, IdSource& ids, const Certificate& certificate,
                 const std::string& line, Instant now, Day today) {
  const auto community = id_from_text(certificate.community);
  const auto person = id_from_text(certificate.person);
  if (!community || !person) return false;
  const store::Values key{*community, *person};
  if (tx.first("SELECT 1 FROM erasure WHERE community_id = $1 AND person_id = $2"
               " AND state = 'done'",
               key) ||
      !tx.first("SELECT 1 FROM community WHERE id = $1", {*community})) {
    return false;
  }
  (void)remove_person(tx, Id<access::Community>{*community}, Id<registry::Person>{*person}, now,
                      today);
  const auto at = line.find(' ');
  const auto signature = from_hex(std::string_view(line).substr(0, at)).value_or("");
  std::string households;
  for (const std::string& one : certificate.households) {
    households += households.empty() ? one : ' ' + one;
  }
  tx.run("DELETE FROM erasure WHERE community_id = $1 AND person_id = $2", key);
  tx.run(
      "INSERT INTO erasure (community_id, id, person_id, cause, state, evidence, asked_at,"
      " asked_by, done_at, done_by, households, certificate, signature)"
      " VALUES ($1, $2, $3, $4, 'done', FALSE, $5, $6, $7, $8, $9, $10, $11)",
      {*community, ids.next(now), *person, certificate.cause, certificate.asked_at,
       id_from_text(certificate.asked_by).value_or(0), certificate.done_at,
       id_from_text(certificate.done_by).value_or(0), households, line.substr(at + 1),
       store::Bytes{signature}});
  tx.journal({*community, 0, "person.erased_again", *person, "", "{}"});
  return true;
}

std::vector<std::string> check_erasures(store::Snapshot& db, std::string_view public_key) {
  std::vector<std::string> problems;
  for (const store::Row& row :
       db.query("SELECT community_id, person_id, certificate, signature FROM erasure"
                " WHERE state = 'done' ORDER BY id")) {
    const std::string who = id_text(row.integer(1));
    if (!certificate_from_line(erasure_line(row.text(2), row.bytes(3)), public_key).ok()) {
      problems.push_back("erasure of " + who + ": the certificate is not genuine");
    }
    const store::Values at{row.integer(0), row.integer(1)};
    for (const std::string_view table : {"residence", "care_person", "person_source"}) {
      if (db.first(
              fmt::format("SELECT 1 FROM {} WHERE community_id = $1 AND person_id = $2 LIMIT 1",
                          table),
              at)) {
        problems.push_back(fmt::format("erasure of {}: there is a row in {}", who, table));
      }
    }
    if (db.first("SELECT 1 FROM search_key WHERE community_id = $1 AND subject_id = $2 LIMIT 1",
                 at)) {
      problems.push_back("erasure of " + who + ": they are found by a search");
    }
    if (db.first("SELECT 1 FROM person p WHERE p.id = $1 AND p.name <> '' AND NOT EXISTS"
                 " (SELECT 1 FROM residence r WHERE r.person_id = p.id)",
                 {row.integer(1)})) {
      problems.push_back("erasure of " + who + ": their name is there");
    }
  }
  return problems;
}

}  // namespace doorstep::rights
