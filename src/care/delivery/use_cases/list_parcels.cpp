/// \file List parcels: what waits, what is held and since when, what is late, what was not brought (E1,
/// E7, E9, E24).

#include "care/delivery/view.h"

namespace doorstep::delivery {

enum class ParcelFilter : std::uint8_t {
  open,  ///< Not delivered, returned, lost or cancelled.
  expected,
  waiting,  ///< At a point.
  held,
  out,
  late,      ///< Came after its class's windows, and is still to bring.
  overdue,   ///< Its window is over.
  unknown,   ///< Nobody knows whose it is.
  unproved,  ///< Delivered, without proof.
  delivered,
  returned,
};

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::ParcelFilter> {
  static constexpr std::array words{
      std::string_view{"open"},      std::string_view{"expected"}, std::string_view{"waiting"},
      std::string_view{"held"},      std::string_view{"out"},      std::string_view{"late"},
      std::string_view{"overdue"},   std::string_view{"unknown"},  std::string_view{"unproved"},
      std::string_view{"delivered"}, std::string_view{"returned"}};
};

namespace doorstep::delivery {
namespace {

struct Request : api::PageRequest {
  std::optional<ParcelFilter> filter;  ///< Absent: open.
  std::optional<Class> kind;
  std::optional<Id<Point>> point;

  void fields(auto& f) {
    f("filter", filter);
    f("class", kind);
    f("point", point);
    page_fields(f);
  }
};

std::string_view condition(ParcelFilter filter) {
  switch (filter) {
    case ParcelFilter::open: return "p.closed_at IS NULL";
    case ParcelFilter::expected: return "p.state = 'expected'";
    case ParcelFilter::waiting:
      return "p.state IN ('at_checkpoint', 'received', 'disinfected', 'sorted', 'held')";
    case ParcelFilter::held: return "p.state IN ('held', 'at_checkpoint')";
    case ParcelFilter::out: return "p.state = 'out'";
    case ParcelFilter::late: return "p.late AND p.closed_at IS NULL";
    case ParcelFilter::overdue: return "p.due_at <= $1 AND p.closed_at IS NULL";
    case ParcelFilter::unknown: return "p.household_id IS NULL AND p.closed_at IS NULL";
    case ParcelFilter::unproved: return "p.state = 'delivered' AND p.proof IS NULL";
    case ParcelFilter::delivered: return "p.state = 'delivered'";
    case ParcelFilter::returned: return "p.state IN ('returned', 'lost')";
  }
  return "FALSE";
}

/// Errors: invalid "field.cursor".
Result<api::Page<ParcelView>> list(api::Context& context, const Request& request) {
  std::int64_t after = 0;
  if (request.cursor) {
    const auto id = id_from_text(*request.cursor);
    if (!id) return Error{ErrorKind::invalid, "field.cursor"};
    after = *id;
  }
  const auto rows = context.db.query(
      "SELECT " + std::string(parcel_columns) + std::string(view_columns) + " FROM {parcels} p" +
          std::string(view_join) + " WHERE " +
          std::string(condition(request.filter.value_or(ParcelFilter::open))) +
          " AND $1 = $1 AND p.id > $2 AND ($3 = '' OR p.class = $3)"
          " AND ($4 = 0 OR p.point_id = $4) ORDER BY p.id LIMIT $5",
      {context.now, after, request.kind ? api::word(*request.kind) : std::string_view{},
       request.point.value_or(Id<Point>{}), request.limit + 1});
  api::Page<ParcelView> page;
  Spots spots(context);
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == request.limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back(view_from(row, spots));
  }
  return page;
}

}  // namespace

api::Endpoint list_parcels() {
  return api::list("/api/v1/parcels", "parcel.list", "List parcels", list);
}

}  // namespace doorstep::delivery
