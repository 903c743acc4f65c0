#pragma once
/// \file Many rows in few statements: rows in, and lists of keys looked up, without a round trip
/// each.

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace doorstep::registry {

/// Collects rows and inserts them some hundred to a statement. Statements come in few sizes only,
/// so that the engines keep them prepared.
class BulkInsert {
 public:
  /// `head` is "INSERT INTO t (a, b)", `tail` what follows the values ("ON CONFLICT DO NOTHING").
  BulkInsert(store::Transaction& tx, std::string_view head, std::string_view tail = {});

  /// Requires as many values in every row.
  void add(store::Values row);

  /// Inserts what is left. Rows that were added and not flushed are lost, so call it.
  void flush();

 private:
  void insert(std::size_t size);
  [[nodiscard]] const std::string& text(std::size_t size);

  store::Transaction& tx_;
  std::string head_;
  std::string tail_;
  std::array<std::string, 3> texts_;  ///< By size, once one is needed.
  std::size_t width_ = 0;
  std::size_t rows_ = 0;
  store::Values waiting_;
};

/// Visits the rows of `sql`, in which "{keys}" stands for a list of some of `keys` ("IN ({keys})")
/// and $1.. for `values`. Keys that come twice are looked up once. Requires keys of one type.
void query_in(store::Snapshot& db, std::string_view sql, const store::Values& values,
              std::vector<store::Value> keys, const std::function<void(const store::Row&)>& visit);

}  // namespace doorstep::registry
