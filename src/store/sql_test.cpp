/// \file The shared SQL subset of docs/sql.md, statement by statement, the same answer on both
/// engines.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/sql_text.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

std::string show(const Value& value) {
  struct Show {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(std::int64_t number) const { return fmt::to_string(number); }
    std::string operator()(bool truth) const { return truth ? "1" : "0"; }
    std::string operator()(double real) const { return fmt::format("{}", real); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Bytes& bytes) const { return "x" + to_hex(bytes.data); }
  };
  return std::visit(Show{}, value.kind());
}

std::string show(const Rows& rows) {
  std::string all;
  for (const Row& row : rows) {
    if (!all.empty()) all += " ";
    for (std::size_t at = 0; at < row.size(); ++at) all += (at > 0 ? "," : "") + show(row[at]);
  }
  return all;
}

struct Case {
  const char* name;
  const char* sql;
  Values values;
  const char* expected;
};

const Case queries[] = {
    {"types", "SELECT id, name, tag, ok, height FROM p WHERE id = $1", {1}, "1,安,xff00,1,1.5"},
    {"null of each type", "SELECT tag, ok, height FROM p WHERE id = 3", {}, "NULL,NULL,NULL"},
    {"parameter twice", "SELECT id FROM p WHERE id = $1 OR grid = $1 + 9 ORDER BY id", {1}, "1 2"},
    {"parameters out of order", "SELECT id FROM p WHERE name = $2 AND id = $1", {1, "安"}, "1"},
    {"parameter alone", "SELECT CAST($1 AS BIGINT)", {Value()}, "NULL"},
    {"text alone", "SELECT CAST($1 AS TEXT) || 'x'", {"a"}, "ax"},
    {"dollar in a literal", "SELECT '$1', id FROM p WHERE id = $1", {2}, "$1,2"},
    {"boolean parameter", "SELECT id FROM p WHERE ok = $1", {true}, "1"},
    {"not flag", "SELECT id FROM p WHERE NOT ok", {}, "2"},
    {"boolean literals", "SELECT id FROM p WHERE ok = TRUE OR ok = FALSE ORDER BY id", {}, "1 2"},
    {"bytes parameter", "SELECT id FROM p WHERE tag = $1", {Bytes{std::string("\xff\0", 2)}}, "1"},
    {"real parameter", "SELECT id FROM p WHERE height > $1", {1.25}, "1"},
    {"null parameter", "SELECT COUNT(*) FROM p WHERE grid IS NOT DISTINCT FROM $1", {Value()}, "1"},
    {"is distinct from", "SELECT id FROM p WHERE grid IS DISTINCT FROM 10 ORDER BY id", {}, "3 4"},
    {"join", "SELECT p.id, g.name FROM p JOIN g ON g.id = p.grid ORDER BY p.id", {}, "1,a 2,a 4,b"},
    {"left join",
     "SELECT p.id, g.name FROM p LEFT JOIN g ON g.id = p.grid WHERE p.id > 2 ORDER BY 1",
     {},
     "3,NULL 4,b"},
    {"exists",
     "SELECT id FROM g WHERE EXISTS (SELECT 1 FROM p WHERE p.grid = g.id) ORDER BY id",
     {},
     "10 20"},
    {"in select", "SELECT id FROM p WHERE grid IN (SELECT id FROM g WHERE name = 'b')", {}, "4"},
    {"row values",
     "SELECT id FROM p WHERE (height, id) > ($1, $2) ORDER BY height, id",
     {0.5, 0},
     "2 1"},
    {"row values in", "SELECT id FROM p WHERE (id, grid) IN (SELECT 4, id FROM g)", {}, "4"},
    {"with", "WITH big AS (SELECT id FROM p WHERE id > 2) SELECT COUNT(*) FROM big", {}, "2"},
    {"with values",
     "WITH v(a, b) AS (VALUES (1, 'x'), (2, 'y')) SELECT b FROM v ORDER BY a DESC",
     {},
     "y x"},
    {"recursive",
     "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 4) "
     "SELECT SUM(i) FROM n",
     {},
     "10"},
    {"union",
     "SELECT id FROM p WHERE id < 2 UNION ALL SELECT id FROM g ORDER BY 1",
     {},
     "1 10 20 30"},
    {"except", "SELECT id FROM g EXCEPT SELECT grid FROM p ORDER BY 1", {}, "30"},
    {"intersect", "SELECT id FROM g INTERSECT SELECT grid FROM p ORDER BY 1", {}, "10 20"},
    {"nulls last", "SELECT id FROM p ORDER BY grid DESC NULLS LAST, id", {}, "4 1 2 3"},
    {"limit and offset", "SELECT id FROM p ORDER BY id LIMIT $1 OFFSET $2", {2, 1}, "2 3"},
    {"count filter", "SELECT COUNT(*), COUNT(*) FILTER (WHERE grid = 10) FROM p", {}, "4,2"},
    {"sum of bigint", "SELECT SUM(grid), MIN(grid), MAX(grid) FROM p", {}, "40,10,20"},
    {"sum of nothing", "SELECT SUM(grid), COUNT(grid) FROM p WHERE id > 100", {}, "NULL,0"},
    {"sum of reals", "SELECT SUM(height) FROM p", {}, "2.25"},
    {"group and having",
     "SELECT grid, COUNT(*) FROM p GROUP BY grid HAVING COUNT(*) > 1",
     {},
     "10,2"},
    {"window",
     "SELECT id, ROW_NUMBER() OVER (PARTITION BY grid ORDER BY id DESC) FROM p "
     "WHERE grid = 10 ORDER BY id",
     {},
     "1,2 2,1"},
    {"case",
     "SELECT CASE WHEN ok THEN 'yes' WHEN NOT ok THEN 'no' ELSE '?' END FROM p ORDER BY id",
     {},
     "yes no ? ?"},
    {"coalesce and nullif",
     "SELECT COALESCE(grid, 0), NULLIF(id, 3) FROM p WHERE id = 3",
     {},
     "0,NULL"},
    {"text functions",
     "SELECT LENGTH(name), SUBSTR('abcde', 2, 3), REPLACE('aXb', 'X', '-') FROM p "
     "WHERE id = 1",
     {},
     "1,bcd,a-b"},
    {"integer division", "SELECT -7 / 2, -7 % 2, ABS(-3)", {}, "-3,-1,3"},
    {"like", "SELECT id FROM p WHERE name LIKE $1", {"zh%"}, "4"},
    {"order of text", "SELECT name FROM p ORDER BY name COLLATE \"C\"", {}, "Zb bo zhang 安"},
    {"between and in list",
     "SELECT id FROM p WHERE id BETWEEN 2 AND 4 AND id IN (1, 2, 3) ORDER BY id",
     {},
     "2 3"},
    {"large numbers",
     "SELECT CAST($1 AS BIGINT) - 1",
     {std::int64_t{9223372036854775807}},
     "9223372036854775806"},
    {"comment with a brace", "SELECT 1 -- {not a relation} $9\n", {}, "1"},
};

