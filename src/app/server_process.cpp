#include "app/server_process.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/client.h"

namespace doorstep::app {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A port that was free a moment ago.
std::uint16_t free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(probe);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

bool is_ready(std::uint16_t port) {
  net::Client client = net::Client::tcp("127.0.0.1", port);
  client.set_timeout(std::chrono::seconds{2});
  const auto answer = client.send("GET", "/readyz");
  return answer.ok() && answer->status == 200;
}

}  // namespace

std::string program_path() {
  if (const char* named = std::getenv("DOORSTEP_BINARY")) return named;
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "doorstep").string();
}

ServerProcess::ServerProcess(std::string data, std::vector<std::string> arguments,
                             std::chrono::milliseconds patience)
    : data_(std::move(data)),
      arguments_(std::move(arguments)),
      patience_(patience),
      port_(free_port()) {
  std::filesystem::create_directories(data_);
  start();
}

ServerProcess::~ServerProcess() {
  kill();
}

void ServerProcess::start() {
  std::vector<std::string> words{
      program_path(), "serve", "--listen", "127.0.0.1:" + std::to_string(port_), "--data", data_};
  words.insert(words.end(), arguments_.begin(), arguments_.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const std::string out = data_ + "/stdout.log";
  const std::string err = data_ + "/stderr.log";
  const auto began = std::chrono::steady_clock::now();
  pid_ = fork();
  if (pid_ == 0) {
    const int out_file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int err_file = open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out_file, STDOUT_FILENO);
    dup2(err_file, STDERR_FILENO);
    setenv("DOORSTEP_PRESET", "fumin-bare", 0);
    execv(argv.front(), argv.data());
    _exit(127);
  }
  while (!is_ready(port_)) {
    int status = 0;
    const bool ended = waitpid(pid_, &status, WNOHANG) == pid_;
    if (ended) pid_ = -1;
    if (ended || std::chrono::steady_clock::now() - began > patience_) {
      // No destructor runs where the constructor throws.
      kill();
      throw std::runtime_error("the server did not start: " + read_file(err) + read_file(out));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  start_time_ = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - began);
}

double ServerProcess::cpu_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int at = 0; at < 11; ++at) fields >> skipped;  // State and what follows, up to utime.
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::int64_t ServerProcess::memory_kib() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  std::string word;
  while (status >> word) {
    if (word != "VmRSS:") continue;
    std::int64_t kib = 0;
    status >> kib;
    return kib;
  }
  return 0;
}

void ServerProcess::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace doorstep::app
