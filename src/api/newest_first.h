#pragma once
/// \file Lists whose newest rows stand first: the cursor is the id of the last row that was shown.

#include <cstdint>
#include <iterator>

#include "api/page.h"
#include "base/id.h"

namespace doorstep::api {

/// For "WHERE id < $1". Errors: invalid "cursor.wrong".
[[nodiscard]] inline Result<std::int64_t> before_cursor(const PageRequest& request) {
  if (!request.cursor) return INT64_MAX;
  const auto id = id_from_text(*request.cursor);
  if (!id) return Error{ErrorKind::invalid, "cursor.wrong"};
  return *id;
}

/// Requires rows in descending order of their ids, one more than `limit` where there are more. `made` gives the shown
/// row, which has an `id`.
template <class Shown, class Make>
[[nodiscard]] Page<Shown> newest_first(const store::Rows& rows, std::int64_t limit, Make made) {
  Page<Shown> page;
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == limit) {
      page.next = to_text(page.rows.back().id);
      break;
    }
    page.rows.push_back(made(row));
  }
  return page;
}

}  // namespace doorstep::api
