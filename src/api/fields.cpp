#include "api/fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace doorstep::api {

namespace json = boost::json;

struct Reader::Document {
  json::value root;
  std::vector<std::pair<std::string, std::string>> parameters;
  /// From the root to where we are; the last may be a parameter.
  struct Place {
    const json::value* value = nullptr;
    const std::string* parameter = nullptr;
    std::string name;
  };
  std::vector<Place> path;
  std::optional<Error> error;
  /// How many members were asked for, per open object.
  std::vector<std::size_t> taken;

  [[nodiscard]] std::string path_text() const {
    std::string text;
    for (const Place& place : path) {
      if (place.name.empty()) continue;
      if (!text.empty()) text += '.';
      text += place.name;
    }
    return text;
  }
  Place& at() { return path.back(); }
};

namespace {

constexpr std::size_t depth_max = 16;

json::value parse(std::string_view text, std::optional<Error>& error) {
  if (text.empty()) return json::object{};
  json::parse_options options;
  options.max_depth = depth_max;
  boost::system::error_code failed;
  json::value value = json::parse({text.data(), text.size()}, failed, {}, options);
  if (!failed && value.is_object()) return value;
  error = Error{ErrorKind::invalid, "body.not_json"};
  return json::object{};
}

}  // namespace

Reader::Reader(std::string_view text, std::vector<std::pair<std::string, std::string>> parameters)
    : document_(std::make_unique<Document>()) {
  document_->root = parse(text, document_->error);
  document_->parameters = std::move(parameters);
  document_->path.push_back({&document_->root, nullptr, ""});
  document_->taken.push_back(0);
}

Reader::~Reader() = default;

Result<void> Reader::finish() {
  Document& d = *document_;
  if (d.error) return *d.error;
  if (d.taken.back() < d.root.get_object().size()) {
    return Error{ErrorKind::invalid, "body.unknown_field"};
  }
  return {};
}

bool Reader::enter(std::string_view name) {
  Document& d = *document_;
  if (d.path.size() == 1) {
    for (const auto& [key, text] : d.parameters) {
      if (key != name) continue;
      d.path.push_back({nullptr, &text, std::string(name)});
      return true;
    }
  }
  const json::object& object = d.at().value->get_object();
  const json::value* member = object.if_contains({name.data(), name.size()});
  if (member == nullptr) return false;
  ++d.taken.back();
  d.path.push_back({member, nullptr, std::string(name)});
  return true;
}

bool Reader::enter(std::size_t element) {
  Document& d = *document_;
  if (d.error) return false;
  d.path.push_back({&d.at().value->get_array()[element], nullptr, std::to_string(element)});
  return true;
}

void Reader::leave() {
  document_->path.pop_back();
}

bool Reader::begin_object() {
  Document& d = *document_;
  if (d.path.size() > 1 && (d.at().value == nullptr || !d.at().value->is_object())) {
    wrong("an object");
    return false;
  }
  if (d.path.size() > 1) d.taken.push_back(0);
  return true;
}

void Reader::end_object() {
  Document& d = *document_;
  if (d.path.size() == 1) return;
  if (!d.error && d.taken.back() < d.at().value->get_object().size()) {
    d.error = Error{ErrorKind::invalid, "body.unknown_field", d.path_text()};
  }
  d.taken.pop_back();
}

std::size_t Reader::list_size() {
  Document& d = *document_;
  if (d.at().value != nullptr && d.at().value->is_array()) return d.at().value->get_array().size();
  wrong("a list");
  return 0;
}

bool Reader::is_null() const {
  const auto& at = document_->at();
  return at.value != nullptr ? at.value->is_null() : at.parameter->empty();
}

void Reader::missing(std::string_view name) {
  Document& d = *document_;
  if (d.error) return;
  std::string path = d.path_text();
  if (!path.empty()) path += '.';
  d.error = Error{ErrorKind::invalid, "field." + path + std::string(name), "missing"};
}

