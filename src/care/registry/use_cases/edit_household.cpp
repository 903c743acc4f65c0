/// \file Change what is known of a household: its label, what to know at the door, what it can do
/// with a phone, whether it is looked after more closely. What is left out stays.

#include "care/registry/households.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Household> household;
  std::optional<std::string> label;
  std::optional<std::string> access_notes;
  std::optional<Digital> digital;
  std::optional<bool> care;

  void fields(auto& f) {
    f("household", household);
    f("label", label);
    f("access_notes", access_notes, api::Class::door);
    f("digital", digital);
    f("care", care, api::Class::name);
  }
};

/// Errors: not_found "household.unknown"; invalid "household.label", "household.access_notes";
/// conflict "household.duplicate".
Result<api::Nothing> edit(api::WriteContext& context, const Request& request) {
  HouseholdRow household =
      TRY(some(find_household(context, request.household), "household.unknown"));
  if (household.ended_at) return Error{ErrorKind::not_found, "household.unknown"};
  if (request.label) {
    household.label = TRY(clean_text(*request.label, label_length_max, "household.label"));
    const auto same = context.db.first(
        "SELECT 1 FROM household WHERE community_id = $1 AND dwelling_id = $2 AND label = $3"
        " AND id <> $4 AND ended_at IS NULL",
        {context.community.id, household.dwelling, household.label, household.id});
    if (same) return Error{ErrorKind::conflict, "household.duplicate"};
  }
  if (request.access_notes) {
    household.access_notes =
        TRY(clean_text(*request.access_notes, access_notes_length_max, "household.access_notes"));
  }
  if (request.digital) household.digital = *request.digital;
  household.care = request.care.value_or(household.care);
  context.tx.post(
      "UPDATE household SET label = $1, access_notes = $2, digital = $3, care = $4"
      " WHERE community_id = $5 AND id = $6",
      {household.label, household.access_notes, api::word(household.digital), household.care,
       context.community.id, household.id});
  context.journal("household.edited", household.id.value(), household.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint edit_household() {
  return api::command(api::Method::post, "/api/v1/households/{household}", "household.edit",
                      "Change what is known of a household", edit);
}

}  // namespace doorstep::registry
