#pragma once
/// \file What both engines do when a store opens: the installation's row, its keys, the chain's
/// end.

#include <functional>

#include "store/data_directory.h"
#include "store/journal.h"
#include "store/store.h"

namespace doorstep::store {

/// The statements an engine runs for open_installation(), inside one transaction.
struct InstallationAccess {
  std::function<Rows(std::string_view sql, const Values& values)> query;
  std::function<void(std::string_view sql, const Values& values)> run;
};

struct Installation {
  std::int64_t id = 0;
  Link last;                    ///< The end of the chain.
  std::int64_t last_head = -1;  ///< The seq of the newest signed head, -1 where there is none.
};

/// Makes the installation where the database is new. Throws Failure "store.keys" where the data
/// directory does not hold the secrets that belong to the database.
Installation open_installation(const InstallationAccess& access, DataDirectory& directory,
                               const Options& options);

/// Sealed entries with seq > `after`, in order, at most `limit`.
std::vector<Sealed> read_journal(
    const std::function<Outcome(const std::function<Outcome(Snapshot&)>&)>& read,
    std::int64_t after, std::int64_t limit);

}  // namespace doorstep::store
