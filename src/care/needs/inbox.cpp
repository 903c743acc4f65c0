#include "care/needs/inbox.h"

namespace doorstep::needs {

const std::string inbox_columns =
    "n.path, n.id, n.household_id, h.door, substr(coalesce(n.text, ''), 1, 120), n.relay_row,"
    " n.class, n.service, n.urgency, n.state, n.origin, n.channel, n.unread, n.gone,"
    " CASE WHEN n.text IS NULL THEN n.note_media END, n.created_at, n.due_at, n.need_by, d.id,"
    " a.name, n.reason, n.version, n.diet, CASE h.digital WHEN 'none' THEN 'proxy'"
    " WHEN 'chat' THEN 'relay' WHEN 'shops' THEN 'self' ELSE '' END, n.only_link <> 0";

const std::string inbox_joins =
    " LEFT JOIN household h ON h.community_id = n.community_id AND h.id = n.household_id"
    " LEFT JOIN duty d ON d.community_id = n.community_id AND d.kind = 'need'"
    " AND d.subject_id = n.id AND d.closed_at IS NULL LEFT JOIN account a ON a.id = d.owner_id";

InboxRow inbox_row(const store::Row& row, std::size_t first) {
  InboxRow made;
  made.path = row.text(first);
  made.id = row.id<Need>(first + 1);
  if (row.integer(first + 2) != 0) made.household = row.id<access::Household>(first + 2);
  if (const auto dwelling = access::id_in_path(made.path, 'd')) {
    made.dwelling = Id<access::Place>{*dwelling};
  }
  made.door = row.maybe_text(first + 3).value_or("");
  made.text = row.text(first + 4);
  made.asked_for = row.text(first + 5);
  made.of = api::from_word<NeedClass>(row.text(first + 6)).value_or(NeedClass::other);
  made.service = row.text(first + 7);
  made.urgency = api::from_word<Urgency>(row.text(first + 8)).value_or(Urgency::urgent);
  made.state = api::from_word<State>(row.text(first + 9)).value_or(State::waiting);
  made.origin = api::from_word<Origin>(row.text(first + 10)).value_or(Origin::worker);
  made.channel = api::from_word<Channel>(row.text(first + 11)).value_or(Channel::page);
  made.unread = row.integer(first + 12);
  made.gone = row.boolean(first + 13);
  made.media = row.maybe_text(first + 14);
  made.asked_at = row.instant(first + 15);
  made.due = row.instant(first + 16);
  made.need_by = row.maybe_instant(first + 17);
  made.duty = row.maybe_id<duty::Duty>(first + 18);
  made.owner_name = row.maybe_text(first + 19).value_or("");
  made.reason = row.text(first + 20);
  made.version = row.integer(first + 21);
  made.diet = row.boolean(first + 22);
  made.way = row.maybe_text(first + 23).value_or("");
  made.only_me = row.boolean(first + 24);
  return made;
}

}  // namespace doorstep::needs
