#include "care/rights/consent.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace doorstep::rights {

Result<std::vector<ConsentText>> consent_texts(const RulePack& rules) {
  std::vector<ConsentText> all;
  for (std::size_t at = 0; at < rules.count("rights.consents"); ++at) {
    const std::string key = fmt::format("rights.consents[{}].", at);
    ConsentText one;
    one.purpose = TRY(rules.string(key + "purpose"));
    one.version = TRY(rules.integer(key + "version"));
    one.text = TRY(rules.string(key + "text"));
    one.hash = to_hex(blake2b(one.text));
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace doorstep::rights
