#pragma once
/// \file The concepts of triage.tsv and danger.tsv that speak against an alarm, by their numbers.

#include "engine/intake/cues.h"

namespace doorstep::intake {

struct Lowering {
  std::uint16_t neg, history, recovered, drill, question, present, idiom, joke, no_answer, laughing,
      figurative, device, regret, empty, not_call, no_denial, who, lazy, locked, suicide, rumour,
      taught;
  explicit Lowering(const Cues& cues)
      : neg(cues.concept_named("neg")),
        history(cues.concept_named("history")),
        recovered(cues.concept_named("recovered")),
        drill(cues.concept_named("drill")),
        question(cues.concept_named("question")),
        present(cues.concept_named("present")),
        idiom(cues.concept_named("idiomdeath")),
        joke(cues.concept_named("jokers")),
        no_answer(cues.concept_named("noanswer")),
        laughing(cues.concept_named("laughing")),
        figurative(cues.concept_named("figurative")),
        device(cues.concept_named("deviceword")),
        regret(cues.concept_named("regret")),
        empty(cues.concept_named("empty")),
        not_call(cues.concept_named("notcall")),
        no_denial(cues.concept_named("nodenial")),
        who(cues.concept_named("who")),
        lazy(cues.concept_named("lazy")),
        locked(cues.concept_named("locked")),
        suicide(cues.concept_named("suicide")),
        rumour(cues.concept_named("rumour")),
        taught(cues.concept_named("taught")) {}
};

}  // namespace doorstep::intake
