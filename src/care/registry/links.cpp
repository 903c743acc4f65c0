#include "care/registry/links.h"

#include "access/secrets.h"
#include "base/text.h"

namespace doorstep::registry {

Result<std::string> clean_link_name(std::string_view name) {
  std::string clean(text::trim(name));
  if (clean.empty() || text::length(clean) > 60) return Error{ErrorKind::invalid, "link.name"};
  return clean;
}

NewLink create_link(api::WriteContext& context, Id<access::Household> household,
                    std::string_view path, std::string_view name, bool trusted) {
  NewLink link{context.new_id<access::Link>(), {}, access::new_token(context.rng)};
  link.url = context.settings.public_url + "/r/" + link.token;
  context.tx.post(
      "INSERT INTO link_token (community_id, id, household_id, token_hash, name, created_at,"
      " created_by, trusted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {context.community.id, link.id, household,
       store::Bytes{access::token_hash(link.token, context.pepper)}, name, context.now,
       context.actor.id, trusted});
  context.journal("link.issued", link.id.value(), path,
                  R"({"household":")" + to_text(household) + R"(","trusted":)" +
                      (trusted ? "true}" : "false}"));
  return link;
}

bool is_trusted(const api::Context& context) {
  return !trusted_name(context).empty();
}

std::string trusted_name(const api::Context& context) {
  if (!context.actor.is_link()) return {};
  const auto row = context.db.first(
      "SELECT name FROM link_token WHERE community_id = $1 AND id = $2 AND trusted",
      {context.community.id, context.actor.id});
  return row ? row->text(0) : std::string();
}

Result<LinkRow> find_link(api::Context& context, Id<access::Link> link) {
  const auto row = context.db.first(
      "SELECT l.household_id, h.path, l.proved_at, l.revoked_at, l.trusted"
      " FROM link_token l"
      " JOIN {households} h ON h.id = l.household_id WHERE l.community_id = $1 AND l.id = $2",
      {context.community.id, link});
  if (!row) return Error{ErrorKind::not_found, "link.unknown"};
  return LinkRow{row->id<access::Household>(0), row->text(1), !row->is_null(2), !row->is_null(3),
                 row->boolean(4)};
}

}  // namespace doorstep::registry
