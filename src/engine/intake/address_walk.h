#pragma once
/// \file Walk: reads one address part by part: 3栋2单元501, 12-1-302, 18号602室, Tower B room 12.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/intake/address.h"
#include "engine/intake/lexicon.h"
#include "engine/intake/numerals.h"

namespace doorstep::intake {

/// What the ending of a named place makes of it; lexicon/address.tsv.
enum class Suffix : std::uint32_t { strong, weak, road, part, admin, house };

/// Reads one address; a value that walks forward.
class Walk {
 public:
  Walk(const Folded& text, const Lexicon& lexicon, std::uint32_t from)
      : text_(text), lexicon_(lexicon), begin_(from), at_(from), end_(from) {}
  /// Numbered parts from here on; true when at least one was read.
  bool numbers();
  /// A named place that ends at `to`.
  void name(Suffix kind, std::uint32_t from, std::uint32_t to);
  void drop(std::uint32_t to);
  [[nodiscard]] std::uint32_t end() const { return end_; }
  [[nodiscard]] std::uint32_t next() const;
  [[nodiscard]] bool number_follows() const;
  Address address;
  float cost = 0.6F;
  int parts = 0;

 private:
  struct Token {
    std::uint32_t to = 0;
    std::string value;
    bool digits = false;
    std::size_t length = 0;
  };
  /// 12, 三, 十二, A, A2, 12A, 3甲.
  [[nodiscard]] std::optional<Token> number_at(std::uint32_t at) const;
  [[nodiscard]] bool starts(std::uint32_t at, std::u32string_view word) const {
    return intake::starts(text_, at, word);
  }
  void accept(std::string& field, const Token& token, std::uint32_t to, float price = 0.25F);
  [[nodiscard]] bool placed() const { return !address.road.empty() || !address.community.empty(); }
  [[nodiscard]] bool inside() const;
  bool next_part();
  bool part_at(std::uint32_t at);
  bool suffixed(const Token& token);
  bool house_number(const Token& token);
  /// a-b-c is building-unit-room, a-bbb building-room; behind a building b-ccc is unit-room.
  [[nodiscard]] bool behind_list_number(std::uint32_t at) const;
  bool dashed(std::uint32_t at, const Token& first);
  [[nodiscard]] std::uint32_t room_end(std::uint32_t to) const;
  /// A number that counts something is no room: 120斤. A name may begin like a measure word:
  /// 302张阿姨.
  [[nodiscard]] bool ends_number(std::uint32_t to) const;
  bool room_at(std::uint32_t at, bool marked);
  bool english_at(std::uint32_t at);
  [[nodiscard]] std::uint32_t skip(std::uint32_t at) const;
  const Folded& text_;
  const Lexicon& lexicon_;
  std::uint32_t begin_;
  std::uint32_t at_;
  std::uint32_t end_;
  bool lane_is_alley_ = false;  ///< The lane was written 巷, as in Taiwan, not 弄.
};

}  // namespace doorstep::intake
