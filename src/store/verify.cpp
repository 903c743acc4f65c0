#include <limits>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "base/bytes.h"
#include "store/journal.h"
#include "store/reading.h"

namespace doorstep::store {
namespace {

constexpr std::int64_t page_size = 1000;

/// What is checked: the store of this process, or one that another process runs.
struct Subject {
  std::function<Outcome(const std::function<Outcome(Snapshot&)>&)> read;
  std::string engine;
  std::string key;
  /// Read before the check begins: a head is in the database before it is noted.
  std::vector<Head> noted;
};

/// Walks the whole journal once and compares everything that was promised about it.
class Check {
 public:
  explicit Check(Subject subject) : subject_(std::move(subject)) {}

  Verification run() {
    // The ends first and again last: entries and heads may be added while the check runs.
    if (!read([this](Snapshot& snapshot) { read_ends(snapshot); })) return std::move(found_);
    walk();
    read([this](Snapshot& snapshot) { check_end(snapshot); });
    for (const auto& [seq, head] : heads_) check_head(head);
    for (const Head& head : subject_.noted) check_noted(head);
    return std::move(found_);
  }

 private:
  template <class... Args>
  void problem(fmt::format_string<Args...> format, Args&&... args) {
    found_.problems.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  /// A row that cannot be read is a finding like any other.
  bool read(const std::function<void(Snapshot&)>& work) {
    try {
      (void)subject_.read([&](Snapshot& snapshot) -> Outcome {
        work(snapshot);
        return Answer{};
      });
      return true;
    } catch (const std::logic_error& error) {
      problem("a row cannot be read after entry {}: {}", last_.seq, error.what());
    } catch (const Failure& failure) {
      problem("the database fails after entry {}: {}", last_.seq, failure.what());
    }
    return false;
  }

  void read_ends(Snapshot& snapshot) {
    const auto installation = snapshot.first("SELECT id FROM installation");
    const auto link = snapshot.first("SELECT seq, hash FROM journal_chain");
    if (!installation || !link) throw std::logic_error("installation or journal_chain is empty");
    genesis_ = genesis_hash(installation->integer(0));
    last_ = {0, genesis_};
    end_ = {link->integer(0), link->bytes(1)};
    end_seen_ = end_.seq == 0 && end_.hash == last_.hash;
    if (subject_.engine == "sqlite" &&
        snapshot.first("SELECT 1 FROM journal WHERE seq IS NULL LIMIT 1")) {
      problem("an entry has no number");
    }
    for (const Row& row : snapshot.query("SELECT seq, hash, at, signature FROM journal_head")) {
      const Head head = read_head(row);
      heads_[head.seq] = head;
    }
    found_.heads = std::int64_t(heads_.size());
  }

  void walk() {
    static const std::string sql =
        fmt::format("SELECT {} FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2", sealed_columns);
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    std::int64_t got = page_size;
    while (got == page_size) {
      got = 0;
      const bool readable = read([&](Snapshot& snapshot) {
        for (const Row& row : snapshot.query(sql, {after, page_size})) {
          const Sealed sealed = read_sealed(row);
          check_entry(sealed);
          after = sealed.seq;
          ++got;
        }
      });
      if (!readable) return;
    }
  }

  void check_entry(const Sealed& sealed) {
    ++found_.entries;
    if (sealed.seq != last_.seq + 1) {
      problem("entry {} follows entry {}", sealed.seq, last_.seq);
    }
    if (entry_hash(last_.hash, sealed) != sealed.hash) {
      problem("entry {} does not have the hash of its content", sealed.seq);
    }
    last_ = {sealed.seq, sealed.hash};
    if (const auto head = heads_.find(sealed.seq); head != heads_.end()) {
      if (head->second.hash != sealed.hash) problem("head {} names another hash", sealed.seq);
    }
    if (sealed.seq == end_.seq) end_seen_ = end_.hash == sealed.hash;
  }

  void check_end(Snapshot& snapshot) {
    if (!end_seen_) problem("the chain's end {} is not in the journal", end_.seq);
    const auto now = snapshot.first("SELECT seq FROM journal_chain");
    if (!now || now->integer(0) < last_.seq) problem("entry {} is beyond the chain", last_.seq);
  }

  void check_head(const Head& head) {
    if (!head_is_genuine(head, subject_.key)) {
      problem("head {} is not signed by this installation", head.seq);
    }
    const bool of_nothing = head.seq == 0 && head.hash == genesis_;
    if (!of_nothing && (head.seq > last_.seq || head.seq <= 0)) {
      problem("head {} is of no entry", head.seq);
    }
  }

  /// What this server signed must still be there: an older database put in place shows here.
  void check_noted(const Head& noted) {
    read([&](Snapshot& snapshot) {
      const auto row = snapshot.first(
          "SELECT seq, hash, at, signature FROM journal_head WHERE seq = $1", {noted.seq});
      if (!row) {
        problem("head {} is gone", noted.seq);
      } else if (head_line(read_head(*row)) != head_line(noted)) {
        problem("head {} is not the one that was signed", noted.seq);
      }
    });
  }

  Subject subject_;
  Verification found_;
  std::string genesis_;
  Link last_;
  Link end_;
  bool end_seen_ = false;
  std::map<std::int64_t, Head> heads_;
};

}  // namespace

Verification verify_journal(Store& store) {
  return Check({[&store](const auto& work) { return store.read(work); },
                std::string(store.engine()), store.journal_key(), store.noted_heads()})
      .run();
}

Verification verify_journal(Reading& store) {
  return Check({[&store](const auto& work) { return store.read(work); },
                std::string(store.engine()), store.journal_key(), store.noted_heads()})
      .run();
}

}  // namespace doorstep::store
