#include "care/rights/keeping.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"
#include "store/migrations.h"

namespace doorstep::rights {
namespace {

constexpr std::string_view mark = "-- kept: ";
constexpr std::array<std::string_view, 10> purposes{"register", "observation", "care",   "messages",
                                                    "needs",    "delivery",    "supply", "proof",
                                                    "staff",    "service"};
constexpr std::array<std::string_view, 5> bases{"public_task", "order", "request", "consent",
                                                "contract"};

[[noreturn]] void wrong(std::string_view line) {
  throw std::logic_error("a line that does not say how long something is kept: " +
                         std::string(line));
}

/// What stands before `sign`, without space around; `rest` is what follows it.
std::string_view before(std::string_view& rest, std::string_view sign) {
  const auto at = rest.find(sign);
  const std::string_view part = text::trim(rest.substr(0, at));
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + sign.size());
  return part;
}

void read_line(std::string_view line, std::vector<Kept>& found) {
  std::string_view rest = line.substr(mark.size());
  std::string_view columns = before(rest, ":");
  Kept one;
  one.table = before(columns, ".");
  one.purpose = before(rest, ";");
  one.basis = before(rest, ";");
  rest = text::trim(rest);
  one.period = before(rest, " since ");
  one.since = text::trim(rest);
  const bool runs = one.period != "stays" && one.period != "store";
  if (std::ranges::find(purposes, one.purpose) == purposes.end() ||
      std::ranges::find(bases, one.basis) == bases.end() || one.period.empty() ||
      runs == one.since.empty() || columns.empty()) {
    wrong(line);
  }
  while (!columns.empty()) {
    one.column = before(columns, ",");
    found.push_back(one);
  }
}

/// Marks and lines, held against each other.
std::vector<Kept> joined(const std::vector<store::PersonalColumn>& marked, std::vector<Kept> said) {
  for (const store::PersonalColumn& column : marked) {
    const auto same = [&](const Kept& one) {
      return one.table == column.table && one.column == column.column;
    };
    if (std::ranges::count_if(said, same) != 1) {
      throw std::logic_error("not said once how long it is kept: " + column.table + '.' +
                             column.column);
    }
    std::ranges::find_if(said, same)->field_class = column.field_class;
  }
  for (const Kept& one : said) {
    if (one.field_class.empty()) {
      throw std::logic_error("no personal column: " + one.table + '.' + one.column);
    }
  }
  return said;
}

void read_lines(std::string_view script, std::vector<Kept>& found) {
  while (!script.empty()) {
    const std::string_view line = script.substr(0, script.find('\n'));
    script.remove_prefix(std::min(script.size(), line.size() + 1));
    if (line.starts_with(mark)) read_line(line, found);
  }
}

}  // namespace

const std::vector<Kept>& kept_columns() {
  static const std::vector<Kept> all = [] {
    std::vector<Kept> said;
    for (const store::Migration& one : store::migrations()) read_lines(one.text("sqlite"), said);
    return joined(store::personal_columns(), std::move(said));
  }();
  return all;
}

std::vector<Kept> kept_columns(std::string_view script) {
  std::vector<Kept> said;
  read_lines(script, said);
  return joined(store::personal_columns(script), std::move(said));
}

std::string period_key(std::string_view period) {
  if (period == "stays" || period == "store") return {};
  const bool whole = period.find('.') != std::string_view::npos;
  return (whole ? "" : "rights.") + std::string(period) + "_days";
}

Result<std::int64_t> period_days(const RulePack& rules, std::string_view period) {
  return rules.integer(period_key(period));
}

std::int64_t said_or(const RulePack& rules, std::string_view key, std::int64_t otherwise) {
  const auto said = rules.integer(key);
  return said.ok() ? *said : otherwise;
}

}  // namespace doorstep::rights
