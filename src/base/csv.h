#pragma once
/// \file CSV (RFC 4180) in and out: strict, streaming, with the line of every fault.
///
///     csv::Reader reader(csv::from_text(upload));
///     while (TRY(reader.next())) {
///       use(reader.line(), reader.fields());
///     }
///
/// Read: UTF-8 with or without a byte order mark, lines ended by LF or CRLF, the last one perhaps
/// by neither, quoted fields with delimiters, line breaks and doubled quotes. A line with nothing
/// on it is skipped and counted. Whatever else differs from the RFC is a fault, since a guess about
/// a person's row is worse than a question about the file. Source: RFC 4180, section 2.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace doorstep::csv {

/// Writes up to `size` bytes to `to` and says how many; 0 at the end of the input.
using Source = std::function<std::size_t(char* to, std::size_t size)>;

/// Reads from memory. Requires that `text` outlives the reader.
[[nodiscard]] Source from_text(std::string_view text);

struct ReadOptions {
  char delimiter = ',';
  bool same_width = true;  ///< Every record has as many fields as the first.
  std::size_t record_bytes_max = std::size_t{1} << 20U;
  std::size_t fields_max = 4096;
};

/// One pass over the records of a file. Memory: the longest record, at least 64 KiB.
class Reader {
 public:
  explicit Reader(Source source, ReadOptions options = {});

  /// Goes to the next record; false at the end. After a fault the same fault is answered again.
  /// Errors: invalid, with the hint "line N: reason" (lines count from 1; a fault inside a quoted
  /// field is on its own line, a missing closing quote on the line of the opening one) and code
  /// "csv.quote" (a quote inside an unquoted field, or anything after a closing one),
  /// "csv.unclosed_quote", "csv.carriage_return" (without line feed), "csv.null_byte",
  /// "csv.not_utf8", "csv.width" (not as many fields as the first record);
  /// too_large "csv.record_too_long", "csv.too_many_fields".
  Result<bool> next();

  /// The fields of this record, unquoted. Valid until next().
  [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }

  /// The line on which this record starts, or the line of the fault.
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  struct Range {
    std::size_t begin;
    std::size_t end;
    bool doubled;  ///< Holds doubled quotes, to be halved once the record is whole.
  };
  enum class Scan : std::uint8_t { record, blank, more, fault };

  void refill();
  Scan scan();
  Scan scan_quoted(std::size_t& at);
  Scan scan_plain(std::size_t& at);
  Scan end_of_line(std::size_t at);
  Scan finish(std::size_t end);
  Scan fail(std::size_t line, ErrorKind kind, const char* code, std::string reason);
  void take_fields();
  void skip_mark();

  Source source_;
  ReadOptions options_;
  std::array<bool, 256> special_{};  ///< Bytes that end a run of plain ones.
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  ///< Where the record being read starts in buffer_.
  std::size_t end_ = 0;    ///< Where the bytes read so far end.
  bool ended_ = false;     ///< The source has no more.
  bool started_ = false;
  std::size_t width_ = 0;      ///< Fields of the first record.
  std::size_t line_ = 1;       ///< Of the record's start.
  std::size_t next_line_ = 1;  ///< Of the byte being read.
  std::vector<Range> ranges_;
  std::vector<std::string_view> fields_;
  Error error_;
  bool failed_ = false;
};

struct WriteOptions {
  char delimiter = ',';
  std::string_view line_end = "\r\n";
  /// Puts ' before a field that a spreadsheet would run as a formula (= + - @, tab, CR first).
  bool formula_safe = false;
};

/// The byte order mark that tells a spreadsheet that the file is UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Appends one record. A field is quoted where the RFC asks for it, and a record of one empty field
/// is written as "" so that it is not read as an empty line.
void append_record(std::string& out, std::span<const std::string_view> fields,
                   const WriteOptions& options = {});
void append_record(std::string& out, std::initializer_list<std::string_view> fields,
                   const WriteOptions& options = {});

}  // namespace doorstep::csv
