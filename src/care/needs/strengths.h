#pragma once
/// \file Medicine that is sold in several strengths (G2): the door and its name are enough, and the strength is
/// asked for only where the name leaves it open.

#include <string>
#include <string_view>
#include <vector>

#include "care/needs/reading.h"

namespace doorstep::needs {

struct Strengths {
  std::string drug = {};                  ///< As the rule pack names it.
  std::vector<std::string> choices = {};  ///< "80mg", "160mg".

  void fields(auto& f) {
    f("drug", drug);
    f("choices", choices);
  }
};

/// What has to be asked: the drugs of `lines` that the pack's `needs.strengths` knows in several strengths,
/// of which `text` names none. 毫克 and mg, 克 and g, 微克 and ug are the same. Errors: those of the rule pack.
Result<std::vector<Strengths>> open_strengths(const RulePack& rules, std::string_view text,
                                              const std::vector<Line>& lines);

}  // namespace doorstep::needs
