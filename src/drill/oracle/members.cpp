#include "drill/oracle/members.h"

#include <boost/json.hpp>

#include "base/id.h"

namespace doorstep::oracle {

namespace json = boost::json;

struct Members::Parsed {
  unsigned char buffer[2048];
  json::monotonic_resource memory{buffer, sizeof buffer};
  json::value root;

  [[nodiscard]] const json::value* find(std::string_view name) const {
    return root.is_object() ? root.get_object().if_contains({name.data(), name.size()}) : nullptr;
  }
};

namespace {

std::string_view text_of(const json::value* value) {
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

std::optional<std::vector<std::int64_t>> ids_of(const json::value* value) {
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::vector<std::int64_t> ids;
  for (const json::value& one : value->get_array()) {
    const auto id = id_from_text(text_of(&one));
    if (!id) return std::nullopt;
    ids.push_back(*id);
  }
  return ids;
}

}  // namespace

Members::Members(std::string_view text) : parsed_(std::make_unique<Parsed>()) {
  boost::system::error_code failed;
  parsed_->root = json::parse({text.data(), text.size()}, failed, &parsed_->memory);
  if (failed) missing_ = "data";
}

Members::~Members() = default;

void Members::miss(std::string_view name) {
  missing_ += (missing_.empty() ? "" : ", ") + std::string(name);
}

bool Members::has(std::string_view name) const {
  const json::value* found = parsed_->find(name);
  return found != nullptr && !found->is_null();
}

std::string Members::text(std::string_view name) {
  const json::value* found = parsed_->find(name);
  if (found == nullptr || !found->is_string()) miss(name);
  return std::string(text_of(found));
}

std::int64_t Members::id(std::string_view name) {
  const auto id = id_from_text(text_of(parsed_->find(name)));
  if (!id) miss(name);
  return id.value_or(0);
}

std::int64_t Members::id_or_all(std::string_view name) {
  return text_of(parsed_->find(name)) == "all" ? 0 : id(name);
}

bool Members::truth(std::string_view name) {
  const json::value* found = parsed_->find(name);
  if (found == nullptr || !found->is_bool()) miss(name);
  return found != nullptr && found->is_bool() && found->get_bool();
}

Instant Members::instant(std::string_view name) {
  const auto at = instant_from_text(text_of(parsed_->find(name)));
  if (!at) miss(name);
  return at.value_or(Instant{});
}

Day Members::day(std::string_view name) {
  const auto day = day_from_text(text_of(parsed_->find(name)));
  if (!day) miss(name);
  return day.value_or(Day{});
}

std::vector<std::int64_t> Members::ids(std::string_view name) {
  auto ids = ids_of(parsed_->find(name));
  if (!ids) miss(name);
  return ids.value_or(std::vector<std::int64_t>{});
}

std::vector<std::vector<std::int64_t>> Members::id_lists(std::string_view name) {
  std::vector<std::vector<std::int64_t>> lists;
  const json::value* found = parsed_->find(name);
  if (found == nullptr || !found->is_array()) {
    miss(name);
    return lists;
  }
  for (const json::value& one : found->get_array()) {
    auto ids = ids_of(&one);
    if (!ids || ids->empty()) {
      miss(name);
      return {};
    }
    lists.push_back(std::move(*ids));
  }
  return lists;
}

std::vector<std::string> Members::texts(std::string_view name) {
  std::vector<std::string> texts;
  const json::value* found = parsed_->find(name);
  if (found == nullptr || !found->is_array()) {
    miss(name);
    return texts;
  }
  for (const json::value& one : found->get_array()) texts.emplace_back(text_of(&one));
  return texts;
}

}  // namespace doorstep::oracle
