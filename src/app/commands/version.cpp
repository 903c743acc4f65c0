/// \file `doorstep version`.

#include <cstdio>

#include "app/command.h"

namespace doorstep::app {

Command version_command() {
  return {"version", "print the version", [](int, char**) {
            std::puts(DOORSTEP_VERSION);
            return 0;
          }};
}

}  // namespace doorstep::app
