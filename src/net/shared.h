#pragma once
/// \file Shared: what all connections of a server use.

#include "net/front.h"
#include "net/handler.h"
#include "net/hub.h"
#include "net/limiter.h"
#include "net/metrics.h"
#include "net/options.h"
#include "net/workers.h"
#include "store/store.h"

namespace doorstep::net {

struct Shared {
  Shared(Handler& the_handler, store::Store& the_store, const Options& the_options)
      : options(the_options),
        handler(the_handler),
        store(the_store),
        limiter(options.limits),
        front(options, limiter),
        hub(the_handler, the_store, options.events, metrics),
        workers(options.workers) {}

  const Options options;
  Handler& handler;
  store::Store& store;
  Metrics metrics;
  Limiter limiter;
  Front front;
  Hub hub;
  Workers workers;  ///< Last: its tasks use the others.
};

}  // namespace doorstep::net
