// `doorstep backup` and `doorstep restore` as somebody at a shell uses them: beside the running server, then
// on another machine, where the community goes on.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/server_process.h"
#include "net/client.h"

namespace doorstep::app {
namespace {

/// What a command printed.
std::string said(const std::string& command, int& status) {
  const std::string file =
      (std::filesystem::temp_directory_path() / fmt::format("doorstep-said-{}", getpid())).string();
  status = std::system((command + " > " + file + " 2>/dev/null").c_str());
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(file);
  return text;
}

std::string households_of(const ServerProcess& server) {
  net::Client desk = net::Client::local(server.control_socket());
  const auto answer = desk.send("GET", "/api/v1/households?limit=1000");
  return answer.ok() && answer->status == 200 ? answer->body : "";
}

TEST(BackupCommand, N5_IsWrittenBesideTheServerAndGoesOnElsewhere) {
  const auto data =
      (std::filesystem::temp_directory_path() / fmt::format("doorstep-backup-{}", getpid()))
          .string();
  const std::string file = data + ".file";
  const std::string elsewhere = data + "-elsewhere";
  int status = 0;
  std::string sheet;
  std::string before;
  {
    ServerProcess server(data, {"--demo"});
    const std::string backup = fmt::format("{} backup --data {} ", program_path(), data);
    (void)said(backup + file, status);
    EXPECT_NE(status, 0) << "without a key sheet nobody could open it";
    const std::string printed = said(backup + "--new-key", status);
    EXPECT_EQ(status, 0);
    const auto at = printed.find("\n    ");
    ASSERT_NE(at, std::string::npos);
    sheet = printed.substr(at + 5, 69);
    (void)said(backup + "--new-key", status);
    EXPECT_NE(status, 0) << "a second sheet would leave the first one useless";
    (void)said(fmt::format("echo '{}' | {} --check-key", sheet, backup), status);
    EXPECT_EQ(status, 0);
    (void)said("echo AAAA | " + backup + "--check-key", status);
    EXPECT_NE(status, 0);
    before = households_of(server);
    ASSERT_FALSE(before.empty());
    (void)said(backup + "--verify " + file, status);
    EXPECT_EQ(status, 0);
    // What was restored to be sure of it is open: it stood here alone, and is gone.
    EXPECT_FALSE(std::filesystem::exists(data + "/verify"));
    EXPECT_FALSE(std::filesystem::exists(file + ".partial"));
  }
  const std::string restore =
      fmt::format("{} restore --data {} {}", program_path(), elsewhere, file);
  (void)said(fmt::format("echo '{}' | {}", sheet.substr(0, 60), restore), status);
  EXPECT_NE(status, 0);
  EXPECT_FALSE(std::filesystem::exists(elsewhere));
  (void)said(fmt::format("echo '{}' | {}", sheet, restore), status);
  EXPECT_EQ(status, 0);
  {
    const ServerProcess server(elsewhere, {"--demo"});
    EXPECT_EQ(households_of(server), before);
  }
  for (const std::string& one : {data, file, elsewhere}) std::filesystem::remove_all(one);
}

}  // namespace
}  // namespace doorstep::app
