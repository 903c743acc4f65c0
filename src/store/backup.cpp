#include "store/backup.h"

#include <algorithm>
#include <bit>
#include <filesystem>

#include <fmt/format.h>
#include <sodium.h>

#include "base/bytes.h"
#include "base/id.h"
#include "store/blob_files.h"
#include "store/files.h"
#include "store/fill.h"
#include "store/restored.h"
#include "store/sealed_stream.h"

namespace doorstep::store {
namespace {

constexpr std::string_view magic = "doorstep backup 1\n";
constexpr std::size_t sealed_key_size = stream_key_size + crypto_box_SEALBYTES;
/// Rows in one statement; the widest table times this stays far below both engines' limit of parameters.
constexpr std::size_t together = 100;
constexpr const char* open_key_name = "backup";
constexpr std::string_view blob_table = "blob";
constexpr std::int64_t told_every = 10'000;

/// The secrets of the installation: with other ones no link, session or signature of it is good.
struct Secrets {
  std::string pepper;
  std::string journal;
};

std::optional<std::string> key_in(const std::string& directory, const char* name) {
  const auto text = read_file(directory + "/keys/" + name);
  if (!text) return std::nullopt;
  auto bytes = from_hex(std::string_view(*text).substr(0, 64));
  if (!bytes || bytes->size() != 32) throw Failure("store.keys", directory + "/keys is damaged");
  return bytes;
}

std::string secret_in(const std::string& directory, const char* name) {
  auto secret = key_in(directory, name);
  if (!secret) throw Failure("store.none", "there is no installation in " + directory);
  return *std::move(secret);
}

void keep_secret(const std::string& directory, const char* name, const std::string& secret) {
  const std::string path = directory + "/keys/" + name;
  const std::string line = to_hex(secret) + "\n";
  const auto there = read_file(path);
  if (there && *there != line) {
    throw Failure("restore.keys", path + " belongs to another installation");
  }
  if (!there) write_file(path, line);
}

struct Column {
  std::string name;
  bool truth = false;  ///< SQLite keeps 0 and 1.
};

std::vector<Column> columns_of(Snapshot& db, bool sqlite, const std::string& table) {
  const std::string_view sql =
      sqlite ? "SELECT name, type = 'BOOLEAN' FROM pragma_table_info($1) ORDER BY cid"
             : "SELECT CAST(column_name AS TEXT), data_type = 'boolean'"
               " FROM information_schema.columns WHERE table_name = $1"
               " AND table_schema = current_schema() ORDER BY ordinal_position";
  std::vector<Column> columns;
  for (const Row& row : db.query(sql, {table})) columns.push_back({row.text(0), row.boolean(1)});
  return columns;
}

std::string list_of(const std::vector<Column>& columns) {
  std::string list;
  for (const Column& one : columns) list += (list.empty() ? "" : ", ") + one.name;
  return list;
}

/// Numbers least significant byte first; texts behind their length.
class Encoder {
 public:
  explicit Encoder(SealedWriter& out) : out_(out) {}
  void number(std::int64_t value, std::size_t size = 8) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t at = 0; at < size; ++at, rest >>= 8U) {
      buffer_ += static_cast<char>(rest & 0xFFU);
    }
  }
  void text(std::string_view value) {
    number(std::ssize(value), 4);
    buffer_ += value;
  }
  void value(const Value& one, bool truth) {
    if (const auto* number_of = std::get_if<std::int64_t>(&one.kind()); number_of && truth) {
      return value(Value(*number_of != 0), false);
    }
    number(static_cast<std::int64_t>(one.kind().index()), 1);
    std::visit([this](const auto& kind) { put(kind); }, one.kind());
  }
  void flush() {
    out_.put(buffer_);
    buffer_.clear();
  }

 private:
  void put(std::monostate) {}
  void put(std::int64_t kind) { number(kind); }
  void put(bool kind) { number(kind ? 1 : 0, 1); }
  void put(double kind) { number(std::bit_cast<std::int64_t>(kind)); }
  void put(const std::string& kind) { text(kind); }
  void put(const Bytes& kind) { text(kind.data); }

  SealedWriter& out_;
  std::string buffer_;
};

