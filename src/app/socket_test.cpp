// The access matrix once more, as the wire has it: what is read, taken out as a file or watched live, by every role over
// a real socket of the real server.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "care/day/testing.h"
#include "net/client.h"
#include "net/server.h"

namespace doorstep::app {
namespace {

using access::Policy;
using access::Relation;
using access::Role;
using day::Call;
using day::relations;
using day::Site;
using std::chrono::milliseconds;

class Sockets : public day::Rights {
 protected:
  Sockets() {
    net::Options options;
    options.port = 0;
    options.clock = &clock();
    options.control_socket = control_;
    server_ = std::make_unique<net::Server>(service(), store(), options);
    EXPECT_TRUE(server_->start().ok());
  }
  ~Sockets() override {
    server_.reset();
    std::filesystem::remove(control_);
  }

  [[nodiscard]] net::Client client(const api::As& as) const {
    return as.channel == api::Channel::control ? net::Client::local(control_)
                                               : net::Client::tcp("127.0.0.1", server_->port());
  }
  static net::Headers proof(const api::As& as) {
    net::Headers headers{{"X-Doorstep", "1"}};
    if (!as.session.empty()) headers.emplace_back("Cookie", "lang=en; doorstep=" + as.session);
    if (!as.link.empty()) headers.emplace_back("Authorization", "Link " + as.link);
    return headers;
  }
  [[nodiscard]] net::ClientResponse fetch(const api::As& as, const std::string& target) const {
    const auto got = client(as).send("GET", target, proof(as));
    EXPECT_TRUE(got.ok()) << target;
    return got.ok() ? *got : net::ClientResponse{};
  }
  static bool allowed_anywhere(Role role, const std::string& action) {
    return std::ranges::any_of(relations, [&](Relation relation) {
      return Policy::built_in().allows(role, action, relation);
    });
  }

  /// The list as a file: there for who may read the list, and nothing of what they may not read is in it.
  void check_file(Role role, const Call& call, const Site& site, const std::string& target) {
    for (const char* format : {"csv", "xlsx"}) {
      const char joint = target.find('?') == std::string::npos ? '?' : '&';
      const auto file = fetch(actor(role), target + joint + "format=" + format);
      const std::string cell = fmt::format("{} as {}: {}", target, access::word(role), file.status);
      if (allowed_anywhere(role, call.action) && file.status == 200) {
        EXPECT_TRUE(file.header("Content-Disposition").starts_with("attachment")) << cell;
      } else {
        EXPECT_TRUE(file.status == 403 || file.status == 404) << cell;
      }
      EXPECT_EQ(file.body.find(site.name), std::string::npos) << cell;  // Nor in full for anybody.
      ++files_;
    }
  }

  int files_ = 0;

 private:
  const std::string control_ = fmt::format("/tmp/doorstep-sockets-{}", getpid());
  std::unique_ptr<net::Server> server_;
};

TEST_P(Sockets, WhatIsReadAgreesWithThePolicyInEveryCell) {
  std::set<std::string> paged;
  for (const api::Endpoint& one : api::all_endpoints()) {
    if (one.paged) paged.insert(one.path);
  }
  int cells = 0;
  for (const Call& call : day::calls()) {
    if (call.method != api::Method::get) continue;
    for (std::size_t at = 0; at < access::role_words.size(); ++at) {
      const Role role = static_cast<Role>(at);
      for (const Relation relation : relations) {
        if (call.of_community && relation == Relation::outside) continue;
        Site& one = site(relation);
        if (call.prepare != nullptr) call.prepare(*this, one);
        const std::string target = target_of(actor(role), call, one);
        const auto got = fetch(actor(role), target);
        api::Response answer;
        answer.status = got.status;
        answer.body = got.body;
        const bool allowed = Policy::built_in().allows(role, call.action, relation);
        const std::string cell =
            fmt::format("{} as {}, relation {}: {}", target, access::word(role),
                        static_cast<int>(relation), got.status);
        EXPECT_EQ(told(call, one, answer), allowed) << cell;
        if (!allowed) EXPECT_EQ(got.body.find(one.name), std::string::npos) << cell;
        if (paged.contains(call.path)) check_file(role, call, one, target);
        ++cells;
      }
    }
  }
  fmt::print("{} cells and {} files over a socket\n", cells, files_);
  EXPECT_GT(cells, 1000);
  EXPECT_GT(files_, 500);
}

TEST_P(Sockets, TheLiveStreamAgreesToo) {
  for (std::size_t at = 0; at < access::role_words.size(); ++at) {
    const Role role = static_cast<Role>(at);
    const api::As& as = actor(role);
    const std::string target =
        "/api/v1/events" +
        (as.channel == api::Channel::control ? "?community=" + id_text(community()) : "");
    auto stream = net::EventStream::open(client(as), target, proof(as));
    ASSERT_EQ(stream.ok(), allowed_anywhere(role, "journal.watch")) << access::word(role);
    if (!stream.ok()) continue;
    const auto written = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      for (const Relation relation : relations) {
        const Site& one = site(relation);
        tx.journal({one.community, 0, "check_in.recorded", 7 + static_cast<std::int64_t>(relation),
                    path_of_household(one.ids.at("household"))});
      }
      return store::Answer{};
    });
    ASSERT_TRUE(written.ok());
    std::string heard;
    while (const auto event = stream->next_data(milliseconds{heard.empty() ? 2000 : 300})) {
      heard += event->data;
    }
    for (const Relation relation : relations) {
      const std::string subject = id_text(7 + static_cast<std::int64_t>(relation));
      EXPECT_EQ(heard.find(subject) != std::string::npos,
                Policy::built_in().allows(role, "journal.watch", relation))
          << access::word(role) << static_cast<int>(relation) << heard;
    }
  }
}

DOORSTEP_ON_BOTH_ENGINES(Sockets);

}  // namespace
}  // namespace doorstep::app
