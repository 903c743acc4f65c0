/// \file The file of a need, for the helper it is assigned to and for nobody else (D22).

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
      "SELECT f.bytes, f.media FROM {needs} n JOIN need_file f ON f.community_id = n.community_id"
      " AND f.need_id = n.id JOIN duty d ON d.community_id = n.community_id AND d.kind = 'need'"
      " AND d.subject_id = n.id AND d.closed_at IS NULL"
      " WHERE n.id = $1 AND d.owner_id = $2 AND n.state = 'accepted'",
      {request.need, context.actor.id});
  if (!row) return Error{ErrorKind::not_found, "need.unknown"};
  const std::string media = row->text(1);
  return store::Answer{row->bytes(0), media,
                       media == "application/pdf" ? "print.pdf"
                       : media == "image/png"     ? "print.png"
                                                  : "print.jpg"};
}

}  // namespace

/// Errors: not_found "need.unknown" (also where it is somebody else's task).
api::Endpoint show_need_file() {
  api::Endpoint made{api::Method::get, "/api/v1/needs/{need}/file", "",
                     "The file of a need, for whoever it is assigned to"};
  made.door = api::Door::signed_in;
  made.request = api::type_of<Request>();
  made.response = api::type_of<api::Nothing>();
  made.decode = api::decode<Request>;
  made.answer = show;
  return made;
}

}  // namespace doorstep::needs
