#include "api/testing.h"

#include <charconv>

#include <boost/json.hpp>

#include "access/accounts.h"
#include "access/secrets.h"
#include "api/reach.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/embedded.h"

namespace doorstep::api {
namespace {

/// 28 Nov 2022, 09:26 in Shanghai: inside the morning's window.
const Instant morning = *instant_from_text("2022-11-28T01:26:00Z");

const boost::json::value* find(const boost::json::value& root, std::string_view path) {
  const boost::json::value* at = &root;
  while (at != nullptr && !path.empty()) {
    const auto dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    if (at->is_object()) {
      at = at->get_object().if_contains({name.data(), name.size()});
    } else if (at->is_array()) {
      std::size_t index = 0;
      std::from_chars(name.data(), name.data() + name.size(), index);
      at = at->get_array().if_contains(index);
    } else {
      at = nullptr;
    }
  }
  return at;
}

boost::json::value parsed(const Response& response) {
  boost::system::error_code failed;
  return boost::json::parse(response.body, failed);
}

}  // namespace

House::House() : clock_(morning) {
  store::Options options;
  options.inline_writes = true;
  options.clock = &clock_;
  options.rng = &rng_;
  store_ = store::open_test_store(GetParam(), options);
  settings({.public_url = "https://door.example", .demo = false});
  community_ = another_community("富民花园");
}

House::~House() = default;

void House::settings(Settings settings) {
  service_ = std::make_unique<Service>(*store_, clock_, rng_, all_endpoints(), std::move(settings));
}

void House::prove_address(std::string_view url) {
  const auto outcome = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
    note_address(tx, url, clock_.now());
    tx.run("UPDATE reach_address SET proved_at = $2 WHERE url = $1", {url, clock_.now()});
    tx.journal({0, 0, "test.changed", 0, ""});
    return store::Answer{};
  });
  CHECK(outcome.ok());
}

std::int64_t House::another_community(std::string_view name) {
  IdSource ids(rng_);
  std::int64_t made = 0;
  const auto outcome = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
    made = TRY(access::create_community(tx, ids, clock_.now(), name, "Asia/Shanghai",
                                        embedded("rules/area-fumin.toml")))
               .value();
    return store::Answer{};
  });
  CHECK(outcome.ok());
  return made;
}

void House::rules(std::string_view toml) {
  const auto outcome = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
    const RulePack pack = TRY(RulePack::parse(toml));
    tx.run("INSERT INTO rule_pack (hash, source, stored_at) VALUES ($1, $2, 0)",
           {pack.hash(), pack.source()});
    tx.run("UPDATE community SET rules_hash = $1", {pack.hash()});
    tx.journal({0, 0, "rules.changed", 0, ""});
    return store::Answer{};
  });
  CHECK(outcome.ok());
}

As House::staff(access::Role role, std::string_view path, std::int64_t community) {
  return staff({{role, std::string(path)}}, community);
}

As House::staff(const std::vector<access::Grant>& grants, std::int64_t community) {
  IdSource ids(rng_);
  const std::string token = access::new_token(rng_);
  const std::string login = "staff" + std::to_string(++logins_);
  const auto outcome = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
    const auto account = TRY(
        access::create_account(tx, ids, clock_.now(),
                               {login, Private<std::string>{"员工" + std::to_string(logins_)},
                                Private<std::string>{"1300000" + std::to_string(1000 + logins_)}}));
    for (const access::Grant& grant : grants) {
      access::create_grant(tx, ids, clock_.now(),
                           Id<Community>{community == 0 ? community_ : community}, account,
                           grant.role, std::nullopt, grant.path,
                           clock_.now() - std::chrono::hours{1}, std::nullopt, 0);
    }
    TRY(access::create_session(tx, account, access::token_hash(token, store_->pepper()),
                               clock_.now()));
    return store::Answer{};
  });
  CHECK(outcome.ok());
  return {token, {}, Channel::network};
}

Response House::send(const As& as, Method method, std::string_view path, std::string_view json,
                     std::string_view key) {
  Request request;
  request.method = method;
  const auto mark = path.find('?');
  request.path = path.substr(0, mark);
  if (mark != std::string_view::npos) request.query = path.substr(mark + 1);
  request.body = json;
  request.session = as.session;
  request.link = as.link;
  request.channel = as.channel;
  request.same_site = true;
  request.idempotency_key = key.empty() ? to_hex(rng_.bytes(16)) : std::string(key);
  return service_->call(request);
}

std::int64_t House::count(std::string_view sql) {
  std::int64_t value = 0;
  const auto outcome = store_->read([&](store::Snapshot& db) -> store::Outcome {
    value = db.first(sql)->integer(0);
    return store::Answer{};
  });
  CHECK(outcome.ok());
  return value;
}

std::string member(const Response& response, std::string_view path) {
  const boost::json::value root = parsed(response);
  const boost::json::value* found = find(root, path);
  if (found == nullptr) return {};
  if (found->is_string()) return std::string(found->get_string());
  return boost::json::serialize(*found);
}

std::size_t length(const Response& response, std::string_view path) {
  const boost::json::value root = parsed(response);
  const boost::json::value* found = find(root, path);
  return found != nullptr && found->is_array() ? found->get_array().size() : 0;
}

}  // namespace doorstep::api
