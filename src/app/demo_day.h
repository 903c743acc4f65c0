#pragma once
/// \file The half day that a demo has behind it: what residents and staff did, as a table of requests
/// (demo/*-day.toml), each sent by whoever it was, at its time.

#include <functional>
#include <string>

#include "app/demo_desk.h"

namespace doorstep::app {

/// Plays the table `file`: `morning(1)` and its steps of yesterday (`at` a time), then `morning(0)` and those of today (`ago`
/// minutes before now, or `at` a time that is not still to come). The house's clock stands at each one's time, but never before it stood and never after `now`. `resumed`: it was broken off once, and what is refused is passed
/// over. Errors: invalid
/// "demo.table" (the hint names the step), those of `morning`, whatever an endpoint said.
Result<void> play_demo_day(Installation& house, const std::string& file, Instant now, bool resumed,
                           const std::function<Result<void>(int days_ago)>& morning);

}  // namespace doorstep::app
