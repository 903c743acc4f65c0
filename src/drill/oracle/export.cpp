#include "drill/oracle/export.h"

#include <istream>
#include <map>
#include <ostream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/bytes.h"
#include "base/id.h"
#include "base/rules.h"
#include "store/journal.h"

namespace doorstep::oracle {
namespace {

namespace json = boost::json;

constexpr std::int64_t page_size = 1000;

std::string quoted(std::string_view text) {
  return json::serialize(json::string(text.data(), text.size()));
}

std::string line_of(const store::Sealed& sealed) {
  const store::Entry& entry = sealed.entry;
  return fmt::format(
      R"({{"seq":{},"id":"{}","at":"{}","community":"{}","actor":"{}","kind":{},"subject":"{}",)"
      R"("path":{},"data":{},"hash":"{}"}})"
      "\n",
      sealed.seq, id_text(sealed.id), to_text(sealed.at), id_text(entry.community),
      id_text(entry.actor), quoted(entry.kind), id_text(entry.subject), quoted(entry.path),
      quoted(entry.data), to_hex(sealed.hash));
}

/// One line, read member by member; throws std::runtime_error with the member's name.
class Line {
 public:
  explicit Line(const std::string& text) {
    boost::system::error_code failed;
    root_ = json::parse(text, failed);
    if (failed || !root_.is_object()) throw std::runtime_error("not a JSON object");
  }
  [[nodiscard]] bool has(const char* name) const { return root_.get_object().contains(name); }
  [[nodiscard]] std::string text(const char* name) const {
    const auto* found = root_.get_object().if_contains(name);
    if (found == nullptr || !found->is_string()) throw std::runtime_error(name);
    return std::string(found->get_string());
  }
  [[nodiscard]] std::int64_t number(const char* name) const {
    const auto* found = root_.get_object().if_contains(name);
    if (found == nullptr || !found->is_int64()) throw std::runtime_error(name);
    return found->get_int64();
  }
  [[nodiscard]] std::int64_t id(const char* name) const {
    return some_of(id_from_text(text(name)), name);
  }
  [[nodiscard]] Instant instant(const char* name) const {
    return some_of(instant_from_text(text(name)), name);
  }
  [[nodiscard]] std::string bytes(const char* name) const {
    return some_of(from_hex(text(name)), name);
  }

 private:
  template <class T>
  static T some_of(std::optional<T> value, const char* name) {
    if (!value) throw std::runtime_error(name);
    return std::move(*value);
  }
  json::value root_;
};

class Reading {
 public:
  Reading(const Visitor& visitor, std::string key) : visitor_(visitor), key_(std::move(key)) {}

  Imported run(std::istream& in) {
    std::string text;
    for (number_ = 1; std::getline(in, text); ++number_) {
      try {
        take(Line(text));
      } catch (const std::exception& failure) {
        problem(fmt::format("line {} cannot be read: {}", number_, failure.what()));
      }
    }
    if (!ended_) problem("the export is cut off");
    for (const auto& [seq, head] : heads_) check(head);
    return std::move(found_);
  }

 private:
  void problem(std::string text) { found_.problems.push_back(std::move(text)); }

  void take(const Line& line) {
    if (ended_) problem(fmt::format("line {} stands behind the end", number_));
    if (number_ == 1) {
      if (line.number("doorstep_journal") != 1) throw std::runtime_error("doorstep_journal");
      found_.key = line.bytes("key");
      if (key_.empty()) key_ = found_.key;
      if (found_.key != key_) problem("the export names another installation's key");
      genesis_ = store::genesis_hash(line.id("installation"));
      last_ = {0, genesis_};
    } else if (line.has("rules")) {
      const std::string source = line.text("source");
      const auto pack = RulePack::parse(source);
      if (!pack.ok() || pack->hash() != line.text("rules")) {
        problem(fmt::format("rule pack {} is not what its hash says", line.text("rules")));
      }
      visitor_.rules(source);
    } else if (line.has("seq")) {
      take_entry(line);
    } else if (line.has("head")) {
      const store::Head head{line.number("head"), line.bytes("hash"), line.instant("at"),
                             line.bytes("signature")};
      heads_[head.seq] = head;
      ++found_.heads;
    } else {
      ended_ = true;
      if (line.number("entries") != found_.entries || line.number("heads") != found_.heads) {
        problem("entries or heads are missing: the last line counts others");
      }
    }
  }

