#include "care/needs/aliases.h"

#include <algorithm>
#include <list>
#include <mutex>
#include <utility>

#include "base/text.h"
#include "care/needs/reading.h"

namespace doorstep::needs {
namespace {

constexpr std::size_t parsers_max = 8;  ///< A parser with words of its own takes some megabytes.
constexpr std::size_t corrections_max = 50;

using Words = std::vector<std::pair<std::string, std::string>>;

/// Parsers by their words, the one used last in front: a parser takes milliseconds to make, and the
/// words change rarely. What a parser was made of is its key, so that none can be out of date.
class Parsers {
 public:
  std::shared_ptr<const intake::Parser> with(const Words& words) {
    const std::lock_guard guard{mutex_};
    const auto known =
        std::ranges::find(kept_, words, &std::pair<Words, std::shared_ptr<intake::Parser>>::first);
    if (known != kept_.end()) {
      kept_.splice(kept_.begin(), kept_, known);
      return known->second;
    }
    auto made = std::make_shared<intake::Parser>();
    for (const auto& [alias, canonical] : words) (void)made->add_alias(alias, canonical);
    kept_.emplace_front(words, made);
    if (kept_.size() > parsers_max) kept_.pop_back();
    return made;
  }

 private:
  std::mutex mutex_;
  std::list<std::pair<Words, std::shared_ptr<intake::Parser>>> kept_;
};

}  // namespace

std::shared_ptr<const intake::Parser> reader(const api::Context& context) {
  Words words;
  for (const store::Row& row : context.db.query(
           "SELECT alias, canonical FROM word_alias WHERE community_id = $1 AND state = 'approved'"
           " ORDER BY alias",
           {context.community.id})) {
    words.emplace_back(row.text(0), row.text(1));
  }
  // The one that all communities without words of their own share is never given back.
  if (words.empty()) return {std::shared_ptr<const intake::Parser>{}, &parser()};
  static Parsers parsers;
  return parsers.with(words);
}

void propose(api::WriteContext& context, const std::string& text,
             std::span<const Correction> corrections) {
  for (const Correction& one : corrections.first(std::min(corrections.size(), corrections_max))) {
    if (text::trim(one.written).empty() || text.find(one.written) == std::string::npos) continue;
    // Words of the lexicon alone are settled: one of the community's own may be meant otherwise.
    const auto learned = parser().propose_alias(one.written, one.meant);
    if (!learned) continue;
    const auto known = context.db.first(
        "SELECT id FROM word_alias WHERE community_id = $1 AND alias = $2 AND canonical = $3",
        {context.community.id, learned->alias, learned->canonical});
    const Id<Alias> id = known ? known->id<Alias>(0) : context.new_id<Alias>();
    context.tx.post(
        "INSERT INTO word_alias (community_id, id, alias, canonical, state, times, proposed_by,"
        " proposed_at) VALUES ($1, $2, $3, $4, 'proposed', 1, $5, $6)"
        " ON CONFLICT (community_id, id) DO UPDATE SET times = word_alias.times + 1",
        {context.community.id, id, learned->alias, learned->canonical, context.actor.id,
         context.now});
    if (!known) context.journal("word.proposed", id.value(), "");
  }
}

}  // namespace doorstep::needs
