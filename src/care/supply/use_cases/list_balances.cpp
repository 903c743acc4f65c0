/// \file List what is open: households that owe or are owed, helpers who paid for them, suppliers.

#include "care/supply/ledger.h"
#include "care/supply/suppliers.h"

namespace doorstep::supply {
namespace {

struct Request : api::PageRequest {
  void fields(auto& f) { page_fields(f); }
};

struct Balance {
  std::string path;
  LedgerAccount account = LedgerAccount::household;
  std::optional<Id<access::Household>> household;
  std::optional<Id<access::Account>> helper;
  std::string door;
  std::string helper_name;    ///< Or the supplier's.
  std::int64_t owed_fen = 0;  ///< By the household; to a helper or supplier it stands below 0.
  std::int64_t paid_fen = 0;
  std::optional<Id<Supplier>> supplier = {};

  void fields(auto& f) {
    f.at(path);
    f("account", account);
    f("household", household);
    f("helper", helper);
    f("door", door, api::Class::door);
    f("helper_name", helper_name);
    f("owed_fen", owed_fen, api::Class::money);
    f("paid_fen", paid_fen, api::Class::money);
    f("supplier", supplier);
  }
};

/// Keyset on the household. Helpers and suppliers stand on the first page, for who sees the whole community. Errors:
/// invalid "field.cursor".
Result<api::Page<Balance>> list(api::Context& context, const Request& request) {
  const auto after =
      request.cursor ? id_from_text(*request.cursor) : std::optional<std::int64_t>{0};
  if (!after) return Error{ErrorKind::invalid, "field.cursor"};
  api::Page<Balance> page;
  for (const store::Row& row : context.db.query(
           "SELECT h.path, h.id, h.door, sum(p.amount_fen), coalesce(sum(p.amount_fen) FILTER"
           " (WHERE e.kind = 'payment'), 0) FROM ledger_posting p JOIN {households} h"
           " ON h.community_id = p.community_id AND h.id = p.owner_id JOIN ledger_entry e"
           " ON e.community_id = p.community_id AND e.id = p.entry_id WHERE p.community_id = $1"
           " AND p.account = 'household' AND h.id > $2 GROUP BY h.path, h.id, h.door ORDER BY h.id"
           " LIMIT $3",
           {context.community.id, *after, request.limit + 1})) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(*page.rows.back().household);
      break;
    }
    page.rows.push_back({row.text(0),
                         LedgerAccount::household,
                         row.id<access::Household>(1),
                         {},
                         row.text(2),
                         {},
                         row.integer(3),
                         -row.integer(4)});
  }
  if (request.cursor || !context.scope.whole()) return page;
  for (const store::Row& row : context.db.query(
           "SELECT a.id, a.name, sum(p.amount_fen), coalesce(sum(p.amount_fen) FILTER"
           " (WHERE p.amount_fen > 0), 0) FROM ledger_posting p JOIN account a ON a.id = p.owner_id"
           " WHERE p.community_id = $1 AND p.account = 'helper' GROUP BY a.id, a.name"
           " ORDER BY a.id LIMIT 500",
           {context.community.id})) {
    page.rows.push_back({"",
                         LedgerAccount::helper,
                         {},
                         row.id<access::Account>(0),
                         {},
                         row.text(1),
                         row.integer(2),
                         row.integer(3)});
  }
  for (const store::Row& row : context.db.query(
           "SELECT s.id, s.name, sum(p.amount_fen), coalesce(sum(p.amount_fen) FILTER"
           " (WHERE e.kind = 'settlement'), 0) FROM ledger_posting p JOIN supplier s"
           " ON s.community_id = p.community_id AND s.id = p.owner_id JOIN ledger_entry e"
           " ON e.community_id = p.community_id AND e.id = p.entry_id WHERE p.community_id = $1"
           " AND p.account = 'supplier' GROUP BY s.id, s.name ORDER BY s.id LIMIT 500",
           {context.community.id})) {
    page.rows.push_back({"",
                         LedgerAccount::supplier,
                         {},
                         {},
                         {},
                         row.text(1),
                         row.integer(2),
                         row.integer(3),
                         row.id<Supplier>(0)});
  }
  return page;
}

}  // namespace

api::Endpoint list_balances() {
  return api::list("/api/v1/ledger", "money.show", "List what is owed and paid", list);
}

}  // namespace doorstep::supply
