#pragma once
/// \file Whether a community may keep anybody in at all: under a pack of kind "care" it may not (N29).

#include "base/result.h"
#include "base/rule_keys.h"
#include "base/rules.h"

namespace doorstep::observation {

/// At every way into control: observation, closing a building, labels and sensors, release, presence and
/// roll call. Errors: conflict "control.not_in_pack".
inline Result<void> check_control(const RulePack& rules) {
  const auto kind = rules.string("kind");
  if (kind.ok() && *kind == care_kind) return Error{ErrorKind::conflict, "control.not_in_pack"};
  return {};
}

}  // namespace doorstep::observation
