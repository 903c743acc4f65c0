#include "care/registry/bulk.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/check.h"

namespace doorstep::registry {
namespace {

/// Sizes of statements. The largest times the widest table stays far below both engines' limit of
/// parameters (32,766 and 65,535).
constexpr std::array<std::size_t, 3> sizes{100, 10, 1};

std::string parameters(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    if (at > 0) text += ", ";
    text += '$';
    text += std::to_string(first + at);
  }
  return text;
}

/// An order for keys of one type: numbers, texts or bytes.
bool before(const store::Value& a, const store::Value& b) {
  if (const auto* text = std::get_if<std::string>(&a.kind())) {
    return *text < std::get<std::string>(b.kind());
  }
  if (const auto* bytes = std::get_if<store::Bytes>(&a.kind())) {
    return bytes->data < std::get<store::Bytes>(b.kind()).data;
  }
  return std::get<std::int64_t>(a.kind()) < std::get<std::int64_t>(b.kind());
}

}  // namespace

BulkInsert::BulkInsert(store::Transaction& tx, std::string_view head, std::string_view tail)
    : tx_(tx), head_(head), tail_(tail) {}

void BulkInsert::add(store::Values row) {
  if (width_ == 0) width_ = row.size();
  CHECK(row.size() == width_ && width_ > 0);
  waiting_.insert(waiting_.end(), std::make_move_iterator(row.begin()),
                  std::make_move_iterator(row.end()));
  if (++rows_ == sizes.front()) insert(0);
}

void BulkInsert::flush() {
  for (std::size_t size = 0; size < sizes.size(); ++size) {
    while (rows_ >= sizes.at(size)) insert(size);
  }
}

/// The statement of `sizes[size]` rows.
const std::string& BulkInsert::text(std::size_t size) {
  std::string& sql = texts_.at(size);
  if (!sql.empty()) return sql;
  sql = head_ + " VALUES ";
  for (std::size_t row = 0; row < sizes.at(size); ++row) {
    sql += row > 0 ? ", (" : "(";
    sql += parameters(row * width_ + 1, width_);
    sql += ')';
  }
  if (!tail_.empty()) sql += ' ' + tail_;
  return sql;
}

void BulkInsert::insert(std::size_t size) {
  const std::size_t rows = sizes.at(size);
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(rows * width_);
  const store::Values taken(std::make_move_iterator(waiting_.begin()),
                            std::make_move_iterator(end));
  waiting_.erase(waiting_.begin(), end);
  rows_ -= rows;
  tx_.post(text(size), taken);
}

void query_in(store::Snapshot& db, std::string_view sql, const store::Values& values,
              std::vector<store::Value> keys, const std::function<void(const store::Row&)>& visit) {
  std::ranges::sort(keys, before);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  const std::string_view mark = "{keys}";
  const std::size_t at = sql.find(mark);
  CHECK(at != std::string_view::npos);
  std::size_t done = 0;
  while (done < keys.size()) {
    const std::size_t left = keys.size() - done;
    const std::size_t size = left > sizes[1] ? sizes[0] : left > 1 ? sizes[1] : 1;
    const std::size_t taken = std::min(size, left);
    store::Values all = values;
    // A short list is filled up with its last key, so that its statement has one of few sizes.
    for (std::size_t n = 0; n < size; ++n) all.push_back(keys[done + std::min(n, taken - 1)]);
    std::string text(sql.substr(0, at));
    text += parameters(values.size() + 1, size);
    text += sql.substr(at + mark.size());
    for (const store::Row& row : db.query(text, all)) visit(row);
    done += taken;
  }
}

}  // namespace doorstep::registry
