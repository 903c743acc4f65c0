#pragma once
/// \file Demo data: Fumin Garden from the CSV files that are built in, with invented staff and a
/// morning's reports. Everything goes through the same endpoints that people use.

#include <string>
#include <vector>

#include "app/installation.h"

namespace doorstep::app {

/// What `serve --preset` takes: those that are filled, and the communities of the drill.
[[nodiscard]] std::vector<std::string> demo_presets();

/// "fumin" (a closed compound, with what happened since yesterday), "fumin-bare" (the same people and the morning's
/// reports, and nothing else yet), "donghuli" (a heat wave: care calls, and nothing that keeps anybody in).
[[nodiscard]] std::vector<std::string> filled_presets();

/// Before an installation is opened: a community of the drill with ten days behind it, played by residents who
/// forget, workers who are ill and so on, up to now. Does nothing where there is a store already, and for those that are
/// filled. It is played on SQLite; into a database its rows are put as a restore puts them. Takes some seconds. Errors:
/// conflict "demo.directory" (it holds something else), those of make_clock(). Throws as store::restore_backup().
Result<void> play_demo(const InstallationOptions& options, const std::string& preset);

/// Fills an empty store with one of filled_presets(), or goes on where a filling was broken off; does nothing on one that
/// is filled. Errors: invalid "demo.preset", whatever an endpoint said, with its code.
Result<void> fill_demo(Installation& house, const std::string& preset);

/// The manager whose sign-in is printed at the start, in charge since `since`.
Result<void> add_demo_manager(store::Transaction& tx, IdSource& ids, Instant now, Instant since,
                              Id<access::Community> community, const std::string& password_hash);
void note_demo_filled(store::Transaction& tx, Id<access::Community> community);

/// Lines with fresh links of a few households, one of them proved; the ones printed at an earlier
/// start are revoked.
Result<std::vector<std::string>> demo_links(Installation& house);

}  // namespace doorstep::app
