/// \file The certificate of an erasure, with its signature: what to hand out, and to restore with.

#include "base/bytes.h"
#include "care/rights/erasure.h"

namespace doorstep::rights {
namespace {

struct Request {
  Id<Erasure> erasure;
  void fields(auto& f) { f("erasure", erasure); }
};

struct Answer {
  Id<Erasure> id;
  Certificate certificate;
  std::string content;    ///< The very text that was signed.
  std::string signature;  ///< Hexadecimal, by the installation.
  std::optional<Instant> gone_at;

  void fields(auto& f) {
    f("id", id);
    f("certificate", certificate);
    f("content", content);
    f("signature", signature);
    f("gone_at", gone_at);
  }
};

/// Errors: not_found "erasure.unknown" (or not done yet).
Result<Answer> show(api::Context& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT certificate, signature, gone_at FROM erasure"
      " WHERE community_id = $1 AND id = $2 AND state = 'done'",
      {context.community.id, request.erasure});
  if (!row) return Error{ErrorKind::not_found, "erasure.unknown"};
  Answer answer;
  answer.id = request.erasure;
  answer.content = row->text(0);
  answer.signature = to_hex(row->bytes(1));
  answer.gone_at = row->maybe_instant(2);
  api::Reader reader(answer.content);
  answer.certificate.fields(reader);
  TRY(reader.finish());
  return answer;
}

}  // namespace

api::Endpoint show_erasure() {
  return api::query("/api/v1/erasures/{erasure}", "erasure.list",
                    "The certificate of an erasure, with its signature", show);
}

}  // namespace doorstep::rights
