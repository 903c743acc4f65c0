/// \file Add a household to a dwelling: the first, or one more beside others (N26).

#include "care/registry/households.h"

namespace doorstep::registry {
namespace {

struct Request {
  Id<Place> dwelling;
  std::optional<std::string> label;
  std::optional<std::string> access_notes;
  std::optional<Digital> digital;

  void fields(auto& f) {
    f("dwelling", dwelling);
    f("label", label);
    f("access_notes", access_notes, api::Class::door);
    f("digital", digital);
  }
};

struct Response {
  Id<Household> id;
  void fields(auto& f) { f("id", id); }
};

/// Errors: those of registry::create_household(); invalid "household.access_notes" (too long).
Result<Response> create(api::WriteContext& context, const Request& request) {
  const HouseholdRow made =
      TRY(registry::create_household(context, request.dwelling, request.label.value_or("")));
  const std::string notes = TRY(clean_text(request.access_notes.value_or(""),
                                           access_notes_length_max, "household.access_notes"));
  context.tx.post(
      "UPDATE household SET access_notes = $1, digital = $2 WHERE community_id = $3 AND id = $4",
      {notes, api::word(request.digital.value_or(Digital::unknown)), context.community.id,
       made.id});
  context.journal("household.created", made.id.value(), made.path);
  return Response{made.id};
}

}  // namespace

api::Endpoint create_household() {
  return api::command(api::Method::post, "/api/v1/households", "household.edit",
                      "Add a household to a dwelling", create);
}

}  // namespace doorstep::registry
