/// \file Everything that is kept about who asked, as a file: theirs to take away once the request was granted.

#include "care/rights/data_file.h"
#include "care/rights/request.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<SubjectRequest> request;
  void fields(auto& f) { f("request", request); }
};

struct File {
  std::string kind = "doorstep data file 1";
  Id<SubjectRequest> request;
  std::string path;
  std::string community;
  Instant made_at{};
  std::string door;
  std::vector<DataSection> sections;
  /// What is not in it, as codes: "journal" (ids, codes and times), "sealed_answers".
  std::vector<std::string> left_out{"journal", "sealed_answers"};

  void fields(auto& f) {
    f.at(path);
    f("kind", kind);
    f("request", request);
    f("community", community);
    f("made_at", made_at);
    f("door", door, api::Class::door);
    f("sections", sections, api::Class::health);
    f("left_out", left_out);
  }
};

/// Errors: not_found "request.unknown"; conflict "request.no_file" (it asks for something else, or was not
/// granted); those of the rule pack.
Result<File> show(api::Context& context, const Request& request) {
  const RequestRow row = TRY(some(find_request(context, request.request), "request.unknown"));
  const bool wants = row.kind == RequestKind::access || row.kind == RequestKind::export_;
  const bool given = row.state == RequestState::granted || row.state == RequestState::partly;
  // Another link of the household may be somebody else's; what the desk wrote down for all of them is for each of them.
  const bool of_all = row.link == 0 && row.person == 0;
  const bool theirs = !context.actor.is_link() || of_all || row.link == context.actor.id;
  if (!theirs) return Error{ErrorKind::not_found, "request.unknown"};
  if (!wants || !given) return Error{ErrorKind::conflict, "request.no_file"};
  File file;
  file.request = row.id;
  file.path = row.path;
  file.community = context.community.name;
  file.made_at = context.now;
  file.door = context.db
                  .first("SELECT door FROM household WHERE community_id = $1 AND id = $2",
                         {context.community.id, row.household})
                  ->text(0);
  const std::int64_t link = context.actor.is_link() ? context.actor.id : 0;
  file.sections = TRY(data_of(context, row.household, row.person, link));
  return file;
}

}  // namespace

api::Endpoint show_request_file() {
  return api::query("/api/v1/requests/{request}/file", "request.file",
                    "Everything that is kept about who asked", show);
}

}  // namespace doorstep::rights
