/// \file Which files left the house: who took which list, when, with how many rows, and whether names were in it and why (N14).

#include "api/export_file.h"

namespace doorstep::api {
namespace {

constexpr int rows_max = 200;
constexpr std::chrono::days counted_for{30};

struct Row {
  Id<ExportMade> id;
  Instant at{};
  std::string by;  ///< Empty: at the machine's shell.
  std::string list;
  std::string format;
  std::int64_t rows = 0;
  bool names = false;
  std::optional<std::string> reason;

  void fields(auto& f) {
    f("id", id);
    f("at", at);
    f("by", by);
    f("list", list);
    f("format", format);
    f("rows", rows);
    f("names", names);
    f("reason", reason);
  }
};

struct Count {
  std::string by;
  std::int64_t files = 0;
  std::int64_t named = 0;  ///< Of these with names.
  std::int64_t rows = 0;

  void fields(auto& f) {
    f("by", by);
    f("files", files);
    f("named", named);
    f("rows", rows);
  }
};

struct Answer {
  std::vector<Row> rows;      ///< The newest 200.
  std::vector<Count> counts;  ///< Of 30 days, who took most first.
  void fields(auto& f) {
    f("rows", rows);
    f("counts", counts);
  }
};

Result<Answer> taken(Context& context, const Nothing&) {
  Answer answer;
  for (const store::Row& row : context.db.query(
           "SELECT e.id, e.at, coalesce(a.name, ''), e.action, e.format, e.row_count, e.names,"
           " p.reason FROM export_made e LEFT JOIN account a ON a.id = e.account_id"
           " LEFT JOIN export_permit p ON p.community_id = e.community_id AND p.id = e.permit_id"
           " WHERE e.community_id = $1 ORDER BY e.id DESC LIMIT $2",
           {context.community.id, rows_max})) {
    answer.rows.push_back({row.id<ExportMade>(0), row.instant(1), row.text(2), row.text(3),
                           row.text(4), row.integer(5), row.boolean(6), row.maybe_text(7)});
  }
  for (const store::Row& row : context.db.query(
           "SELECT coalesce(a.name, ''), count(*), sum(CASE WHEN e.names THEN 1 ELSE 0 END),"
           " sum(e.row_count) FROM export_made e LEFT JOIN account a ON a.id = e.account_id"
           " WHERE e.community_id = $1 AND e.at > $2 GROUP BY e.account_id, coalesce(a.name, '')"
           " ORDER BY 2 DESC, 1",
           {context.community.id, context.now - counted_for})) {
    answer.counts.push_back({row.text(0), row.integer(1), row.integer(2), row.integer(3)});
  }
  return answer;
}

}  // namespace

Endpoint list_exports() {
  return query("/api/v1/exports", "export.list", "Which files left the house, and with whom",
               taken);
}

}  // namespace doorstep::api
