/// \file One parcel with every step it took: who, when, where, from whom (D13).

#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

struct Request {
  Id<Parcel> parcel;
  void fields(auto& f) { f("parcel", parcel); }
};

struct StepView {
  Step step = Step::expected;
  Instant at{};
  Instant recorded_at{};
  std::string by;  ///< "" where the clock or a household did it.
  std::optional<std::string> point;
  std::optional<std::string> counterpart;
  std::optional<std::string> reason;

  void fields(auto& f) {
    f("step", step);
    f("at", at);
    f("recorded_at", recorded_at);
    f("by", by);
    f("point", point);
    f("counterpart", counterpart);
    f("reason", reason);
  }
};

struct Shown {
  ParcelView parcel;
  std::vector<StepView> steps;

  void fields(auto& f) {
    f.at(parcel.path);
    f("parcel", parcel);
    f("steps", steps);
  }
};

/// Errors: not_found "parcel.unknown".
Result<Shown> show(api::Context& context, const Request& request) {
  const ParcelRow parcel = TRY(scoped_parcel(context, request.parcel));
  Shown shown;
  shown.parcel = view_of(context, parcel.id);
  for (const store::Row& row : context.db.query(
           "SELECT s.step, s.at, s.recorded_at, a.name, g.name, s.counterpart, s.reason"
           " FROM parcel_step s LEFT JOIN account a ON a.id = s.by"
           " LEFT JOIN goods_point g ON g.community_id = s.community_id"
           " AND g.id = s.point_id"
           " WHERE s.community_id = $1 AND s.parcel_id = $2 ORDER BY s.id",
           {context.community.id, parcel.id})) {
    StepView step;
    step.step = api::from_word<Step>(row.text(0)).value_or(Step::edited);
    step.at = row.instant(1);
    step.recorded_at = row.instant(2);
    step.by = row.maybe_text(3).value_or("");
    step.point = row.maybe_text(4);
    step.counterpart = name_of_counterpart(context, row.maybe_text(5));
    step.reason = row.maybe_text(6);
    shown.steps.push_back(std::move(step));
  }
  return shown;
}

}  // namespace

api::Endpoint show_parcel() {
  return api::query("/api/v1/parcels/{parcel}", "parcel.list", "One parcel and its steps", show);
}

}  // namespace doorstep::delivery
