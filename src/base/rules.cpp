#include "base/rules.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/time.h"
#include "base/toml.h"

namespace doorstep {

struct RulePack::Table {
  toml::table root;
};

namespace {

Error missing(std::string_view key) {
  return {ErrorKind::invalid, "rules.missing", std::string{key}};
}

Error wrong_type(std::string_view key) {
  return {ErrorKind::invalid, "rules.wrong_type", std::string{key}};
}

template <class T>
Result<T> read(const toml::table& root, std::string_view key) {
  const auto node = root.at_path(key);
  if (!node) return missing(key);
  const auto value = node.value_exact<T>();
  if (!value) return wrong_type(key);
  return *value;
}

}  // namespace

Result<RulePack> RulePack::parse(std::string_view toml) {
  try {
    RulePack pack;
    pack.table_ = std::make_shared<const Table>(Table{toml::parse(toml)});
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
  return read<std::int64_t>(table_->root, key);
}

Result<bool> RulePack::boolean(std::string_view key) const {
  return read<bool>(table_->root, key);
}

Result<std::string> RulePack::string(std::string_view key) const {
  return read<std::string>(table_->root, key);
}

Result<std::vector<std::string>> RulePack::strings(std::string_view key) const {
  const auto node = table_->root.at_path(key);
  if (!node) return missing(key);
  const toml::array* list = node.as_array();
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
  const toml::array* list = table_->root.at_path(key).as_array();
  return list == nullptr ? 0 : list->size();
}

}  // namespace doorstep
