/// \file Prove a link once: the worker on the phone or the volunteer at the door has made sure who
/// holds it. From then on it reads what is the household's own (N27).

#include <array>

#include "care/registry/links.h"

namespace doorstep::registry {

enum class Proof : std::uint8_t { phone, door };

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::Proof> {
  static constexpr std::array words{std::string_view{"phone"}, std::string_view{"door"}};
};

namespace doorstep::registry {
namespace {

struct Request {
  Id<access::Link> link;
  Proof proof = Proof::phone;

  void fields(auto& f) {
    f("link", link);
    f("proof", proof);
  }
};

/// Errors: not_found "link.unknown"; conflict "link.revoked", "link.trusted" (it belongs to somebody
/// elsewhere, who never reads what is the household's own).
Result<api::Nothing> prove(api::WriteContext& context, const Request& request) {
  const LinkRow link = TRY(find_link(context, request.link));
  if (link.revoked) return Error{ErrorKind::conflict, "link.revoked"};
  if (link.trusted) return Error{ErrorKind::conflict, "link.trusted"};
  if (!link.proved) {
    context.tx.post(
        "UPDATE link_token SET proved_at = $3, proved_by = $4, proof = $5"
        " WHERE community_id = $1 AND id = $2",
        {context.community.id, request.link, context.now, context.actor.id,
         api::word(request.proof)});
  }
  context.journal("link.proved", request.link.value(), link.path);
  return api::Nothing{};
}

}  // namespace

api::Endpoint prove_link() {
  return api::command(api::Method::post, "/api/v1/links/{link}/prove", "link.prove",
                      "Prove a link once", prove);
}

}  // namespace doorstep::registry
