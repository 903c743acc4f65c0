/// \file A household's account: every entry, newest first, with what it came to.

#include "care/supply/ledger.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<access::Household> household;
  void fields(auto& f) { f("household", household); }
};

struct EntryView {
  Id<Entry> id;
  EntryKind kind = EntryKind::purchase;
  Instant at{};
  std::int64_t fen = 0;
  std::string note;
  bool corrected = false;
  void fields(auto& f) {
    f("id", id);
    f("kind", kind);
    f("at", at);
    f("fen", fen);
    f("note", note);
    f("corrected", corrected);
  }
};

struct Response {
  std::string path;
  Id<access::Household> household;
  std::string door;
  std::int64_t owed_fen = 0;
  std::vector<EntryView> entries;
  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("owed_fen", owed_fen, api::Class::money);
    f("entries", entries, api::Class::money);
  }
};

/// Errors: not_found "household.unknown".
Result<Response> show(api::Context& context, const Request& request) {
  const auto home = context.db.first("SELECT h.path, h.door FROM {households} h WHERE h.id = $1",
                                     {request.household});
  if (!home) return Error{ErrorKind::not_found, "household.unknown"};
  Response made;
  made.path = home->text(0);
  made.household = request.household;
  made.door = home->text(1);
  made.owed_fen = balance(context.db, context.community.id, LedgerAccount::household,
                          request.household.value());
  for (const store::Row& row : context.db.query(
           "SELECT e.id, e.kind, e.at, p.amount_fen, e.note, EXISTS (SELECT 1 FROM ledger_entry c"
           " WHERE c.community_id = e.community_id AND c.corrects = e.id) FROM ledger_posting p"
           " JOIN ledger_entry e ON e.community_id = p.community_id AND e.id = p.entry_id"
           " WHERE p.community_id = $1 AND p.account = 'household' AND p.owner_id = $2"
           " ORDER BY e.id DESC LIMIT 200",
           {context.community.id, request.household})) {
    made.entries.push_back({row.id<Entry>(0),
                            api::from_word<EntryKind>(row.text(1)).value_or(EntryKind::correction),
                            row.instant(2), row.integer(3), row.text(4), row.boolean(5)});
  }
  return made;
}

}  // namespace

api::Endpoint show_account() {
  return api::query("/api/v1/households/{household}/ledger", "money.show", "A household's account",
                    show);
}

}  // namespace doorstep::supply
