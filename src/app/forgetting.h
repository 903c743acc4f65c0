#pragma once
/// \file Forgetting: what the clock erases, what the engine's files still hold of it, and the list beside the
/// backups by which a restore erases again.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/installation.h"

namespace doorstep::app {

/// The list of certificates, one a line, in the data directory and in the folder of the backups.
inline constexpr std::string_view erasure_list = "erasures.log";

/// Goes through one community once a day: what is over its period goes, who left long ago is listed, whose day
/// has come is erased. True where it did so now.
bool forget_day(store::Store& store, api::Service& service, std::int64_t community);

/// Brings what was erased out of the engine's own files and writes the list into each of `folders`; notes since
/// when. False where nothing waited for it, or a reader was in the way. Throws store::Failure.
bool finish_erasures(store::Store& store, const InstallationOptions& options, Instant now,
                     const std::vector<std::string>& folders);

/// What became of a list on a restored copy.
struct ErasedAgain {
  std::int64_t lines = 0;
  std::int64_t again = 0;
  std::int64_t refused = 0;  ///< Not signed by this installation.
};
/// Carries out again what was erased after the backup was made. Throws store::Failure.
ErasedAgain erase_again(store::Store& store, Rng& rng, Instant now,
                        const std::vector<std::string>& lines);

/// The lines of a list; none where there is no such file.
[[nodiscard]] std::vector<std::string> read_erasure_list(const std::string& file);

/// Both, while the server runs, on a thread of its own.
class Forgetter {
 public:
  Forgetter(Installation& house, InstallationOptions options, std::vector<std::string> folders);
  ~Forgetter();
  Forgetter(const Forgetter&) = delete;
  Forgetter& operator=(const Forgetter&) = delete;

  void start();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::app
