#pragma once
/// \file The schema's history, built into the program: `migrations/NNNN_name.sql`, forward only.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace doorstep::store {

struct Migration {
  std::int64_t number = 0;
  std::string_view name;
  std::string_view shared;      ///< Empty where each engine has its own text.
  std::string_view sqlite;      ///< `NNNN_name.sqlite.sql`, instead of the shared text.
  std::string_view postgresql;  ///< `NNNN_name.postgresql.sql`, likewise.

  [[nodiscard]] std::string_view text(std::string_view engine) const;
};

/// In order of number. Generated at configure time.
[[nodiscard]] std::span<const Migration> migrations();

/// What migrate() needs of an engine; all calls happen inside one transaction under a lock.
struct Migrator {
  std::string_view engine;
  std::function<Rows(std::string_view sql)> query;
  std::function<void(std::string_view script)> run_script;
  std::function<void(std::string_view sql, const Values& values)> run;
};

/// Brings the schema to the newest version. Throws Failure "store.migration" where an old migration
/// was changed or the database is newer than the program.
void migrate(const Migrator& database, std::span<const Migration> history, Instant now);

/// The tables that a history makes, in the order in which it does: a row refers to tables before its own.
[[nodiscard]] std::vector<std::string> tables_of(std::span<const Migration> history,
                                                 std::string_view engine);

/// A column that holds something about a person, marked `-- personal: <class>` in a migration.
struct PersonalColumn {
  std::string table;
  std::string column;
  std::string field_class;  ///< door, contact, health, money, case or name.
  friend auto operator<=>(const PersonalColumn&, const PersonalColumn&) = default;
};

[[nodiscard]] std::vector<PersonalColumn> personal_columns();
/// The same for one migration's text. Throws std::logic_error for a mark it cannot place.
[[nodiscard]] std::vector<PersonalColumn> personal_columns(std::string_view script);

}  // namespace doorstep::store
