#include "engine/intake/evidence.h"

#include <algorithm>

#include "engine/intake/classify.h"
#include "engine/intake/cues.h"
#include "engine/intake/tables.h"

namespace doorstep::intake {
namespace {

const Cues& cues() {
  static const Cues table{tables::cues, tables::asks};
  return table;
}

}  // namespace

Evidence gather(const Folded& text) {
  Evidence out;
  for (const CueMatch& match : cues().matches(text, cues().signs(text))) {
    const auto at = static_cast<std::size_t>(match.rule->category);
    const int weight = match.rule->level[0] - '0';
    out.weight[at] = std::max(out.weight[at], weight);
    if (match.rule->level.ends_with('u')) out.urgent[at] = true;
  }
  return out;
}

std::vector<Range> lying_places(const Folded& text) {
  static const std::uint16_t lies = cues().concept_named("lieshere");
  std::vector<Range> out;
  for (const Sign& sign : cues().signs(text)) {
    if (sign.concept_id == lies) out.push_back({sign.from, sign.to});
  }
  return out;
}

}  // namespace doorstep::intake
