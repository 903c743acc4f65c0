#include "care/delivery/kinds.h"

#include <fmt/format.h>

namespace doorstep::delivery {

Result<std::optional<GoodsKind>> kind_of_words(const RulePack& rules, std::string_view words) {
  for (std::size_t at = 0; at < rules.count("delivery.keywords"); ++at) {
    const std::string key = fmt::format("delivery.keywords[{}].", at);
    for (const std::string& word : TRY(rules.strings(key + "words"))) {
      if (words.find(word) == std::string_view::npos) continue;
      const auto kind = api::from_word<Class>(TRY(rules.string(key + "class")));
      const auto goods = api::from_word<Goods>(TRY(rules.string(key + "goods")));
      if (!kind || !goods) return Error{ErrorKind::invalid, "rules.wrong_type", key};
      return std::optional(GoodsKind{*kind, *goods});
    }
  }
  return std::optional<GoodsKind>{};
}

}  // namespace doorstep::delivery
