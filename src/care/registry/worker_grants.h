#pragma once
/// \file Which worker every household belongs to, for lists: read once, asked for each row.

#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::registry {

/// The grants of workers that are in force. The nearest above a household decides, and of one path the
/// first that was given: as holder_of() says of one household.
class WorkerGrants {
 public:
  static WorkerGrants load(api::Context& context);

  /// The worker's name; empty where there is none.
  [[nodiscard]] std::string name_at(std::string_view path) const;

  /// An SQL condition on a household `h` that keeps those of `worker`. Adds its values to `values`.
  [[nodiscard]] std::string condition(Id<access::Account> worker, store::Values& values) const;

 private:
  struct Grant {
    Id<access::Account> account{};
    std::string path = {};
    std::string name = {};
  };
  std::vector<Grant> grants_;  ///< By path, so that the nearest above comes last.
};

}  // namespace doorstep::registry
