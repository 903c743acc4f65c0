#pragma once
/// \file Endpoint: a use case as the outside sees it. Everything that a handler usually repeats is
/// here: decoding, authorising, the picture or transaction, idempotency, encoding. A use case is left
/// with its rule and its SQL, and this is the one header it needs besides its own module's.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"  // IWYU pragma: export
#include "access/path.h"   // IWYU pragma: export
#include "api/fields.h"    // IWYU pragma: export
#include "api/message.h"   // IWYU pragma: export
#include "api/page.h"      // IWYU pragma: export
#include "api/service.h"
#include "base/result.h"  // IWYU pragma: export
#include "base/rng.h"
#include "base/rules.h"
#include "base/time.h"    // IWYU pragma: export
#include "store/store.h"  // IWYU pragma: export

namespace doorstep::api {

using access::Community;
using access::Household;
using access::Place;

/// The community an actor stands in, with its zone and its rule pack.
struct CommunityContext {
  Id<Community> id{};
  std::string name;
  Zone zone;
  std::shared_ptr<const RulePack> rules;
};

/// Who is asking, when, and what they may see. `db` has `{places}` and `{households}` of the scope.
struct Context {
  store::Snapshot& db;
  const access::Actor& actor;
  const access::Scope& scope;
  const CommunityContext& community;
  const Settings& settings;
  Instant now;
  Rng& rng;
  const std::string& pepper;
  /// Signs with the installation's key, over text that begins with a line saying what it is.
  const std::function<std::string(std::string_view)>& sign;

  [[nodiscard]] Day today() const { return community.zone.day_of(now); }
  [[nodiscard]] const RulePack& rules() const { return *community.rules; }
};

/// A Context that can also change things. Every command writes at least one journal entry.
struct WriteContext : Context {
  store::Transaction& tx;
  IdSource& ids;

