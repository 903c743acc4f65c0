/// \file One need with everything to decide it by: its words and how they were read, its lines, what
/// the household said and got before, and others that may be the same.

#include "care/needs/inbox.h"

namespace doorstep::needs {
namespace {

struct Request {
  Id<Need> need;
  void fields(auto& f) { f("need", need); }
};

struct Before {
  Id<Need> id;
  Instant at{};
  std::string text;
  State state = State::waiting;
  void fields(auto& f) {
    f("id", id);
    f("at", at);
    f("text", text, api::Class::health);
    f("state", state);
  }
};

struct Response {
  std::string path;
  InboxRow row;
  std::string text;
  std::string answer;
  std::string sender;
  std::optional<std::string> sender_door;  ///< Third party: whose link it came by.
  std::string access_notes;
  std::vector<Line> lines;
  std::vector<Piece> pieces;       ///< Of `text`, in code points.
  std::vector<Before> before;      ///< Of the household, newest first, at most 8.
  std::vector<Before> similar;     ///< Of the household, still open: perhaps the same.
  bool note = false;               ///< There is a photo or a recording.
  std::optional<Id<Order>> order;  ///< It is bought with.

  void fields(auto& f) {
    f.at(path);
    f("row", row);
    f("text", text, api::Class::health);
    f("answer", answer, api::Class::health);
    f("sender", sender, api::Class::name);
    f("sender_door", sender_door, api::Class::door);
    f("access_notes", access_notes, api::Class::door);
    f("lines", lines, api::Class::money);
    f("pieces", pieces);
    f("before", before, api::Class::health);
    f("similar", similar, api::Class::health);
    f("note", note);
    f("order", order);
  }
};

void add_history(api::Context& context, Response& made) {
  if (!made.row.household) return;
  for (const store::Row& row : context.db.query(
           "SELECT n.id, n.created_at, substr(coalesce(n.text, ''), 1, 60), n.state FROM {needs} n"
           " WHERE n.household_id = $1 AND n.id <> $2 ORDER BY n.id DESC LIMIT 8",
           {*made.row.household, made.row.id})) {
    const Before one{row.id<Need>(0), row.instant(1), row.text(2),
                     api::from_word<State>(row.text(3)).value_or(State::done)};
    const bool open = one.state == State::waiting || one.state == State::accepted;
    (open ? made.similar : made.before).push_back(one);
  }
}

/// Errors: not_found "need.unknown".
Result<Response> show(api::Context& context, const Request& request) {
  const auto row = context.db.first(
      "SELECT " + inbox_columns +
          ", n.text, n.answer, n.sender, h.access_notes, n.note IS NOT NULL, s.door, n.order_id "
          "FROM"
          " {needs} n" +
          inbox_joins +
          " LEFT JOIN household s ON s.community_id = n.community_id AND s.id = n.sender_household"
          " WHERE n.id = $1",
      {request.need});
  if (!row) return Error{ErrorKind::not_found, "need.unknown"};
  Response made;
  made.row = inbox_row(*row);
  made.path = made.row.path;
  made.text = row->maybe_text(inbox_column_count).value_or("");
  made.answer = row->text(inbox_column_count + 1);
  made.sender = row->text(inbox_column_count + 2);
  made.access_notes = row->maybe_text(inbox_column_count + 3).value_or("");
  made.note = row->boolean(inbox_column_count + 4);
  made.sender_door = row->maybe_text(inbox_column_count + 5);
  if (row->integer(inbox_column_count + 6) > 0) made.order = row->id<Order>(inbox_column_count + 6);
  made.lines = lines_of(context.db, context.community.id, request.need);
  if (!made.text.empty()) made.pieces = read(made.text).pieces;
  add_history(context, made);
  return made;
}

}  // namespace

api::Endpoint show_need() {
  return api::query("/api/v1/needs/{need}", "need.list", "One need, with what to decide it by",
                    show);
}

}  // namespace doorstep::needs
