#include "care/delivery/scan.h"

#include "base/text.h"
#include "care/registry/search.h"

namespace doorstep::delivery {

std::string clean_scan(std::string_view text) {
  std::string clean;
  for (const char one : text::trim(text)) {
    if (one == ' ' || one == '\t' || one == '\r' || one == '\n') continue;
    clean += one >= 'a' && one <= 'z' ? static_cast<char>(one - 'a' + 'A') : one;
  }
  return clean;
}

std::optional<ParcelRow> parcel_of_scan(const api::Context& context, std::string_view clean) {
  const std::string columns = "SELECT " + std::string(parcel_columns) + " FROM {parcels} p WHERE ";
  if (const auto id = id_from_text(clean)) {
    const auto row = context.db.first(columns + "p.id = $1", {*id});
    if (row) return parcel_from(*row);
  }
  const auto open =
      context.db.first(columns + "p.code = $1 AND p.closed_at IS NULL", {std::string(clean)});
  if (open) return parcel_from(*open);
  const auto rows =
      context.db.query(columns +
                           "p.barcode = $1 ORDER BY p.closed_at IS NULL DESC, p.id DESC"
                           " LIMIT 1",
                       {std::string(clean)});
  if (rows.empty()) return std::nullopt;
  return parcel_from(rows.front());
}

std::optional<Door> door_of_scan(const api::Context& context, std::string_view clean) {
  const auto id = id_from_text(clean);
  if (!id) return std::nullopt;
  const auto row = context.db.first(
      "SELECT h.id, h.path, h.ended_at FROM {households} h WHERE h.id = $1", {*id});
  if (!row) return std::nullopt;
  return Door{row->id<access::Household>(0), row->text(1), !row->is_null(2)};
}

Result<Door> door_of_text(api::Context& context, std::string_view text) {
  if (text.size() > door_length_max) return Error{ErrorKind::invalid, "door.text_too_long"};
  const auto matches = registry::match_doors(context, text, 2);
  if (matches.empty()) return Error{ErrorKind::not_found, "door.unknown"};
  if (matches.size() > 1 || !matches.front().sure) {
    return Error{ErrorKind::conflict, "door.ambiguous"};
  }
  const auto rows = context.db.query(
      "SELECT h.id, h.path FROM {households} h WHERE h.dwelling_id = $1"
      " AND h.ended_at IS NULL LIMIT 2",
      {matches.front().dwelling});
  if (rows.empty()) return Error{ErrorKind::conflict, "door.empty"};
  if (rows.size() > 1) return Error{ErrorKind::conflict, "door.ambiguous"};
  return Door{rows.front().id<access::Household>(0), rows.front().text(1)};
}

}  // namespace doorstep::delivery
