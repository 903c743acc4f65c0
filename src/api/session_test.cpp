// Set-up, joining, signing in and out, and what every change must carry; through the API on both
// engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/demo.h"
#include "api/testing.h"

namespace doorstep::api {
namespace {

using access::Role;

constexpr std::string_view password = "eight doors on a floor";

class Sessions : public House {
 protected:
  /// The one-time right to set up, as the server makes it at its first start.
  std::string set_up_token() {
    SystemRng rng;
    const std::string token = access::new_token(rng);
    write([&](store::Transaction& tx) {
      access::create_invitation(tx, std::nullopt, std::nullopt,
                                access::token_hash(token, store().pepper()), clock().now());
    });
    return token;
  }
  void write(const std::function<void(store::Transaction&)>& change) {
    const auto outcome = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      change(tx);
      tx.journal({0, 0, "test.changed", 0, "~"});
      return store::Answer{};
    });
    EXPECT_TRUE(outcome.ok());
  }
  Response set_up(std::string_view token, std::string_view secret_word = password) {
    return post(nobody, "/api/v1/setup",
                fmt::format(R"({{"token":"{}","community_name":"新社区","name":"王主任",)"
                            R"("login":"Wang","password":"{}"}})",
                            token, secret_word));
  }
  Response confirm(std::string_view path, std::string_view token, std::string_view code) {
    return post(nobody, path, fmt::format(R"({{"token":"{}","code":"{}"}})", token, code));
  }
  std::string code_of(const std::string& secret) {
    return access::totp_code(secret, clock().now());
  }
  /// Sets up and confirms; the secret for further codes.
  std::string manager_secret() {
    const std::string token = set_up_token();
    const std::string secret = member(set_up(token), "totp_secret");
    EXPECT_EQ(confirm("/api/v1/setup/confirm", token, code_of(secret)).status, 200);
    clock().advance(std::chrono::minutes{2});
    return secret;
  }
  Response sign_in(std::string_view login, std::string_view word, std::string_view code) {
    return post(nobody, "/api/v1/session",
                fmt::format(R"({{"login":"{}","password":"{}","code":"{}"}})", login, word, code));
  }
  static As as(const Response& signed_in) { return {signed_in.session, {}, Channel::network}; }
  /// A change as a page makes it, or one from elsewhere.
  Response change(const As& who, std::string_view key, bool same_site, std::string_view name,
                  Method method = Method::post, std::string path = "/api/v1/places") {
    Request request;
    request.method = method;
    request.path = std::move(path);
    request.body = fmt::format(R"({{"kind":"grid","name":"{}"}})", name);
    request.session = who.session;
    request.link = who.link;
    request.idempotency_key = key;
    request.same_site = same_site;
    return service().call(request);
  }
};

constexpr std::string_view long_key = "0190aaaa-0000-7000-8000-00000000000a";

TEST_P(Sessions, SetUpIsGoodOnceAndNeedsTheFirstCode) {
  EXPECT_EQ(member(get(nobody, "/api/v1/status"), "setup_needed"), "true");
  const std::string token = set_up_token();
  EXPECT_EQ(member(set_up("0123456789abcdefghjkmnpqrs"), "code"), "invitation.unknown");
  EXPECT_EQ(member(set_up(token, "too short"), "code"), "password.short");
  EXPECT_EQ(member(confirm("/api/v1/setup/confirm", token, "123456"), "code"),
            "invitation.no_password_yet");
  const std::string lost = member(set_up(token), "totp_secret");
  const auto made = set_up(token);  // The page was reloaded: a fresh secret, no second community.
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(count("SELECT count(*) FROM community"), 2);
  EXPECT_EQ(member(made, "login"), "wang");
  const std::string secret = member(made, "totp_secret");
  EXPECT_NE(secret, lost);
  const auto wrong = confirm("/api/v1/setup/confirm", token, code_of(lost));
  EXPECT_EQ(member(wrong, "code"), "session.wrong_code");
  EXPECT_EQ(member(get(nobody, "/api/v1/status"), "setup_needed"), "true");
  const auto done = confirm("/api/v1/setup/confirm", token, code_of(secret));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.cookie, Response::Cookie::set);
  EXPECT_EQ(member(get(as(done), "/api/v1/session"), "roles.0"), "manager");
  EXPECT_EQ(member(get(as(done), "/api/v1/session"), "community.name"), "新社区");
  EXPECT_EQ(member(set_up(token), "code"), "invitation.unknown");
  EXPECT_EQ(member(confirm("/api/v1/setup/confirm", token, code_of(secret)), "code"),
            "invitation.unknown");
  EXPECT_EQ(member(get(nobody, "/api/v1/status"), "setup_needed"), "false");
}

