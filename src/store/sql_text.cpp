#include "store/sql_text.h"

#include <charconv>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

namespace doorstep::store {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

/// How many bytes at the start of `rest` are a literal, a quoted name or a comment; 0 when none.
std::size_t opaque(std::string_view rest) {
  if (rest.starts_with("--")) return std::min(rest.find('\n'), rest.size());
  if (rest[0] != '\'' && rest[0] != '"') return 0;
  // A doubled quote is two literals side by side, which copies the same.
  const auto end = rest.find(rest[0], 1);
  return end == std::string_view::npos ? rest.size() : end + 1;
}

/// The number after `$` at the start of `rest`, and how many bytes it takes; 0 bytes when none.
std::pair<std::size_t, std::size_t> parameter(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != '$' || !is_digit(rest[1])) return {0, 0};
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), number);
  if (error != std::errc{}) return {0, 0};
  return {number, static_cast<std::size_t>(end - rest.data())};
}

/// How many bytes come before the first of `marks`.
std::size_t before(std::string_view rest, std::string_view marks) {
  return std::min(rest.find_first_of(marks), rest.size());
}

/// Writes `sql` with every `$n` as `sign` and `n + shift`.
void renumber(std::string& out, std::string_view sql, char sign, std::size_t shift) {
  while (!sql.empty()) {
    if (const std::size_t plain = before(sql, "$'\"-"); plain > 0) {
      out.append(sql.substr(0, plain));
      sql.remove_prefix(plain);
      continue;
    }
    if (const std::size_t skip = opaque(sql); skip > 0) {
      out.append(sql.substr(0, skip));
      sql.remove_prefix(skip);
      continue;
    }
    if (const auto [number, length] = parameter(sql); length > 0) {
      fmt::format_to(std::back_inserter(out), "{}{}", sign, number + shift);
      sql.remove_prefix(length);
      continue;
    }
    out.push_back(sql[0]);
    sql.remove_prefix(1);
  }
}

const Relation& find(const Relations& relations, std::string_view name) {
  for (const Relation& relation : relations) {
    if (relation.name == name) return relation;
  }
  throw std::logic_error(fmt::format("no relation named {{{}}} was handed in", name));
}

}  // namespace

std::string expand_relations(std::string_view sql, const Relations& relations, Values& values) {
  std::string out;
  out.reserve(sql.size() + 256);
  std::map<const Relation*, std::size_t> shifts;
  while (!sql.empty()) {
    if (const std::size_t plain = before(sql, "{'\"-"); plain > 0) {
      out.append(sql.substr(0, plain));
      sql.remove_prefix(plain);
      continue;
    }
    if (const std::size_t skip = opaque(sql); skip > 0) {
      out.append(sql.substr(0, skip));
      sql.remove_prefix(skip);
      continue;
    }
    std::size_t length = 1;
    while (length < sql.size() && is_name(sql[length])) ++length;
    if (sql[0] != '{' || length < 2 || length >= sql.size() || sql[length] != '}') {
      out.push_back(sql[0]);
      sql.remove_prefix(1);
      continue;
    }
    const Relation& relation = find(relations, sql.substr(1, length - 1));
    const auto [at, first] = shifts.try_emplace(&relation, values.size());
    if (first) values.insert(values.end(), relation.values.begin(), relation.values.end());
    out.push_back('(');
    renumber(out, relation.sql, '$', at->second);
    out.push_back(')');
    sql.remove_prefix(length + 1);
  }
  return out;
}

std::string sqlite_parameters(std::string_view sql) {
  std::string out;
  out.reserve(sql.size());
  renumber(out, sql, '?', 0);
  return out;
}

}  // namespace doorstep::store
