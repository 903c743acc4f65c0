#pragma once
/// \file Log lines: one event, codes and ids, never a personal value (a Private<T> does not format).

#include <string_view>

#include <fmt/format.h>

namespace doorstep::log {

/// To stderr with time and level. Before init() nothing is written.
void init(std::string_view level);

void write_info(std::string_view line);
void write_warning(std::string_view line);
void write_error(std::string_view line);

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write_info(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write_warning(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write_error(fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace doorstep::log