void Reader::wrong(std::string_view expected) {
  Document& d = *document_;
  if (!d.error) {
    d.error =
        Error{ErrorKind::invalid, "field." + d.path_text(), "expected " + std::string(expected)};
  }
}

void Reader::read(bool& value) {
  const auto& at = document_->at();
  if (at.value != nullptr && at.value->is_bool()) {
    value = at.value->get_bool();
  } else if (at.parameter != nullptr && (*at.parameter == "true" || *at.parameter == "1")) {
    value = true;
  } else if (at.parameter != nullptr && (*at.parameter == "false" || *at.parameter == "0")) {
    value = false;
  } else {
    wrong("true or false");
  }
}

void Reader::read(std::int64_t& value) {
  const auto& at = document_->at();
  if (at.value != nullptr && at.value->is_int64()) {
    value = at.value->get_int64();
    return;
  }
  if (at.parameter != nullptr) {
    const std::string& text = *at.parameter;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return;
  }
  wrong("a whole number");
}

void Reader::read(double& value) {
  const auto& at = document_->at();
  if (at.value != nullptr && at.value->is_number()) {
    value = at.value->to_number<double>();
    return;
  }
  if (at.parameter != nullptr) {
    const std::string& text = *at.parameter;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return;
  }
  wrong("a number");
}

void Reader::read(std::string& value) {
  const auto& at = document_->at();
  if (at.parameter != nullptr) {
    value = *at.parameter;
    // The JSON parser has checked the body; nobody has checked what was percent-encoded.
    if (!text::valid_utf8(value)) wrong("text in UTF-8");
  } else if (at.value->is_string()) {
    const json::string& text = at.value->get_string();
    value.assign(text.data(), text.size());
  } else {
    wrong("text");
    return;
  }
  // PostgreSQL cannot store it, no keyboard types it, and it hides the rest of a line.
  if (value.find('\0') != std::string::npos) wrong("text without NUL");
}

void Reader::read(Instant& value) {
  std::string text;
  read(text);
  const auto found = instant_from_text(text);
  if (found) {
    value = *found;
  } else {
    wrong("an instant such as 2022-11-28T01:12:00Z");
  }
}

void Reader::read(Day& value) {
  std::string text;
  read(text);
  const auto found = day_from_text(text);
  if (found) {
    value = *found;
  } else {
    wrong("a day such as 2022-11-28");
  }
}

void Reader::read(Celsius& value) {
  double degrees = 0;
  read(degrees);
  const double tenths = degrees * 10;
  if (!std::isfinite(tenths) || std::abs(tenths) > 1e6 ||
      std::abs(tenths - std::round(tenths)) > 1e-6) {
    wrong("degrees with one decimal");
    return;
  }
  value = Celsius{std::llround(tenths)};
}

std::int64_t Reader::read_id() {
  std::string text;
  read(text);
  const auto found = id_from_text(text);
  if (!found || *found == 0) wrong("an id of 13 characters");
  return found.value_or(0);
}

void Writer::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

void Writer::open(char bracket) {
  out_ += bracket;
  first_ = true;
}

void Writer::close(char bracket) {
  out_ += bracket;
  first_ = false;
}

void Writer::key(std::string_view name) {
  separate();
  text(name);
  out_ += ':';
}

void Writer::text(std::string_view value) {
  out_ += '"';
  for (const char c : value) {
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out_ += c;
        }
    }
  }
  out_ += '"';
}

void Writer::write(std::int64_t value) {
  out_ += fmt::format_int(value).str();
}

void Writer::write(double value) {
  out_ += std::isfinite(value) ? fmt::format("{}", value) : "null";
}

void Writer::write(Celsius value) {
  const std::int64_t tenths = value.value();
  out_ +=
      fmt::format("{}{}.{}", tenths < 0 ? "-" : "", std::abs(tenths) / 10, std::abs(tenths) % 10);
}

}  // namespace doorstep::api
