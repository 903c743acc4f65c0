/// \file Note that the key sheet was typed in at the shell and is the right one. The sheet itself never comes here.

#include "api/endpoint.h"
#include "store/backup_log.h"

namespace doorstep::api {
namespace {

Result<Nothing> note(WriteContext& context, const Nothing&) {
  store::note_key_check(context.tx, context.actor.id, context.new_id<struct KeyCheck>().value(),
                        context.now);
  return Nothing{};
}

}  // namespace

Endpoint note_key_check() {
  return command(Method::post, "/api/v1/backups/key-check", "backup.note",
                 "Note that the key sheet was typed in and is right", note);
}

}  // namespace doorstep::api
