/// \file How long it takes to see whether somebody is registered already, through the table link_key
/// among as many people as DOORSTEP_BENCH_PEOPLE says (1,000,000), on SQLite and, where
/// DOORSTEP_TEST_POSTGRES names a server, on PostgreSQL.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/accounts.h"
#include "base/check.h"
#include "base/embedded.h"
#include "care/registry/alike.h"
#include "care/registry/bulk.h"
#include "engine/linkage/synthetic_people.h"
#include "store/testing.h"

namespace doorstep::registry {
namespace {

using SteadyClock = std::chrono::steady_clock;
using linkage::SyntheticResidents;

SyntheticResidents source() {
  return {
      U"李王张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋"
      U"田杜丁沈姜范江傅钟卢汪戴",
      U"伟强磊军洋勇杰涛超明刚平辉鹏斌波建国志德芳娜敏静丽艳娟秀英玲玉梅桂兰春红霞云燕凤珍荣华文海"
      U"林晓峰宇浩然欣怡佳琪雪",
      {"翠湖苑", "西子湾", "花半里", "静园", "阳光花园", "和平里"}};
}

/// Somebody as a registry reads them from a row of name, sex, number, birthday, phone, address.
Newcomer read(const SyntheticResidents::Values& row) {
  Newcomer out;
  std::string name = row[0];
  out.person.name = Private<std::string>(std::move(name));
  out.person.sex = row[1] == "男" ? Sex::male : row[1] == "女" ? Sex::female : Sex::unknown;
  out.person.born_on = day_from_text(row[3]);
  if (const auto phone = clean_phone(row[4])) out.phones.push_back(*phone);
  out.door = row[5];
  return out;
}

class People {
 public:
  People(store::Engine engine, std::int64_t count) : store_(store::open_test_store(engine)) {
    IdSource ids(rng_);
    const auto made = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
      community_ = TRY(access::create_community(tx, ids, now_, "大社区", "Asia/Shanghai",
                                                embedded("rules/area-fumin.toml")));
      tx.post(
          "INSERT INTO place (community_id, id, kind, name, path, position)"
          " VALUES ($1, 1, 'dwelling', '101', 'd1', 1)",
          {community_});
      return store::Answer{};
    });
    CHECK(made.ok());
    constexpr std::int64_t step = 5000;
    for (std::int64_t at = 0; at < count; at += step) {
      const auto added = store_->write_now([&](store::Transaction& tx) -> store::Outcome {
        add(tx, at, std::min(count, at + step));
        return store::Answer{};
      });
      CHECK(added.ok());
    }
  }

  /// Microseconds, and who was found.
  double ask(const Newcomer& newcomer, std::vector<Alike>& found) {
    const auto start = SteadyClock::now();
    const auto read = store_->read([&](store::Snapshot& db) -> store::Outcome {
      found = std::move(find_alike(db, community_, {&newcomer, 1}).front());
      return store::Answer{};
    });
    CHECK(read.ok());
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - start).count();
  }

 private:
  void add(store::Transaction& tx, std::int64_t from, std::int64_t to);

  SystemRng rng_;
  Instant now_ = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  std::unique_ptr<store::Store> store_;
  Id<Community> community_{};
};

void People::add(store::Transaction& tx, std::int64_t from, std::int64_t to) {
  BulkInsert people(tx, "INSERT INTO person (id, name, sex, born_on, created_at, salt)");
  BulkInsert homes(tx,
                   "INSERT INTO household (community_id, id, dwelling_id, path, label, door,"
                   " access_notes, digital, created_at)");
  BulkInsert residences(tx,
                        "INSERT INTO residence (community_id, id, person_id, household_id,"
                        " relation, from_on)");
  BulkInsert points(tx, "INSERT INTO contact_point (community_id, id, kind, value)",
                    "ON CONFLICT DO NOTHING");
  BulkInsert uses(tx,
                  "INSERT INTO contact_point_use (community_id, contact_point_id, household_id,"
                  " person_id, from_at)");
  std::vector<PersonKey> keys;
  const SyntheticResidents all = source();
  for (std::int64_t at = from; at < to; ++at) {
    Newcomer one = read(all.person(static_cast<std::uint64_t>(at)));
    one.person.id = Id<Person>{at + 1};
    people.add({one.person.id, one.person.name, api::word(one.person.sex), one.person.born_on, now_,
                store::Bytes{"salt"}});
    homes.add({community_, at + 1, std::int64_t{1}, fmt::format("d1h{}", at), std::to_string(at),
               one.door, "", "unknown", now_});
    residences.add({community_, at + 1, at + 1, at + 1, "", "2020-01-01"});
    // A phone is one point, whoever is reached by it.
    const std::int64_t point = std::strtoll(one.phones.front().c_str(), nullptr, 10);
    points.add({community_, point, "phone", one.phones.front()});
    uses.add({community_, point, at + 1, at + 1, now_});
    append_link_keys(keys, one.person, one.phones);
  }
  for (BulkInsert* insert : {&people, &homes, &residences, &points, &uses}) insert->flush();
  insert_first_link_keys(tx, std::move(keys));
}

void run(store::Engine engine, std::int64_t count) {
  People people(engine, count);
  const SyntheticResidents all = source();
  std::vector<double> times;
  int known = 0;
  int shown = 0;
  int likely = 0;
  int strangers = 0;
  constexpr std::int64_t asked = 10'000;
  for (std::int64_t at = 0; at < asked; ++at) {
    const bool registered = at % 10 < 7;
    const std::int64_t who = registered ? at * 7919 % count : count + at;
    std::vector<Alike> found;
    times.push_back(people.ask(read(all.pushed(static_cast<std::uint64_t>(who), 1)), found));
    const bool right = std::ranges::any_of(
        found, [&](const Alike& one) { return one.person.id.value() == who + 1; });
    known += registered ? 1 : 0;
    shown += registered && right ? 1 : 0;
    likely += registered && right && found.front().likeness == Likeness::likely ? 1 : 0;
    strangers += !registered && !found.empty() ? 1 : 0;
  }
  std::ranges::sort(times);
  fmt::print(
      "{}: one match against {} people: p50 {:.2f} ms, p99 {:.2f} ms, p99.9 {:.2f} ms\n"
      "  of {} registered, without their number: {:.1f} % shown, {:.1f} % as likely; of {} "
      "strangers {:.1f} % asked about\n",
      store::name_of(engine), count, times[times.size() / 2] / 1e3,
      times[times.size() * 99 / 100] / 1e3, times[times.size() * 999 / 1000] / 1e3, known,
      100.0 * shown / known, 100.0 * likely / known, asked - known,
      100.0 * strangers / static_cast<double>(asked - known));
  std::fflush(stdout);
}

}  // namespace
}  // namespace doorstep::registry

int main() {
  using namespace doorstep;
  const char* asked = std::getenv("DOORSTEP_BENCH_PEOPLE");  // NOLINT(concurrency-mt-unsafe)
  const std::int64_t people = asked != nullptr ? std::strtoll(asked, nullptr, 10) : 1'000'000;
  registry::run(store::Engine::sqlite, people);
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  if (std::getenv("DOORSTEP_TEST_POSTGRES") != nullptr) {
    registry::run(store::Engine::postgresql, people);
  }
  return 0;
}
