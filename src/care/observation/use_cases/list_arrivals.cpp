/// \file Who moves here from another community: to be answered first.

#include "api/export_file.h"
#include "care/observation/transfer.h"

namespace doorstep::observation {
namespace {

constexpr std::int64_t rows_max = 200;

struct Request {
  void fields(auto&) {}
};

struct View {
  std::string path;  ///< Of the whole community: they live nowhere here yet.
  Id<Transfer> id;
  Id<registry::Person> person;
  std::string name;
  std::optional<Day> born_on;
  std::string phone;           ///< Masked: shown for a reason (reveal_arrival).
  std::string community_name;  ///< Where from.
  TransferState state = TransferState::offered;
  Instant offered_at{};
  std::optional<Instant> answered_at;
  std::string address;
  std::string note;
  bool observed = false;  ///< Asked to stay at home there, and so here.

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("person", person);
    f("name", name, api::Class::name);
    f("born_on", born_on, api::Class::name);
    f("phone", phone, api::Class::contact);
    f("community_name", community_name);
    f("state", state);
    f("offered_at", offered_at);
    f("answered_at", answered_at);
    f("address", address, api::Class::door);
    f("note", note, api::Class::health);
    f("observed", observed, api::Class::health);
  }
};

struct Arrivals {
  std::vector<View> rows;
  void fields(auto& f) { f("rows", rows); }
};

Result<Arrivals> list(api::Context& context, const Request&) {
  Arrivals all;
  if (!context.scope.whole()) return all;
  for (const store::Row& row : context.db.query(
           "SELECT t.id, t.person_id, p.name, p.born_on, (SELECT min(v.value)"
           " FROM contact_point_use u JOIN contact_point v ON v.community_id = u.community_id"
           " AND v.id = u.contact_point_id WHERE u.community_id = t.community_id"
           " AND u.household_id = t.household_id AND u.person_id = t.person_id), c.name, t.state,"
           " t.offered_at, t.answered_at, t.address, t.note, EXISTS (SELECT 1 FROM observation o"
           " JOIN observation_ground g ON g.community_id = o.community_id"
           " AND g.observation_id = o.id WHERE o.community_id = t.community_id"
           " AND o.household_id = t.household_id AND o.ended_at IS NULL AND g.ended_at IS NULL"
           " AND g.person_id IN (0, t.person_id)) FROM transfer t"
           " JOIN person p ON p.id = t.person_id JOIN community c ON c.id = t.community_id"
           " WHERE t.to_community_id = $1 AND t.state <> 'withdrawn'"
           " ORDER BY t.state <> 'offered', t.id DESC LIMIT $2",
           {context.community.id, rows_max})) {
    View view;
    view.id = row.id<Transfer>(0);
    view.person = row.id<registry::Person>(1);
    view.name = row.text(2);
    view.born_on = row.maybe_day(3);
    view.community_name = row.text(5);
    view.state = api::from_word<TransferState>(row.text(6)).value_or(TransferState::offered);
    view.offered_at = row.instant(7);
    view.answered_at = row.maybe_instant(8);
    // Once it is answered nothing is shown that the answer did not need.
    if (view.state == TransferState::offered) {
      view.phone = api::masked(row.maybe_text(4).value_or(""));
      view.address = row.text(9);
      view.note = row.text(10);
      view.observed = row.boolean(11);
    }
    all.rows.push_back(std::move(view));
  }
  return all;
}

}  // namespace

api::Endpoint list_arrivals() {
  return api::query("/api/v1/arrivals", "transfer.answer", "Who moves here from another community",
                    list);
}

}  // namespace doorstep::observation
