#pragma once
/// \file ServerProcess: the real program as a child, for tests and figures: started as a user starts
/// it, ended as a power failure ends it.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace doorstep::app {

/// Finds the program in DOORSTEP_BINARY, else beside the running one.
[[nodiscard]] std::string program_path();

class ServerProcess {
 public:
  /// Starts `doorstep serve --listen 127.0.0.1:<free> --data <data> ARGS...` and waits until it is
  /// ready, a demo filled; without another --preset it is the bare one. Throws std::runtime_error with its last lines when it ends or takes over `patience`.
  ServerProcess(std::string data, std::vector<std::string> arguments,
                std::chrono::milliseconds patience = std::chrono::seconds{120});
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::string& data() const { return data_; }
  [[nodiscard]] std::string control_socket() const { return data_ + "/control.sock"; }
  /// From the start until /readyz said yes.
  [[nodiscard]] std::chrono::milliseconds start_time() const { return start_time_; }
  /// Resident memory in KiB.
  [[nodiscard]] std::int64_t memory_kib() const;
  /// Its own, without what it has waited for.
  [[nodiscard]] double cpu_seconds() const;

  /// SIGKILL, and waits for the end.
  void kill();
  /// The same again: same data, same port.
  void start();

 private:
  std::string data_;
  std::vector<std::string> arguments_;
  std::chrono::milliseconds patience_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
  std::chrono::milliseconds start_time_{};
};

}  // namespace doorstep::app
