/// \file Note a backup that the operator has made at the shell, so that everybody who asks knows of it.

#include "api/backup_noted.h"
#include "api/endpoint.h"
#include "store/backup_log.h"

namespace doorstep::api {
namespace {

constexpr std::size_t file_length_max = 200;

/// Errors: invalid "backup.note" (no name, one with a folder in it, or a number below 0).
Result<Nothing> note(WriteContext& context, const BackupNoted& request) {
  const bool named = !request.name.empty() && request.name.size() <= file_length_max &&
                     request.name.find('/') == std::string::npos;
  if (!named || request.seq < 0 || request.rows < 0 || request.bytes < 0) {
    return Error{ErrorKind::invalid, "backup.note"};
  }
  const auto verified = request.verified ? std::optional(context.now) : std::nullopt;
  store::note_backup(context.tx, context.actor.id,
                     {context.new_id<struct Backup>().value(), context.now, request.name, verified,
                      request.seq, request.rows, request.bytes});
  return Nothing{};
}

}  // namespace

Endpoint note_backup() {
  return command(Method::post, "/api/v1/backups", "backup.note", "Note a backup made at the shell",
                 note);
}

}  // namespace doorstep::api
