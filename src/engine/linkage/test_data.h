#pragma once
/// \file What the linkage tests share: records in a line of code, and the data sets of
/// tests/data/linkage.

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/csv.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/schema.h"

namespace doorstep::linkage {

using Fields = std::vector<std::string>;

/// name, sex, id_number, dob, phone, address.
inline const std::vector<Kind> resident_kinds{Kind::full_name, Kind::category, Kind::identifier,
                                              Kind::date,      Kind::phone,    Kind::address};

inline std::vector<std::string_view> views(const Fields& fields) {
  return {fields.begin(), fields.end()};
}

struct DataSet {
  Fields header;
  std::vector<Fields> rows;
};

inline DataSet read_set(const std::string& name) {
  const std::string path =
      std::string(DOORSTEP_SOURCE_DIR) + "/tests/data/linkage/" + name + ".csv";
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path;
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  csv::Reader reader(csv::from_text(text));
  DataSet out;
  while (true) {
    const Result<bool> more = reader.next();
    EXPECT_TRUE(more.ok()) << path;
    if (!more.ok() || !*more) return out;
    Fields row(reader.fields().begin(), reader.fields().end());
    if (out.header.empty()) {
      out.header = std::move(row);
    } else {
      out.rows.push_back(std::move(row));
    }
  }
}

/// Second column by first.
inline std::map<std::string, std::string> read_truth(const std::string& name) {
  std::map<std::string, std::string> out;
  for (const Fields& row : read_set(name + ".truth").rows) out[row[0]] = row[1];
  return out;
}

inline std::vector<std::string_view> values_of(const Fields& row, const std::vector<Slot>& slots,
                                               bool left) {
  std::vector<std::string_view> out;
  for (const Slot& slot : slots) {
    out.emplace_back(row[static_cast<std::size_t>(left ? slot.left : slot.right)]);
  }
  return out;
}

inline std::vector<Kind> kinds_of(const std::vector<Slot>& slots) {
  std::vector<Kind> out;
  for (const Slot& slot : slots) out.push_back(slot.kind);
  return out;
}

/// The columns of the Febrl sets without those that `dropped` names.
inline std::vector<Column> febrl_schema(const std::vector<std::string>& dropped) {
  std::vector<Column> out{{"given_name", Kind::given_name},
                          {"surname", Kind::family_name},
                          {"street_number", Kind::house_number},
                          {"address_1", Kind::street},
                          {"address_2", Kind::text},
                          {"suburb", Kind::locality},
                          {"postcode", Kind::postcode},
                          {"state", Kind::category},
                          {"date_of_birth", Kind::date},
                          {"soc_sec_id", Kind::identifier}};
  for (Column& column : out) {
    for (const std::string& name : dropped) {
      if (column.name == name) column.kind = Kind::ignore;
    }
  }
  return out;
}

}  // namespace doorstep::linkage
