#pragma once
/// \file Turn: what the clock has to do in a community: nothing, raise what is due, or look at everything.

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "api/endpoint.h"

namespace doorstep::duty {

class Roster;

enum class Turn : std::uint8_t {
  nothing,  ///< No duty's time has come, and nothing happened that could put one into wrong hands.
  due,      ///< Somebody's time has come; who is responsible for what is as it was.
  all,
};

/// When everything was last looked at, and up to which entry of the journal; default: never.
struct LastTurn {
  Instant at{};
  std::int64_t seq = -1;  ///< Since then nothing up to this entry put a duty into other hands.
  Instant next_change{};  ///< When somebody's shift, absence or role begins or ends next.
  Instant next_due{};     ///< As long as `seq` is the newest entry, no duty's time comes before.
  std::shared_ptr<const Roster> roster = {};  ///< Who is there, until a turn asks for all.
};

/// What the journal says since it was last read: read once for all communities, and kept by what it says.
class News {
 public:
  /// After this entry.
  explicit News(std::int64_t seq) : seq_(seq) {}

  /// Reads on to the newest entry.
  void read(store::Snapshot& db);
  /// Something of it could have put a duty of the community into wrong hands since the last turn.
  [[nodiscard]] bool matters(Id<access::Community> community, const LastTurn& last) const;
  /// The newest entry that was read.
  [[nodiscard]] std::int64_t seq() const { return seq_; }
  /// Every community was asked about.
  void forget() { told_.clear(); }

 private:
  std::int64_t seq_;
  /// By community: kind and actor, and the newest such entry.
  std::map<std::int64_t, std::map<std::pair<std::string, std::int64_t>, std::int64_t>> told_ = {};
};

/// Nothing to do, known without asking the store: nothing was written since the last turn (`newest` is
/// the journal's newest entry), and nobody's time has come.
[[nodiscard]] bool is_quiet(const LastTurn& last, std::int64_t newest, Instant now);

/// Says nothing of a clock that jumped: whoever asks has looked. A clock set back asks for all. What it
/// read is noted in `last`, so that no entry is read twice.
[[nodiscard]] Turn turn_now(store::Snapshot& db, Id<access::Community> community, LastTurn& last,
                            Instant now);
/// The same with news that were read from before `last.seq` on.
[[nodiscard]] Turn turn_now(store::Snapshot& db, Id<access::Community> community, LastTurn& last,
                            Instant now, const News& read);

/// Everything was looked at by `now`, with this roster; `seq` is the journal's newest entry before that.
[[nodiscard]] LastTurn looked_at(store::Snapshot& db, Id<access::Community> community, Instant now,
                                 std::int64_t seq, std::shared_ptr<const Roster> roster);

}  // namespace doorstep::duty
