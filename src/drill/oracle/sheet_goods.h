#pragma once
/// \file The goods and needs of a closing sheet against the journal: what was owed, by whom, and the totals.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "drill/oracle/sheet.h"
#include "store/journal.h"

namespace doorstep::oracle {

/// How far one parcel or need has come.
struct Matter {
  std::string state;
  std::string owner;  ///< Of its duty; empty where none is open.
};

/// By "parcel" or "need" and its id.
using Matters = std::map<std::pair<std::string, std::string>, Matter>;

/// Takes an entry of goods, of needs, or of the duties on them; false where it is another one.
bool take_matter(Matters& matters, const store::Entry& entry, const boost::json::object& data);

/// What is owed stands on the sheet, each as the journal has it, and the totals are those of the journal.
void check_goods(const boost::json::object& goods, const Matters& matters, SheetCheck& found);

}  // namespace doorstep::oracle
