// Erasure: a thousand planted values are found nowhere afterwards, and the journal's chain still holds.

#include "care/rights/erasure.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>

#include "care/registry/compound.h"
#include "care/rights/plan.h"
#include "care/rights/retention.h"
#include "store/migrations.h"
#include "store/scrub.h"

namespace doorstep::rights {
namespace {

namespace fs = std::filesystem;

/// Made by the endpoints below, said of who works here, or sealed (ADR 0019).
const std::set<std::string> not_planted{"person",       "identifier", "contact_point", "search_key",
                                        "link_key",     "household",  "import_chunk",  "account",
                                        "import_batch", "relay",      "closing_sheet", "shop",
                                        "blob",         "idempotency"};

struct Planted {
  std::int64_t person = 0;
  std::int64_t household = 0;
  std::string path = {};
  std::map<std::string, std::int64_t> ids = {};  ///< Of the row of a table.
};

class Erasures : public registry::Compound {
 protected:
  std::string token(std::string_view what) {
    tokens_.push_back(fmt::format("planted{:05}{}", ++number_, what));
    return tokens_.back();
  }
  std::int64_t fresh() { return ++last_; }

  void run(std::string_view sql, const store::Values& values) {
    const auto done = store().write_now([&](store::Transaction& tx) -> store::Outcome {
      tx.run(sql, values);
      return store::Answer{};
    });
    ASSERT_TRUE(done.ok()) << sql << done.error().hint;
  }

  struct Column {
    std::string name;
    std::string type;
    bool required = false;
  };
  const std::vector<Column>& columns(const std::string& table) {
    std::vector<Column>& all = columns_[table];
    if (!all.empty()) return all;
    const bool lite = store().engine() == "sqlite";
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      const std::string sql =
          lite ? "SELECT name, type, CASE WHEN \"notnull\" = 1 THEN 1 ELSE 0 END"
                 " FROM pragma_table_info('" +
                     table + "')"
               : "SELECT CAST(column_name AS TEXT), upper(CAST(data_type AS TEXT)), CASE WHEN"
                 " is_nullable = 'NO' THEN 1 ELSE 0 END FROM information_schema.columns"
                 " WHERE table_schema = 'public' AND table_name = '" +
                     table + "'";
      for (const store::Row& row : db.query(sql)) {
        all.push_back({row.text(0), row.text(1), row.integer(2) != 0});
      }
      return store::Answer{};
    });
    return all;
  }

  /// What a column holds that leads to other rows.
  std::optional<store::Value> leads(const Planted& who, const std::string& table,
                                    const std::string& column) {
    static const std::map<std::string, std::string> parents{{"need_id", "need"},
                                                            {"order_id", "customer_order"},
                                                            {"relay_id", "relay"},
                                                            {"observation_id", "observation"},
                                                            {"ground_id", "observation_ground"},
                                                            {"duty_id", "duty"},
                                                            {"letter_id", "release_letter"},
                                                            {"batch_id", "import_batch"}};
    const Instant before = clock().now() - std::chrono::hours{24 * 20};
    if (column == "community_id" || column == "to_community_id") return community();
    if (column == "household_id" || column == "sender_household") return who.household;
    if (column == "person_id" || column == "subject_id") return who.person;
    if (column == "path") return who.path;
    if (column == "dwelling_id") {
      return count("SELECT dwelling_id FROM household WHERE id = " + std::to_string(who.household));
    }
    if (column == "follower_id") return count("SELECT min(id) FROM account");
    if (column.ends_with("_at") || column == "at") return before;
    if (column == "state" && table == "transfer") return "accepted";
    if (column == "state") return table == "payment_claim" ? "confirmed" : "done";
    if (column == "kind" && table == "import_batch") return "residents";
    if (column == "file_name") return "";  // lists_of() names the file,
    if (column == "source") return "{}";   // and its sheets.
    const auto parent = parents.find(column);
    if (parent != parents.end() && who.ids.contains(parent->second)) {
      return who.ids.at(parent->second);
    }
    return std::nullopt;
  }

  /// A row of the table about this person, every personal column of it filled.
  void plant(Planted& who, const std::string& table) {
    std::string names;
    std::string marks;
    store::Values values;
    for (const Column& column : columns(table)) {
      const bool personal = std::ranges::any_of(kept_columns(), [&](const Kept& one) {
        return one.table == table && one.column == column.name;
      });
      auto value = leads(who, table, column.name);
      if (personal && !value && column.type == "TEXT") value = token(column.name);
      if (personal && column.type == "BYTEA") value = store::Bytes{token(column.name)};
      if (!value && !column.required) continue;
      if (!value) {
        const std::int64_t id = fresh();
        if (column.name == "id") who.ids[table] = id;
        if (column.type == "BOOLEAN") value = false;
        if (column.type == "BIGINT") value = id;
        if (column.type == "TEXT") value = id_text(id);
        if (column.type == "BYTEA") value = store::Bytes{id_text(id)};
      }
      names += (names.empty() ? "" : ", ") + column.name;
      values.push_back(*value);
      marks += fmt::format("{}${}", marks.empty() ? "" : ", ", values.size());
    }
    run("INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")", values);
  }

