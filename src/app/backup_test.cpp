// `doorstep backup` and `doorstep restore` as somebody at a shell uses them: beside the running server, then
// on another machine, where the community goes on.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/backing_up.h"
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

std::string backups_of(const ServerProcess& server) {
  net::Client desk = net::Client::local(server.control_socket());
  const auto answer = desk.send("GET", "/api/v1/backups");
  return answer.ok() && answer->status == 200 ? answer->body : "";
}

std::string state_of(const ServerProcess& server) {
  net::Client desk = net::Client::local(server.control_socket());
  const auto answer = desk.send("GET", "/api/v1/backups/state");
  return answer.ok() && answer->status == 200 ? answer->body : "";
}

/// Asks until the answer holds `text` or a minute is over.
std::string backups_with(const ServerProcess& server, std::string_view text) {
  std::string answer;
  for (int tries = 0; tries < 600 && answer.find(text) == std::string::npos; ++tries) {
    if (tries > 0) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    answer = backups_of(server);
  }
  return answer;
}

TEST(BackupKeeper, N5_TheNewestStayAndEveryOtherFileToo) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("doorstep-newest-{}", getpid());
  std::filesystem::create_directories(folder);
  for (const char* name : {"doorstep-20221203T010000Z.backup", "doorstep-20221205T010000Z.backup",
                           "doorstep-20221204T010000Z.backup",
                           "doorstep-20221201T010000Z.backup.partial", "before-the-move.backup"}) {
    std::ofstream(folder / name) << name;
  }
  keep_newest(folder.string(), 2);
  EXPECT_FALSE(std::filesystem::exists(folder / "doorstep-20221203T010000Z.backup"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 4);
  std::filesystem::remove_all(folder);
}

TEST(BackupKeeper, N5_TheServerBacksItselfUpRestoresItOnceAndSaysWhereItCannot) {
  const auto data =
      (std::filesystem::temp_directory_path() / fmt::format("doorstep-keeper-{}", getpid()))
          .string();
  const std::string folder = data + "-other-disk";
  int status = 0;
  {
    const ServerProcess server(
        data, {"--demo", "--backup-every", "0.0005", "--backup-directory", folder});
    EXPECT_NE(backups_with(server, "backup.no_key").find("backup.no_key"), std::string::npos);
    (void)said(fmt::format("{} backup --data {} --new-key", program_path(), data), status);
    EXPECT_EQ(status, 0);
    const std::string made = backups_with(server, "\"verified_at\"");
    EXPECT_NE(made.find("\"verified_at\""), std::string::npos) << made;
    EXPECT_FALSE(std::filesystem::is_empty(folder));
    // A folder that cannot be written to is said, and nothing else suffers.
    std::filesystem::remove_all(folder);
    std::ofstream(folder) << "no folder";
    EXPECT_NE(backups_with(server, "backup.write").find("backup.write"), std::string::npos);
    EXPECT_FALSE(households_of(server).empty());
    // Nor does what was written in vain stay: the name is taken by a folder, which only the last step notices.
    const std::string taken = data + "-taken";
    std::filesystem::create_directories(taken);
    (void)said(fmt::format("{} backup --data {} {}", program_path(), data, taken), status);
    EXPECT_NE(status, 0);
    EXPECT_FALSE(std::filesystem::exists(taken + ".partial"));
    std::filesystem::remove_all(taken);
  }
  for (const std::string& one : {data, folder}) std::filesystem::remove_all(one);
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
    EXPECT_EQ(state_of(server).find("\"key_checked_at\""), std::string::npos);
    EXPECT_NE(printed.find("▀"), std::string::npos)
        << "a code for a scanner stands below the words";
    (void)said(fmt::format("echo '{}' | {} --check-key", sheet, backup), status);
    EXPECT_EQ(status, 0);
    // No letter of it is proved before somebody has typed it in.
    EXPECT_NE(state_of(server).find("\"key_checked_at\""), std::string::npos);
    (void)said("echo AAAA | " + backup + "--check-key", status);
    EXPECT_NE(status, 0);
    before = households_of(server);
    ASSERT_FALSE(before.empty());
    (void)said(backup + "--verify " + file, status);
    EXPECT_EQ(status, 0);
    const std::string noted = backups_of(server);
    EXPECT_NE(noted.find(std::filesystem::path(file).filename().string()), std::string::npos);
    EXPECT_NE(noted.find("\"verified_at\""), std::string::npos) << noted;
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
    // Whoever restored has typed the sheet in; what it would send out waits (N6).
    const std::string state = state_of(server);
    EXPECT_NE(state.find("\"key_checked_at\""), std::string::npos) << state;
    EXPECT_NE(state.find("\"held\""), std::string::npos) << state;
  }
  for (const std::string& one : {data, file, elsewhere}) std::filesystem::remove_all(one);
}

