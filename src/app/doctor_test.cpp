// `doorstep doctor` as somebody at a shell uses it: beside the running server, and where nothing is installed.

#include <array>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/server_process.h"

namespace doorstep::app {
namespace {

struct Said {
  int code = 0;
  std::string words;
};

/// On port 0, which is always free.
Said doctor(const std::string& data, const std::string& more = "--listen 127.0.0.1:0") {
  Said said;
  std::FILE* pipe =
      popen(fmt::format("{} doctor --data {} {} 2>&1", program_path(), data, more).c_str(), "r");
  std::array<char, 512> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) said.words += part.data();
  said.code = pclose(pipe);
  return said;
}

TEST(Doctor, N1_SaysWhatWorksBesideTheServerAndMakesNothing) {
  const auto data =
      std::filesystem::temp_directory_path() / fmt::format("doorstep-doctor-{}", getpid());
  const Said none = doctor(data.string());
  EXPECT_EQ(none.code, 0) << none.words;
  EXPECT_NE(none.words.find("[reach.undeclared]"), std::string::npos) << none.words;
  EXPECT_FALSE(std::filesystem::exists(data));
  {
    ServerProcess server(data.string(), {"--demo"});
    const Said beside = doctor(data.string());
    EXPECT_NE(beside.words.find("taken from the address"), std::string::npos) << beside.words;
    EXPECT_NE(beside.words.find("only this machine opens the address"), std::string::npos)
        << beside.words;
    EXPECT_NE(beside.words.find("ok   calls, visits, pasted relays and paper"), std::string::npos)
        << beside.words;
  }
  std::filesystem::remove_all(data);
}

TEST(Doctor, SaysWhatTheMachineLacksAndEndsWithOne) {
  const auto data =
      std::filesystem::temp_directory_path() / fmt::format("doorstep-lacks-{}", getpid());
  const Said none = doctor(data.string());
  for (const char* found : {"[data.writable]", "[disk.", "[clock.", "[port.free]",
                            "[certificate.none]", "[font.", "nothing has to be put right"}) {
    EXPECT_NE(none.words.find(found), std::string::npos) << found << "\n" << none.words;
  }
  // An address of another machine, a certificate that is none.
  const Said wrong = doctor(data.string(), "--listen 192.0.2.1:80 --tls-certificate /proc/version");
  EXPECT_NE(wrong.code, 0);
  for (const char* found : {"[port.taken]", "[certificate.unreadable]"}) {
    EXPECT_NE(wrong.words.find(found), std::string::npos) << found << "\n" << wrong.words;
  }
  {
    ServerProcess server(data.string(), {"--demo"});
    const Said demo = doctor(data.string());
    for (const char* found :
         {"ok   the server of this folder runs", "[store.answers]", "[backup.demo]"}) {
      EXPECT_NE(demo.words.find(found), std::string::npos) << found << "\n" << demo.words;
    }
  }
  std::filesystem::remove_all(data);
}

}  // namespace
}  // namespace doorstep::app
