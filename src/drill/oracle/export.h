#pragma once
/// \file A journal as a file: JSON lines that another machine can recompute everything from.
///
///   {"doorstep_journal":1,"installation":"..","key":".."}     the Ed25519 key of the heads, in hex
///   {"rules":"HASH","source":".."}                            every rule pack, TOML
///   {"seq":1,"id":"..","at":"..","community":"..","actor":"..","kind":"..","subject":"..",
///    "path":"..","data":"{..}","hash":".."}                   every entry; data is the text hashed
///   {"head":123,"hash":"..","at":"..","signature":".."}       every signed head
///   {"entries":456,"heads":7}                                 the last line: nothing is cut off
///
/// Ids are 13 characters, instants RFC 3339, hashes and signatures hexadecimal.

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "store/store.h"

namespace doorstep::oracle {

/// Where an export is read from: read(), journal() and journal_key() of a Store, or of a Reading beside
/// the running server.
struct ExportSource {
  std::function<store::Outcome(const std::function<store::Outcome(store::Snapshot&)>&)> read;
  std::function<std::vector<store::Sealed>(std::int64_t after, std::int64_t limit)> journal;
  std::string key;

  template <class Readable>
  static ExportSource of(Readable& store) {
    return {
        [&store](const auto& work) { return store.read(work); },
        [&store](std::int64_t after, std::int64_t limit) { return store.journal(after, limit); },
        store.journal_key()};
  }
};

/// Writes the whole journal. Errors: unavailable "export.write" when the stream fails.
Result<void> write_export(const ExportSource& source, std::ostream& out);

struct Imported {
  std::int64_t entries = 0;
  std::int64_t heads = 0;
  std::string key;                    ///< 32 bytes.
  std::vector<std::string> problems;  ///< Empty when every hash, gap and signature is right.
};

/// What a reader of an export is told, in the order of the file.
struct Visitor {
  std::function<void(const std::string& source)> rules;
  std::function<void(const store::Sealed& entry)> entry;
};

/// Reads an export, recomputing the chain and checking the heads on the way; a line that cannot be
/// read, an entry changed, removed, moved or added is a problem, which names its seq and line. Where
/// `key` is given (32 bytes) the heads must be signed by that key and not just by the file's own.
Imported read_export(std::istream& in, const Visitor& visitor, const std::string& key = {});

}  // namespace doorstep::oracle
