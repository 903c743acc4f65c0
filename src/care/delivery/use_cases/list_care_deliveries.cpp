/// \file Each listed elder's day: brought, explained, or still owed (E23).

#include "care/delivery/look_after.h"

namespace doorstep::delivery {

enum class CareDay : std::uint8_t {
  owed,
  done,       ///< Goods were handed over today.
  explained,  ///< Somebody said why not.
};

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::CareDay> {
  static constexpr std::array words{std::string_view{"owed"}, std::string_view{"done"},
                                    std::string_view{"explained"}};
};

namespace doorstep::delivery {
namespace {

struct Row {
  std::string path;
  Id<access::Household> household;
  std::string door;
  CareDay state = CareDay::owed;
  std::optional<std::string> reason;
  std::optional<Id<duty::Duty>> duty;  ///< The open one.

  void fields(auto& f) {
    f.at(path);
    f("household", household);
    f("door", door, api::Class::door);
    f("state", state);
    f("reason", reason, api::Class::name);
    f("duty", duty);
  }
};

struct CareDeliveries {
  std::int64_t listed = 0;
  std::int64_t done = 0;
  std::int64_t explained = 0;
  std::vector<Row> rows;

  void fields(auto& f) {
    f("listed", listed);
    f("done", done);
    f("explained", explained);
    f("rows", rows);
  }
};

/// Of today; before `delivery.care_from`, and in a pack without it, nobody is listed.
Result<CareDeliveries> list(api::Context& context, const api::Nothing&) {
  CareDeliveries answer;
  const Instant since = context.community.zone.start_of(context.today());
  for (const store::Row& row : context.db.query(
           "SELECT h.path, h.id, h.door, d.id, d.state, d.reason FROM {households_name} h"
           " JOIN duty d ON d.community_id = h.community_id AND d.kind = $1 AND d.subject_id = h.id"
           " AND (d.closed_at IS NULL OR d.from_at >= $2) ORDER BY h.path",
           {care_delivery.word, since})) {
    Row made;
    made.path = row.text(0);
    made.household = row.id<access::Household>(1);
    made.door = row.text(2);
    const bool open = row.text(4) != "met" && row.text(4) != "excused";
    const std::string reason = row.maybe_text(5).value_or("");
    if (open) made.duty = row.id<duty::Duty>(3);
    const bool brought = reason.empty() || reason == "done";
    if (!open) made.state = brought ? CareDay::done : CareDay::explained;
    if (!reason.empty()) made.reason = reason;
    ++answer.listed;
    answer.done += made.state == CareDay::done ? 1 : 0;
    answer.explained += made.state == CareDay::explained ? 1 : 0;
    answer.rows.push_back(std::move(made));
  }
  return answer;
}

}  // namespace

api::Endpoint list_care_deliveries() {
  return api::query("/api/v1/goods/care", "parcel.list", "Each listed elder's day", list);
}

}  // namespace doorstep::delivery
