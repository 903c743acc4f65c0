/// \file The community's own words: what was proposed, what is read, what was refused (D1).

#include "care/needs/aliases.h"

namespace doorstep::needs {
namespace {

constexpr std::int64_t shown_max = 500;

struct WordRow {
  Id<Alias> id;
  std::string alias;
  std::string canonical;
  AliasState state = AliasState::proposed;
  std::int64_t times = 0;
  std::string proposed_by;
  Instant proposed_at{};
  std::string decided_by;  ///< Empty: nobody yet.

  void fields(auto& f) {
    f("id", id);
    f("alias", alias);
    f("canonical", canonical);
    f("state", state);
    f("times", times);
    f("proposed_by", proposed_by);
    f("proposed_at", proposed_at);
    f("decided_by", decided_by);
  }
};

struct Response {
  std::vector<WordRow> rows;  ///< What waits first; at most 500.
  void fields(auto& f) { f("rows", rows); }
};

Result<Response> list(api::Context& context, const api::Nothing&) {
  Response made;
  for (const store::Row& row : context.db.query(
           "SELECT w.id, w.alias, w.canonical, w.state, w.times, coalesce(p.name, ''),"
           " w.proposed_at, coalesce(d.name, '') FROM word_alias w"
           " LEFT JOIN account p ON p.id = w.proposed_by LEFT JOIN account d ON d.id = w.decided_by"
           " WHERE w.community_id = $1 ORDER BY CASE w.state WHEN 'proposed' THEN 0"
           " WHEN 'approved' THEN 1 ELSE 2 END, w.times DESC, w.id LIMIT $2",
           {context.community.id, shown_max})) {
    made.rows.push_back({row.id<Alias>(0), row.text(1), row.text(2),
                         *api::from_word<AliasState>(row.text(3)), row.integer(4), row.text(5),
                         row.instant(6), row.text(7)});
  }
  return made;
}

}  // namespace

api::Endpoint list_words() {
  return api::query("/api/v1/words", "need.list", "The community's own words", list);
}

}  // namespace doorstep::needs
