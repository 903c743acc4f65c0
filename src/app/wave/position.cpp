#include "app/wave/position.h"

#include <algorithm>
#include <charconv>

namespace doorstep::app {

namespace {

/// Walks through JSON that a parser has already found valid: nothing is checked but the end.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  /// Follows the path from the document's value on; the offset of what it names.
  std::size_t follow(std::string_view path) {
    blanks();
    std::size_t found = at_;
    while (!path.empty()) {
      const bool item = path.front() == '[';
      if (!(item ? enter_item(path) : enter_member(path, found))) break;
      if (item) found = at_;
    }
    return found;
  }

 private:
  /// Strips `[N]` off the path and goes to that item.
  bool enter_item(std::string_view& path) {
    std::size_t left = 0;
    const char* end = std::from_chars(path.data() + 1, path.data() + path.size(), left).ptr;
    path.remove_prefix(
        std::min(path.size(), static_cast<std::size_t>(end - path.data()) + std::size_t{1}));
    if (!take('[')) return false;
    for (; left > 0; --left) {
      value();
      if (!take(',')) return false;
    }
    blanks();
    return peek() != ']';
  }

  /// Strips a key off the path and goes to its value; `key_at` becomes where the key stands. Keys may
  /// hold what a path is divided by, so the member is the one whose key the path begins with.
  bool enter_member(std::string_view& path, std::size_t& key_at) {
    if (path.front() == '.') path.remove_prefix(1);
    if (!take('{')) return false;
    for (blanks(); peek() == '"'; blanks()) {
      const std::size_t from = at_;
      value();
      const std::string_view key = text_.substr(from + 1, at_ - from - 2);
      take(':');
      const std::string_view rest = path.substr(std::min(key.size(), path.size()));
      const bool ends = rest.empty() || rest.front() == '.' || rest.front() == '[';
      if (path.starts_with(key) && ends) {
        blanks();
        key_at = from;
        path = rest;
        return true;
      }
      value();
      if (!take(',')) return false;
    }
    return false;
  }

  /// Over one value, whatever it holds.
  void value() {
    blanks();
    std::size_t depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        text();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        --depth;
        ++at_;
      } else if (depth > 0) {
        ++at_;
      } else {
        at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
      }
    } while (depth > 0 && at_ < text_.size());
  }
  void text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }
  bool take(char c) {
    blanks();
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

TextPosition position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto newline = before.rfind('\n');
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  return {1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          1 + before.size() - start};
}

TextPosition position_of_member(std::string_view text, std::string_view path) {
  return position_of(text, Walker(text).follow(path));
}

}  // namespace doorstep::app
