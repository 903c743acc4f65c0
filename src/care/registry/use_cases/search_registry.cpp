/// \file Search by door, name, pinyin, initials, phone or the tail of one.

#include "care/registry/search.h"

namespace doorstep::registry {
namespace {

struct Request {
  std::string text;
  void fields(auto& f) { f("text", text, api::Class::name); }
};

struct Row {
  std::string path;
  HitKind kind = HitKind::dwelling;
  std::string id;
  std::optional<Id<Place>> dwelling;
  std::optional<Id<Household>> household;
  std::string title;
  std::string subtitle;

  void fields(auto& f) {
    f.at(path);
    f("kind", kind);
    f("id", id);
    f("dwelling", dwelling);
    f("household", household);
    // A name only where names may be seen: search() looks for none otherwise.
    f("title", title, api::Class::door);
    f("subtitle", subtitle, api::Class::door);
  }
};

struct Response {
  std::vector<Row> rows;
  void fields(auto& f) { f("rows", rows); }
};

constexpr std::size_t shown_max = 20;
constexpr std::size_t text_bytes_max = 200;

/// Errors: invalid "search.text" (too long).
Result<Response> run(api::Context& context, const Request& request) {
  if (request.text.size() > text_bytes_max) return Error{ErrorKind::invalid, "search.text"};
  Response answer;
  for (Hit& hit : search(context, request.text, shown_max)) {
    Row row{std::move(hit.path),    hit.kind, id_text(hit.id), {}, {}, std::move(hit.title),
            std::move(hit.subtitle)};
    if (hit.dwelling != 0) row.dwelling = Id<Place>{hit.dwelling};
    if (hit.household != 0) row.household = Id<Household>{hit.household};
    answer.rows.push_back(std::move(row));
  }
  return answer;
}

}  // namespace

api::Endpoint search_registry() {
  return api::posted_query("/api/v1/search", "search.run", "Search by door, name, pinyin or phone",
                           run);
}

}  // namespace doorstep::registry
