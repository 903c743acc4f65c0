/// \file An errand step by step: asked, taken, bought, at the gate, at the door, with who and when, and its
/// money (D18, A35).

#include <map>

#include "care/needs/need.h"
#include "care/supply/ledger.h"

namespace doorstep::supply {
namespace {

struct Request {
  Id<needs::Need> need;
  void fields(auto& f) { f("need", need); }
};

struct Step {
  /// asked, bought, lent, given, a step of its parcel ("arrived", "handed_over"), or the state decided on.
  std::string step;
  Instant at{};
  std::string by;
  std::string thing = {};  ///< Of "bought".
  std::string shop = {};   ///< Or the point at which it lay.
  std::optional<std::int64_t> fen = {};
  bool receipt = false;

  void fields(auto& f) {
    f("step", step);
    f("at", at);
    f("by", by);
    f("thing", thing, api::Class::money);
    f("shop", shop);
    f("fen", fen, api::Class::money);
    f("receipt", receipt);
  }
};

struct Response {
  std::string path;
  Id<needs::Need> need;
  needs::State state = needs::State::waiting;
  std::string owner_name;
  std::vector<Step> steps;
  std::int64_t spent_fen = 0;

  void fields(auto& f) {
    f.at(path);
    f("need", need);
    f("state", state);
    f("owner_name", owner_name);
    f("steps", steps);
    f("spent_fen", spent_fen, api::Class::money);
  }
};

/// Errors: not_found "need.unknown".
Result<Response> show(api::Context& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT n.path, n.state, n.created_at, q.name, a.name FROM {needs} n LEFT JOIN account q"
      " ON q.id = n.asked_by LEFT JOIN duty d ON d.community_id = n.community_id"
      " AND d.kind = 'need' AND d.subject_id = n.id AND d.closed_at IS NULL"
      " LEFT JOIN account a ON a.id = d.owner_id WHERE n.id = $1",
      {request.need});
  if (!row) return Error{ErrorKind::not_found, "need.unknown"};
  Response made;
  made.path = row->text(0);
  made.need = request.need;
  made.state = api::from_word<needs::State>(row->text(1)).value_or(needs::State::waiting);
  made.owner_name = row->maybe_text(4).value_or("");
  std::multimap<Instant, Step> by_time;  // Of one instant: in the order in which they are put in.
  const auto add = [&by_time](Step step) { by_time.emplace(step.at, std::move(step)); };
  add({"asked", row->instant(2), row->maybe_text(3).value_or("")});
  // Of what happened at one instant the decisions that open it come first, those that end it last.
  const auto add_decisions = [&](bool last) {
    for (const store::Row& one : context.db.query(
             "SELECT t.state, t.reason, t.at, a.name FROM need_step t LEFT JOIN account a"
             " ON a.id = t.by WHERE t.community_id = $1 AND t.need_id = $2"
             " AND (t.state IN ('done', 'declined', 'cancelled')) = $3 ORDER BY t.version",
             {context.community.id, request.need, last})) {
      const bool lent = one.text(1) == "lent" || one.text(1) == "given";
      add({lent ? one.text(1) : one.text(0), one.instant(2), one.maybe_text(3).value_or("")});
    }
  };
  add_decisions(false);
  for (const store::Row& one : context.db.query(
           "SELECT e.at, a.name, e.thing, s.name, e.fen, e.receipt IS NOT NULL"
           " FROM errand_purchase e LEFT JOIN account a ON a.id = e.by LEFT JOIN shop s"
           " ON s.community_id = e.community_id AND s.id = e.shop_id WHERE e.community_id = $1"
           " AND e.need_id = $2 ORDER BY e.id",
           {context.community.id, request.need})) {
    add({"bought", one.instant(0), one.maybe_text(1).value_or(""), one.text(2),
         one.maybe_text(3).value_or(""), one.integer(4), one.boolean(5)});
    made.spent_fen += one.integer(4);
  }
  for (const store::Row& one : context.db.query(
           "SELECT s.step, s.at, a.name, g.name FROM parcel p JOIN parcel_step s"
           " ON s.community_id = p.community_id AND s.parcel_id = p.id"
           " LEFT JOIN account a ON a.id = s.by LEFT JOIN goods_point g"
           " ON g.community_id = s.community_id AND g.id = s.point_id WHERE p.community_id = $1"
           " AND p.origin_kind = 'errand' AND p.origin_id = $2 AND s.step <> 'edited' ORDER BY "
           "s.id",
           {context.community.id, request.need})) {
    add({one.text(0), one.instant(1), one.maybe_text(2).value_or(""), "",
         one.maybe_text(3).value_or("")});
  }
  add_decisions(true);
  for (auto& [at, step] : by_time) made.steps.push_back(std::move(step));
  return made;
}

}  // namespace

api::Endpoint show_errand() {
  return api::query("/api/v1/needs/{need}/steps", "order.show", "An errand step by step", show);
}

}  // namespace doorstep::supply
