#pragma once
/// \file A community's own words (D1): a worker's correction proposes what a word means, somebody who
/// may says yes, and from then on every text of the community is read so.

#include <memory>
#include <span>
#include <string>

#include "api/endpoint.h"
#include "engine/intake/intake.h"

namespace doorstep::needs {

struct Alias;

enum class AliasState : std::uint8_t { proposed, approved, refused };

/// A worker put `meant` in the place of `written`, a piece of a message.
struct Correction {
  std::string written = {};
  std::string meant = {};

  void fields(auto& f) {
    f("written", written);
    f("meant", meant);
  }
};

/// The parser with the words that were approved in the actor's community.
std::shared_ptr<const intake::Parser> reader(const api::Context& context);

/// Keeps as proposals what the corrections of `text` teach. What does not stand in the text, teaches
/// nothing, or would change how known words are read, is left out.
void propose(api::WriteContext& context, const std::string& text,
             std::span<const Correction> corrections);

}  // namespace doorstep::needs

template <>
struct doorstep::api::Choices<doorstep::needs::AliasState> {
  static constexpr std::array words{"proposed", "approved", "refused"};
};
