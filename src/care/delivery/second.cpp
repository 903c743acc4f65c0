#include "care/delivery/second.h"

#include <map>

#include <fmt/format.h>

namespace doorstep::delivery {
namespace {

struct Stairs {
  std::int64_t floor = 0;
  bool lift = false;
};

Stairs stairs_of(const api::Context& context, std::string_view path) {
  const auto row = context.db.first(
      "SELECT d.floor, e.lift FROM place d LEFT JOIN place e ON e.community_id = d.community_id"
      " AND e.id = d.parent_id WHERE d.community_id = $1 AND d.id = $2",
      {context.community.id, access::id_in_path(path, 'd').value_or(0)});
  if (!row) return {};
  return {row->maybe_integer(0).value_or(0), !row->is_null(1) && row->boolean(1)};
}

}  // namespace

Result<bool> needs_two(const api::Context& context, const std::vector<ParcelRow>& parcels) {
  const std::int64_t grams = TRY(context.rules().integer("delivery.helpers_grams"));
  const std::int64_t floor = TRY(context.rules().integer("delivery.helpers_floor"));
  std::map<std::string, std::int64_t> at_door;
  for (const ParcelRow& one : parcels) at_door[one.path] += one.weight_g;
  for (const auto& [path, weight] : at_door) {
    if (weight <= grams) continue;
    const Stairs stairs = stairs_of(context, path);
    if (!stairs.lift && stairs.floor >= floor) return true;
  }
  return false;
}

std::optional<Id<Account>> second_of(const api::Context& context, Id<Run> run) {
  const auto row = context.db.first("SELECT helper_id FROM run WHERE community_id = $1 AND id = $2",
                                    {context.community.id, run});
  if (!row) return std::nullopt;
  return row->maybe_id<Account>(0);
}

void name_second(api::WriteContext& context, Id<Run> run, Id<Account> helper) {
  context.tx.post("UPDATE run SET helper_id = $3, helpers = 1 WHERE community_id = $1 AND id = $2",
                  {context.community.id, run, helper});
  context.journal("run.second", run.value(), "",
                  fmt::format(R"({{"helper":"{}"}})", to_text(helper)));
}

}  // namespace doorstep::delivery
