#pragma once
/// \file How well the data sets of tests/data/linkage are linked: what tests ask floors of and the
/// benchmark prints.

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/csv.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/schema.h"

namespace doorstep::linkage {

using Fields = std::vector<std::string>;

/// name, sex, id_number, dob, phone, address.
inline const std::vector<Kind> resident_kinds{Kind::full_name, Kind::category, Kind::identifier,
                                              Kind::date,      Kind::phone,    Kind::address};

struct DataSet {
  Fields header;
  std::vector<Fields> rows;
};

inline DataSet read_set(const std::string& name) {
  const std::string path =
      std::string(DOORSTEP_SOURCE_DIR) + "/tests/data/linkage/" + name + ".csv";
  std::ifstream stream(path, std::ios::binary);
  CHECK(stream.good());
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  csv::Reader reader(csv::from_text(text));
  DataSet out;
  while (true) {
    const Result<bool> more = reader.next();
    CHECK(more.ok());
    if (!*more) return out;
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

inline std::vector<std::string_view> views(const Fields& fields) {
  return {fields.begin(), fields.end()};
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

inline std::vector<Column> splink_schema() {
  return {{"first_name", Kind::given_name},
          {"surname", Kind::family_name},
          {"dob", Kind::date},
          {"city", Kind::locality},
          {"email", Kind::email}};
}

/// Pairs found, wrong and missed.
struct Count {
  double right = 0;
  double wrong = 0;
  double missed = 0;

  [[nodiscard]] double precision() const { return right / (right + wrong); }
  [[nodiscard]] double recall() const { return right / (right + missed); }
  [[nodiscard]] double f1() const { return 2 * right / (2 * right + wrong + missed); }
};

inline Count link_febrl4(const std::vector<std::string>& dropped) {
  const DataSet a = read_set("febrl4a");
  const DataSet b = read_set("febrl4b");
  const auto slots = line_up(febrl_schema(dropped), a.header, b.header);
  Linkage linkage(kinds_of(slots), {.threads = 2});
  for (const Fields& row : a.rows) linkage.add_left(row[0], values_of(row, slots, true));
  for (const Fields& row : b.rows) linkage.add_right(row[0], values_of(row, slots, false));
  const auto truth_a = read_truth("febrl4a");
  const auto truth_b = read_truth("febrl4b");
  std::set<std::string> entities;
  for (const auto& [row, entity] : truth_a) entities.insert(entity);
  double matches = 0;
  for (const auto& [row, entity] : truth_b) matches += entities.contains(entity) ? 1 : 0;
  Count count;
  for (const AcceptedLink& link : linkage.link_files()) {
    const bool right = truth_a.at(a.rows[link.left][0]) == truth_b.at(b.rows[link.right][0]);
    (right ? count.right : count.wrong) += 1;
  }
  count.missed = matches - count.right;
  return count;
}

/// Pairs of rows in one cluster, against those of one entity; both by row.
template <class Entity>
Count count_pairs(const std::vector<Row>& clusters, const std::vector<Entity>& entities) {
  std::map<Entity, double> entity;
  std::map<Row, double> cluster;
  std::map<std::pair<Row, Entity>, double> both;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    entity[entities[i]] += 1;
    cluster[clusters[i]] += 1;
    both[{clusters[i], entities[i]}] += 1;
  }
  const auto pairs = [](const auto& sizes) {
    double sum = 0;
    for (const auto& [key, size] : sizes) sum += size * (size - 1) / 2;
    return sum;
  };
  const double right = pairs(both);
  return {right, pairs(cluster) - right, pairs(entity) - right};
}

inline Count dedupe_set(const std::string& name, const std::vector<Column>& schema) {
  const DataSet set = read_set(name);
  const auto slots = line_up(schema, set.header, set.header);
  Linkage linkage(kinds_of(slots), {.threads = 2});
  const auto truth = read_truth(name);
  std::vector<std::string> entities;
  for (const Fields& row : set.rows) {
    linkage.add_left(row[0], values_of(row, slots, true));
    entities.push_back(truth.at(row[0]));
  }
  return count_pairs(linkage.dedupe(), entities);
}

/// A list against a registry: the automatic links, and what went to review.
struct ListCount {
  Count linked;
  double rows = 0;
  double review = 0;
  double review_right = 0;  ///< The right person was proposed.
};

/// `truth(row)` is the number of the registry's row, or Verdict::nobody.
template <class Truth>
ListCount count_list(const std::vector<Verdict>& verdicts, Truth truth) {
  ListCount out;
  out.rows = static_cast<double>(verdicts.size());
  double known = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Row who = truth(i);
    known += who == Verdict::nobody ? 0 : 1;
    const bool right = who != Verdict::nobody && verdicts[i].match == who;
    if (verdicts[i].decision == Decision::review) {
      out.review += 1;
      out.review_right += right ? 1 : 0;
    }
    if (verdicts[i].decision == Decision::link) (right ? out.linked.right : out.linked.wrong) += 1;
  }
  out.linked.missed = known - out.linked.right;
  return out;
}

inline ListCount link_push_list() {
  const DataSet registry = read_set("zh_registry");
  const DataSet list = read_set("zh_push");
  const auto slots = line_up({}, registry.header, list.header);
  CHECK(kinds_of(slots) == resident_kinds);
  Linkage linkage(resident_kinds, {.threads = 2});
  std::map<std::string, Row> rows;
  for (const Fields& row : registry.rows) {
    rows.emplace(row[0], static_cast<Row>(rows.size()));
    linkage.add_left(row[0], values_of(row, slots, true));
  }
  for (const Fields& row : list.rows) linkage.add_right(row[0], values_of(row, slots, false));
  const auto truth = read_truth("zh_push");
  return count_list(linkage.link_list(), [&](std::size_t i) {
    const std::string& who = truth.at(list.rows[i][0]);
    return who.empty() ? Verdict::nobody : rows.at(who);
  });
}

}  // namespace doorstep::linkage