/// The answer's member `name`, from the desk at the shell.
std::string made_at(const ServerProcess& server, const std::string& path, const std::string& body,
                    const std::string& name) {
  net::Client desk = net::Client::local(server.control_socket());
  SystemRng rng;
  api::Request request;
  request.method = api::Method::post;
  request.path = path;
  request.body = body;
  request.channel = api::Channel::control;
  request.idempotency_key = new_request_key(rng, SystemClock{}.now());
  const auto answer = desk.call(request);
  EXPECT_TRUE(answer.ok() && answer->status == 200) << path << (answer.ok() ? answer->body : "");
  if (!answer.ok() || answer->status != 200) return "";
  return boost::json::value_to<std::string>(boost::json::parse(answer->body).at(name));
}

/// Whether any file below the folder holds the text.
bool holds(const std::string& folder, std::string_view text) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (bytes.find(text) != std::string::npos) return true;
  }
  return false;
}

TEST(BackupCommand, N6_WhoWasErasedSinceIsErasedInTheRestoredCopyToo) {
  const auto data =
      (std::filesystem::temp_directory_path() / fmt::format("doorstep-erased-{}", getpid()))
          .string();
  const std::string file = data + ".file";
  const std::string elsewhere = data + "-elsewhere";
  const std::string name = "章要走了";
  int status = 0;
  std::string sheet;
  {
    ServerProcess server(data, {"--demo"});
    const std::string homes = households_of(server);
    const auto dwelling = boost::json::value_to<std::string>(
        boost::json::parse(homes).at("rows").at(0).at("dwelling"));
    const std::string home =
        made_at(server, "/api/v1/households",
                fmt::format(R"({{"dwelling":"{}","label":"北屋"}})", dwelling), "id");
    const std::string person = made_at(server, "/api/v1/households/" + home + "/people",
                                       fmt::format(R"({{"name":"{}"}})", name), "id");
    const std::string backup = fmt::format("{} backup --data {} ", program_path(), data);
    const std::string printed = said(backup + "--new-key", status);
    EXPECT_EQ(status, 0);
    (void)said(backup + file, status);
    EXPECT_EQ(status, 0);
    sheet = printed.substr(printed.find("\n    ") + 5, 69);
    EXPECT_FALSE(
        made_at(server, "/api/v1/people/" + person + "/erase", R"({"cause":"asked"})", "id")
            .empty());
    // The list is written once the files of the store are clean.
    for (int tries = 0; tries < 600 && holds(data, name); ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    EXPECT_FALSE(holds(data, name));
  }
  const std::string told =
      said(fmt::format("echo '{}' | {} restore --data {} --erasures {}/erasures.log {}", sheet,
                       program_path(), elsewhere, data, file),
           status);
  EXPECT_EQ(status, 0) << told;
  EXPECT_NE(told.find("1 carried out again"), std::string::npos) << told;
  EXPECT_FALSE(holds(elsewhere, name));
  for (const std::string& one : {data, file, elsewhere}) std::filesystem::remove_all(one);
}

}  // namespace
}  // namespace doorstep::app
