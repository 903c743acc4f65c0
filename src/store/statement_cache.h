#pragma once
/// \file StatementCache: prepared statements of one connection by their text, the least recently
/// used thrown out.

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace doorstep::store {

template <class Statement>
class StatementCache {
 public:
  explicit StatementCache(std::size_t limit) : limit_(limit) {}

  /// The statement for `text`, or null. Stays valid until the next add() or clear().
  Statement* find(std::string_view text) {
    const auto found = index_.find(text);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->statement;
  }

  /// Adds a statement that find() did not have. `evicted` is called with one that had to go.
  template <class Evicted>
  Statement& add(std::string_view text, Statement statement, const Evicted& evicted) {
    if (index_.size() >= limit_) {
      evicted(entries_.back().statement);
      index_.erase(entries_.back().text);
      entries_.pop_back();
    }
    entries_.push_front({std::string{text}, std::move(statement)});
    index_.emplace(entries_.front().text, entries_.begin());
    return entries_.front().statement;
  }

  void remove(std::string_view text) {
    const auto found = index_.find(text);
    if (found == index_.end()) return;
    const auto entry = found->second;  // Owns the text that the index refers to.
    index_.erase(found);
    entries_.erase(entry);
  }

  void clear() {
    index_.clear();
    entries_.clear();
  }

 private:
  struct Entry {
    std::string text;
    Statement statement;
  };
  std::size_t limit_;
  std::list<Entry> entries_;
  std::unordered_map<std::string_view, typename std::list<Entry>::iterator> index_;
};

}  // namespace doorstep::store
