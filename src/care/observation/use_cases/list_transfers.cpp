/// \file Who of ours moves to another community: what was offered, and what came of it. Newest first.

#include "care/observation/transfer.h"

namespace doorstep::observation {
namespace {

constexpr std::int64_t rows_max = 200;

struct Request {
  void fields(auto&) {}
};

struct View {
  std::string path;
  Id<Transfer> id;
  Id<registry::Person> person;
  std::string name;
  std::string door;
  Id<access::Community> community;
  std::string community_name;
  TransferState state = TransferState::offered;
  Instant offered_at{};
  std::optional<Instant> answered_at;
  std::string address;
  std::string note;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("person", person);
    f("name", name, api::Class::name);
    f("door", door, api::Class::door);
    f("community", community);
    f("community_name", community_name);
    f("state", state);
    f("offered_at", offered_at);
    f("answered_at", answered_at);
    f("address", address, api::Class::door);
    f("note", note, api::Class::health);
  }
};

struct Other {
  Id<access::Community> id;
  std::string name;
  void fields(auto& f) {
    f("id", id);
    f("name", name);
  }
};

struct Transfers {
  std::vector<View> rows;
  std::vector<Other> communities;  ///< Who can be asked.
  void fields(auto& f) {
    f("rows", rows);
    f("communities", communities);
  }
};

Result<Transfers> list(api::Context& context, const Request&) {
  Transfers all;
  for (const store::Row& row : context.db.query(
           "SELECT h.path, t.id, t.person_id, p.name, h.door, c.id, c.name, t.state, t.offered_at,"
           " t.answered_at, t.address, t.note FROM {households} h JOIN transfer t"
           " ON t.community_id = h.community_id AND t.household_id = h.id"
           " JOIN person p ON p.id = t.person_id JOIN community c ON c.id = t.to_community_id"
           " WHERE t.community_id = $1 ORDER BY t.id DESC LIMIT $2",
           {context.community.id, rows_max})) {
    all.rows.push_back({row.text(0), row.id<Transfer>(1), row.id<registry::Person>(2), row.text(3),
                        row.text(4), row.id<access::Community>(5), row.text(6),
                        api::from_word<TransferState>(row.text(7)).value_or(TransferState::offered),
                        row.instant(8), row.maybe_instant(9), row.text(10), row.text(11)});
  }
  for (const store::Row& row :
       context.db.query("SELECT id, name FROM community WHERE id <> $1 ORDER BY name, id",
                        {context.community.id})) {
    all.communities.push_back({row.id<access::Community>(0), row.text(1)});
  }
  return all;
}

}  // namespace

api::Endpoint list_transfers() {
  return api::query("/api/v1/transfers", "person.edit", "Who of ours moves to another community",
                    list);
}

}  // namespace doorstep::observation
