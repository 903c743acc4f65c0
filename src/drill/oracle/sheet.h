#pragma once
/// \file A closing sheet recomputed from a journal, on any machine: every claim on it is looked up again.
/// It shares no code with what made the sheet.

#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.h"

namespace doorstep::oracle {

struct SheetCheck {
  std::string day;
  std::int64_t households = 0;        ///< In the due set of the sheet.
  std::int64_t evidence = 0;          ///< Claims that were found in the journal.
  std::int64_t owed = 0;              ///< Parcels and needs that it lists as open.
  std::int64_t care = 0;              ///< Care contacts that it lists (N29).
  std::vector<std::string> problems;  ///< Empty: the sheet agrees with the journal.
};

/// `document` is what GET /closings/{id}/sheet answers, `journal` a file of write_export(). A problem
/// about a household names its code. Errors: invalid "sheet.malformed" (not such a document).
Result<SheetCheck> check_sheet(const std::string& document, std::istream& journal,
                               const std::string& key = {});

}  // namespace doorstep::oracle
