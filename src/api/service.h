#pragma once
/// \file Service: every endpoint of the house behind one function. Routes, finds out who is asking,
/// authorises, runs the use case in one picture or transaction, encodes.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/field_class.h"
#include "api/message.h"
#include "base/rng.h"
#include "base/time.h"
#include "store/store.h"

namespace doorstep::store {
class JobRunner;
}

namespace doorstep::api {

struct Endpoint;
struct WriteContext;

/// What the installation was started with.
struct Settings {
  std::string public_url = {};  ///< "https://..": what links and QR codes begin with; may be empty.
  bool demo = false;            ///< Demo data: known sign-in, adjustable clock.
};

/// Who watches the journal, and how far they see. Ask again every 30 s: grants end.
struct Viewer {
  std::int64_t community = 0;
  std::vector<std::string> prefixes = {};  ///< Place paths below which entries are shown.
  std::int64_t actor = 0;
  access::Classes classes = {};
};

class Service {
 public:
  Service(store::Store& store, const Clock& clock, Rng& rng, std::vector<Endpoint> endpoints,
          Settings settings);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Answers one request. May block on reading and on hashing a password: call it from a worker
  /// thread, never from an event loop. Thread-safe. Never throws; a failure becomes a 500 or 503.
  void handle(const Request& request, const Reply& reply);

  /// handle(), waiting for the answer: tests and the command line.
  Response call(const Request& request);

  /// What the clock, not a person, causes: `work` as actor 0 on the whole community, in one transaction.
  /// Blocks. Errors: not_found "community.unknown", those of `work`.
  store::Outcome as_system(std::int64_t community,
                           const std::function<store::Outcome(WriteContext&)>& work);
  /// Ids of all communities.
  [[nodiscard]] std::vector<std::int64_t> communities();

  /// Who would watch with this session or link. Errors: unauthenticated "session.none".
  Result<Viewer> viewer(const Request& request);

  /// The data line of a server-sent event for this viewer, or none where the entry is not theirs:
  /// {"seq","kind","subject","dwelling","building","at"}; ids, codes and times only.
  [[nodiscard]] static std::optional<std::string> event_data(const Viewer& viewer,
                                                             const store::Sealed& entry);

  /// The OpenAPI 3.1 document, and the TypeScript declarations made of the same lists.
  [[nodiscard]] std::string openapi() const;
  [[nodiscard]] std::string typescript() const;

  [[nodiscard]] store::Store& store();
  /// Woken after a request that added a job.
  void attach(store::JobRunner* jobs);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::api
