/// \file A closing sheet with its supplements and signatures as one document: what `doorstep verify`
/// checks on another machine. It holds no personal value but the signer's name.

#include "base/bytes.h"
#include "care/day/closing.h"

namespace doorstep::day {
namespace {

struct Request {
  Id<ClosingSheet> closing;
  void fields(auto& f) { f("closing", closing); }
};

struct Signed {
  std::string content;    ///< The very text that was signed.
  std::string signature;  ///< Hexadecimal, by the installation, over sheet_message of its hash.
  std::optional<Instant> signed_at;
  std::optional<std::string> signed_by;
  std::optional<std::string> signer;
  std::optional<std::string> signer_signature;

  void fields(auto& f) {
    f("content", content);
    f("signature", signature);
    f("signed_at", signed_at);
    f("signed_by", signed_by);
    f("signer", signer);
    f("signer_signature", signer_signature);
  }
};

struct Document {
  std::string kind = "doorstep closing sheet 1";
  Signed sheet;
  std::vector<Signed> supplements;

  void fields(auto& f) {
    f("kind", kind);
    f("sheet", sheet);
    f("supplements", supplements);
  }
};

Signed signed_from(const store::Row& row) {
  Signed made{row.text(0), to_hex(row.bytes(1)), row.maybe_instant(2), {}, row.maybe_text(4), {}};
  if (!row.is_null(3)) made.signed_by = id_text(row.integer(3));
  if (!row.is_null(5)) made.signer_signature = to_hex(row.bytes(5));
  return made;
}

/// Errors: not_found "closing.unknown".
Result<Document> download(api::Context& context, const Request& request) {
  constexpr std::string_view select =
      "SELECT content, signature, signed_at, signed_by, signer, signer_signature"
      " FROM closing_sheet WHERE community_id = $1 AND ";
  const auto row = context.db.first(std::string(select) + "id = $2 AND supplement_of IS NULL",
                                    {context.community.id, request.closing});
  if (!row) return Error{ErrorKind::not_found, "closing.unknown"};
  Document document;
  document.sheet = signed_from(*row);
  for (const store::Row& one :
       context.db.query(std::string(select) + "supplement_of = $2 ORDER BY id",
                        {context.community.id, request.closing})) {
    document.supplements.push_back(signed_from(one));
  }
  return document;
}

}  // namespace

api::Endpoint download_closing() {
  return api::query("/api/v1/closings/{closing}/sheet", "closing.show",
                    "A closing sheet with its signatures, to be checked elsewhere", download);
}

}  // namespace doorstep::day
