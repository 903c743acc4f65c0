#include "engine/linkage/schema.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "base/toml.h"

namespace doorstep::linkage {
namespace {

constexpr auto kinds = std::to_array<std::pair<std::string_view, Kind>>({
    {"full_name", Kind::full_name},
    {"given_name", Kind::given_name},
    {"family_name", Kind::family_name},
    {"category", Kind::category},
    {"identifier", Kind::identifier},
    {"date", Kind::date},
    {"phone", Kind::phone},
    {"email", Kind::email},
    {"address", Kind::address},
    {"house_number", Kind::house_number},
    {"street", Kind::street},
    {"locality", Kind::locality},
    {"postcode", Kind::postcode},
    {"text", Kind::text},
    {"ignore", Kind::ignore},
});

/// Headers as lists of people carry them, folded, with spaces and underscores taken out.
constexpr auto headers = std::to_array<std::pair<std::string_view, Kind>>({
    {"name", Kind::full_name},
    {"fullname", Kind::full_name},
    {"姓名", Kind::full_name},
    {"名字", Kind::full_name},
    {"人员姓名", Kind::full_name},
    {"givenname", Kind::given_name},
    {"firstname", Kind::given_name},
    {"名", Kind::given_name},
    {"surname", Kind::family_name},
    {"familyname", Kind::family_name},
    {"lastname", Kind::family_name},
    {"姓", Kind::family_name},
    {"sex", Kind::category},
    {"gender", Kind::category},
    {"性别", Kind::category},
    {"idnumber", Kind::identifier},
    {"idno", Kind::identifier},
    {"idcard", Kind::identifier},
    {"身份证", Kind::identifier},
    {"身份证号", Kind::identifier},
    {"身份证号码", Kind::identifier},
    {"证件号", Kind::identifier},
    {"证件号码", Kind::identifier},
    {"公民身份号码", Kind::identifier},
    {"passport", Kind::identifier},
    {"护照号", Kind::identifier},
    {"dob", Kind::date},
    {"dateofbirth", Kind::date},
    {"birthdate", Kind::date},
    {"birthday", Kind::date},
    {"出生日期", Kind::date},
    {"出生年月", Kind::date},
    {"出生年月日", Kind::date},
    {"生日", Kind::date},
    {"phone", Kind::phone},
    {"mobile", Kind::phone},
    {"telephone", Kind::phone},
    {"phonenumber", Kind::phone},
    {"电话", Kind::phone},
    {"手机", Kind::phone},
    {"手机号", Kind::phone},
    {"手机号码", Kind::phone},
    {"电话号码", Kind::phone},
    {"联系电话", Kind::phone},
    {"联系方式", Kind::phone},
    {"email", Kind::email},
    {"邮箱", Kind::email},
    {"电子邮箱", Kind::email},
    {"address", Kind::address},
    {"地址", Kind::address},
    {"住址", Kind::address},
    {"家庭住址", Kind::address},
    {"居住地址", Kind::address},
    {"现住址", Kind::address},
    {"详细地址", Kind::address},
    {"现居住地", Kind::address},
    {"streetnumber", Kind::house_number},
    {"housenumber", Kind::house_number},
    {"street", Kind::street},
    {"suburb", Kind::locality},
    {"city", Kind::locality},
    {"town", Kind::locality},
    {"postcode", Kind::postcode},
    {"zip", Kind::postcode},
    {"邮编", Kind::postcode},
    {"state", Kind::category},
});

std::string plain_header(std::string_view header) {
  std::string out;
  for (const char c : text::fold(text::trim(header))) {
    if (c != ' ' && c != '_' && c != '-') out.push_back(c);
  }
  return out;
}

Error schema_error(const toml::source_region& at, std::string_view reason) {
  return {ErrorKind::invalid, "linkage.schema", fmt::format("line {}: {}", at.begin.line, reason)};
}

struct Named {
  std::string name;
  Kind kind = Kind::ignore;
  int index = -1;
};

/// The compared columns of a file, without the first, which is its id.
std::vector<Named> compared(std::span<const Column> schema, std::span<const std::string> header) {
  std::vector<Named> out;
  for (std::size_t at = 1; at < header.size(); ++at) {
    std::optional<Kind> kind = schema.empty() ? kind_of_header(header[at]) : std::nullopt;
    for (const Column& column : schema) {
      if (column.name == text::trim(header[at])) kind = column.kind;
    }
    if (kind && *kind != Kind::ignore) {
      out.push_back({plain_header(header[at]), *kind, static_cast<int>(at)});
    }
  }
  return out;
}

}  // namespace

std::optional<Kind> kind_from_text(std::string_view text) {
  for (const auto& [name, kind] : kinds) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

std::string_view to_text(Kind kind) {
  for (const auto& [name, one] : kinds) {
    if (one == kind) return name;
  }
  return "ignore";
}

Result<std::vector<Column>> schema_from_toml(std::string_view toml) {
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& problem) {
    return schema_error(problem.source(), problem.description());
  }
  const toml::table* columns = root["columns"].as_table();
  if (columns == nullptr) return schema_error(root.source(), "there is no table [columns]");
  std::vector<Column> out;
  bool any = false;
  for (const auto& [key, node] : *columns) {
    const auto text = node.value_exact<std::string>();
    const auto kind = text ? kind_from_text(*text) : std::nullopt;
    if (!kind) {
      return schema_error(node.source(),
                          fmt::format("column \"{}\" needs one of the kinds full_name, "
                                      "given_name, family_name, category, identifier, "
                                      "date, phone, email, address, house_number, "
                                      "street, locality, postcode, text, ignore",
                                      key.str()));
    }
    any |= *kind != Kind::ignore;
    out.push_back({std::string{key.str()}, *kind});
  }
  if (!any) return schema_error(columns->source(), "no column is compared");
  return out;
}

std::optional<Kind> kind_of_header(std::string_view header) {
  const std::string plain = plain_header(header);
  for (const auto& [name, kind] : headers) {
    if (name == plain) return kind;
  }
  return std::nullopt;
}

std::vector<Slot> line_up(std::span<const Column> schema, std::span<const std::string> left,
                          std::span<const std::string> right) {
  const std::vector<Named> ours = compared(schema, left);
  std::vector<Named> theirs = compared(schema, right);
  std::vector<Slot> slots;
  for (const Named& one : ours) slots.push_back({one.name, one.kind, one.index, -1});
  const auto take = [&](bool by_name) {
    for (Slot& slot : slots) {
      for (Named& other : theirs) {
        const bool fits = other.kind == slot.kind && (!by_name || other.name == slot.name);
        if (slot.right >= 0 || other.index < 0 || !fits) continue;
        slot.right = std::exchange(other.index, -1);
      }
    }
  };
  take(true);
  take(false);
  std::erase_if(slots, [](const Slot& slot) { return slot.right < 0; });
  return slots;
}

}  // namespace doorstep::linkage
