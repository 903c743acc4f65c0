#pragma once
/// \file Needs: a household that asks and a worker who decides, for tests. Test code alone includes this.

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/registry/compound.h"

namespace doorstep::needs {

class NeedsHouse : public registry::Compound {
 protected:
  NeedsHouse() {
    home = household("1", "101");
    resident = link(home, true);
    worker = staff(access::Role::worker, path_of_place(grid(1)));
  }

  api::Response ask(const api::As& as, std::string_view text, std::string_view more = "") {
    return post(as, "/api/v1/needs", fmt::format(R"({{"text":"{}"{}}})", text, more));
  }
  api::Response need(const std::string& id_of) { return get(worker, "/api/v1/needs/" + id_of); }
  api::Response decide(const std::string& id_of, std::string_view decision,
                       std::string_view more = "") {
    return post(worker, "/api/v1/needs/" + id_of + "/decide",
                fmt::format(R"({{"decision":"{}","version":{}{}}})", decision,
                            api::member(need(id_of), "row.version"), more));
  }
  std::int64_t duties(std::string_view kind) {
    return count(
        fmt::format("SELECT count(*) FROM duty WHERE kind = '{}' AND closed_at IS NULL", kind));
  }
  std::int64_t ordered(std::string_view canonical) {
    return count(
        fmt::format("SELECT coalesce(sum(qty), 0) FROM order_line WHERE canonical = '{}'"
                    " AND state = 'ordered'",
                    canonical));
  }

  std::string home;
  api::As resident;
  api::As worker;
};

}  // namespace doorstep::needs
