/// \file Hand goods over from one point to another: by whom, to whom, when. So goods cross the boundary of
/// the closed loop and no person does (E3, E20, A35).

#include "care/delivery/points.h"
#include "care/delivery/scan.h"
#include "care/registry/households.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t batch_max = 1'000;

struct Request {
  std::vector<std::string> scans;
  Id<Point> to;
  std::string giver;  ///< A code or a name badge's number, not a name: kept with the step.

  void fields(auto& f) {
    f("scans", scans);
    f("to", to);
    f("giver", giver);
  }
};

struct HandedOver {
  std::int64_t done = 0;
  std::int64_t crossed = 0;  ///< Of these, over the boundary.
  void fields(auto& f) {
    f("done", done);
    f("crossed", crossed);
  }
};

void again(ParcelRow& parcel) {
  parcel.disinfected_at.reset();
  parcel.sorted_at.reset();
  if (parcel.state != State::held) parcel.state = ready_state(parcel.behind());
}

/// All or none. Errors: invalid "parcel.batch", "parcel.giver" (empty, or over 40 characters); not_found
/// "point.unknown", "parcel.unknown_scan" (the hint is the scan); those of may().
Result<HandedOver> hand_over(api::WriteContext& context, const Request& request) {
  if (request.scans.empty() || request.scans.size() > batch_max) {
    return Error{ErrorKind::invalid, "parcel.batch"};
  }
  const std::string giver = TRY(registry::clean_text(request.giver, 40, "parcel.giver"));
  if (giver.empty()) return Error{ErrorKind::invalid, "parcel.giver"};
  const PointRow to = TRY(find_point(context, request.to));
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  HandedOver answer;
  for (const std::string& text : request.scans) {
    auto parcel = parcel_of_scan(context, clean_scan(text.substr(0, scan_length_max)));
    if (!parcel) return Error{ErrorKind::not_found, "parcel.unknown_scan", text};
    TRY(may(Step::handed_over, parcel->behind(), rule));
    if (parcel->point == to.id) continue;
    if (parcel->point) {
      const auto from = find_point(context, parcel->point);
      if (from.ok() && from->outside != to.outside) {
        ++answer.crossed;
        // What was outside the closed loop is disinfected again on its inner side (E20).
        if (!to.outside && rule == Disinfect::after_receipt) again(*parcel);
      }
    }
    parcel->point = to.id;
    if (to.kind == PointKind::workstation && !parcel->received_at) {
      if (rule == Disinfect::before_receipt && !parcel->disinfected_at) {
        return Error{ErrorKind::conflict, "step.disinfect_first", parcel->code};
      }
      parcel->received_at = context.now;
      const Window window =
          TRY(window_for(context.rules(), context.community.zone, parcel->kind, context.now));
      parcel->window_from = window.from;
      parcel->due = window.until;
      parcel->late = window.late;
      if (parcel->state != State::held) parcel->state = ready_state(parcel->behind());
    }
    TRY(take_step(context, *parcel, Step::handed_over, {.counterpart = giver}));
    ++answer.done;
  }
  if (answer.done == 0) context.journal("parcels.handed_over_none", 0, to.path);
  return answer;
}

}  // namespace

api::Endpoint hand_over_parcels() {
  return api::command(api::Method::post, "/api/v1/parcels/hand-over", "parcel.handle",
                      "Hand goods over from one point to another", hand_over);
}

}  // namespace doorstep::delivery
