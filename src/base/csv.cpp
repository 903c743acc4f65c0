#include "base/csv.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace doorstep::csv {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 16U;

/// Whether a field that holds `c` must be quoted.
bool asks_for_quotes(char c, char delimiter) {
  return c == delimiter || c == '\n' || c == '\r' || c == '"';
}

bool all_ascii(const char* at, const char* end) {
  unsigned char seen = 0;
  while (at != end) seen |= static_cast<unsigned char>(*at++);
  return seen < 0x80;
}

/// Where the first byte sequence that is not UTF-8 starts.
std::size_t first_invalid(std::string_view text) {
  std::size_t valid = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool at_start =
        at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (!at_start) continue;
    if (!text::valid_utf8(text.substr(valid, at - valid))) return valid;
    valid = at;
  }
  return valid;
}

}  // namespace

Source from_text(std::string_view text) {
  return [text](char* to, std::size_t size) mutable {
    const std::size_t count = std::min(size, text.size());
    if (count > 0) std::memcpy(to, text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

Reader::Reader(Source source, ReadOptions options)
    : source_(std::move(source)), options_(options), buffer_(chunk) {
  for (const char c : {options.delimiter, '\n', '\r', '"', '\0'}) {
    special_[static_cast<unsigned char>(c)] = true;
  }
}

/// More bytes behind those of the unfinished record, which move to the front.
void Reader::refill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
  // Filled whole, so that a source of small pieces does not have a long record read again for each.
  while (!ended_ && end_ < buffer_.size()) {
    const std::size_t count = source_(buffer_.data() + end_, buffer_.size() - end_);
    end_ += count;
    ended_ = count == 0;
  }
}

void Reader::skip_mark() {
  refill();
  const std::string_view head(buffer_.data(), end_);
  if (head.starts_with(byte_order_mark)) begin_ += byte_order_mark.size();
}

Result<bool> Reader::next() {
  if (failed_) return error_;
  if (!std::exchange(started_, true)) skip_mark();
  fields_.clear();
  while (true) {
    line_ = next_line_;
    const Scan found = begin_ == end_ && !ended_ ? Scan::more : scan();
    if (found == Scan::record) return true;
    if (found == Scan::fault) return error_;
    if (found == Scan::blank) {
      if (begin_ == end_ && ended_) return false;
      continue;
    }
    next_line_ = line_;  // the record is read again from its start, with more bytes
    if (end_ - begin_ > options_.record_bytes_max) {
      fail(line_, ErrorKind::too_large, "csv.record_too_long",
           "a record of more than " + std::to_string(options_.record_bytes_max) + " bytes");
      return error_;
    }
    refill();
  }
}

Reader::Scan Reader::scan() {
  ranges_.clear();
  std::size_t at = begin_;
  while (true) {
    const bool quoted = at < end_ && buffer_[at] == '"';
    const Scan field = quoted ? scan_quoted(at) : scan_plain(at);
    if (field != Scan::record) return field;
    if (ranges_.size() > options_.fields_max) {
      return fail(line_, ErrorKind::too_large, "csv.too_many_fields",
                  "more than " + std::to_string(options_.fields_max) + " fields");
    }
    if (at == end_) return ended_ ? finish(at) : Scan::more;
    if (buffer_[at] != options_.delimiter) return end_of_line(at);
    ++at;
  }
}

/// Reads an unquoted field up to the byte that ends it.
Reader::Scan Reader::scan_plain(std::size_t& at) {
  const std::size_t begin = at;
  while (at < end_ && !special_[static_cast<unsigned char>(buffer_[at])]) ++at;
  if (at < end_ && buffer_[at] == '"') {
    return fail(next_line_, ErrorKind::invalid, "csv.quote", "a quote inside an unquoted field");
  }
  if (at < end_ && buffer_[at] == '\0') {
    return fail(next_line_, ErrorKind::invalid, "csv.null_byte", "a null byte");
  }
  ranges_.push_back({begin, at, false});
  return Scan::record;
}

/// Reads a quoted field up to the byte behind its closing quote.
Reader::Scan Reader::scan_quoted(std::size_t& at) {
  const std::size_t opened_on = next_line_;
  const std::size_t begin = ++at;
  bool doubled = false;
  for (;; ++at) {
    if (at == end_) {
      if (!ended_) return Scan::more;
      return fail(opened_on, ErrorKind::invalid, "csv.unclosed_quote",
                  "a quote that is never closed");
    }
    if (buffer_[at] == '\n') ++next_line_;
    if (buffer_[at] == '\0') {
      return fail(next_line_, ErrorKind::invalid, "csv.null_byte", "a null byte");
    }
    if (buffer_[at] != '"') continue;
    if (at + 1 == end_ && !ended_) return Scan::more;
    if (at + 1 == end_ || buffer_[at + 1] != '"') break;
    doubled = true;
    ++at;
  }
  ranges_.push_back({begin, at, doubled});
  ++at;
  const bool ends =
      at == end_ || buffer_[at] == options_.delimiter || buffer_[at] == '\n' || buffer_[at] == '\r';
  if (ends) return Scan::record;
  return fail(next_line_, ErrorKind::invalid, "csv.quote", "text after a closing quote");
}

Reader::Scan Reader::end_of_line(std::size_t at) {
  if (buffer_[at] == '\r') {
    ++at;
    if (at == end_ && !ended_) return Scan::more;
    if (at == end_ || buffer_[at] != '\n') {
      return fail(next_line_, ErrorKind::invalid, "csv.carriage_return",
                  "a carriage return without a line feed");
    }
  }
  ++next_line_;
  return finish(at + 1);
}

/// The record is whole and the next starts at `end`: checks it and takes its fields.
Reader::Scan Reader::finish(std::size_t end) {
  const std::size_t begin = std::exchange(begin_, end);
  const bool empty = ranges_.size() == 1 && ranges_[0].begin == ranges_[0].end;
  if (empty && (begin == end || buffer_[begin] != '"')) return Scan::blank;
  if (end - begin > options_.record_bytes_max) {
    return fail(line_, ErrorKind::too_large, "csv.record_too_long",
                "a record of more than " + std::to_string(options_.record_bytes_max) + " bytes");
  }
  const std::string_view record(buffer_.data() + begin, end - begin);
  if (!all_ascii(record.begin(), record.end()) && !text::valid_utf8(record)) {
    const auto lines = std::ranges::count(record.substr(0, first_invalid(record)), '\n');
    return fail(line_ + static_cast<std::size_t>(lines), ErrorKind::invalid, "csv.not_utf8",
                "a byte that is not UTF-8");
  }
  if (width_ == 0) width_ = ranges_.size();
  if (options_.same_width && ranges_.size() != width_) {
    return fail(line_, ErrorKind::invalid, "csv.width",
                std::to_string(ranges_.size()) + " fields where the first line has " +
                    std::to_string(width_));
  }
  take_fields();
  return Scan::record;
}

void Reader::take_fields() {
  for (const Range& range : ranges_) {
    char* const begin = buffer_.data() + range.begin;
    char* end = buffer_.data() + range.end;
    if (range.doubled) {
      char* to = begin;
      for (const char* from = begin; from != end; ++from) {
        *to++ = *from;
        if (*from == '"') ++from;
      }
      end = to;
    }
    fields_.emplace_back(begin, static_cast<std::size_t>(end - begin));
  }
}

Reader::Scan Reader::fail(std::size_t line, ErrorKind kind, const char* code, std::string reason) {
  line_ = line;
  failed_ = true;
  fields_.clear();
  error_ = {kind, code, "line " + std::to_string(line) + ": " + std::move(reason)};
  return Scan::fault;
}

void append_record(std::string& out, std::span<const std::string_view> fields,
                   const WriteOptions& options) {
  bool first = true;
  for (const std::string_view field : fields) {
    if (!std::exchange(first, false)) out.push_back(options.delimiter);
    const bool formula = options.formula_safe && !field.empty() &&
                         std::string_view("=+-@\t\r").find(field[0]) != std::string_view::npos;
    const bool alone = fields.size() == 1 && field.empty();
    const bool special =
        std::ranges::any_of(field, [&](char c) { return asks_for_quotes(c, options.delimiter); });
    if (!special && !alone) {
      if (formula) out.push_back('\'');
      out += field;
      continue;
    }
    out.push_back('"');
    if (formula) out.push_back('\'');
    for (const char c : field) {
      if (c == '"') out.push_back('"');
      out.push_back(c);
    }
    out.push_back('"');
  }
  out += options.line_end;
}

void append_record(std::string& out, std::initializer_list<std::string_view> fields,
                   const WriteOptions& options) {
  append_record(out, std::span(fields.begin(), fields.size()), options);
}

}  // namespace doorstep::csv
