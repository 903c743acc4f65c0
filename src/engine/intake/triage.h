#pragma once
/// \file Triage of a folded text, for the parser; the public entry is triage() in intake.h.

#include "engine/intake/cues.h"

namespace doorstep::intake {

struct TriageDetail {
  Triage result;
  bool mild = false;     ///< A symptom that a drug asked for by name explains.
  bool symptom = false;  ///< Any symptom or injury that is present.
  bool gap = false;      ///< A drug of a class that must not stop is out.
};

[[nodiscard]] TriageDetail triage_folded(const Folded& text);

}  // namespace doorstep::intake
