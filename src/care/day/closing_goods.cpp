#include "care/day/closing_goods.h"

#include "care/delivery/parcel.h"
#include "care/needs/need.h"

namespace doorstep::day {
namespace {

GoodsTotals totals(api::WriteContext& context) {
  GoodsTotals made;
  const auto goods = context.db.first(
      "SELECT count(*) FILTER (WHERE state NOT IN ('expected', 'cancelled')),"
      " count(*) FILTER (WHERE state = 'delivered'), count(*) FILTER (WHERE state = 'returned'),"
      " count(*) FILTER (WHERE state = 'lost') FROM parcel WHERE community_id = $1",
      {context.community.id});
  made.came = goods->integer(0);
  made.delivered = goods->integer(1);
  made.returned = goods->integer(2);
  made.lost = goods->integer(3);
  made.asked =
      context.db.first("SELECT count(*) FROM need WHERE community_id = $1", {context.community.id})
          ->integer(0);
  return made;
}

/// Columns: id, household (NULL or 0: nobody knows), state, reason, due, order (0: none), owner.
OwedLine line_from(const store::Row& row, Owed kind) {
  OwedLine line;
  line.kind = kind;
  line.subject = id_text(row.integer(0));
  if (row.maybe_integer(1).value_or(0) > 0) line.household = id_text(row.integer(1));
  line.state = row.text(2);
  const std::string reason = row.maybe_text(3).value_or("");
  if (!reason.empty()) line.reason = reason;
  line.due = row.maybe_instant(4).value_or(Instant{});
  if (row.integer(5) > 0) line.order = id_text(row.integer(5));
  if (row.maybe_integer(6).value_or(0) > 0) line.owner = id_text(row.integer(6));
  return line;
}

void add_parcels(api::WriteContext& context, ClosingGoods& goods) {
  context.db.each(
      "SELECT p.id, p.household_id, p.state, p.reason, p.due_at, 0, d.owner_id FROM parcel p"
      " LEFT JOIN duty d ON d.community_id = p.community_id AND d.kind = $2"
      " AND d.subject_id = p.id AND d.closed_at IS NULL"
      " WHERE p.community_id = $1 AND p.closed_at IS NULL AND p.state <> 'expected'"
      " ORDER BY p.path, p.id",
      {context.community.id, delivery::parcel_duty.word}, [&](const store::Row& row) {
        goods.lines.push_back(line_from(row, Owed::parcel));
        return true;
      });
  goods.open = std::ssize(goods.lines);
}

void add_needs(api::WriteContext& context, ClosingGoods& goods) {
  context.db.each(
      "SELECT n.id, n.household_id, n.state, NULL, coalesce(d.due_at, n.due_at), n.order_id,"
      " d.owner_id FROM need n LEFT JOIN duty d ON d.community_id = n.community_id"
      " AND d.kind = $2 AND d.subject_id = n.id AND d.closed_at IS NULL"
      " WHERE n.community_id = $1 AND n.state IN ('waiting', 'asked_back', 'accepted')"
      " ORDER BY n.path, n.id",
      {context.community.id, needs::owed.word}, [&](const store::Row& row) {
        goods.lines.push_back(line_from(row, Owed::need));
        ++(goods.lines.back().state == "accepted" ? goods.ordered : goods.unanswered);
        return true;
      });
}

}  // namespace

ClosingGoods goods_of_day(api::WriteContext& context, const GoodsTotals& before) {
  ClosingGoods goods;
  add_parcels(context, goods);
  add_needs(context, goods);
  for (const OwedLine& line : goods.lines) {
    if (!line.owner && !line.reason) ++goods.unowned;
  }
  goods.ever = totals(context);
  goods.ever.open = goods.open;
  goods.ever.unanswered = goods.unanswered;
  goods.before = before.open;
  goods.came = goods.ever.came - before.came;
  goods.delivered = goods.ever.delivered - before.delivered;
  goods.returned = goods.ever.returned - before.returned;
  goods.lost = goods.ever.lost - before.lost;
  goods.asked = goods.ever.asked - before.asked;
  return goods;
}

}  // namespace doorstep::day
