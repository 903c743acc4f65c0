// Bad input, made from the shape of every request: always a problem with a code, never a 5xx, and
// nothing changed.

#include <algorithm>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "care/day/testing.h"

namespace doorstep::day {
namespace {

namespace json = boost::json;
using api::Method;
using api::Type;

constexpr std::size_t megabyte = 1'000'000;

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

/// JSON that stands for no value of this kind.
std::vector<std::string> wrong(const Type& type) {
  using Kind = Type::Kind;
  std::vector<std::string> values{std::string(200, '[') + std::string(200, ']')};
  if (!type.optional) values.emplace_back("null");
  const auto add = [&](std::initializer_list<const char*> more) {
    values.insert(values.end(), more.begin(), more.end());
  };
  if (type.kind != Kind::list) add({"[]", "[1]"});
  if (type.kind != Kind::object) add({"{}"});
  switch (type.kind) {
    case Kind::boolean: add({"1", "\"true\"", "\"\""}); break;
    case Kind::integer:
      add({"1.5", "\"1\"", "true", "1e3", "99999999999999999999", "-9223372036854775809", "1e400"});
      break;
    case Kind::number:
    case Kind::temperature: add({"\"36.7\"", "true", "1e400", "-1e400", "NaN"}); break;
    case Kind::text:
      add({"1", "true", R"("a\u0000b")", R"("\ud800")", R"("\udc00\ud800")", "\"\xff\xfe\"",
           "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"a\nb\""});
      values.push_back(in_quotes(std::string(megabyte, 'x')));
      break;
    case Kind::id:
      add({"1", "\"\"", "\"0ANTW3480VWG\"", "\"0ANTW3480VWGGG\"", "\"0000000000000\"",
           "\"ZZZZZZZZZZZZZ\"", "\"0ANTW3480VWG!\"", "\"0antw3480vw\\u0000g\""});
      break;
    case Kind::instant:
      add({"1", "\"\"", "\"yesterday\"", "\"2022-11-28\"", "\"2022-02-30T00:00:00Z\"",
           "\"99999-01-01T00:00:00Z\"", "\"2022-11-28T25:00:00Z\""});
      break;
    case Kind::day:
      add({"1", "\"\"", "\"today\"", "\"2022-13-01\"", "\"2022-02-30\"", "\"0000-00-00\"",
           "\"9999-01-01\"", "\"2022-1-1\""});
      break;
    case Kind::choice: add({"1", "\"\"", "\"plague\"", "\"\\u0000\""}); break;
    case Kind::list: add({"1", "\"x\"", "[null]", "[[]]", "[{\"x\":1}]"}); break;
    case Kind::object: add({"1", "\"x\"", "{\"unknown_field\":1}"}); break;
  }
  return values;
}

/// The members of an object as JSON texts.
std::map<std::string, std::string> members(const std::string& body) {
  std::map<std::string, std::string> found;
  const json::value parsed = json::parse(body);
  for (const auto& one : parsed.get_object()) {
    found[one.key()] = json::serialize(one.value());
  }
  return found;
}

std::string joined(const std::map<std::string, std::string>& members) {
  std::string out;
  for (const auto& [name, value] : members) {
    out += (out.empty() ? "" : ",") + in_quotes(name) + ":" + value;
  }
  return "{" + out + "}";
}

bool in_path(const api::Endpoint& endpoint, const std::string& field) {
  return endpoint.path.find("{" + field + "}") != std::string::npos;
}

/// Every body that must be refused, from one that would be taken.
std::vector<std::string> bad_bodies(const api::Endpoint& endpoint, const std::string& good) {
  std::vector<std::string> bodies{
      "[]",
      "{",
      "null",
      "\"x\"",
      "1",
      "}",
      "\xef\xbb\xbf{",
      "{\"a\"}",
      std::string(megabyte, '['),
      std::string("{\"a\":1}\0", 8),
      "{\"x\":" + std::string(5000, '[') + std::string(5000, ']') + "}"};
  auto more = members(good);
  more["unknown_field"] = "1";
  bodies.push_back(joined(more));
  const bool needs_body = std::ranges::any_of(endpoint.request.fields, [&](const Type& field) {
    return !field.optional && !in_path(endpoint, field.name);
  });
  if (needs_body) bodies.emplace_back("");
  for (const Type& field : endpoint.request.fields) {
    if (in_path(endpoint, field.name)) continue;
    for (const std::string& value : wrong(field)) {
      auto changed = members(good);
      changed[field.name] = value;
      bodies.push_back(joined(changed));
    }
    if (field.optional) continue;
    auto less = members(good);
    less.erase(field.name);
    bodies.push_back(joined(less));
  }
  return bodies;
}

class BadInput : public Rights {
 protected:
  /// Rows by table, of every table.
  std::map<std::string, std::int64_t> row_counts() {
    std::map<std::string, std::int64_t> counts;
    const auto outcome = store().read([&](store::Snapshot& db) -> store::Outcome {
      const auto tables =
          GetParam() == store::Engine::sqlite
              ? db.query("SELECT name FROM sqlite_master WHERE type = 'table'")
              : db.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()");
      for (const store::Row& table : tables) {
        counts[table.text(0)] = db.first("SELECT count(*) FROM " + table.text(0))->integer(0);
      }
      return store::Answer{};
    });
    EXPECT_TRUE(outcome.ok());
    EXPECT_GT(counts.size(), 20U);
    return counts;
  }

