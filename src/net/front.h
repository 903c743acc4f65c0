#pragma once
/// \file Front: decides what becomes of a request, and dresses what the service answered for HTTP.
/// Knows no socket and starts no thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "api/message.h"
#include "net/limiter.h"
#include "net/metrics.h"
#include "net/options.h"
#include "net/receipt.h"
#include "net/site.h"
#include "net/wire.h"

namespace doorstep::net {

/// What is to be done for a request.
struct Plan {
  enum class Kind : std::uint8_t {
    answer,   ///< Send `answer`.
    call,     ///< Ask the service `request`, then Front::answer().
    report,   ///< Ask the service `request`, then Front::receipt().
    events,   ///< Ask for the viewer of `request`, then stream.
    ready,    ///< Ask the store for a sign of life.
    metrics,  ///< Send the metrics.
  };
  Kind kind = Kind::answer;
  Outbound answer = {};
  api::Request request = {};
  Report report = {};
};

/// Thread-safe.
class Front {
 public:
  /// Requires options, limiter that outlive it, and options whose clock and rng are set.
  Front(const Options& options, Limiter& limiter)
      : options_(&options), limiter_(&limiter), site_(options.pages, options.web_root) {}

  [[nodiscard]] Plan plan(Inbound& in);

  /// How many bytes of body a request may have.
  [[nodiscard]] std::uint64_t body_limit(Verb verb, std::string_view target) const;

  /// An answer of the service on the wire: cookie, download, compression.
  [[nodiscard]] Outbound answer(const Inbound& in, const api::Request& request,
                                api::Response response);
  /// The same as the page for a resident without JavaScript.
  [[nodiscard]] Outbound receipt(const Inbound& in, const Report& report,
                                 const api::Response& response);

 private:
  [[nodiscard]] int wait_time(const Inbound& in);
  [[nodiscard]] Plan plan_api(Inbound& in) const;
  [[nodiscard]] Plan plan_report(Inbound& in, const ResidentPath& path) const;
  [[nodiscard]] Plan plan_page(const Inbound& in) const;
  void charge_failed_proof(const Inbound& in, int status);
  [[nodiscard]] bool limited(const Inbound& in) const;

  const Options* options_;
  Limiter* limiter_;
  Site site_;
};

/// 405 with what would be allowed.
[[nodiscard]] Outbound not_allowed(std::string_view allowed);
/// 429 with the seconds to wait.
[[nodiscard]] Outbound too_often(int seconds);

}  // namespace doorstep::net