TEST_P(Sessions, ASecondSetUpLinkIsVoidOnceTheFirstWasUsed) {
  const std::string spare = set_up_token();
  manager_secret();
  EXPECT_EQ(member(set_up(spare), "code"), "setup.done");
  EXPECT_EQ(count("SELECT count(*) FROM community"), 2);
}

TEST_P(Sessions, AnInvitationLapsesAfterThreeDays) {
  const std::string token = set_up_token();
  clock().advance(access::invitation_length);
  EXPECT_EQ(member(set_up(token), "code"), "invitation.unknown");
}

TEST_P(Sessions, EveryWrongSignInIsAnsweredAlikeAndACodeIsGoodOnce) {
  const std::string secret = manager_secret();
  const std::string code = code_of(secret);
  const auto wrong = sign_in("wang", "another password", code);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(member(wrong, "code"), "session.wrong");
  EXPECT_EQ(sign_in("wang", password, "000000").body, wrong.body);
  EXPECT_EQ(sign_in("nobody", password, code).body, wrong.body);
  EXPECT_EQ(post(nobody, "/api/v1/session",
                 fmt::format(R"({{"login":"wang","password":"{}"}})", password))
                .body,
            wrong.body);
  const auto right = sign_in("WANG", password, code);
  ASSERT_EQ(right.status, 200) << right.body;
  EXPECT_EQ(member(get(as(right), "/api/v1/session"), "account.name"), "王主任");
  EXPECT_EQ(sign_in("wang", password, code).body, wrong.body);
}

TEST_P(Sessions, FiveFailuresLockALoginForAQuarterOfAnHour) {
  const std::string secret = manager_secret();
  for (int failure = 0; failure < 5; ++failure) {
    EXPECT_EQ(sign_in("wang", "another password", "000000").status, 401);
  }
  const auto locked = sign_in("wang", password, code_of(secret));
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(member(locked, "code"), "session.locked");
  EXPECT_EQ(sign_in("wang ", "another password", "000000").status, 429);  // The same login.
  EXPECT_EQ(sign_in("zhao", password, "000000").status, 401);
  clock().advance(std::chrono::minutes{14} + std::chrono::seconds{59});
  EXPECT_EQ(sign_in("wang", password, code_of(secret)).status, 429);
  clock().advance(std::chrono::seconds{1});
  EXPECT_EQ(sign_in("wang", password, code_of(secret)).status, 200);
}

TEST_P(Sessions, ASessionEndsAfterTwelveHoursOrAtSignOut) {
  const As first = staff(Role::manager);
  const As second = staff(Role::manager);
  clock().advance(access::session_length - std::chrono::seconds{1});
  EXPECT_EQ(get(first, "/api/v1/session").status, 200);
  const auto out = send(first, Method::remove, "/api/v1/session");
  EXPECT_EQ(out.cookie, Response::Cookie::clear);
  EXPECT_EQ(member(get(first, "/api/v1/session"), "code"), "session.none");
  EXPECT_EQ(get(second, "/api/v1/session").status, 200);
  clock().advance(std::chrono::seconds{1});
  EXPECT_EQ(member(get(second, "/api/v1/session"), "code"), "session.none");
  EXPECT_EQ(get(nobody, "/api/v1/session").status, 401);
}

TEST_P(Sessions, AnInvitedWorkerJoinsOnce) {
  const As manager = staff(Role::manager);
  const auto invited = post(manager, "/api/v1/invitations",
                            R"({"name":"小李","login":"xiaoli","role":"volunteer"})");
  ASSERT_EQ(invited.status, 200) << invited.body;
  const std::string token = member(invited, "token");
  EXPECT_EQ(member(invited, "url"), "https://door.example/c/join#" + token);
  const auto join = [&](std::string_view with) {
    return post(nobody, "/api/v1/join",
                fmt::format(R"({{"token":"{}","password":"{}"}})", with, password));
  };
  EXPECT_EQ(member(join("0123456789abcdefghjkmnpqrs"), "code"), "invitation.unknown");
  const std::string secret = member(join(token), "totp_secret");
  EXPECT_EQ(sign_in("xiaoli", password, code_of(secret)).status, 401);  // Not confirmed yet.
  const auto done = confirm("/api/v1/join/confirm", token, code_of(secret));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(member(get(as(done), "/api/v1/session"), "roles.0"), "volunteer");
  EXPECT_EQ(member(join(token), "code"), "invitation.unknown");
  // A worker's invitation makes no community, and a set-up token is no worker's.
  EXPECT_EQ(member(join(set_up_token()), "code"), "invitation.unknown");
}

