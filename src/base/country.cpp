#include "base/country.h"

#include <array>
#include <map>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace doorstep {
namespace {

using Codes = std::map<std::string, std::string, std::less<>>;

/// So that both scripts and any case agree.
std::string plain(std::string_view name) {
  std::string key = text::simplified(text::fold(name));
  std::erase(key, ' ');
  return key;
}

const Codes& codes() {
  static const Codes all = [] {
    Codes made;
    const std::array languages{icu::Locale("zh", "CN"), icu::Locale("zh", "TW"), icu::Locale("en")};
    for (const char* const* two = icu::Locale::getISOCountries(); *two != nullptr; ++two) {
      const icu::Locale country("", *two);
      const std::string three = country.getISO3Country();
      const std::string code = three == "DEU" ? "D" : three;
      for (const std::string_view known : {std::string_view(*two), std::string_view(three)}) {
        made.emplace(plain(known), code);
      }
      for (const icu::Locale& language : languages) {
        icu::UnicodeString shown;
        country.getDisplayCountry(language, shown);
        std::string name;
        shown.toUTF8String(name);
        made.emplace(plain(name), code);
      }
    }
    for (const auto& [name, code] : {std::pair{"d", "D"},
                                     {"香港", "HKG"},
                                     {"中国香港", "HKG"},
                                     {"澳门", "MAC"},
                                     {"中国澳门", "MAC"},
                                     {"中国台湾", "TWN"},
                                     {"中华人民共和国", "CHN"}}) {
      made.insert_or_assign(name, code);
    }
    return made;
  }();
  return all;
}

}  // namespace

std::optional<std::string> issuer_code(std::string_view name) {
  const auto found = codes().find(plain(name));
  if (found == codes().end()) return std::nullopt;
  return found->second;
}

}  // namespace doorstep
