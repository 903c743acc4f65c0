/// \file Everyone who has a role on a place of the scope, with those roles, in force or to come.

#include "care/registry/access_needs.h"
#include "care/registry/staff.h"

namespace doorstep::registry {
namespace {

struct GrantView {
  Id<access::GrantRow> id;
  std::string role;
  std::optional<Id<access::Place>> place;
  std::string place_name;
  Instant from{};
  std::optional<Instant> until;

  void fields(auto& f) {
    f("id", id);
    f("role", role);
    f("place", place);
    f("place_name", place_name);
    f("from", from);
    f("until", until);
  }
};

struct AccountView {
  Id<access::Account> id;
  std::string name;
  std::string phone;
  bool joined = false;
  std::vector<Language> languages;  ///< Besides Mandarin.
  std::vector<GrantView> grants;

  void fields(auto& f) {
    f("id", id);
    f("name", name, api::Class::none);
    f("phone", phone, api::Class::contact);
    f("joined", joined);
    f("languages", languages);
    f("grants", grants);
  }
};

struct Request : api::PageRequest {
  std::optional<Language> language;  ///< Those alone who speak it.

  void fields(auto& f) {
    page_fields(f);
    f("language", language);
  }
};

Result<api::Page<AccountView>> list(api::Context& context, const Request& request) {
  const auto after = id_from_text(request.cursor.value_or("")).value_or(0);
  // Mandarin everybody speaks.
  const std::string spoken(request.language.value_or(Language::cmn) == Language::cmn
                               ? std::string_view()
                               : api::word(*request.language));
  api::Page<AccountView> page;
  for (const store::Row& row : context.db.query(
           "SELECT a.id, a.name, a.phone, (a.totp_confirmed OR a.demo), g.id, g.role, g.place_id,"
           " p.name, g.from_at, g.until_at, a.languages"
           " FROM (SELECT DISTINCT f.account_id FROM {grants} f WHERE f.account_id > $1"
           " AND (f.until_at IS NULL OR f.until_at > $3) AND ($4 = '' OR EXISTS (SELECT 1 FROM "
           "account"
           " s WHERE s.id = f.account_id AND ' ' || s.languages || ' ' LIKE '% ' || $4 || ' %'))"
           " ORDER BY f.account_id LIMIT $2) page"
           " JOIN account a ON a.id = page.account_id"
           " JOIN {grants} g ON g.account_id = a.id AND (g.until_at IS NULL OR g.until_at > $3)"
           " LEFT JOIN place p ON p.community_id = g.community_id AND p.id = g.place_id"
           " ORDER BY a.id, g.id",
           {after, request.limit + 1, context.now, spoken})) {
    const auto id = row.id<access::Account>(0);
    if (page.rows.empty() || page.rows.back().id != id) {
      if (std::cmp_equal(page.rows.size(), request.limit)) {
        page.next = to_text(page.rows.back().id);
        break;
      }
      page.rows.push_back({id,
                           row.text(1),
                           row.maybe_text(2).value_or(""),
                           row.boolean(3),
                           languages_from(row.text(10)),
                           {}});
    }
    page.rows.back().grants.push_back(
        {row.id<access::GrantRow>(4), row.text(5), row.maybe_id<access::Place>(6),
         row.maybe_text(7).value_or(context.community.name), row.instant(8), row.maybe_instant(9)});
  }
  return page;
}

}  // namespace

api::Endpoint list_accounts() {
  return api::list("/api/v1/accounts", "account.list", "Staff with their roles", list);
}

}  // namespace doorstep::registry
