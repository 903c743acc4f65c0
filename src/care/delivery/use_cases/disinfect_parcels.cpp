/// \file Record that goods were disinfected: many at once, by their labels or all that lie at a point
/// (E13, E14).

#include <set>

#include "care/delivery/points.h"
#include "care/delivery/scan.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t batch_max = 1'000;

struct Request {
  std::optional<std::vector<std::string>> scans;  ///< Labels and typed codes.
  std::optional<bool> all;                        ///< All that wait for it at the point.
  std::optional<Id<Point>> point;

  void fields(auto& f) {
    f("scans", scans);
    f("all", all);
    f("point", point);
  }
};

struct Refused {
  std::string scan;
  std::string code;
  void fields(auto& f) {
    f("scan", scan);
    f("code", code);
  }
};

struct Done {
  std::int64_t done = 0;
  std::int64_t again = 0;  ///< Were so already.
  std::vector<Refused> refused;

  void fields(auto& f) {
    f("done", done);
    f("again", again);
    f("refused", refused);
  }
};

struct Batch {
  std::vector<ParcelRow> parcels = {};
  std::vector<Refused> refused = {};
};

Result<Batch> gather(api::WriteContext& context, const Request& request) {
  Batch batch;
  if (request.all.value_or(false)) {
    const PointRow point = TRY(find_point(context, request.point));
    for (const store::Row& row :
         context.db.query("SELECT " + std::string(parcel_columns) +
                              " FROM {parcels} p WHERE p.point_id = $1 AND p.closed_at IS NULL"
                              " AND p.disinfected_at IS NULL AND p.state NOT IN ('expected', 'out')"
                              " ORDER BY p.id LIMIT $2",
                          {point.id, static_cast<std::int64_t>(batch_max)})) {
      batch.parcels.push_back(parcel_from(row));
    }
    return batch;
  }
  if (!request.scans || request.scans->empty() || request.scans->size() > batch_max) {
    return Error{ErrorKind::invalid, "parcel.batch"};
  }
  std::set<std::int64_t> seen;
  for (const std::string& text : *request.scans) {
    const std::string scan = clean_scan(text.substr(0, scan_length_max));
    const auto parcel = parcel_of_scan(context, scan);
    if (!parcel) {
      batch.refused.push_back({scan, "parcel.unknown"});
    } else if (seen.insert(parcel->id.value()).second) {
      batch.parcels.push_back(*parcel);
    }
  }
  if (batch.parcels.empty()) return Error{ErrorKind::not_found, "parcel.unknown"};
  return batch;
}

/// What cannot be marked is named with its reason, and the rest is marked.
/// Errors: invalid "parcel.batch" (none, or over 1,000); not_found "parcel.unknown" (none of them); those of find_point() with `all`.
Result<Done> disinfect(api::WriteContext& context, const Request& request) {
  Batch batch = TRY(gather(context, request));
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  Done answer;
  answer.refused = std::move(batch.refused);
  for (ParcelRow& parcel : batch.parcels) {
    if (parcel.disinfected_at && !is_closed(parcel.state)) {
      ++answer.again;
      continue;
    }
    const auto allowed = may(Step::disinfected, parcel.behind(), rule);
    if (!allowed.ok()) {
      answer.refused.push_back({to_text(parcel.id), allowed.error().code});
      continue;
    }
    parcel.disinfected_at = context.now;
    if (parcel.state != State::held) parcel.state = ready_state(parcel.behind());
    TRY(take_step(context, parcel, Step::disinfected, {}));
    ++answer.done;
  }
  if (answer.done == 0) context.journal("parcels.disinfected_none", 0, "");
  return answer;
}

}  // namespace

api::Endpoint disinfect_parcels() {
  return api::command(api::Method::post, "/api/v1/parcels/disinfect", "parcel.handle",
                      "Record that goods were disinfected", disinfect);
}

}  // namespace doorstep::delivery
