/// \file Ask to take names out of the house in one file, and say why (N14). It opens nothing until who asks has signed in again;
/// at the machine's own shell that was signing in to the machine.

#include "api/export_file.h"

namespace doorstep::api {
namespace {

struct Request {
  ExportReason reason = ExportReason::authority;
  void fields(auto& f) { f("reason", reason); }
};

struct Asked {
  Id<ExportPermit> id;
  void fields(auto& f) { f("id", id); }
};

Result<Asked> ask(WriteContext& context, const Request& request) {
  const Asked asked{context.new_id<ExportPermit>()};
  const bool shell = context.actor.id == 0;
  context.tx.run(
      "INSERT INTO export_permit (community_id, id, account_id, reason, asked_at, confirmed_at)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      {context.community.id, asked.id, context.actor.id, word(request.reason), context.now,
       shell ? store::Value(context.now) : store::Value()});
  context.journal("export.permit_asked", asked.id.value(), "~",
                  R"({"reason":")" + std::string(word(request.reason)) + R"("})");
  return asked;
}

}  // namespace

Endpoint ask_permit() {
  return command(Method::post, "/api/v1/exports/permits", "export.names",
                 "Ask to take names out in one file, with a reason", ask);
}

}  // namespace doorstep::api
