#include "store/migrations.h"

#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/log.h"

namespace doorstep::store {
namespace {

constexpr std::string_view version_table =
    "CREATE TABLE IF NOT EXISTS schema_version ("
    "number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, "
    "applied_at BIGINT NOT NULL)";

std::string hash_of(std::string_view text) {
  return to_hex(blake2b(text));
}

/// `{clustered}` after a table: its rows live in the tree of its primary key alone. SQLite has to be
/// told so and would keep a second tree beside it; PostgreSQL has no such tables.
std::string for_engine(std::string_view text, std::string_view engine) {
  constexpr std::string_view mark = "{clustered}";
  std::string out(text);
  for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark)) {
    out.replace(at, mark.size(), engine == "sqlite" ? "WITHOUT ROWID" : "");
  }
  return out;
}

/// Throws where the database knows a migration that the program does not, or another text of it.
void compare(const Row& applied, std::string_view engine, std::span<const Migration> history,
             std::size_t at) {
  const std::int64_t number = applied.integer(0);
  if (at >= history.size() || history[at].number != number) {
    throw Failure("store.migration",
                  fmt::format("the database has migration {} ({}), this program does not; it is "
                              "older than the database",
                              number, applied.text(1)));
  }
  if (applied.text(2) != hash_of(history[at].text(engine))) {
    throw Failure("store.migration",
                  fmt::format("migration {} ({}) was changed after it had been applied", number,
                              history[at].name));
  }
}

/// The words of a line, without punctuation that SQL allows to touch them.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
    if (letter) {
      word.push_back(c);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

/// The table named by `CREATE TABLE [IF NOT EXISTS] t` or `ALTER TABLE t`, or empty.
std::string table_of(const std::vector<std::string>& words) {
  if (words.size() < 3 || words[1] != "TABLE") return "";
  if (words[0] != "CREATE" && words[0] != "ALTER") return "";
  const bool guarded = words[2] == "IF";
  const std::size_t at = guarded ? (words[0] == "CREATE" ? 5 : 4) : 2;
  return at < words.size() ? words[at] : "";
}

/// The column a line defines: its first word, or the one after ADD [COLUMN].
std::string column_of(const std::vector<std::string>& words) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if (words[at] == "ADD") return words[at + (words[at + 1] == "COLUMN" ? 2 : 1)];
  }
  return words.empty() ? "" : words[0];
}

}  // namespace

std::string_view Migration::text(std::string_view engine) const {
  const std::string_view own = engine == "sqlite" ? sqlite : postgresql;
  return own.empty() ? shared : own;
}

void migrate(const Migrator& database, std::span<const Migration> history, Instant now) {
  database.run_script(version_table);
  const Rows applied =
      database.query("SELECT number, name, hash FROM schema_version ORDER BY number");
  for (std::size_t at = 0; at < applied.size(); ++at) {
    compare(applied[at], database.engine, history, at);
  }
  const auto waiting = history.subspan(applied.size());
  for (const Migration& next : waiting) {
    const std::string_view text = next.text(database.engine);
    if (text.empty()) {
      throw Failure("store.migration",
                    fmt::format("migration {} has no text for {}", next.number, database.engine));
    }
    database.run_script(for_engine(text, database.engine));
    database.run(
        "INSERT INTO schema_version (number, name, hash, applied_at) VALUES ($1, $2, $3, $4)",
        {next.number, next.name, hash_of(text), now});
  }
  if (!waiting.empty()) {
    log::info("schema: at migration {}, {} applied now", history.back().number, waiting.size());
  }
}

std::vector<std::string> tables_of(std::span<const Migration> history, std::string_view engine) {
  std::vector<std::string> tables;
  for (const Migration& one : history) {
    std::string_view rest = one.text(engine);
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (!line.starts_with("CREATE TABLE")) continue;
      tables.push_back(table_of(words_of(line)));
    }
  }
  return tables;
}

std::vector<PersonalColumn> personal_columns(std::string_view script) {
  static constexpr std::array<std::string_view, 6> classes = {"door",  "contact", "health",
                                                              "money", "case",    "name"};
  constexpr std::string_view mark = "-- personal:";
  std::vector<PersonalColumn> found;
  std::string table;
  while (!script.empty()) {
    const auto end = std::min(script.find('\n'), script.size());
    const std::string_view line = script.substr(0, end);
    script.remove_prefix(std::min(end + 1, script.size()));
    const auto words = words_of(line.substr(0, line.find("--")));
    if (const std::string named = table_of(words); !named.empty()) table = named;
    const auto at = line.find(mark);
    if (at == std::string_view::npos) continue;
    const auto marked = words_of(line.substr(at + mark.size()));
    const std::string column = column_of(words);
    const bool known =
        marked.size() == 1 && std::find(classes.begin(), classes.end(), marked[0]) != classes.end();
    if (table.empty() || column.empty() || !known) {
      throw std::logic_error(fmt::format("a personal mark that names no column: {}", line));
    }
    found.push_back({table, column, marked[0]});
  }
  return found;
}

std::vector<PersonalColumn> personal_columns() {
  std::vector<PersonalColumn> all;
  for (const Migration& migration : migrations()) {
    for (const std::string_view text : {migration.shared, migration.sqlite, migration.postgresql}) {
      for (PersonalColumn& column : personal_columns(text)) {
        if (std::find(all.begin(), all.end(), column) == all.end())
          all.push_back(std::move(column));
      }
    }
  }
  return all;
}

}  // namespace doorstep::store
