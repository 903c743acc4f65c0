#pragma once
/// \file Watchdog: the deadline of whatever a connection does next. Moving it is two assignments;
/// the timer itself is touched a few times a minute.

#include <chrono>
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace doorstep::net {

/// For one loop's thread.
class Watchdog : public std::enable_shared_from_this<Watchdog> {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `expire` is called once for each deadline that passes.
  Watchdog(const boost::asio::any_io_executor& executor, std::function<void()> expire)
      : timer_(executor), expire_(std::move(expire)) {}

  void allow(std::chrono::milliseconds time) {
    expired_ = false;
    deadline_ = std::chrono::steady_clock::now() + time;
    if (deadline_ < armed_) arm();
  }
  /// No deadline until the next allow().
  void rest() {
    expired_ = false;
    deadline_ = Time::max();
  }
  /// Whether the last deadline has passed.
  [[nodiscard]] bool expired() const { return expired_; }

 private:
  void arm();

  boost::asio::steady_timer timer_;
  std::function<void()> expire_;
  Time deadline_ = Time::max();
  Time armed_ = Time::max();
  bool expired_ = false;
};

}  // namespace doorstep::net