class SharedSql : public StoreTest {
 protected:
  void SetUp() override {
    TearDown();
    must("CREATE TABLE g (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)");
    must(
        "CREATE TABLE p (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, tag BYTEA, "
        "ok BOOLEAN, height DOUBLE PRECISION, grid BIGINT REFERENCES g (id) ON DELETE CASCADE, "
        "CHECK (id > 0))");
    must("INSERT INTO g (id, name) VALUES (10, 'a'), (20, 'b'), (30, 'c')");
    const std::string insert =
        "INSERT INTO p (id, name, tag, ok, height, grid) VALUES ($1, $2, $3, $4, $5, $6)";
    must(insert, {1, "安", Bytes{std::string("\xff\0", 2)}, true, 1.5, 10});
    must(insert, {2, "bo", Bytes{}, false, 0.75, 10});
    must(insert, {3, "Zb", Value(), Value(), Value(), Value()});
    must(insert, {4, "zhang", Value(), Value(), Value(), 20});
  }
  void TearDown() override {
    must("DROP TABLE IF EXISTS p");
    must("DROP TABLE IF EXISTS g");
  }

  std::int64_t must(std::string_view sql, const Values& values = {}) {
    std::int64_t changed = -1;
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      changed = tx.run(sql, values);
      return Answer{};
    });
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome.error().hint;
    return changed;
  }
  std::string code(std::string_view sql, const Values& values = {}) {
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      tx.run(sql, values);
      return Answer{};
    });
    return outcome.ok() ? "" : outcome.error().code;
  }
  /// The rows of a statement that may write.
  std::string rows(std::string_view sql, const Values& values = {}) {
    std::string shown;
    const Outcome outcome = store().write_now([&](Transaction& tx) -> Outcome {
      shown = show(tx.query(sql, values));
      return Answer{};
    });
    return outcome.ok() ? shown : outcome.error().code + " " + outcome.error().hint;
  }
};

TEST_P(SharedSql, EachQueryHasOneAnswer) {
  for (const Case& tested : queries) {
    SCOPED_TRACE(tested.name);
    EXPECT_EQ(rows(tested.sql, tested.values), tested.expected);
  }
}

