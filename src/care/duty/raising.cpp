#include "care/duty/raising.h"

#include <algorithm>
#include <bit>
#include <map>
#include <span>
#include <tuple>

#include <fmt/format.h>

namespace doorstep::duty {
namespace {

constexpr std::size_t segment_length = 15;
/// Of one statement: a text for each power of two up to here is prepared, and no more.
constexpr std::size_t ids_max = 64;

using Group = std::vector<const Rise*>;

/// What an index holds is written only where it changes: most duties come due with who waited for them.
std::string statement(bool moved, std::size_t ids) {
  std::string sql =
      "UPDATE duty SET state = 'raised', next_at = $2, raised_at = coalesce(raised_at, $3),"
      " acknowledged_at = NULL";
  std::size_t at = 4;
  if (moved) {
    sql += ", owner_id = $4, level = $5";
    at += 2;
  }
  sql += " WHERE community_id = $1 AND id IN (";
  for (std::size_t one = 0; one < ids; ++one) {
    fmt::format_to(std::back_inserter(sql), "{}${}", one == 0 ? "" : ", ", at + one);
  }
  return sql + ")";
}

bool moves(const Rise& one) {
  return one.duty->owner != one.owner.account || one.duty->level != one.owner.rung;
}

void update(api::WriteContext& context, const Rise& like, std::span<const Rise* const> some) {
  const std::size_t places = std::bit_ceil(some.size());
  const bool moved = std::ranges::any_of(some, [](const Rise* one) { return moves(*one); });
  store::Values values{context.community.id, like.next, context.now};
  if (moved) {
    values.emplace_back(like.owner.account);
    values.emplace_back(api::word(like.owner.rung));
  }
  for (const Rise* one : some) values.emplace_back(one->duty->id);
  // The last once more, until the statement is full.
  for (std::size_t more = some.size(); more < places; ++more)
    values.emplace_back(some.back()->duty->id);
  context.tx.post(statement(moved, places), values);
}

/// The place that all of them lie in.
std::string_view common_place(const Group& group) {
  std::string_view common = group.front()->duty->path;
  for (const Rise* one : group) {
    const auto [here, there] = std::ranges::mismatch(common, one->duty->path);
    common = common.substr(0, static_cast<std::size_t>(here - common.begin()));
  }
  return common.substr(0, common.size() / segment_length * segment_length);
}

void journal(api::WriteContext& context, const Group& group) {
  const Rise& like = *group.front();
  const std::string to =
      fmt::format(R"("level":"{}","owner":"{}","next":"{}")", api::word(like.owner.rung),
                  id_text(like.owner.account), to_text(like.next));
  if (group.size() == 1) {
    context.journal("duty.raised", like.duty->id.value(), like.duty->path,
                    fmt::format(R"({{"kind":"{}","on":"{}",{}}})", like.duty->kind,
                                id_text(like.duty->subject), to));
    return;
  }
  const std::string_view place = common_place(group);
  std::string duties;
  std::string on;
  std::string below;
  for (const Rise* one : group) {
    const std::string_view comma = duties.empty() ? "\"" : ",\"";
    duties.append(comma).append(to_text(one->duty->id)).push_back('"');
    on.append(comma).append(id_text(one->duty->subject)).push_back('"');
    below.append(comma)
        .append(std::string_view(one->duty->path).substr(place.size()))
        .push_back('"');
  }
  context.journal("duties.raised", 0, place,
                  fmt::format(R"({{"kind":"{}",{},"duties":[{}],"on":[{}],"below":[{}]}})",
                              like.duty->kind, to, duties, on, below));
}

}  // namespace

void raise_all(api::WriteContext& context, const std::vector<Rise>& rises) {
  using Alike = std::tuple<std::string_view, std::int64_t, Rung, Instant>;
  std::map<Alike, Group> groups;
  for (const Rise& one : rises) {
    groups[{one.duty->kind, one.owner.account, one.owner.rung, one.next}].push_back(&one);
  }
  for (const auto& [alike, group] : groups) {
    const std::span<const Rise* const> all(group);
    for (std::size_t at = 0; at < all.size(); at += ids_max) {
      update(context, *group.front(), all.subspan(at, std::min(ids_max, all.size() - at)));
    }
    journal(context, group);
  }
}

}  // namespace doorstep::duty
