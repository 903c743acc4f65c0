#pragma once
/// \file Who wants to hear of newly sealed entries.

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace doorstep::store {

class Listeners {
 public:
  void add(std::function<void(std::int64_t)> listener) {
    const std::lock_guard lock(mutex_);
    all_.push_back(std::move(listener));
  }
  void tell(std::int64_t seq) {
    const std::lock_guard lock(mutex_);
    for (const auto& listener : all_) listener(seq);
  }

 private:
  std::mutex mutex_;
  std::vector<std::function<void(std::int64_t)>> all_;
};

}  // namespace doorstep::store
