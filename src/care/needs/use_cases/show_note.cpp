/// \file The photo or recording of a need, for whoever types what it says.

#include "care/needs/need.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  void fields(auto& f) { f("need", need); }
};

store::Outcome show(api::Context& context, const void* raw, api::Format) {
  const auto& request = *static_cast<const Request*>(raw);
  const auto row = context.db.first(
      "SELECT n.note, n.note_media, n.path FROM {needs} n WHERE n.id = $1 AND n.note IS NOT NULL",
      {request.need});
  // It is text in another form: who may not read that may not see this.
  if (!row || !context.scope.classes_at(row->text(2)).contains(api::Class::health)) {
    return Error{ErrorKind::not_found, "need.unknown"};
  }
  const bool picture = row->text(1).starts_with("image/");
  return store::Answer{row->bytes(0), row->text(1), picture ? "note.jpg" : "note"};
}

}  // namespace

/// Errors: not_found "need.unknown".
api::Endpoint show_note() {
  api::Endpoint made{api::Method::get, "/api/v1/needs/{need}/note", "need.list",
                     "The photo or recording of a need"};
  made.request = api::type_of<Request>();
  made.response = api::type_of<api::Nothing>();
  made.decode = api::decode<Request>;
  made.answer = show;
  return made;
}

}  // namespace doorstep::needs
