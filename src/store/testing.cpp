#include "store/testing.h"

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "store/files.h"
#include "store/postgres_connection.h"
#include "store/sqlite_connection.h"

namespace doorstep::store {
namespace {

namespace fs = std::filesystem;

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

Rng& system_rng() {
  static SystemRng rng;
  return rng;
}

/// True for "<prefix><pid>..." of a process that is no longer there.
bool left_behind(const std::string& name, const std::string& prefix) {
  if (!name.starts_with(prefix)) return false;
  const int pid = int(std::strtol(name.c_str() + prefix.size(), nullptr, 10));
  return pid > 0 && pid != ::getpid() && ::kill(pid, 0) != 0;
}

/// One directory for the process, swept at the end; those of dead processes are swept at the start.
class Root {
 public:
  Root() {
    const fs::path base = fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(base, ignored)) {
      if (left_behind(entry.path().filename(), prefix)) fs::remove_all(entry.path(), ignored);
    }
    path_ = base / fmt::format("{}{}", prefix, ::getpid());
    fs::create_directory(path_);
  }
  ~Root() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;

  std::string fresh() {
    const std::lock_guard lock(mutex_);
    return path_ / fmt::format("{}", ++count_);
  }

 private:
  static constexpr const char* prefix = "doorstep-test-";
  fs::path path_;
  std::mutex mutex_;
  int count_ = 0;
};

Root& root() {
  static Root one;
  return one;
}

/// Makes a migrated, empty store in `options` and closes it.
void make(const Options& options) {
  (void)Store::open(options);
}

/// A migrated database file that fresh stores are copied from.
const std::string& sqlite_template() {
  static const std::string made = [] {
    Options options;
    options.data_directory = root().fresh();
    options.inline_writes = true;
    options.clock = &system_clock();
    options.rng = &system_rng();
    make(options);
    SqliteConnection connection(options.data_directory + "/doorstep.db", {},
                                SqliteConnection::Mode::write);
    // The copy makes an installation of its own.
    connection.run_script("DELETE FROM installation; DELETE FROM journal_chain");
    connection.query("PRAGMA wal_checkpoint(TRUNCATE)");
    return options.data_directory + "/doorstep.db";
  }();
  return made;
}

/// Databases of this process on the test server: emptied and used again, dropped at the end.
class Databases {
 public:
  Databases() {
    const char* url = std::getenv("DOORSTEP_TEST_POSTGRES");  // NOLINT(concurrency-mt-unsafe)
    if (url == nullptr || *url == '\0') {
      throw std::runtime_error(
          "DOORSTEP_TEST_POSTGRES is not set: tests on PostgreSQL need a server, such as "
          "postgresql:///postgres?host=/tmp/socket-directory");
    }
    server_ = url;
    PostgresConnection::keep_sessions(true);
    for (const Row& row : server().query("SELECT CAST(datname AS TEXT) FROM pg_database")) {
      if (left_behind(row.text(0), prefix)) drop(row.text(0));
    }
  }
  ~Databases() {
    PostgresConnection::keep_sessions(false);
    for (int at = 1; at <= count_; ++at) {
      try {
        drop(name(at));
      } catch (const Failure&) {
        continue;  // The next program sweeps it.
      }
    }
  }
  Databases(const Databases&) = delete;
  Databases& operator=(const Databases&) = delete;

  std::string take() {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      std::string url = std::move(free_.back());
      free_.pop_back();
      empty(url);
      return url;
    }
    ++count_;
    server().queue_once("CREATE DATABASE " + name(count_), {});
    server().settle();
    return url_of(name(count_));
  }

  void give_back(std::string url) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(url));
  }

 private:
  static constexpr const char* prefix = "doorstep_test_";

  static std::string name(int number) { return fmt::format("{}{}_{}", prefix, ::getpid(), number); }

  PostgresConnection& server() {
    if (!connection_) connection_ = std::make_unique<PostgresConnection>(server_);
    connection_->connect();
    return *connection_;
  }

  void drop(const std::string& database) {
    server().queue_once("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)", {});
    server().settle();
  }

  /// The server's URL with another database; `server_` is a URL, not a list of words.
  [[nodiscard]] std::string url_of(const std::string& database) const {
    const auto authority = server_.find("://");
    if (authority == std::string::npos) throw std::runtime_error("DOORSTEP_TEST_POSTGRES: no URL");
    const auto path = server_.find('/', authority + 3);
    const auto query = std::min(server_.find('?'), server_.size());
    return fmt::format("{}/{}{}", server_.substr(0, std::min(path, query)), database,
                       server_.substr(query));
  }

  static void empty(const std::string& url) {
    PostgresConnection connection(url);
    connection.connect();
    connection.run_script(R"(DO $$
      DECLARE t text; filled boolean; list text := '';
      BEGIN
        FOR t IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
          CONTINUE WHEN t = 'schema_version';
          EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || t || ')' INTO filled;
          IF filled THEN list := list || ', ' || t; END IF;
        END LOOP;
        IF list <> '' THEN EXECUTE 'TRUNCATE ' || substr(list, 3) || ' CASCADE'; END IF;
      END $$)");
  }

  std::string server_;
  std::unique_ptr<PostgresConnection> connection_;
  std::mutex mutex_;
  int count_ = 0;
  std::vector<std::string> free_;
};

Databases& databases() {
  static Databases one;
  return one;
}

}  // namespace

TestPlace::TestPlace(Engine engine) : engine_(engine) {
  options_.data_directory = root().fresh();
  options_.clock = &system_clock();
  options_.rng = &system_rng();
  if (engine == Engine::sqlite) {
    make_directory(options_.data_directory);
    fs::copy_file(sqlite_template(), options_.data_directory + "/doorstep.db");
  } else {
    options_.database = databases().take();
  }
}

TestPlace::~TestPlace() {
  std::error_code ignored;
  fs::remove_all(options_.data_directory, ignored);
  fs::remove_all(options_.data_directory + "-second", ignored);
  if (engine_ == Engine::postgresql) databases().give_back(options_.database);
}

std::string TestPlace::second_directory() {
  std::string path = options_.data_directory + "-second";
  make_directory(path);
  fs::copy(options_.data_directory + "/keys", path + "/keys", fs::copy_options::recursive);
  return path;
}

std::unique_ptr<Store> open_test_store(Engine engine, Options options, Seams seams) {
  const auto place = std::make_shared<TestPlace>(engine);
  if (options.data_directory.empty()) options.data_directory = place->options().data_directory;
  if (options.database.empty()) options.database = place->options().database;
  if (options.clock == nullptr) options.clock = place->options().clock;
  if (options.rng == nullptr) options.rng = place->options().rng;
  seams.closed = [place] {};  // Keeps the place until the store is closed.
  return engine == Engine::sqlite ? open_sqlite(options, seams) : open_postgres(options, seams);
}

}  // namespace doorstep::store