class Decoder {
 public:
  explicit Decoder(SealedReader& in) : in_(in) {}
  std::int64_t number(std::size_t size = 8) {
    const std::string bytes = in_.take(size);
    std::uint64_t value = 0;
    for (std::size_t at = size; at-- > 0;) {
      value = (value << 8U) | static_cast<unsigned char>(bytes[at]);
    }
    return static_cast<std::int64_t>(value);
  }
  std::string text() { return in_.take(static_cast<std::size_t>(number(4))); }
  Value value() {
    switch (number(1)) {
      case 0: return {};
      case 1: return number();
      case 2: return number(1) != 0;
      case 3: return std::bit_cast<double>(number());
      case 4: return text();
      case 5: return Bytes{text()};
      default: throw Failure("backup.damaged", "a value of an unknown kind");
    }
  }

 private:
  SealedReader& in_;
};

/// Rows of a table that are not rows here: on SQLite the blobs are files (blob_files.h).
void each_blob(const std::string& directory, const Snapshot::Visit& visit) {
  const std::filesystem::path folder = directory + "/blobs";
  if (!std::filesystem::exists(folder)) return;
  const BlobFiles blobs(folder.string());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string hash = entry.path().filename().string();
    if (!is_blob_hash(hash)) continue;
    // One that is damaged or just removed is not there for anybody.
    if (auto bytes = blobs.get(hash)) visit(Row({hash, Bytes{*std::move(bytes)}}));
  }
}

void write_table(const std::function<void(const Snapshot::Visit&)>& each, const std::string& table,
                 const std::vector<Column>& columns, Encoder& out, BackupSummary& summary,
                 const BackupProgress& progress) {
  out.number(1, 1);
  out.text(table);
  out.number(std::ssize(columns), 2);
  for (const Column& one : columns) out.text(one.name);
  std::int64_t rows = 0;
  each([&](const Row& row) {
    out.number(1, 1);
    for (std::size_t at = 0; at < columns.size(); ++at) out.value(row[at], columns[at].truth);
    out.flush();
    if (++rows % told_every == 0) progress(table, rows);
    return true;
  });
  out.number(0, 1);
  out.flush();
  ++summary.tables;
  summary.rows += rows;
  progress(table, rows);
}

/// The rows of one table on their way into the database.
class Inserting {
 public:
  Inserting(const InstallationAccess& access, const std::string& table,
            const std::vector<Column>& columns)
      : access_(access),
        head_("INSERT INTO " + table + " (" + list_of(columns) + ") VALUES "),
        width_(columns.size()) {}
  void add(const Values& row) {
    waiting_.insert(waiting_.end(), row.begin(), row.end());
    if (waiting_.size() == together * width_) flush();
  }
  void flush() {
    if (waiting_.empty()) return;
    std::string sql = head_;
    for (std::size_t at = 0; at < waiting_.size(); ++at) {
      sql += at % width_ > 0 ? ", " : at > 0 ? "), (" : "(";
      sql += fmt::format("${}", at + 1);
    }
    access_.run(sql + ")", waiting_);
    waiting_.clear();
  }

 private:
  const InstallationAccess& access_;
  std::string head_;
  std::size_t width_;
  Values waiting_;
};

void read_table(Decoder& in, const InstallationAccess& access, const Options& target,
                BackupSummary& summary, const BackupProgress& progress) {
  const std::string table = in.text();
  std::vector<Column> columns(static_cast<std::size_t>(in.number(2)));
  for (Column& one : columns) one.name = in.text();
  const bool files = target.database.empty() && table == blob_table;
  BlobFiles blobs(target.data_directory + "/blobs");
  Inserting inserting(access, table, columns);
  std::int64_t rows = 0;
  while (in.number(1) == 1) {
    Values row;
    for (std::size_t at = 0; at < columns.size(); ++at) row.push_back(in.value());
    if (files) {
      blobs.put(Row(std::move(row)).bytes(1));
    } else {
      inserting.add(row);
    }
    if (++rows % told_every == 0) progress(table, rows);
  }
  inserting.flush();
  ++summary.tables;
  summary.rows += rows;
  progress(table, rows);
}

/// The file's own key, for the sheet and for whoever writes it.
std::string sealed_key(const BackupTarget& target) {
  std::string sealed(sealed_key_size, '\0');
  crypto_box_seal(reinterpret_cast<unsigned char*>(sealed.data()),
                  reinterpret_cast<const unsigned char*>(target.stream_key.data()),
                  target.stream_key.size(),
                  reinterpret_cast<const unsigned char*>(target.open_key.data()));
  return sealed;
}