TEST_P(SharedSql, Writing) {
  EXPECT_EQ(must("INSERT INTO g (id, name) VALUES (10, 'z') ON CONFLICT (id) DO NOTHING"), 0);
  EXPECT_EQ(must("INSERT INTO g (id, name) VALUES (10, 'z'), (40, 'd') "
                 "ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE g.name <> 'q'"),
            2);
  EXPECT_EQ(rows("INSERT INTO g (id, name) SELECT id + 100, name FROM g WHERE id < 20 "
                 "RETURNING id, name"),
            "110,z");
  EXPECT_EQ(must("UPDATE p SET name = g.name || p.id FROM g WHERE g.id = p.grid AND p.id < 3"), 2);
  EXPECT_EQ(rows("UPDATE p SET ok = NOT ok WHERE id = $1 RETURNING ok, name", {1}), "0,z1");
  EXPECT_EQ(must("UPDATE p SET height = height + $2 WHERE id = $1", {1, 0.5}), 1);
  EXPECT_EQ(must("DELETE FROM p WHERE (id, name) IN (SELECT id, name FROM p WHERE id = 4)"), 1);
  EXPECT_EQ(must("DELETE FROM g WHERE id = 10"), 1);  // Takes persons 1 and 2 along.
  EXPECT_EQ(rows("SELECT id FROM p"), "3");
  EXPECT_EQ(must("UPDATE p SET ok = TRUE WHERE id = 99"), 0);
}

TEST_P(SharedSql, Schema) {
  must("CREATE UNIQUE INDEX p_open ON p (grid) WHERE ok");
  EXPECT_EQ(code("UPDATE p SET ok = TRUE WHERE grid = 10"), "store.constraint");
  must("ALTER TABLE p ADD COLUMN note TEXT NOT NULL DEFAULT ''");
  must("ALTER TABLE p RENAME COLUMN note TO remark");
  EXPECT_EQ(rows("SELECT remark FROM p WHERE id = 1"), "");
  must("CREATE VIEW tall AS SELECT id FROM p WHERE height > 1");
  EXPECT_EQ(rows("SELECT id FROM tall"), "1");
  must("DROP VIEW tall");
  must("DROP INDEX p_open");
}

TEST_P(SharedSql, ConstraintsAreRefusedAlike) {
  EXPECT_EQ(code("INSERT INTO p (id, name) VALUES (1, 'x')"), "store.constraint");
  EXPECT_EQ(code("INSERT INTO p (id, name) VALUES (9, 'bo')"), "store.constraint");
  EXPECT_EQ(code("INSERT INTO p (id, name) VALUES (-1, 'x')"), "store.constraint");
  EXPECT_EQ(code("INSERT INTO p (id) VALUES (9)"), "store.constraint");
  EXPECT_EQ(code("INSERT INTO p (id, name, grid) VALUES (9, 'x', 999)"), "store.constraint");
  EXPECT_EQ(code("INSERT INTO nowhere (id) VALUES (9)"), "store.broken");
  EXPECT_EQ(code("SELECT FROM WHERE"), "store.broken");
}

TEST_P(SharedSql, ParametersChangeTheirTypeBetweenCalls) {
  const std::string sql = "UPDATE p SET grid = $2, tag = $3 WHERE id = $1";
  EXPECT_EQ(must(sql, {1, Value(), Value()}), 1);
  EXPECT_EQ(must(sql, {1, 20, Bytes{"a"}}), 1);
  EXPECT_EQ(must(sql, {1, Value(), Bytes{"b"}}), 1);
  EXPECT_EQ(rows("SELECT grid, tag FROM p WHERE id = 1"), "NULL,x62");
}

TEST_P(SharedSql, MoreTextsThanAConnectionKeepsAreAllRight) {
  const Outcome outcome = store().write_now([](Transaction& tx) -> Outcome {
    for (int round = 0; round < 2; ++round) {
      for (int at = 0; at < 700; ++at) {
        const auto row = tx.first(fmt::format("SELECT {} + $1", at), {1});
        EXPECT_EQ(row->integer(0), at + 1);
      }
    }
    return Answer{};
  });
  EXPECT_TRUE(outcome.ok()) << outcome.error().hint;
}

DOORSTEP_ON_BOTH_ENGINES(SharedSql);

TEST(SqlText, RelationsAreNumberedAfterTheQuerysOwnParameters) {
  Values values{7, 8};
  const Relations relations{{"a", "SELECT $1, '$1' FROM t WHERE x = $2", {Value(1), Value(2)}},
                            {"b", "SELECT $1", {Value(3)}}};
  EXPECT_EQ(expand_relations("SELECT $2, '{a}' FROM {b} b JOIN {a} a JOIN {b} c ON x = $1 -- {a}",
                             relations, values),
            "SELECT $2, '{a}' FROM (SELECT $3) b JOIN (SELECT $4, '$1' FROM t WHERE x = $5) a "
            "JOIN (SELECT $3) c ON x = $1 -- {a}");
  EXPECT_EQ(values, (Values{7, 8, 3, 1, 2}));
  EXPECT_EQ(sqlite_parameters("SELECT $1, \"$2\", '$3''$4', $15 -- $6"),
            "SELECT ?1, \"$2\", '$3''$4', ?15 -- $6");
}

}  // namespace
}  // namespace doorstep::store
