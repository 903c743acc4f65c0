#pragma once
/// \file Link tokens: several named ones per household, each revoked alone, stored hashed (N26, N27).

#include "api/endpoint.h"

namespace doorstep::registry {

struct NewLink {
  Id<access::Link> id{};
  std::string url = {};
  std::string token = {};  ///< Shown this once; only its hash is kept.

  void fields(auto& f) {
    f("id", id);
    f("url", url);
    f("token", token);
  }
};

/// Trimmed. Errors: invalid "link.name" (empty, or longer than 60 characters).
Result<std::string> clean_link_name(std::string_view name);

/// Requires that the household is inside the scope; `path` is its path. Journals.
/// `trusted`: for somebody elsewhere (N18); such a link is never proved.
NewLink create_link(api::WriteContext& context, Id<access::Household> household,
                    std::string_view path, std::string_view name, bool trusted = false);

/// Whoever asks is somebody elsewhere whom a household named (N18): sees that they are safe, may warn.
[[nodiscard]] bool is_trusted(const api::Context& context);

/// What the household calls somebody elsewhere who asks; "" for everybody else.
[[nodiscard]] std::string trusted_name(const api::Context& context);

/// A link of the scope. Errors: not_found "link.unknown".
struct LinkRow {
  Id<access::Household> household{};
  std::string path = {};
  bool proved = false;
  bool revoked = false;
  bool trusted = false;
};
Result<LinkRow> find_link(api::Context& context, Id<access::Link> link);

}  // namespace doorstep::registry
