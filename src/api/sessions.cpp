#include "api/sessions.h"

#include <array>
#include <utility>

#include "access/secrets.h"

namespace doorstep::api {
namespace {

using Known = std::pair<std::string_view, std::string_view>;

/// The first that is named, since most browsers name others' too.
constexpr std::array<Known, 7> systems{{{"HarmonyOS", "HarmonyOS"},
                                        {"Android", "Android"},
                                        {"iPhone", "iPhone"},
                                        {"iPad", "iPad"},
                                        {"Windows", "Windows"},
                                        {"Mac OS", "Mac"},
                                        {"Linux", "Linux"}}};
constexpr std::array<Known, 5> browsers{{{"MicroMessenger", "WeChat"},
                                         {"Edg", "Edge"},
                                         {"Firefox", "Firefox"},
                                         {"Chrome", "Chrome"},
                                         {"Safari", "Safari"}}};

template <std::size_t N>
std::string_view named(const std::array<Known, N>& all, std::string_view text) {
  for (const auto& [mark, name] : all) {
    if (text.find(mark) != std::string_view::npos) return name;
  }
  return {};
}

}  // namespace

std::string device_label(std::string_view user_agent) {
  std::string label(named(systems, user_agent));
  const std::string_view browser = named(browsers, user_agent);
  if (!label.empty() && !browser.empty()) label += ' ';
  return label.append(browser);
}

void describe_session(store::Transaction& tx, const std::string& token_hash, std::string_view way,
                      std::string_view user_agent) {
  tx.run("UPDATE session SET way = $2, device = $3 WHERE token_hash = $1",
         {store::Bytes{token_hash}, way, device_label(user_agent)});
}

Result<OwnSession> own_session(store::Snapshot& db, const Direct& direct) {
  const access::Known known =
      TRY(access::find_by_session(db, direct.store.pepper(), direct.request.session, direct.now));
  return OwnSession{Id<access::Account>{known.actor.id},
                    known.actor.community,
                    {access::token_hash(direct.request.session, direct.store.pepper())}};
}

Response answered(const store::Outcome& outcome) {
  if (!outcome.ok()) return problem(outcome.error());
  Response response;
  response.body = outcome->body;
  return response;
}

}  // namespace doorstep::api
