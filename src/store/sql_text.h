#pragma once
/// \file What the store does to a statement's text before an engine sees it. Literals, quoted names
/// and comments are left alone.

#include <string>
#include <string_view>

#include "store/scope.h"

namespace doorstep::store {

/// `{name}` becomes `(relation)`; the relation's `$k` are numbered after the `values` that are
/// there and its own values appended, once however often it is named. Throws std::logic_error for a
/// name that `relations` does not have.
[[nodiscard]] std::string expand_relations(std::string_view sql, const Relations& relations,
                                           Values& values);

/// `$n` becomes `?n`: in SQLite `$n` is a name and binds by first appearance.
[[nodiscard]] std::string sqlite_parameters(std::string_view sql);

}  // namespace doorstep::store
