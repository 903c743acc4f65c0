#pragma once
/// \file Members of a JSON object, read with their ranges; what is wrong is named by its path.

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/time.h"
#include "engine/routing/model.h"

namespace doorstep::app {

namespace json = boost::json;
using routing::Time;

struct Fault {
  std::string where;  ///< The member's path.
  std::string what;
};

/// Reads members of one object; the first thing wrong is kept and the rest goes on with defaults.
class Members {
 public:
  Members(const json::object& object, std::string where, Fault& fault)
      : object_(object), where_(std::move(where)), fault_(fault) {}

  void text(const char* key, std::string& out) {
    if (const auto* v = find(key)) {
      if (v->is_string()) {
        out = json::value_to<std::string>(*v);
      } else {
        wrong(key, "is not a string");
      }
    }
  }
  void yes(const char* key, bool& out) {
    if (const auto* v = find(key)) {
      if (v->is_bool()) {
        out = v->as_bool();
      } else {
        wrong(key, "is not true or false");
      }
    }
  }
  void number(const char* key, double& out) {
    if (const auto* v = find(key)) {
      if (!v->is_number()) return wrong(key, "is not a number");
      const double value = v->to_number<double>();
      if (!(std::abs(value) <= 1e8)) return wrong(key, "is out of range");
      out = value;
    }
  }
  /// A number times `scale`, rounded; not negative.
  template <class Integer>
  void scaled(const char* key, double scale, Integer& out) {
    double value = -1;
    number(key, value);
    if (find(key) == nullptr || !fault_.what.empty()) return;
    if (value < 0 || value * scale > 1e9) return wrong(key, "is out of range");
    out = static_cast<Integer>(std::llround(value * scale));
  }
  /// "HH:MM" as milliseconds; "24:00" is the day's end.
  void clock(const char* key, Time& out) {
    std::string value;
    text(key, value);
    if (value.empty()) return;
    if (value == "24:00") {
      out = 24 * 3'600'000;
      return;
    }
    const auto minutes = time_of_day_from_text(value);
    if (!minutes) return wrong(key, "is not HH:MM");
    out = static_cast<Time>(minutes->count() * 60'000);
  }
  void texts(const char* key, std::vector<std::string>& out) {
    each(key, [&](const json::value& v, const std::string& where) {
      if (v.is_string()) {
        out.push_back(json::value_to<std::string>(v));
      } else {
        wrong_at(where, "is not a string");
      }
    });
  }
  template <class Work>
  void objects(const char* key, Work work) {
    each(key, [&](const json::value& v, const std::string& where) {
      if (!v.is_object()) return wrong_at(where, "is not an object");
      Members reader(v.as_object(), where, fault_);
      work(reader);
      reader.no_others();
    });
  }
  template <class Work>
  void object(const char* key, Work work) {
    const auto* v = find(key);
    if (v == nullptr) return;
    if (!v->is_object()) return wrong(key, "is not an object");
    Members reader(v->as_object(), path(key), fault_);
    work(reader);
    reader.no_others();
  }
  template <class Work>
  void each(const char* key, Work work) {
    const auto* v = find(key);
    if (v == nullptr) return;
    if (!v->is_array()) return wrong(key, "is not an array");
    std::size_t i = 0;
    for (const auto& item : v->as_array()) work(item, fmt::format("{}[{}]", path(key), i++));
  }
  /// A misspelt key must not be ignored in silence.
  void no_others() {
    for (const auto& member : object_) {
      const std::string key{member.key()};
      if (!known_.contains(key)) wrong(key.c_str(), "is not known");
    }
  }

 private:
  const json::value* find(const char* key) {
    known_.emplace(key, true);
    return object_.if_contains(key);
  }
  [[nodiscard]] std::string path(const char* key) const {
    return where_.empty() ? key : where_ + "." + key;
  }
  void wrong(const char* key, const char* what) { wrong_at(path(key), what); }
  void wrong_at(const std::string& where, const char* what) {
    if (fault_.what.empty()) fault_ = {where, what};
  }

  const json::object& object_;
  std::string where_;
  Fault& fault_;
  std::map<std::string, bool> known_;
};

}  // namespace doorstep::app
