#pragma once
/// \file Access needs (N25): what somebody cannot do, in which language they are spoken to, and what follows for the
/// channel and for who calls.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::registry {

/// ISO 639-3. Written Chinese is one; what is listed is what is spoken, and signed.
enum class Language : std::uint8_t {
  cmn,
  yue,
  hak,
  nan,
  wuu,
  hsn,
  gan,
  cdo,
  iii,
  bod,
  uig,
  mon,
  kor,
  eng,
  jpn,
  rus,
  fra,
  ara,
  vie,
  csl,
  other,
};

struct AccessNeeds {
  bool cannot_read = false;
  bool cannot_hear = false;
  bool cannot_see = false;
  Language language = Language::cmn;

  void fields(auto& f) {
    f("cannot_read", cannot_read, api::Class::door);
    f("cannot_hear", cannot_hear, api::Class::door);
    f("cannot_see", cannot_see, api::Class::door);
    f("language", language, api::Class::door);
  }
};

/// How somebody of the staff reaches them.
enum class Way : std::uint8_t {
  phone,
  video,    ///< They sign.
  message,  ///< They do not hear, and read.
  visit,
};

/// Pure. Who does not hear is not telephoned: signed to by video, written to, else visited.
[[nodiscard]] Way way_to_reach(const AccessNeeds& needs);

/// Of a household; all false and Mandarin where nothing was said.
[[nodiscard]] AccessNeeds access_needs_of(store::Snapshot& db, Id<access::Community> community,
                                          Id<access::Household> household);

/// "hak yue" of an account: whether it holds the language. Mandarin everybody speaks.
[[nodiscard]] bool speaks(std::string_view languages, Language language);

/// Sorted, each once, without Mandarin, as it is kept.
[[nodiscard]] std::string languages_text(const std::vector<Language>& languages);
[[nodiscard]] std::vector<Language> languages_from(std::string_view text);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::Language> {
  static constexpr std::array<std::string_view, 21> words{
      "cmn", "yue", "hak", "nan", "wuu", "hsn", "gan", "cdo", "iii", "bod",  "uig",
      "mon", "kor", "eng", "jpn", "rus", "fra", "ara", "vie", "csl", "other"};
};
template <>
struct doorstep::api::Choices<doorstep::registry::Way> {
  static constexpr std::array<std::string_view, 4> words{"phone", "video", "message", "visit"};
};
