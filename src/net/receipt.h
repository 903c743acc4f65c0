#pragma once
/// \file The receipt: what a resident sees after pressing "我很好" where JavaScript does not run.

#include <optional>
#include <string>
#include <string_view>

#include "api/message.h"
#include "base/time.h"
#include "net/wire.h"

namespace doorstep::net {

/// What was sent, so that a failed report can be sent again with one press and the same key.
struct Report {
  std::string token;
  std::string key;
  std::string wellbeing;  ///< "fine" or "unwell".
  std::string language;   ///< "zh-CN", "zh-TW" or "en".
};

/// A complete page: the receipt with its time in `zone`, or what went wrong in plain words and what
/// to do now, with the telephone numbers that the answer holds.
[[nodiscard]] Outbound receipt_page(const Report& report, const api::Response& answer,
                                    const std::string& zone);

/// The style sheet of that page, served as receipt_style_path: the CSP allows none inside the page.
inline constexpr std::string_view receipt_style_path = "/r/receipt.css";
[[nodiscard]] Outbound receipt_style();

}  // namespace doorstep::net
