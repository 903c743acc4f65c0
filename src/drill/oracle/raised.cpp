#include "drill/oracle/raised.h"

#include <fmt/format.h>

#include "base/id.h"
#include "drill/oracle/members.h"

namespace doorstep::oracle {

std::vector<store::Sealed> unfolded(const store::Sealed& sealed) {
  if (sealed.entry.kind != "duties.raised") return {sealed};
  Members data(sealed.entry.data);
  const auto duties = data.ids("duties");
  const auto on = data.ids("on");
  const auto below = data.texts("below");
  const std::string shared =
      fmt::format(R"("kind":"{}","level":"{}","owner":"{}","next":"{}")", data.text("kind"),
                  data.text("level"), data.text("owner"), data.text("next"));
  if (!data.missing().empty() || duties.empty() || on.size() != duties.size() ||
      below.size() != duties.size()) {
    return {sealed};
  }
  std::vector<store::Sealed> singles;
  singles.reserve(duties.size());
  for (std::size_t at = 0; at < duties.size(); ++at) {
    store::Sealed one = sealed;
    one.entry.kind = "duty.raised";
    one.entry.subject = duties[at];
    one.entry.path = sealed.entry.path + below[at];
    one.entry.data = fmt::format(R"({{{},"on":"{}"}})", shared, id_text(on[at]));
    singles.push_back(std::move(one));
  }
  return singles;
}

}  // namespace doorstep::oracle
