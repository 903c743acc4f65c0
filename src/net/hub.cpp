#include "net/hub.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"

namespace doorstep::net {
namespace {

constexpr std::int64_t page = 1000;

}  // namespace

/// What wakes the hub. The store keeps its listener for good, so it holds this and not the hub.
struct Hub::Signal {
  std::mutex mutex;
  std::condition_variable wake;
  std::int64_t sealed = 0;  ///< Newest entry that the store told of.
  bool work = false;        ///< A watcher came, or has room again.
  bool stopping = false;
};

void Watch::set_viewer(api::Viewer viewer) {
  const std::scoped_lock lock(mutex_);
  viewer_ = std::move(viewer);
}

std::int64_t Watch::cursor() const {
  const std::scoped_lock lock(mutex_);
  return cursor_;
}

Hub::Hub(Handler& handler, store::Store& store, const Events& options, Metrics& metrics)
    : handler_(&handler),
      store_(&store),
      options_(options),
      metrics_(&metrics),
      signal_(std::make_shared<Signal>()) {}

Hub::~Hub() {
  stop();
}

void Hub::start() {
  store_->on_sealed([signal = signal_](std::int64_t seq) {
    {
      const std::scoped_lock lock(signal->mutex);
      signal->sealed = std::max(signal->sealed, seq);
    }
    signal->wake.notify_one();
  });
  read_ = store_->last_seq();
  {
    const std::scoped_lock lock(signal_->mutex);
    signal_->sealed = std::max(signal_->sealed, read_);
  }
  thread_ = std::thread([this] { run(); });
}

void Hub::stop() {
  {
    const std::scoped_lock lock(signal_->mutex);
    signal_->stopping = true;
  }
  signal_->wake.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Watch> Hub::subscribe(api::Viewer viewer, std::optional<std::int64_t> after,
                                      std::function<void()> wake) {
  const std::scoped_lock lock(signal_->mutex);
  auto watch =
      std::make_shared<Watch>(std::move(viewer), after.value_or(signal_->sealed), std::move(wake));
  watches_.push_back(watch);
  signal_->work = true;
  signal_->wake.notify_one();
  return watch;
}

std::string Hub::take(Watch& watch) {
  std::string text;
  {
    const std::scoped_lock lock(watch.mutex_);
    text.swap(watch.pending_);
  }
  if (text.size() >= options_.queue) {
    // Delivery to this watcher stopped when its queue was full.
    const std::scoped_lock lock(signal_->mutex);
    signal_->work = true;
    signal_->wake.notify_one();
  }
  return text;
}

std::int64_t Hub::newest() const {
  const std::scoped_lock lock(signal_->mutex);
  return signal_->sealed;
}

void Hub::run() {
  std::vector<std::shared_ptr<Watch>> watches;
  std::unique_lock lock(signal_->mutex);
  while (!signal_->stopping) {
    signal_->wake.wait(
        lock, [this] { return signal_->stopping || signal_->work || signal_->sealed > read_; });
    signal_->work = false;
    const std::int64_t sealed = signal_->sealed;
    std::erase_if(watches_, [](const auto& watch) { return watch.expired(); });
    for (const auto& watch : watches_) watches.push_back(watch.lock());
    lock.unlock();
    bool behind = false;
    bool failed = false;
    try {
      if (watches.empty()) {
        skip(sealed);
      } else {
        fetch(sealed);
      }
      for (const auto& watch : watches) {
        if (watch && deliver(*watch)) behind = true;
      }
    } catch (const std::exception&) {
      failed = true;
      log::warning("net: the journal could not be read; trying again");
    }
    watches.clear();
    lock.lock();
    signal_->work = signal_->work || behind || failed;
    // A store that is down: ask it five times a second, not a million times.
    if (failed) {
      signal_->wake.wait_for(lock, std::chrono::milliseconds(200),
                             [this] { return signal_->stopping; });
    }
  }
}

void Hub::fetch(std::int64_t sealed) {
  while (read_ < sealed) {
    std::vector<store::Sealed> entries = store_->journal(read_, page);
    if (entries.empty()) throw store::Failure("store.journal", "a sealed entry is missing");
    read_ = entries.back().seq;
    std::ranges::move(entries, std::back_inserter(recent_));
  }
  while (static_cast<std::int64_t>(recent_.size()) > options_.resume) recent_.pop_front();
}

/// Nobody watches: whoever comes with an older number has what they missed loaded then.
void Hub::skip(std::int64_t sealed) {
  read_ = std::max(read_, sealed);
  recent_.clear();
}

bool Hub::load_past(std::int64_t after) {
  if (!recent_.empty() && recent_.front().seq <= after + 1) return true;
  if (read_ - after > options_.resume) return false;
  std::deque<store::Sealed> past;
  for (std::int64_t from = std::max<std::int64_t>(0, read_ - options_.resume); from < read_;) {
    std::vector<store::Sealed> entries = store_->journal(from, page);
    if (entries.empty()) return false;
    from = entries.back().seq;
    std::ranges::move(entries, std::back_inserter(past));
  }
  // Entries sealed in the meantime came along.
  read_ = past.back().seq;
  recent_ = std::move(past);
  return recent_.front().seq <= after + 1;
}

void Hub::reset(Watch& watch) const {
  watch.cursor_ = read_;
  fmt::format_to(std::back_inserter(watch.pending_),
                 "event: reset\nid: {0}\ndata: {{\"seq\":{0}}}\n\n", read_);
}

// Returns whether it stopped with entries left although there was room: nobody shall wait for the
// one who was away for an hour.
bool Hub::deliver(Watch& watch) {
  std::unique_lock lock(watch.mutex_);
  if (watch.cursor_ == read_ || watch.pending_.size() >= options_.queue) return false;
  const bool was_empty = watch.pending_.empty();
  if (watch.cursor_ > read_) {
    // A snapshot can be newer than what the store has told of yet. Beyond that the number comes
    // from another journal: a backup was restored.
    if (watch.cursor_ <= store_->last_seq()) return false;
    reset(watch);
  } else if (!load_past(watch.cursor_)) {
    reset(watch);
  }
  std::int64_t steps = 0;
  while (watch.cursor_ < read_ && steps < page && watch.pending_.size() < options_.queue) {
    const auto at = static_cast<std::size_t>(watch.cursor_ + 1 - recent_.front().seq);
    const store::Sealed& entry = recent_.at(at);
    if (const auto data = handler_->event_data(watch.viewer_, entry)) {
      fmt::format_to(std::back_inserter(watch.pending_), "id: {}\nevent: journal\ndata: {}\n\n",
                     entry.seq, *data);
      ++metrics_->events;
    }
    watch.cursor_ = entry.seq;
    ++steps;
  }
  const bool more = watch.cursor_ < read_ && watch.pending_.size() < options_.queue;
  const bool wake = was_empty && !watch.pending_.empty();
  lock.unlock();
  if (wake) watch.wake_();
  return more;
}

}  // namespace doorstep::net
