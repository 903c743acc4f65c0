#pragma once
/// \file The care calls of a closing sheet against the journal (N29): who was owed a contact in which window,
/// what met it and how surely, who was excused and why, and the day's level.

#include <map>
#include <optional>
#include <set>
#include <string>

#include <boost/json.hpp>

#include "drill/oracle/sheet.h"
#include "store/journal.h"

namespace doorstep::oracle {

/// One contact, as the journal has it.
struct CareContact {
  std::string person;
  std::string day;
  std::string window;
  Instant from{};
  Instant until{};
  std::string evidence;  ///< Of the call that met it.
  std::string reason;    ///< Excused.
  std::string owner;     ///< Of its duty, raised or not.
  bool open = false;
  Instant closed_at{};
};

struct CareCall {
  std::string person;
  std::string assurance;
  std::string at;
};

/// What the journal says of one community's care calls up to some entry.
struct CareFacts {
  std::map<std::string, CareContact> contacts;
  std::map<std::string, CareCall> calls;
  std::map<std::string, std::string> levels;  ///< By day: the newest that was said.
  std::map<std::string, std::int64_t> tenths;
  std::string rules;  ///< Hash of the pack that the community follows.

  /// Takes an entry about care calls, levels or packs; leaves others.
  void take(const store::Sealed& sealed, const boost::json::object& data);
};

/// `content` is the whole sheet. Every line against the journal, every contact of the day on a line, and the
/// counts of the windows from the lines.
void check_care(const boost::json::object& content, const CareFacts& facts, SheetCheck& found);

}  // namespace doorstep::oracle
