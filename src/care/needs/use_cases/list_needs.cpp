/// \file List what is asked for: emergencies first, then what is owed soonest (L5, D20).

#include <charconv>

#include <fmt/format.h>

#include "care/needs/inbox.h"

namespace doorstep::needs {
namespace {

enum class Filter : std::uint8_t { open, unread, asked_back, accepted, decided };

}  // namespace
}  // namespace doorstep::needs

template <>
struct doorstep::api::Choices<doorstep::needs::Filter> {
  static constexpr std::array words{std::string_view{"open"}, std::string_view{"unread"},
                                    std::string_view{"asked_back"}, std::string_view{"accepted"},
                                    std::string_view{"decided"}};
};

namespace doorstep::needs {
namespace {

struct Request : api::PageRequest {
  std::optional<Filter> filter;  ///< Absent: open, those that nobody has decided.
  std::optional<NeedClass> of;

  void fields(auto& f) {
    f("filter", filter);
    f("class", of);
    page_fields(f);
  }
};

/// Emergencies stand before everything, what somebody ill is to eat before ordinary purchases (D23).
constexpr std::string_view rank =
    "CASE WHEN n.urgency = 'emergency' THEN 0 WHEN n.diet THEN 1 ELSE 2 END";

std::string condition(Filter filter) {
  switch (filter) {
    case Filter::open: return "(n.state = 'waiting' OR n.gone AND n.state = 'accepted')";
    case Filter::unread: return "n.state = 'waiting' AND (n.unread > 0 OR n.household_id = 0)";
    case Filter::asked_back: return "n.state = 'asked_back'";
    case Filter::accepted: return "n.state = 'accepted'";
    case Filter::decided: return "n.state IN ('done', 'declined', 'cancelled')";
  }
  return "FALSE";
}

struct After {
  std::int64_t rank = -1;
  Instant due{};
  Id<Need> id{};
};

/// Keyset on (rank, due_at, id): "RANK.INSTANT.ID". Errors: invalid "field.cursor".
Result<After> after(const std::optional<std::string>& cursor) {
  if (!cursor) return After{};
  After made;
  const auto dot = cursor->rfind('.');
  if (cursor->size() < 3 || (*cursor)[1] != '.' || dot == std::string::npos || dot < 2) {
    return Error{ErrorKind::invalid, "field.cursor"};
  }
  made.rank = cursor->front() - '0';
  const auto due = instant_from_text(cursor->substr(2, dot - 2));
  const auto id = id_from_text(cursor->substr(dot + 1));
  if (made.rank < 0 || made.rank > 2 || !due || !id)
    return Error{ErrorKind::invalid, "field.cursor"};
  made.due = *due;
  made.id = Id<Need>{*id};
  return made;
}

/// Errors: invalid "field.cursor".
Result<api::Page<InboxRow>> list(api::Context& context, const Request& request) {
  const After from = TRY(after(request.cursor));
  const auto rows = context.db.query(
      fmt::format("SELECT {} FROM {{needs}} n{} WHERE {} AND ($1 = '' OR n.class = $1)"
                  " AND ({}, n.due_at, n.id) > ($2, $3, $4)"
                  " ORDER BY {}, n.due_at, n.id LIMIT $5",
                  inbox_columns, inbox_joins, condition(request.filter.value_or(Filter::open)),
                  rank, rank),
      {request.of ? api::word(*request.of) : std::string_view{}, from.rank, from.due, from.id,
       request.limit + 1});
  api::Page<InboxRow> page;
  for (const store::Row& row : rows) {
    if (std::ssize(page.rows) == request.limit) {
      const InboxRow& last = page.rows.back();
      page.next = fmt::format("{}.{}.{}",
                              last.urgency == Urgency::emergency ? 0
                              : last.diet                        ? 1
                                                                 : 2,
                              to_text(last.due), to_text(last.id));
      break;
    }
    page.rows.push_back(inbox_row(row));
  }
  return page;
}

}  // namespace

api::Endpoint list_needs() {
  return api::list("/api/v1/needs", "need.list", "List what is asked for, what presses first",
                   list);
}

}  // namespace doorstep::needs