TEST_P(Sessions, DemoSignInExistsOnDemoSettingsAlone) {
  const std::string hash = access::hash_password(demo_password);
  write([&](store::Transaction& tx) {
    SystemRng rng;
    IdSource ids(rng);
    const auto account = access::create_account(
        tx, ids, clock().now(), {std::string(demo_login), Private<std::string>{"演示"}, {}, true});
    tx.run("UPDATE account SET password_hash = $2 WHERE id = $1", {*account, hash});
    access::create_grant(tx, ids, clock().now(), Id<Community>{community()}, *account,
                         Role::manager, std::nullopt, "", clock().now(), std::nullopt, 0);
  });
  EXPECT_EQ(sign_in(demo_login, demo_password, "").status, 401);
  EXPECT_EQ(member(get(nobody, "/api/v1/status"), "demo_login.login"), "");
  settings({.public_url = "", .demo = true});
  EXPECT_EQ(member(get(nobody, "/api/v1/status"), "demo_login.login"), demo_login);
  EXPECT_EQ(sign_in(demo_login, demo_password, "").status, 200);
  EXPECT_EQ(sign_in(demo_login, "another password", "").status, 401);
}

TEST_P(Sessions, AForeignPageChangesNothing) {
  const As manager = staff(Role::manager);
  const auto refused = change(manager, long_key, false, "一网格");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(member(refused, "code"), "request.foreign_page");
  EXPECT_EQ(count("SELECT count(*) FROM place"), 0);
  const auto in = change(nobody, "", false, "", Method::post, "/api/v1/session");
  EXPECT_EQ(member(in, "code"), "request.foreign_page");
  const auto out = change(manager, "", false, "", Method::remove, "/api/v1/session");
  EXPECT_EQ(member(out, "code"), "request.foreign_page");
  EXPECT_EQ(get(manager, "/api/v1/session").status, 200);
  EXPECT_EQ(change(manager, long_key, true, "一网格").status, 200);
}

