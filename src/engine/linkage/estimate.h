#pragma once
/// \file A model learned from the lists themselves, without any example of a known match.

#include <cstdint>

#include "engine/linkage/blocks.h"
#include "engine/linkage/keys.h"
#include "engine/linkage/model.h"

namespace doorstep::linkage {

/// Estimates how often each level is seen: `random` from pairs drawn at random, `match` by
/// expectation-maximisation on pairs that share a key, where what the key is made of is not
/// counted; households from pairs inside each file that share a dwelling and are clearly different
/// people. Every share is mixed with the default, the more so the smaller the lists. `order` holds
/// all rows, the left ones first, in an order of their content: the same rows in another order then
/// give the same model.
[[nodiscard]] Model estimate(const People& people, const KeyPlan& plan, Sides sides,
                             std::span<const Row> order, std::uint64_t seed = 1);

}  // namespace doorstep::linkage
