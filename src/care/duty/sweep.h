#pragma once
/// \file The sweep: what the clock does to duties. One pass over the rows whose time has come.

#include <memory>
#include <vector>

#include "care/duty/turn.h"

namespace doorstep::duty {

struct Swept {
  std::int64_t raised = 0;                    ///< Became due, or climbed a rung.
  std::int64_t assigned = 0;                  ///< Their owner is not there any more.
  bool more = false;                          ///< Rows are left for another pass.
  std::shared_ptr<const Roster> roster = {};  ///< Who was there; none where nothing was to be done.
};

/// In one transaction: raises what is due, lets climb what nobody took up or brought to an end in
/// time, ends pauses that are over, and gives duties of an owner who left, is absent or went off shift
/// to somebody who is there; with Turn::due the first alone. At most `limit` rows. Twice at the same instant
/// changes nothing more. `known`: who is there, where that is known since everything was looked at; else
/// it is read. Errors: those of the rule pack.
Result<Swept> sweep(api::WriteContext& context, std::int64_t limit, Turn turn = Turn::all,
                    std::shared_ptr<const Roster> known = {});

/// Communities in which a duty's time has come by `now`.
std::vector<std::int64_t> communities_due(store::Snapshot& db, Instant now);

}  // namespace doorstep::duty
