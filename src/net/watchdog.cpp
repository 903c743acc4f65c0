#include "net/watchdog.h"

#include <boost/asio/error.hpp>

namespace doorstep::net {

void Watchdog::arm() {
  armed_ = deadline_;
  timer_.expires_at(armed_);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    // Aborted: armed again for an earlier time, or the connection is gone.
    if (!self || error == boost::asio::error::operation_aborted) return;
    self->armed_ = Time::max();
    if (self->deadline_ == Time::max()) return;
    if (std::chrono::steady_clock::now() < self->deadline_) {
      self->arm();
      return;
    }
    self->deadline_ = Time::max();
    self->expired_ = true;
    self->expire_();
  });
}

}  // namespace doorstep::net
