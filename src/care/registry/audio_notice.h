#pragma once
/// \file Notices that are heard (N25): a recording of the staff for everybody below a place, who need not read.

#include <string_view>

#include "api/endpoint.h"
#include "care/registry/access_needs.h"

namespace doorstep::registry {

struct AudioNotice;

/// About half a minute as a phone records it; one request carries no more.
inline constexpr std::size_t audio_bytes_max = 240'000;
inline constexpr std::int64_t audio_days_max = 30;
/// In force at one time in a community, so that a page of a household is not a list nobody hears to its end.
inline constexpr std::int64_t audio_notices_max = 20;

/// By the first bytes, since a name proves nothing: "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm"; "" for
/// anything else.
[[nodiscard]] std::string_view audio_media_of(std::string_view bytes);

struct NoticeView {
  Id<AudioNotice> id{};
  std::optional<Id<access::Place>> place = {};
  std::string place_name = {};
  std::string title = {};
  Language language = Language::cmn;
  Instant at{};
  Instant until{};

  void fields(auto& f) {
    f("id", id);
    f("place", place);
    f("place_name", place_name);
    f("title", title);
    f("language", language);
    f("at", at);
    f("until", until);
  }
};

/// In force, newest first: those for a place above or at `path`; with no path those that touch the scope.
std::vector<NoticeView> audio_notices(const api::Context& context,
                                      const std::optional<std::string>& path);

}  // namespace doorstep::registry
