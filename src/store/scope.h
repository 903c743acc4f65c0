#pragma once
/// \file Scope relations: named pieces of SQL that a query joins instead of a bare table.

#include <string>
#include <vector>

#include "store/value.h"

namespace doorstep::store {

/// `{name}` in a query's text becomes `(sql)`; `$1..$k` inside `sql` are `values`, numbered apart
/// from the query's own parameters. Made by `access`, expanded by the store.
struct Relation {
  std::string name;
  std::string sql;
  Values values;
};

using Relations = std::vector<Relation>;

}  // namespace doorstep::store
