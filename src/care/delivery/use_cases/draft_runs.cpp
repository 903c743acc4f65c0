/// \file Draft who carries what: cut into runs per entrance and carrier by engine/routing. Nothing is
/// kept; the draft is on the page until somebody sends it out (E6, E10-E12, E15).

#include "care/delivery/plan.h"

namespace doorstep::delivery {

api::Endpoint draft_runs() {
  return api::posted_query("/api/v1/runs/draft", "run.edit", "Draft who carries what", draft);
}

}  // namespace doorstep::delivery