  void expect_refused(const api::Response& answer, const std::string& what) {
    ++sent_;
    EXPECT_TRUE(answer.status >= 400 && answer.status < 500)
        << what.substr(0, 300) << ": " << answer.status << " " << answer.body.substr(0, 300);
    EXPECT_NE(api::member(answer, "code"), "") << what.substr(0, 300);
    EXPECT_LT(answer.body.size(), 1000U) << what.substr(0, 300);
  }

  /// A request that would be taken, but for the body.
  const Call* call_of(const api::Endpoint& endpoint) {
    for (const Call& call : calls()) {
      if (call.method == endpoint.method && call.path == endpoint.path) return &call;
    }
    return nullptr;
  }

  void try_endpoint(const api::Endpoint& endpoint) {
    const Call* call = call_of(endpoint);
    Site& inside = site(Relation::inside);
    if (call != nullptr && call->prepare != nullptr) call->prepare(*this, inside);
    const std::string path = call == nullptr ? endpoint.path : filled(endpoint.path, inside, true);
    const std::string good = call == nullptr ? "{}" : filled(call->body, inside, false);
    const auto before = row_counts();
    for (const std::string& body : bad_bodies(endpoint, good)) {
      const auto answer = send(manager, endpoint.method, path, body);
      // A question may be long and find nothing.
      if (endpoint.answer && body.size() > megabyte && answer.status == 200) continue;
      expect_refused(answer, endpoint.path + " " + body);
    }
    // A wrong password is counted and leaves its line in the journal: that is what locks.
    if (endpoint.path == "/api/v1/recovery-codes") return;
    EXPECT_EQ(row_counts(), before) << endpoint.path;
  }

  std::int64_t sent_ = 0;
};

TEST_P(BadInput, ABadBodyIsRefusedWithACodeAndChangesNothing) {
  for (const api::Endpoint& endpoint : api::all_endpoints()) {
    if (endpoint.method == Method::post && !endpoint.takes_raw) try_endpoint(endpoint);
  }
  EXPECT_GT(sent_, 1000);
  fmt::print("{} bodies\n", sent_);
}

TEST_P(BadInput, AFileIsReadForThoseAloneWhoMaySendIt) {
  const std::string_view no_table("\x00\x01\x02", 3);
  for (const api::Endpoint& endpoint : api::all_endpoints()) {
    if (!endpoint.takes_raw) continue;
    const std::string path = endpoint.path + "?kind=dwellings";
    EXPECT_EQ(upload(api::nobody, path, no_table).status, 401) << path;
    EXPECT_EQ(upload(actor(Role::property), path, no_table).status, 403) << path;
    const auto before = row_counts();
    expect_refused(upload(manager, path, no_table), path);
    expect_refused(upload(manager, path, ""), path);
    expect_refused(upload(manager, path, std::string(megabyte, '"')), path);
    expect_refused(upload(manager, path, "楼栋,楼栋\n\xff\xfe\n"), path);
    EXPECT_EQ(row_counts(), before);
  }
}

TEST_P(BadInput, ABadIdInAPathIsRefused) {
  Site whole = site(Relation::inside);
  fresh_link(whole);
  fresh_grant(whole);
  fresh_phone(whole);
  fresh_batch(whole);
  fresh_shuttle(whole);
  const auto before = row_counts();
  for (const Call& call : calls()) {
    const auto open = call.path.find('{');
    if (open == std::string::npos) continue;
    Site posed = whole;
    const std::string slot = call.path.substr(open + 1, call.path.find('}') - open - 1);
    for (const std::string& bad :
         {std::string("0ANTW3480VWG"), std::string("0ANTW3480VWGGG"), std::string("0000000000000"),
          std::string("ZZZZZZZZZZZZZ"), std::string("%00"), std::string(1, '\0'),
          std::string("\xff\xfe"), std::string(megabyte, 'A'), std::string("7ZZZZZZZZZZZZ")}) {
      posed.ids[slot] = bad;
      expect_refused(send(manager, call.method, filled(call.path, posed, true),
                          filled(call.body, posed, false)),
                     call.path + " " + bad);
    }
  }
  EXPECT_EQ(row_counts(), before);
  EXPECT_GT(sent_, 100);
}

TEST_P(BadInput, ABadQueryIsNeverAFailureOfOurs) {
  fresh_batch(site(Relation::inside));
  fresh_notice(site(Relation::inside));
  plan_erasure(site(Relation::inside));
  fresh_request(site(Relation::inside));
  const auto before = row_counts();
  for (const api::Endpoint& endpoint : api::all_endpoints()) {
    if (endpoint.method != Method::get) continue;
    const std::string path = filled(endpoint.path, site(Relation::inside), true);
    for (const Type& field : endpoint.request.fields) {
      if (in_path(endpoint, field.name)) continue;
      for (const std::string& bad :
           {std::string("%ff%fe"), std::string("%00"), std::string("%ed%a0%80"), std::string("%"),
            std::string("%zz"), std::string("0ANTW3480VWG"), std::string("-1"),
            std::string("99999999999999999999"), std::string("'%20OR%201=1--"),
            std::string(megabyte, 'x'), std::string("~"), std::string("0ANTW3480VWGGG,,,")}) {
        const auto answer = get(manager, fmt::format("{}?{}={}", path, field.name, bad));
        EXPECT_LT(answer.status, 500) << path << " " << field.name << " " << bad.substr(0, 50);
        const bool dropped = bad == "%" || bad == "%zz";  // No text at all: as if it were absent.
        if (field.kind == Type::Kind::id && !dropped) expect_refused(answer, path + "?" + bad);
      }
    }
  }
  EXPECT_EQ(row_counts(), before);
}

DOORSTEP_ON_BOTH_ENGINES(BadInput);

}  // namespace
}  // namespace doorstep::day
