/// \file What the household asked for and when it comes, for the resident's page; what others send it;
/// and what can be asked with one tap. An unproved link sees how things stand, never the words.

#include "care/needs/need.h"

namespace doorstep::needs {

struct Basket;

namespace {

struct Mine {
  std::string path;
  Id<Need> id;
  Instant at{};
  State state = State::waiting;
  std::string reason;
  std::string service;
  Urgency urgency = Urgency::routine;
  bool from_other = false;  ///< Somebody sends it to this household.
  bool to_other = false;    ///< This household sends it elsewhere.
  std::string sender;
  std::string text;
  std::string answer;
  bool note = false;
  bool only_me = false;     ///< Nobody else of the household reads it.
  std::vector<Line> lines;  ///< As ordered.
  Instant due{};            ///< By when somebody answers.
  std::optional<Instant> drop_from;
  std::optional<Instant> drop_until;
  std::optional<Instant> cut_off;  ///< Until then it can be taken back.
  bool can_withdraw = false;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("at", at);
    f("state", state);
    f("reason", reason);
    f("service", service);
    f("urgency", urgency);
    f("from_other", from_other);
    f("to_other", to_other);
    f("sender", sender, api::Class::name);
    f("text", text, api::Class::health);
    f("answer", answer, api::Class::health);
    f("note", note);
    f("only_me", only_me);
    f("lines", lines, api::Class::money);
    f("due", due);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("cut_off", cut_off);
    f("can_withdraw", can_withdraw);
  }
};

struct OfferedBasket {
  Id<Basket> id;
  std::string name;
  std::int64_t price_fen = 0;
  std::vector<Line> lines;

  void fields(auto& f) {
    f("id", id);
    f("name", name);
    f("price_fen", price_fen);
    f("lines", lines);
  }
};

struct Response {
  std::vector<Mine> needs;
  std::vector<Service> services;
  std::vector<OfferedBasket> baskets;
  Instant cut_off{};
  Instant drop_from{};
  Instant drop_until{};
  std::string line;  ///< The number to call for it (专属快线).

  void fields(auto& f) {
    f("needs", needs);
    f("services", services);
    f("baskets", baskets);
    f("cut_off", cut_off);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("line", line);
  }
};

constexpr std::int64_t shown_max = 20;

void add_order(api::Context& context, Mine& one, Id<Order> order) {
  if (order) {
    if (const auto cycle = context.db.first(
            "SELECT c.drop_from, c.drop_until, c.cut_off_at FROM customer_order o JOIN cycle c"
            " ON c.community_id = o.community_id AND c.id = o.cycle_id"
            " WHERE o.community_id = $1 AND o.id = $2",
            {context.community.id, order})) {
      one.drop_from = cycle->instant(0);
      one.drop_until = cycle->instant(1);
      one.cut_off = cycle->instant(2);
    }
    for (const store::Row& row :
         context.db.query("SELECT name, canonical, coalesce(granted, qty), unit FROM order_line"
                          " WHERE community_id = $1 AND need_id = $2 AND state <> 'cancelled'"
                          " ORDER BY id",
                          {context.community.id, one.id})) {
      one.lines.push_back({row.text(0), row.text(1), row.integer(2), row.text(3)});
    }
  } else {
    one.lines = lines_of(context.db, context.community.id, one.id);
  }
  const bool before = !one.cut_off || *one.cut_off > context.now;
  one.can_withdraw = before && !one.from_other &&
                     (one.state == State::waiting || one.state == State::asked_back ||
                      one.state == State::accepted);
}

/// What was asked in the last days; what is open stays longer.
std::vector<Mine> needs_of(api::Context& context) {
  std::vector<Mine> found;
  const Id<access::Household> home = context.actor.household;
  const auto path = context.db.first("SELECT h.path FROM {households} h WHERE h.id = $1", {home});
  if (!path) return found;
  for (const store::Row& row : context.db.query(
           "SELECT n.id, n.created_at, n.state, n.reason, n.service, n.urgency, n.household_id,"
           " n.sender_household, n.sender, n.text, n.answer, n.note IS NOT NULL, n.due_at, "
           "n.order_id,"
           " n.origin, n.only_link <> 0 FROM need n WHERE n.community_id = $1 AND (n.household_id "
           "= $2"
           " OR n.sender_household = $2) AND n.only_link IN (0, $5) AND (n.created_at > $3"
           " OR n.state IN ('waiting', 'asked_back', 'accepted')) ORDER BY n.id DESC LIMIT $4",
           {context.community.id, home, context.now - std::chrono::hours{72}, shown_max,
            context.actor.id})) {
    Mine one;
    one.path = path->text(0);
    one.id = row.id<Need>(0);
    one.at = row.instant(1);
    one.state = api::from_word<State>(row.text(2)).value_or(State::waiting);
    one.reason = row.text(3);
    one.service = row.text(4);
    one.urgency = api::from_word<Urgency>(row.text(5)).value_or(Urgency::routine);
    const bool third = row.text(14) == api::word(Origin::third_party);
    one.to_other = row.id<access::Household>(7) == home && row.id<access::Household>(6) != home;
    one.from_other = third && !one.to_other;
    one.sender = row.text(8);
    // What was said to somebody else stays with who said it: the receiver learns what comes, no more.
    one.text = one.from_other ? std::string{} : row.maybe_text(9).value_or("");
    one.answer = row.text(10);
    one.note = row.boolean(11);
    one.only_me = row.boolean(15);
    one.due = row.instant(12);
    add_order(context, one, row.id<Order>(13));
    found.push_back(std::move(one));
  }
  return found;
}

std::vector<OfferedBasket> baskets_of(api::Context& context) {
  std::vector<OfferedBasket> found;
  for (const store::Row& row :
       context.db.query("SELECT b.id, b.name, b.price_fen, l.name, l.canonical, l.qty, l.unit"
                        " FROM basket b JOIN basket_line l ON l.community_id = b.community_id"
                        " AND l.basket_id = b.id WHERE b.community_id = $1 AND b.offered"
                        " ORDER BY b.id, l.number",
                        {context.community.id})) {
    const auto id = row.id<Basket>(0);
    if (found.empty() || found.back().id != id) {
      found.push_back({id, row.text(1), row.integer(2), {}});
    }
    found.back().lines.push_back({row.text(3), row.text(4), row.integer(5), row.text(6)});
  }
  return found;
}

/// Errors: those of the rule pack.
Result<Response> show(api::Context& context, const api::Nothing&) {
  Response made;
  made.needs = needs_of(context);
  made.services = TRY(services(context.rules()));
  made.baskets = baskets_of(context);
  const Collection next = TRY(collection_at(context.rules(), context.community.zone, context.now));
  made.cut_off = next.cut_off;
  made.drop_from = next.drop_from;
  made.drop_until = next.drop_until;
  made.line = TRY(context.rules().string("phones.duty"));
  return made;
}

}  // namespace

api::Endpoint show_needs_home() {
  return api::query("/api/v1/needs/mine", "home.show",
                    "What the household asked for, and when it comes", show);
}

}  // namespace doorstep::needs
