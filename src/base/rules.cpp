#include "base/rules.h"

#include <functional>
#include <unordered_map>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/time.h"
#include "base/toml.h"

namespace doorstep {

namespace {

struct PathHash : std::hash<std::string_view> {
  using is_transparent = void;
};

/// Every node of a pack by its whole path: an order alone asks for some fifty, inside the one writer,
/// and walking the tree anew for each took a tenth of its time.
using Nodes = std::unordered_map<std::string, const toml::node*, PathHash, std::equal_to<>>;

void index(const toml::node& node, const std::string& path, Nodes& nodes) {
  if (!path.empty()) nodes.emplace(path, &node);
  if (const toml::table* table = node.as_table()) {
    for (const auto& [key, one] : *table) {
      index(one, path.empty() ? std::string(key.str()) : fmt::format("{}.{}", path, key.str()),
            nodes);
    }
  } else if (const toml::array* list = node.as_array()) {
    for (std::size_t at = 0; at < list->size(); ++at) {
      index((*list)[at], fmt::format("{}[{}]", path, at), nodes);
    }
  }
}

}  // namespace

struct RulePack::Table {
  toml::table root;
  Nodes nodes = {};  ///< Into `root`.

  [[nodiscard]] const toml::node* find(std::string_view key) const {
    const auto found = nodes.find(key);
    return found == nodes.end() ? nullptr : found->second;
  }
};

namespace {

Error missing(std::string_view key) {
  return {ErrorKind::invalid, "rules.missing", std::string{key}};
}

Error wrong_type(std::string_view key) {
  return {ErrorKind::invalid, "rules.wrong_type", std::string{key}};
}

template <class T>
Result<T> read(const toml::node* node, std::string_view key) {
  if (node == nullptr) return missing(key);
  const auto value = node->value_exact<T>();
  if (!value) return wrong_type(key);
  return *value;
}

}  // namespace

Result<RulePack> RulePack::parse(std::string_view toml) {
  try {
    RulePack pack;
    const auto table = std::make_shared<Table>(Table{toml::parse(toml)});
    index(table->root, {}, table->nodes);
    pack.table_ = table;
    pack.source_ = toml;
    pack.hash_ = to_hex(blake2b(toml));
    return pack;
  } catch (const toml::parse_error& problem) {
    return Error{ErrorKind::invalid, "rules.not_toml",
                 fmt::format("line {}, column {}: {}", problem.source().begin.line,
                             problem.source().begin.column, problem.description())};
  }
}

Result<std::int64_t> RulePack::integer(std::string_view key) const {
  return read<std::int64_t>(table_->find(key), key);
}

Result<bool> RulePack::boolean(std::string_view key) const {
  return read<bool>(table_->find(key), key);
}

Result<std::string> RulePack::string(std::string_view key) const {
  return read<std::string>(table_->find(key), key);
}

Result<std::vector<std::string>> RulePack::strings(std::string_view key) const {
  const toml::node* node = table_->find(key);
  if (node == nullptr) return missing(key);
  const toml::array* list = node->as_array();
  if (list == nullptr) return wrong_type(key);
  std::vector<std::string> out;
  for (const toml::node& one : *list) {
    const auto text = one.value_exact<std::string>();
    if (!text) return wrong_type(key);
    out.push_back(*text);
  }
  return out;
}

Result<std::chrono::minutes> RulePack::time_of_day(std::string_view key) const {
  const std::string text = TRY(string(key));
  const auto time = time_of_day_from_text(text);
  if (!time) return wrong_type(key);
  return *time;
}

std::size_t RulePack::count(std::string_view key) const {
  const toml::node* node = table_->find(key);
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  return list == nullptr ? 0 : list->size();
}

}  // namespace doorstep
