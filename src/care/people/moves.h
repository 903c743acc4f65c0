#pragma once
/// \file Whoever stands in the ledger takes their entry along when they move.

#include "api/endpoint.h"

namespace doorstep::people {

/// Lets the entries of who moved since the last time go along, with what is owed of them; of who lives
/// nowhere here any more the entry ends. Then what is owed in today's windows is opened, and excused where they are
/// away (keep_contacts). For the clock. Errors: those of the rule pack.
Result<void> follow_moves(api::WriteContext& context);

}  // namespace doorstep::people
