#pragma once
/// \file The sweep: what the clock does to duties. One pass over the rows whose time has come.

#include <vector>

#include "care/duty/turn.h"

namespace doorstep::duty {

struct Swept {
  std::int64_t raised = 0;    ///< Became due, or climbed a rung.
  std::int64_t assigned = 0;  ///< Their owner is not there any more.
  bool more = false;          ///< Rows are left for another pass.
};

/// In one transaction: raises what is due, lets climb what nobody took up or brought to an end in
/// time, ends pauses that are over, and gives duties of an owner who left, is absent or went off shift
/// to somebody who is there; with Turn::due the first alone. At most `limit` rows. Twice at the same instant
/// changes nothing more. Errors: those of the rule pack.
Result<Swept> sweep(api::WriteContext& context, std::int64_t limit, Turn turn = Turn::all);

/// Communities in which a duty's time has come by `now`.
std::vector<std::int64_t> communities_due(store::Snapshot& db, Instant now);

}  // namespace doorstep::duty