std::string open_key(std::istream& in, const BackupOpener& opener) {
  std::string first(magic.size(), '\0');
  in.read(first.data(), std::ssize(first));
  if (!in || first != magic) throw Failure("backup.format", "this is no backup of doorstep");
  std::string sealed(sealed_key_size, '\0');
  in.read(sealed.data(), std::ssize(sealed));
  if (!in) throw Failure("backup.damaged", "cut short");
  if (!opener.stream_key.empty()) return opener.stream_key;
  std::string key(stream_key_size, '\0');
  const std::string open = open_half(opener.secret);
  if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(key.data()),
                           reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
                           reinterpret_cast<const unsigned char*>(open.data()),
                           reinterpret_cast<const unsigned char*>(opener.secret.data())) != 0) {
    throw Failure("backup.key", "the backup was made for another key sheet");
  }
  return key;
}

}  // namespace

std::optional<std::string> backup_open_key(const std::string& data_directory) {
  return key_in(data_directory, open_key_name);
}

std::string make_key_sheet(const std::string& data_directory) {
  (void)secret_in(data_directory, "journal");
  if (backup_open_key(data_directory)) {
    throw Failure("backup.key_exists", "there is a key sheet already");
  }
  const BackupKey key = make_backup_key();
  keep_secret(data_directory, open_key_name, key.open);
  return key.secret;
}

BackupSummary write_backup(const Options& source, const BackupTarget& target, std::ostream& out,
                           const BackupProgress& progress) {
  const bool sqlite = source.database.empty();
  const auto store = Reading::open(source);
  const Secrets secrets{secret_in(source.data_directory, "pepper"),
                        secret_in(source.data_directory, "journal")};
  out << magic << sealed_key(target);
  SealedWriter sealed(out, target.stream_key);
  Encoder encoder(sealed);
  BackupSummary summary;
  summary.made_at = source.clock->now();
  const Outcome read = store->read([&](Snapshot& db) -> Outcome {
    summary.migration = db.first("SELECT max(number) FROM schema_version")->integer(0);
    summary.seq = db.first("SELECT seq FROM journal_chain")->integer(0);
    encoder.number(summary.migration);
    encoder.number(summary.seq);
    encoder.number(summary.made_at.time_since_epoch().count());
    encoder.text(secrets.pepper);
    encoder.text(secrets.journal);
    encoder.text(target.open_key);
    const auto history = migrations().first(
        std::min(migrations().size(), static_cast<std::size_t>(summary.migration)));
    for (const std::string& table : tables_of(history, sqlite ? "sqlite" : "postgresql")) {
      const std::vector<Column> columns = columns_of(db, sqlite, table);
      const auto each = [&](const Snapshot::Visit& visit) {
        if (sqlite && table == blob_table) return each_blob(source.data_directory, visit);
        db.each("SELECT " + list_of(columns) + " FROM " + table, {}, visit);
      };
      write_table(each, table, columns, encoder, summary, progress);
    }
    encoder.number(0, 1);
    encoder.number(summary.tables);
    encoder.number(summary.rows);
    encoder.flush();
    return Answer{};
  });
  if (!read.ok()) throw Failure(read.error().code, read.error().hint);
  sealed.finish();
  return summary;
}

std::unique_ptr<Store> restore_backup(std::istream& in, const BackupOpener& opener,
                                      const Options& target, BackupSummary& summary,
                                      const BackupProgress& progress,
                                      std::span<const Migration> history) {
  SealedReader sealed(in, open_key(in, opener));
  Decoder decoder(sealed);
  summary = {};
  summary.migration = decoder.number();
  summary.seq = decoder.number();
  summary.made_at = Instant{std::chrono::milliseconds{decoder.number()}};
  make_directory(target.data_directory + "/keys");
  keep_secret(target.data_directory, "pepper", decoder.text());
  keep_secret(target.data_directory, "journal", decoder.text());
  keep_secret(target.data_directory, open_key_name, decoder.text());
  const Fill fill{
      summary.migration,
      [&](const InstallationAccess& access) {
        while (decoder.number(1) == 1) {
          read_table(decoder, access, target, summary, progress);
        }
        const bool whole = decoder.number() == summary.tables && decoder.number() == summary.rows;
        sealed.finish();
        if (!whole) throw Failure("backup.damaged", "rows are missing");
      },
      [&](const InstallationAccess& access) {
        const auto tables = tables_of(history, "sqlite");
        if (std::ranges::find(tables, "restored") == tables.end()) return;
        const Instant now = target.clock->now();
        mark_restored(access, {IdSource(*target.rng).next(now), now, summary.made_at, summary.seq});
      }};
  Seams seams;
  seams.history = history;
  return open_filled(target, seams, fill);
}

}  // namespace doorstep::store
