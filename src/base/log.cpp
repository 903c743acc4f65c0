#include "base/log.h"

#include <memory>
#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace doorstep::log {
namespace {

std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> one;
  return one;
}

void write(spdlog::level::level_enum level, std::string_view line) {
  if (const auto& to = logger()) to->log(level, line);
}

}  // namespace

void init(std::string_view level) {
  logger() = spdlog::stderr_logger_mt("doorstep");
  logger()->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  logger()->set_level(spdlog::level::from_str(std::string{level}));
}

void write_info(std::string_view line) {
  write(spdlog::level::info, line);
}
void write_warning(std::string_view line) {
  write(spdlog::level::warn, line);
}
void write_error(std::string_view line) {
  write(spdlog::level::err, line);
}

}  // namespace doorstep::log