TEST_P(Sessions, AChangeNeedsAKeyAndARepeatedKeyChangesNothingMore) {
  const As manager = staff(Role::manager);
  for (const std::string& key : {std::string(), std::string(15, 'a'), std::string(65, 'a')}) {
    EXPECT_EQ(member(change(manager, key, true, "一网格"), "code"), "idempotency.missing");
  }
  EXPECT_EQ(count("SELECT count(*) FROM place"), 0);
  const auto first = change(manager, long_key, true, "一网格");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(change(manager, long_key, true, "一网格").body, first.body);
  EXPECT_EQ(count("SELECT count(*) FROM place"), 1);
  const auto other = change(manager, long_key, true, "二网格");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(member(other, "code"), "idempotency.reused");
  // The same key of somebody else is another key.
  EXPECT_EQ(change(staff(Role::manager), long_key, true, "二网格").status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM place"), 2);
}

TEST_P(Sessions, TheShellNamesItsCommunityWhereThereAreSeveral) {
  const auto session = [&](const std::string& query) {
    return get(at_the_shell, "/api/v1/session" + query);
  };
  EXPECT_EQ(member(session(""), "community.name"), "富民花园");
  EXPECT_EQ(member(session(""), "roles.0"), "operator");
  const std::int64_t other = another_community("外地社区");
  EXPECT_EQ(member(session(""), "code"), "community.several");
  EXPECT_EQ(member(session("?community=" + id_text(other)), "community.name"), "外地社区");
  EXPECT_EQ(session("?community=" + id_text(other + 1)).status, 404);
  EXPECT_EQ(session("?community=nonsense").status, 404);
  // Over the network nobody chooses.
  const As manager = staff(Role::manager);
  EXPECT_EQ(member(get(manager, "/api/v1/session?community=" + id_text(other)), "community.name"),
            "富民花园");
}

/// A strange session is seen and ended; nobody sees or ends another's.
TEST_P(Sessions, OnesOwnSessionsAreListedAndEndedEachOrAllButThis) {
  const std::string secret = manager_secret();
  const auto open = [&](std::string_view device) {
    clock().advance(std::chrono::minutes{1});
    auto in = post(nobody, "/api/v1/session",
                   fmt::format(R"({{"login":"wang","password":"{}","code":"{}","device":"{}"}})",
                               password, code_of(secret), device));
    EXPECT_EQ(in.status, 200) << in.body;
    return as(in);
  };
  const As desk = open("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120");
  const As phone = open("Mozilla/5.0 (Linux; Android 12) Chrome/86 MicroMessenger/8.0");
  const auto listed = get(desk, "/api/v1/sessions");
  ASSERT_EQ(length(listed, "rows"), 3U) << listed.body;  // With the one of the set-up.
  EXPECT_EQ(member(listed, "rows.0.device"), "Android WeChat");
  EXPECT_EQ(member(listed, "rows.1.device"), "Windows Edge");
  EXPECT_EQ(member(listed, "rows.1.current"), "true");
  EXPECT_EQ(member(listed, "rows.1.way"), "password");
  const auto end = [&](const As& who, const std::string& id) {
    return post(who, "/api/v1/sessions/end", fmt::format(R"({{"id":"{}"}})", id));
  };
  const As stranger = staff(access::Role::worker);
  EXPECT_EQ(member(end(stranger, member(listed, "rows.0.id")), "code"), "session.unknown");
  EXPECT_EQ(end(desk, member(listed, "rows.0.id")).status, 200);
  EXPECT_EQ(get(phone, "/api/v1/session").status, 401);
  EXPECT_EQ(member(end(desk, member(listed, "rows.0.id")), "code"), "session.unknown");
  EXPECT_EQ(member(end(desk, "no hash"), "code"), "session.unknown");
  const As again = open("curl");
  EXPECT_EQ(member(post(again, "/api/v1/sessions/end"), "ended"), "2");
  EXPECT_EQ(get(desk, "/api/v1/session").status, 401);
  EXPECT_EQ(get(again, "/api/v1/session").status, 200);
  EXPECT_EQ(get(stranger, "/api/v1/session").status, 200);
  EXPECT_EQ(get(nobody, "/api/v1/sessions").status, 401);
}

TEST_P(Sessions, ARecoveryCodeStandsInForALostAuthenticatorOnce) {
  const std::string secret = manager_secret();
  const As me = as(sign_in("wang", password, code_of(secret)));
  const auto make = [&](std::string_view word) {
    return post(me, "/api/v1/recovery-codes", fmt::format(R"({{"password":"{}"}})", word));
  };
  EXPECT_EQ(member(make("another password"), "code"), "session.wrong_password");
  const auto made = make(password);
  ASSERT_EQ(length(made, "codes"), 10U) << made.body;
  const std::string code = member(made, "codes.3");
  EXPECT_EQ(code.size(), 19U);
  EXPECT_EQ(member(get(me, "/api/v1/sessions"), "recovery_left"), "10");
  // Beside the password alone, and typed without its dash.
  EXPECT_EQ(member(sign_in("wang", "another password", code), "code"), "session.wrong");
  std::string typed = code;
  std::erase(typed, '-');
  clock().advance(std::chrono::minutes{1});
  const auto in = sign_in("wang", password, typed);
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(member(get(as(in), "/api/v1/sessions"), "rows.0.way"), "recovery");
  EXPECT_EQ(member(get(me, "/api/v1/sessions"), "recovery_left"), "9");
  EXPECT_EQ(member(sign_in("wang", password, code), "code"), "session.wrong");
  // Fresh ones void the old; the authenticator works as before.
  ASSERT_EQ(make(password).status, 200);
  EXPECT_EQ(member(sign_in("wang", password, member(made, "codes.4")), "code"), "session.wrong");
  clock().advance(std::chrono::minutes{1});
  EXPECT_EQ(sign_in("wang", password, code_of(secret)).status, 200);
  EXPECT_EQ(count("SELECT count(*) FROM recovery_code"), 10);
  for (int failure = 0; failure < 5; ++failure) sign_in("wang", password, "0000-0000-0000-0000");
  EXPECT_EQ(member(sign_in("wang", password, "0000-0000-0000-0000"), "code"), "session.locked");
}

DOORSTEP_ON_BOTH_ENGINES(Sessions);

}  // namespace
}  // namespace doorstep::api
