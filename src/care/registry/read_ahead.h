#pragma once
/// \file The rows of an import's next slice, fetched and read on a thread of their own while those of
/// this one are written: a tenth of an import is reading names, doors and phones, and a machine has
/// two cores.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "care/registry/import_residents.h"

namespace doorstep::registry {

class ReadAhead {
 public:
  /// Lines of a file that are likely to come next; none where there are none or they cannot be had.
  using Fetch = std::function<std::vector<ImportLine>()>;

  ReadAhead();

  /// Starts on what `fetch` brings, instead of what was read before and not taken.
  void begin(RowReading as, Fetch fetch);
  /// What the lines say: as it was read ahead, where it was just these and read in this way, else
  /// read now. Waits for what was begun.
  std::vector<Result<WantedResident>> take(const RowReading& as, std::span<const ImportLine> lines);

 private:
  struct Slice {
    RowReading as;
    Fetch fetch;
    std::vector<ImportLine> lines = {};
    std::vector<Result<WantedResident>> rows = {};
  };

  void loop(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Slice> begun_;
  std::optional<Slice> done_;
  bool busy_ = false;
  std::jthread thread_;  ///< Last, so that it ends before what it uses.
};

}  // namespace doorstep::registry