  void take_entry(const Line& line) {
    store::Sealed sealed;
    sealed.seq = line.number("seq");
    sealed.id = line.id("id");
    sealed.at = line.instant("at");
    sealed.entry = {line.id("community"), line.id("actor"),  line.text("kind"),
                    line.id("subject"),   line.text("path"), line.text("data")};
    sealed.hash = line.bytes("hash");
    ++found_.entries;
    if (sealed.seq != last_.seq + 1) {
      problem(fmt::format("entry {} follows entry {}", sealed.seq, last_.seq));
    }
    if (store::entry_hash(last_.hash, sealed) != sealed.hash) {
      problem(fmt::format("entry {} does not have the hash of its content", sealed.seq));
    }
    last_ = {sealed.seq, sealed.hash};
    hashes_[sealed.seq] = sealed.hash;
    visitor_.entry(sealed);
  }

  void check(const store::Head& head) {
    if (!store::head_is_genuine(head, key_)) {
      problem(fmt::format("head {} is not signed by this installation", head.seq));
    }
    if (head.seq == 0 && head.hash == genesis_) return;
    const auto entry = hashes_.find(head.seq);
    if (entry == hashes_.end()) {
      problem(fmt::format("head {} is of no entry", head.seq));
    } else if (entry->second != head.hash) {
      problem(fmt::format("head {} names another hash", head.seq));
    }
  }

  const Visitor& visitor_;
  std::string key_;
  Imported found_;
  std::int64_t number_ = 0;
  std::string genesis_;
  store::Link last_;
  bool ended_ = false;
  std::map<std::int64_t, store::Head> heads_;
  std::map<std::int64_t, std::string> hashes_;
};

}  // namespace

Result<void> write_export(const ExportSource& source, std::ostream& out) {
  std::int64_t entries = 0;
  std::int64_t heads = 0;
  std::string top;
  std::string below;
  const auto outcome = source.read([&](store::Snapshot& db) -> store::Outcome {
    const auto installation = db.first("SELECT id FROM installation");
    top = fmt::format(R"({{"doorstep_journal":1,"installation":"{}","key":"{}"}})"
                      "\n",
                      id_text(installation->integer(0)), to_hex(source.key));
    for (const store::Row& row : db.query("SELECT hash, source FROM rule_pack ORDER BY hash")) {
      top += fmt::format(R"({{"rules":"{}","source":{}}})"
                         "\n",
                         row.text(0), quoted(row.text(1)));
    }
    for (const store::Row& row :
         db.query("SELECT seq, hash, at, signature FROM journal_head ORDER BY seq")) {
      const store::Head head = store::read_head(row);
      below += fmt::format(R"({{"head":{},"hash":"{}","at":"{}","signature":"{}"}})"
                           "\n",
                           head.seq, to_hex(head.hash), to_text(head.at), to_hex(head.signature));
      ++heads;
    }
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  out << top;
  // Entries are only ever added, so that all that the heads sign is there when they were read first.
  for (auto page = source.journal(0, page_size); !page.empty();
       page = source.journal(page.back().seq, page_size)) {
    for (const store::Sealed& entry : page) out << line_of(entry);
    entries += std::ssize(page);
  }
  out << below << fmt::format(R"({{"entries":{},"heads":{}}})", entries, heads) << "\n";
  out.flush();
  if (!out) return Error{ErrorKind::unavailable, "export.write"};
  return {};
}

Imported read_export(std::istream& in, const Visitor& visitor, const std::string& key) {
  return Reading(visitor, key).run(in);
}

}  // namespace doorstep::oracle