  /// Somebody behind a door of their own, with a row wherever something personal is kept.
  Planted somebody(const std::string& door) {
    Planted who;
    const std::string home = id(post(manager, "/api/v1/households",
                                     R"({"dwelling":")" + dwelling("1", door) + R"(","label":"l)" +
                                         std::to_string(fresh()) + R"("})"));
    const std::string name = token("name");
    const std::string phone = fmt::format("139{:08}", 50'000'000 + fresh() % 10'000'000);
    tokens_.push_back(phone);
    const auto added = post(manager, "/api/v1/households/" + home + "/people",
                            R"({"name":")" + name + R"(","phone":")" + phone + R"("})");
    EXPECT_EQ(added.status, 200) << added.body;
    who.person = *id_from_text(api::member(added, "id"));
    who.household = *id_from_text(home);
    who.path = path_of(home);
    for (const std::string table : {"observation", "import_batch", "release_letter"}) {
      plant(who, table);
    }
    who.ids["relay"] = fresh();
    run("INSERT INTO relay (community_id, id, title, text, posts, created_at, changed_at)"
        " VALUES ($1, $2, '团购', $3, 1, 0, 0)",
        {community(), who.ids["relay"], "1. 别人家 盐1袋\n2. " + name + " " + phone + " 米\n"});
    for (const std::string& table : store::tables_of(store::migrations(), store().engine())) {
      const bool personal =
          std::ranges::any_of(kept_columns(), [&](const Kept& one) { return one.table == table; });
      if (personal && !not_planted.contains(table)) plant(who, table);
    }
    lists_of(who, name);
    run("UPDATE household SET door = $2, access_notes = $3 WHERE id = $1",
        {who.household, token("door"), token("notes")});
    return who;
  }

  /// Lists that name them: a row that nobody was made of, and a file that was not gone through.
  void lists_of(const Planted& who, const std::string& name) {
    const std::int64_t batch = who.ids.at("import_batch");
    run("INSERT INTO import_row (community_id, batch_id, number, cells, state)"
        " VALUES ($1, $2, 2, $3, 'invalid')",
        {community(), batch, "1栋," + name});
    run("INSERT INTO import_chunk (community_id, batch_id, number, content) VALUES ($1, $2, 1, $3)",
        {community(), batch, "3,1栋," + name + "\n4,1栋,别人\n"});
    run("UPDATE import_batch SET file_name = $2, source = $3 WHERE id = $1",
        {batch, name + ".csv", R"({"sheets":[{"name":")" + name + R"(","rows":1}]})"});
  }

  std::string path_of(const std::string& home) {
    std::string path;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      path = db.first("SELECT path FROM household WHERE id = $1", {*id_from_text(home)})->text(0);
      return store::Answer{};
    });
    return path;
  }

  /// Where the data lie, and how to reach them beside the open store.
  store::Options place() {
    store::Options options;
    (void)store().read([&](store::Snapshot& db) -> store::Outcome {
      if (store().engine() == "sqlite") {
        options.data_directory =
            fs::path(db.query("PRAGMA database_list").at(0).text(2)).parent_path();
      } else {
        const char* url = std::getenv("DOORSTEP_TEST_POSTGRES");  // NOLINT(concurrency-mt-unsafe)
        options.database = url;
        const auto slash = options.database.find('/', options.database.find("://") + 3);
        const auto end = std::min(options.database.find('?'), options.database.size());
        options.database.replace(slash + 1, end - slash - 1,
                                 db.first("SELECT CAST(current_database() AS TEXT)")->text(0));
      }
      return store::Answer{};
    });
    return options;
  }

  /// Everything that is kept, as bytes: the engine's files, or every row of every table.
  std::string everything() {
    std::string all;
    if (store().engine() == "sqlite") {
      for (const auto& one : fs::recursive_directory_iterator(place().data_directory)) {
        if (!one.is_regular_file()) continue;
        std::ifstream in(one.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
      }
    } else {
      (void)store().read([&](store::Snapshot& db) -> store::Outcome {
        for (const std::string& table : store::tables_of(store::migrations(), "postgresql")) {
          for (const store::Row& row : db.query("SELECT * FROM " + table)) {
            for (std::size_t at = 0; at < row.size(); ++at) {
              const auto& kind = row[at].kind();
              if (const auto* text = std::get_if<std::string>(&kind)) all += *text + '\n';
              if (const auto* bytes = std::get_if<store::Bytes>(&kind)) all += bytes->data + '\n';
            }
          }
        }
        return store::Answer{};
      });
    }
    std::ranges::transform(all, all.begin(), [](unsigned char c) {
      return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    return all;
  }

  std::vector<std::string> found() {
    const std::string all = everything();
    std::vector<std::string> left;
    for (const std::string& one : tokens_) {
      if (all.find(one) != std::string::npos) left.push_back(one);
    }
    return left;
  }

  api::Response erase(const Planted& who, std::string_view cause = "asked") {
    return post(manager, "/api/v1/people/" + id_text(who.person) + "/erase",
                R"({"cause":")" + std::string(cause) + R"("})");
  }

  std::map<std::string, std::vector<Column>> columns_;
  std::vector<std::string> tokens_;
  int number_ = 0;
  std::int64_t last_ = 1000;
};

TEST_P(Erasures, N11_AThousandPlantedValuesAreFoundNowhere) {
  std::vector<Planted> people;
  while (tokens_.size() < 1000) people.push_back(somebody("201"));
  // The harness sees what it planted: not blind.
  const auto seen = found();
  for (const std::string& one : tokens_) {
    EXPECT_NE(std::ranges::find(seen, one), seen.end()) << one << " was not planted";
  }
  double slowest = 0;
  for (const Planted& one : people) {
    const std::clock_t began = std::clock();
    const auto answer = erase(one);
    slowest = std::max(slowest, double(std::clock() - began) / CLOCKS_PER_SEC);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(api::member(answer, "state"), "done");
  }
  EXPECT_TRUE(store::scrub(place()));
  const auto left = found();
  EXPECT_TRUE(left.empty()) << left.size() << " of " << tokens_.size() << ", as " << left.front();
  for (const Planted& one : people) {
    EXPECT_EQ(count(fmt::format("SELECT count(*) FROM link_key WHERE person_id = {}", one.person)),
              0);
    EXPECT_EQ(count(fmt::format("SELECT count(*) FROM search_key WHERE subject_id IN ({}, {})",
                                one.person, one.household)),
              0);
  }
  // Others' words in the same texts stand.
  EXPECT_EQ(count("SELECT count(*) FROM relay WHERE text LIKE '%别人家 盐1袋%'"),
            std::ssize(people));
  EXPECT_EQ(count("SELECT count(*) FROM import_chunk WHERE content LIKE '%别人%'"),
            std::ssize(people));
  const auto chain = store::verify_journal(store());
  EXPECT_TRUE(chain.problems.empty());
  std::vector<std::string> problems;
  (void)store().read([&](store::Snapshot& db) -> store::Outcome {
    problems = check_erasures(db, store().journal_key());
    return store::Answer{};
  });
  EXPECT_TRUE(problems.empty()) << problems.front();
  EXPECT_LT(slowest, 1.0);
  fmt::print("{} values of {} people, slowest erasure {:.3f} s of CPU\n", tokens_.size(),
             people.size(), slowest);
}

DOORSTEP_ON_BOTH_ENGINES(Erasures);

TEST(Keeping, N11_EveryPersonalColumnSaysWhyAndHowLong) {
  EXPECT_EQ(kept_columns().size(), store::personal_columns().size());
  for (const Kept& one : kept_columns()) {
    EXPECT_FALSE(one.purpose.empty() || one.basis.empty() || one.period.empty())
        << one.table << '.' << one.column;
  }
}

TEST(Keeping, N11_ALineThatSaysNothingIsRefused) {
  constexpr std::string_view table = "CREATE TABLE a (\n  b TEXT -- personal: name\n);\n";
  const auto with = [&](std::string_view line) { return std::string(table) + std::string(line); };
  EXPECT_EQ(kept_columns(with("-- kept: a.b: register; request; raw since made\n")).size(), 1U);
  for (const std::string_view line :
       {"", "-- kept: a.b: register; request; raw\n", "-- kept: a.b: fun; request; stays\n",
        "-- kept: a.b: register; because; stays\n", "-- kept: a.c: register; request; stays\n",
        "-- kept: a.b, b: register; request; stays\n"}) {
    EXPECT_THROW((void)kept_columns(with(line)), std::logic_error) << line;
  }
}

TEST(Keeping, N11_EveryTableWithSomethingPersonalIsInThePlan) {
  // Of installations, staff and businesses, or emptied by code of their own.
  const std::set<std::string> apart{"person",      "identifier", "contact_point", "link_key",
                                    "account",     "shop",       "closing_sheet", "blob",
                                    "idempotency", "relay",      "import_chunk",  "import_batch"};
  std::set<std::string> erased;
  std::set<std::string> expired{"need"};  // care/needs drops the words of a need.
  for (const Step& step : steps()) erased.insert(std::string(step.table));
  for (const Expiry& one : expiries()) expired.insert(std::string(one.table));
  for (const Kept& one : kept_columns()) {
    if (!apart.contains(one.table)) {
      EXPECT_TRUE(erased.contains(one.table)) << one.table << " is not erased";
    }
    const bool runs = !one.since.empty() && one.since != "left" && one.table != "account";
    if (runs) EXPECT_TRUE(expired.contains(one.table)) << one.table << " never runs out";
  }
}

}  // namespace
}  // namespace doorstep::rights
