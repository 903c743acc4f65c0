// `doorstep export` and `doorstep verify` as somebody at a shell uses it: beside the running server, and the file checks elsewhere.

#include "drill/oracle/export.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/server_process.h"

namespace doorstep::app {
namespace {

TEST(Export, IsWrittenBesideTheRunningServerAndChecksOnAnotherMachine) {
  const auto data =
      std::filesystem::temp_directory_path() / fmt::format("doorstep-export-{}", getpid());
  const std::string file = data.string() + ".jsonl";
  {
    ServerProcess server(data.string(), {"--demo"});
    const std::string command =
        fmt::format("{} export --data {} --journal {}", program_path(), data.string(), file);
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ifstream in(file, std::ios::binary);
    std::int64_t seen = 0;
    const oracle::Visitor visitor{[](const std::string&) {}, [&](const store::Sealed&) { ++seen; }};
    const auto found = oracle::read_export(in, visitor);
    EXPECT_TRUE(found.problems.empty()) << found.problems.front();
    EXPECT_EQ(found.entries, seen);
    EXPECT_GT(found.entries, 1000);
    // A server signs within the minute: this one is younger, and its heads are those it has.
    EXPECT_LE(found.heads, found.entries);
    // The installation itself is checked beside its server too.
    const auto verify = [](const std::string& folder) {
      return std::system(
          fmt::format("{} verify --data {} >/dev/null 2>&1", program_path(), folder).c_str());
    };
    EXPECT_EQ(verify(data.string()), 0);
    // A head that was signed here and is not in the database: an older one was put in its place.
    std::ofstream(data / "heads.log", std::ios::app) << "999999999 00 0 00\n";
    EXPECT_NE(verify(data.string()), 0);
    // Where there is no installation nothing is made.
    const std::string none = data.string() + "-none";
    EXPECT_NE(std::system(fmt::format("{} export --data {} --journal {} 2>/dev/null",
                                      program_path(), none, file)
                              .c_str()),
              0);
    EXPECT_NE(verify(none), 0);
    EXPECT_FALSE(std::filesystem::exists(none));
  }
  std::filesystem::remove_all(data);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace doorstep::app
