#pragma once
/// \file Consent: what is done only because somebody agreed to it (N12). Everything else rests on a duty by law, an
/// order or what they asked for, and asks nobody here. No service looks whether anybody consented.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/rules.h"

namespace doorstep::rights {

/// One of the pack's [[rights.consents]].
struct ConsentText {
  std::string purpose = {};
  std::int64_t version = 0;
  std::string text = {};
  std::string hash = {};  ///< Of the text: what was agreed to can be shown to be that.
};

/// Errors: those of the rule pack.
Result<std::vector<ConsentText>> consent_texts(const RulePack& rules);

}  // namespace doorstep::rights