  template <class Entity>
  [[nodiscard]] Id<Entity> new_id() const {
    return ids.next<Entity>(now);
  }
  /// `data` is a JSON object of ids, codes and times, never of personal values.
  void journal(std::string_view kind, std::int64_t subject, std::string_view path,
               std::string data = "{}") const;
};

/// What an endpoint that makes its own transactions works with (sign-in, set-up).
struct Direct {
  store::Store& store;
  const Request& request;
  const Settings& settings;
  Instant now;
  Rng& rng;
};

/// Who may call at all; what they then reach is the policy's matter.
enum class Door : std::uint8_t {
  open,       ///< Anyone; nothing personal is answered.
  signed_in,  ///< Any actor, about themselves.
  policy,     ///< As docs/access.csv says for `action`.
};

using Decoded = std::shared_ptr<const void>;

struct Endpoint {
  Method method = Method::get;
  std::string path;     ///< "/api/v1/households/{household}"; names in braces are request fields.
  std::string action;   ///< "household.show": the word in docs/access.csv.
  std::string summary;  ///< One line for the OpenAPI document.
  Door door = Door::policy;
  bool paged = false;      ///< Also answers ?format=csv and xlsx.
  bool takes_raw = false;  ///< The body is a file, not JSON; handed on as the field "body".
  Type request = {};
  Type response = {};
  std::function<Result<Decoded>(Reader&, const Request&)> decode = {};
  std::function<store::Outcome(Context&, const void*, Format)> answer = {};  ///< Reads.
  std::function<store::Outcome(WriteContext&, const void*)> carry_out = {};  ///< Changes.
  /// What `carry_out` will look up first, handed to Transaction::ahead. Only for speed.
  std::function<void(WriteContext&, const void*)> ahead = {};
  std::function<Response(Direct&, const void*)> direct = {};  ///< Its own transactions.
};

/// Every endpoint of the house: one per file in a folder use_cases, listed by the build.
std::vector<Endpoint> all_endpoints();

template <class T>
Result<Decoded> decode(Reader& reader, const Request& raw) {
  auto request = std::make_shared<T>();
  request->fields(reader);
  if constexpr (requires { request->file; }) request->file = raw.body;
  TRY(reader.finish());
  return Decoded(std::move(request));
}

/// `Result<Answer> use_case(Context&, const Request&)` on a consistent picture.
template <class T, class R>
Endpoint query(std::string path, std::string action, std::string summary,
               Result<R> (*use_case)(Context&, const T&)) {
  Endpoint made{Method::get, std::move(path), std::move(action), std::move(summary)};
  made.request = type_of<T>();
  made.response = answer_type_of<R>();
  made.decode = decode<T>;
  made.answer = [use_case](Context& context, const void* request, Format) -> store::Outcome {
    R result = TRY(use_case(context, *static_cast<const T*>(request)));
    return store::Answer{to_json(result, context.scope)};
  };
  return made;
}

/// A query that carries its parameters in a POST body, so that no name stands in a URL.
template <class T, class R>
Endpoint posted_query(std::string path, std::string action, std::string summary,
                      Result<R> (*use_case)(Context&, const T&)) {
  Endpoint made = query(std::move(path), std::move(action), std::move(summary), use_case);
  made.method = Method::post;
  return made;
}

/// `Result<Page<Row>> use_case(Context&, const Request&)`, where the request has the fields of
/// PageRequest. Downloads call it page after page in the same picture.
template <class T, class R>
Endpoint list(std::string path, std::string action, std::string summary,
              Result<Page<R>> (*use_case)(Context&, const T&)) {
  Endpoint made{Method::get, std::move(path), std::move(action), std::move(summary)};
  made.paged = true;
  made.request = type_of<T>();
  made.response = answer_type_of<Page<R>>();
  made.decode = decode<T>;
  made.answer = [use_case](Context& context, const void* raw, Format format) -> store::Outcome {
    T request = *static_cast<const T*>(raw);
    if (format == Format::json) {
      return store::Answer{to_json(TRY(use_case(context, request)), context.scope)};
    }
    const auto table = Table::make(format, columns_of<R>(context.scope));
    request.limit = 1000;
    while (true) {
      const Page<R> page = TRY(use_case(context, request));
      for (const R& row : page.rows) table->add(cells_of(row, context.scope));
      if (!page.next) return table->finish();
      request.cursor = page.next;
    }
  };
  return made;
}

/// `Result<Answer> use_case(WriteContext&, const Request&)` in one transaction; committed when it
/// succeeds, without trace when it does not.
template <class T, class R>
Endpoint command(Method method, std::string path, std::string action, std::string summary,
                 Result<R> (*use_case)(WriteContext&, const T&)) {
  Endpoint made{method, std::move(path), std::move(action), std::move(summary)};
  made.request = type_of<T>();
  made.response = answer_type_of<R>();
  made.decode = decode<T>;
  made.takes_raw = requires(T request) { request.file; };
  made.carry_out = [use_case](WriteContext& context, const void* request) -> store::Outcome {
    R result = TRY(use_case(context, *static_cast<const T*>(request)));
    return store::Answer{to_json(result, context.scope)};
  };
  return made;
}

/// command(), for the busiest: `ahead` says what `use_case` will look up whatever it finds.
template <class T, class R>
Endpoint command(Method method, std::string path, std::string action, std::string summary,
                 Result<R> (*use_case)(WriteContext&, const T&),
                 void (*ahead)(WriteContext&, const T&)) {
  Endpoint made = command(method, std::move(path), std::move(action), std::move(summary), use_case);
  made.ahead = [ahead](WriteContext& context, const void* request) {
    ahead(context, *static_cast<const T*>(request));
  };
  return made;
}

/// `Response use_case(Direct&, const Request&)`: signs in and out, sets up.
template <class R, class T>
Endpoint direct(Method method, std::string path, std::string summary,
                Response (*use_case)(Direct&, const T&)) {
  Endpoint made{method, std::move(path), "", std::move(summary)};
  made.door = Door::open;
  made.request = type_of<T>();
  made.response = answer_type_of<R>();
  made.decode = decode<T>;
  made.direct = [use_case](Direct& context, const void* request) {
    return use_case(context, *static_cast<const T*>(request));
  };
  return made;
}

}  // namespace doorstep::api
