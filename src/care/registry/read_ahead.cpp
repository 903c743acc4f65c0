#include "care/registry/read_ahead.h"

#include <algorithm>
#include <utility>

namespace doorstep::registry {

ReadAhead::ReadAhead() : thread_([this](const std::stop_token& stop) { loop(stop); }) {}

void ReadAhead::begin(RowReading as, Fetch fetch) {
  const std::scoped_lock lock(mutex_);
  begun_ = Slice{std::move(as), std::move(fetch)};
  done_.reset();
  changed_.notify_all();
}

std::vector<Result<WantedResident>> ReadAhead::take(const RowReading& as,
                                                    std::span<const ImportLine> lines) {
  std::optional<Slice> done;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !begun_ && !busy_; });
    done = std::exchange(done_, std::nullopt);
  }
  if (done && done->as == as && std::ranges::equal(done->lines, lines)) {
    return std::move(done->rows);
  }
  return read_residents(as, lines);
}

void ReadAhead::loop(const std::stop_token& stop) {
  while (true) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return begun_.has_value(); })) return;
    Slice slice = std::move(*begun_);
    begun_.reset();
    busy_ = true;
    lock.unlock();
    slice.lines = slice.fetch();
    slice.rows = read_residents(slice.as, slice.lines);
    lock.lock();
    busy_ = false;
    // What was begun meanwhile is wanted instead.
    if (!begun_) done_ = std::move(slice);
    changed_.notify_all();
  }
}

}  // namespace doorstep::registry
