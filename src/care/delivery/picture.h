#pragma once
/// \file Pictures of goods at a door (E22): JPEG as phones make it, small, and without place, time and
/// maker of the camera. Segments: ITU-T T.81, annex B.

#include <string>
#include <string_view>

#include "base/result.h"

namespace doorstep::delivery {

inline constexpr std::size_t picture_size_max = 250'000;

/// The same picture without application data (but for JFIF's own) and comments.
/// Errors: invalid "photo.too_large" (over 250,000 bytes), "photo.not_jpeg".
Result<std::string> clean_picture(std::string_view bytes);

}  // namespace doorstep::delivery
