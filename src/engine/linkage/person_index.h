#pragma once
/// \file One record against everybody registered, in memory: "is this person known already?" while
/// they wait.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/linkage/keys.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/model.h"
#include "engine/linkage/people.h"

namespace doorstep::linkage {

/// Everybody known, by blocking key. About 500 bytes a person. Many threads may match at once, each
/// with its own Matcher; add() and remove() need to be alone.
class PersonIndex {
 public:
  explicit PersonIndex(std::vector<Kind> kinds);

  /// Adds a person under the caller's number. `values` in the order of the kinds, raw.
  void add(std::int64_t person, std::span<const std::string_view> values);

  /// The person is no longer found, under any of their records.
  void remove(std::int64_t person);

  [[nodiscard]] std::size_t size() const { return people_.size(); }
  [[nodiscard]] const People& people() const { return people_; }

 private:
  friend class Matcher;
  /// A row in the chain of a key.
  struct Posting {
    Row row;
    std::uint32_t next;    ///< Index of the next one, 0 for none.
    std::uint32_t length;  ///< Of the chain from here on.
  };
  /// A place of the key table: half of the key to tell it by, and the newest posting.
  struct Place {
    std::uint32_t check = 0;
    std::uint32_t head = 0;
  };
  static constexpr std::uint32_t chain_max = 64;

  [[nodiscard]] std::size_t place_of(Key key) const;
  void post(Key key, Row row);
  void post_composed(Key key, Row row, std::span<const std::uint64_t> facets);
  void insert(Row row);
  void grow();

  People people_;
  KeyPlan plan_;
  std::vector<std::int64_t> persons_;  ///< By row; removed ones have no_person.
  std::vector<Place> places_;
  std::size_t used_ = 0;
  std::vector<Posting> postings_;
};

/// A person who may be the one asked about.
struct Found {
  std::int64_t person = 0;
  float bits = 0;         ///< Log odds that it is the same person, the other candidates apart.
  bool conflict = false;  ///< Two different valid national numbers.
  bool unproved = false;  ///< Another name, and no number in common.
  Levels levels = 0;      ///< How each property agrees; for showing a reviewer.
};

/// Matches records against an index by a model (of a run, or Model::prior()). One per thread.
/// Answers in well under a millisecond at a million people.
class Matcher {
 public:
  /// Requires that both outlive it. Build it anew when the index has grown much, since it takes
  /// down how common values are.
  Matcher(const PersonIndex& index, const Model& model);

  /// The likeliest people, best first, at most `most`; those below -10 bits are left out.
  [[nodiscard]] std::vector<Found> match(std::span<const std::string_view> values,
                                         std::size_t most = 5);

  /// What to do with the answer: link from 11 bits over all other candidates (one false link in two
  /// thousand), review from -3, and never link over a conflict or what is unproved.
  [[nodiscard]] static Decision decide(std::span<const Found> found);

 private:
  void collect(Key key, bool composed);

  const PersonIndex* index_;
  People probe_;
  Scorer scorer_;
  std::vector<Row> rows_;
  std::vector<Key> keys_;
  std::vector<std::uint64_t> facets_;
};

}  // namespace doorstep::linkage
