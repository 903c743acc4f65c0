#pragma once
/// \file Many rows of one kind in few statements, where a statement a row would cost more than the row.

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "store/store.h"

namespace doorstep::store {

/// Posts "INSERT INTO .. (..)" with these rows, which have one length, some rows at a time: few texts, so
/// that their preparation is kept.
inline void post_rows(Transaction& tx, std::string_view insert_into, std::span<const Values> rows) {
  constexpr std::size_t together = 8;
  while (!rows.empty()) {
    const auto some = rows.first(std::min(rows.size(), together));
    std::string sql{insert_into};
    Values values;
    for (const Values& row : some) {
      sql += values.empty() ? " VALUES (" : ", (";
      for (const Value& one : row) {
        values.push_back(one);
        sql += fmt::format("{}${}", &one == row.data() ? "" : ", ", values.size());
      }
      sql += ")";
    }
    tx.post(sql, values);
    rows = rows.subspan(some.size());
  }
}

}  // namespace doorstep::store
