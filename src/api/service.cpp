#include "api/service.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include <fmt/format.h>

#include "access/policy.h"
#include "api/community_cache.h"
#include "api/endpoint.h"
#include "api/export_file.h"
#include "api/looks.h"
#include "api/routes.h"
#include "base/bytes.h"
#include "base/log.h"
#include "store/idempotency.h"
#include "store/jobs.h"

namespace doorstep::api {
namespace {

Error internal() {
  return {ErrorKind::unavailable, "internal"};
}

/// Changes by a session carry a mark that a foreign page cannot send; sign-in too, so that nobody is
/// signed in as somebody else.
bool from_foreign_page(const Request& request) {
  return request.channel == Channel::network && request.link.empty() && !request.same_site;
}

/// The query that an idempotency key stands for: without `sent_at`, the device's clock when this try left
/// it, which is another one for each try of the same request.
std::string query_of_key(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view one = query.substr(0, end);
    if (!one.starts_with("sent_at=")) kept += (kept.empty() ? "" : "&") + std::string(one);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

Response to_response(store::Outcome outcome) {
  if (!outcome.ok()) return problem(outcome.error());
  store::Answer answer = std::move(outcome).value();
  Response response;
  response.media_type = std::move(answer.media_type);
  response.body = std::move(answer.body);
  response.file_name = std::move(answer.file_name);
  return response;
}

}  // namespace

struct Service::State {
  store::Store& store;
  const Clock& clock;
  Rng& rng;
  std::vector<Endpoint> endpoints;
  Settings settings;
  Routes routes;
  std::atomic<store::JobRunner*> jobs = nullptr;
  Looks looks{store};

  IdSource ids{rng};
  std::function<std::string(std::string_view)> sign = [this](std::string_view text) {
    return store.sign(text);
  };

  CommunityCache communities;

  State(store::Store& the_store, const Clock& the_clock, Rng& the_rng, std::vector<Endpoint> all,
        Settings the_settings)
      : store(the_store),
        clock(the_clock),
        rng(the_rng),
        endpoints(std::move(all)),
        settings(std::move(the_settings)),
        routes(endpoints) {}

  Result<access::Known> identify(store::Snapshot& db, const Request& request, Instant now) const;
  Result<access::Scope> scope_of(const Endpoint& endpoint, const access::Actor& actor) const;
  store::Outcome admit(const Endpoint& endpoint, const Request& request);
  store::Outcome read(const Endpoint& endpoint, const Request& request, const Decoded& decoded,
                      const Parameters& parameters);
  store::Outcome take_out(const Endpoint& endpoint, const Request& request, const Decoded& decoded,
                          const FileAsked& asked);
  void write(const Endpoint& endpoint, const std::shared_ptr<const Request>& request,
             const Decoded& decoded, const Reply& reply);
  store::Outcome carry_out(const Endpoint& endpoint, const Request& request, const Decoded& decoded,
                           Instant now, store::Transaction& tx);
};

Result<access::Known> Service::State::identify(store::Snapshot& db, const Request& request,
                                               Instant now) const {
  if (request.channel == Channel::control) {
    std::int64_t community = 0;
    for (const auto& [name, value] : query_parameters(request.query)) {
      if (name == "community") community = id_from_text(value).value_or(-1);
    }
    return access::find_operator(db, Id<Community>{community});
  }
  if (!request.link.empty()) return access::find_by_link(db, store.pepper(), request.link, now);
  if (!request.session.empty()) {
    return access::find_by_session(db, store.pepper(), request.session, now);
  }
  return Error{ErrorKind::unauthenticated, "session.none"};
}

Result<access::Scope> Service::State::scope_of(const Endpoint& endpoint,
                                               const access::Actor& actor) const {
  if (endpoint.door == Door::policy) {
    return access::authorize(access::Policy::built_in(), actor, endpoint.action);
  }
  access::Scope self;
  self.community = actor.community;
  for (const access::Grant& grant : actor.grants) {
    self.reaches.push_back({grant.path, access::Classes::all()});
  }
  return self;
}

/// Before a file is read: reading one is work, and nobody else's file is read.
store::Outcome Service::State::admit(const Endpoint& endpoint, const Request& request) {
  const Instant now = clock.now();
  return store.read([&](store::Snapshot& db) -> store::Outcome {
    const access::Known known = TRY(identify(db, request, now));
    TRY(scope_of(endpoint, known.actor));
    return store::Answer{};
  });
}

store::Outcome Service::State::read(const Endpoint& endpoint, const Request& request,
                                    const Decoded& decoded, const Parameters& parameters) {
  const Instant now = clock.now();
  access::Actor actor;
  store::Outcome answered = store.read([&](store::Snapshot& db) -> store::Outcome {
    const access::Known known = TRY(identify(db, request, now));
    const access::Scope scope = TRY(scope_of(endpoint, known.actor));
    const CommunityContext home = TRY(communities.of(db, known.community));
    actor = known.actor;
    db.relations(scope.relations());
    Context context{db, known.actor, scope, home, settings, now, rng, store.pepper(), sign};
    return endpoint.answer(context, decoded.get(), Format::json);
  });
  if (answered.ok()) looks.note(actor, parameters, endpoint.action, now);
  return answered;
}

/// A list as a file. It leaves once it is counted.
store::Outcome Service::State::take_out(const Endpoint& endpoint, const Request& request,
                                        const Decoded& decoded, const FileAsked& asked) {
  Export file;
  file.at = clock.now();
  file.id = ids.next<ExportMade>(file.at);
  file.action = endpoint.action;
  file.format = asked.format;
  store::Outcome made = store.read([&](store::Snapshot& db) -> store::Outcome {
    const access::Known known = TRY(identify(db, request, file.at));
    const access::Scope scope = TRY(scope_of(endpoint, known.actor));
    const CommunityContext home = TRY(communities.of(db, known.community));
    file.community = home.id;
    file.account = known.actor.id;
    db.relations(scope.relations());
    Context whole{db, known.actor, scope, home, settings, file.at, rng, store.pepper(), sign};
    access::Scope names;
    if (asked.permit) {
      names = TRY(access::authorize(access::Policy::built_in(), known.actor, "export.names"));
      TRY(use_permit(whole, *asked.permit, file));
    }
    const access::Scope seen = veiled(scope, names);
    Context shown{db, known.actor, seen, home, settings, file.at, rng, store.pepper(), sign};
    return export_file(endpoint, decoded, whole, shown, file);
  });
  if (!made.ok()) return made;
  store::Outcome noted = store.write_now([&](store::Transaction& tx) -> store::Outcome {
    TRY(note_export(tx, file));
    return store::Answer{};
  });
  if (!noted.ok()) return noted;
  return made;
}

store::Outcome Service::State::carry_out(const Endpoint& endpoint, const Request& request,
                                         const Decoded& decoded, Instant now,
                                         store::Transaction& tx) {
  const access::Known known = TRY(identify(tx, request, now));
  const access::Scope scope = TRY(scope_of(endpoint, known.actor));
  const CommunityContext home = TRY(communities.of(tx, known.community));
  // With the pepper, so that a key that can be guessed is still none to whoever has the rows alone.
  const std::string key = blake2b(request.idempotency_key, store.pepper());
  const std::string hash =
      blake2b(request.path + '\n' + query_of_key(request.query) + '\n' + request.body, key);
  tx.relations(scope.relations());
  WriteContext context{
      {tx, known.actor, scope, home, settings, now, rng, store.pepper(), sign}, tx, ids};
  if (endpoint.ahead) endpoint.ahead(context, decoded.get());
  auto kept = TRY(store::recall(tx, known.actor.id, key, hash));
  if (kept) return std::move(*kept);
  store::Answer answer = TRY(endpoint.carry_out(context, decoded.get()));
  store::remember(tx, known.actor.id, key, hash, answer, now);
  return answer;
}

void Service::State::write(const Endpoint& endpoint, const std::shared_ptr<const Request>& request,
                           const Decoded& decoded, const Reply& reply) {
  const std::string& key = request->idempotency_key;
  if (key.size() < 16 || key.size() > 64) {
    return reply(problem({ErrorKind::invalid, "idempotency.missing"}));
  }
  const Instant now = clock.now();
  store.write(
      [this, &endpoint, request, decoded, now](store::Transaction& tx) {
        return carry_out(endpoint, *request, decoded, now, tx);
      },
      [this, reply](store::Outcome outcome) {
        if (auto* runner = jobs.load()) runner->wake();
        reply(to_response(std::move(outcome)));
      });
}

Service::Service(store::Store& store, const Clock& clock, Rng& rng, std::vector<Endpoint> endpoints,
                 Settings settings)
    : state_(
          std::make_unique<State>(store, clock, rng, std::move(endpoints), std::move(settings))) {}

Service::~Service() = default;

void Service::handle(const Request& request, const Reply& reply) {
  try {
    const auto match = state_->routes.find(request.method, request.path);
    if (!match.ok()) return reply(problem(match.error()));
    const Endpoint& endpoint = state_->endpoints[match->endpoint];
    const bool changes = endpoint.carry_out || (endpoint.direct && request.method != Method::get);
    if (changes && from_foreign_page(request)) {
      return reply(problem({ErrorKind::forbidden, "request.foreign_page"}));
    }
    if (endpoint.takes_raw) {
      const store::Outcome admitted = state_->admit(endpoint, request);
      if (!admitted.ok()) return reply(problem(admitted.error()));
    }
    Parameters parameters = match->parameters;
    const std::optional<FileAsked> file =
        endpoint.paged ? file_asked(query_parameters(request.query)) : std::nullopt;
    for (auto& [name, value] : query_parameters(request.query)) {
      if (name == "community" && request.channel == Channel::control) continue;
      if (endpoint.paged && name == "format") continue;
      if (endpoint.paged && name == "permit" && !asks_permit(endpoint)) continue;
      parameters.emplace_back(std::move(name), std::move(value));
    }
    Reader reader(endpoint.takes_raw ? std::string_view{} : request.body, parameters);
    auto decoded = endpoint.decode(reader, request);
    if (!decoded.ok()) return reply(problem(decoded.error()));
    if (endpoint.direct) {
      Direct direct{state_->store, request, state_->settings, state_->clock.now(), state_->rng};
      return reply(endpoint.direct(direct, decoded->get()));
    }
    if (endpoint.answer) {
      return reply(to_response(file ? state_->take_out(endpoint, request, *decoded, *file)
                                    : state_->read(endpoint, request, *decoded, parameters)));
    }
    state_->write(endpoint, std::make_shared<const Request>(request), *decoded, reply);
  } catch (const store::Failure& failure) {
    log::error("request failed: {}", failure.code());
    reply(problem({ErrorKind::unavailable, failure.code()}));
  } catch (const std::exception& failure) {
    // The message of a logic_error names a column or a statement, never a value.
    log::error("request died: {}", failure.what());
    Response response = problem(internal());
    response.status = 500;
    reply(response);
  }
}

Response Service::call(const Request& request) {
  std::mutex mutex;
  std::condition_variable arrived;
  std::optional<Response> answer;
  handle(request, [&](Response response) {
    const std::scoped_lock lock(mutex);
    answer = std::move(response);
    arrived.notify_one();
  });
  std::unique_lock lock(mutex);
  arrived.wait(lock, [&] { return answer.has_value(); });
  return std::move(*answer);
}

store::Outcome Service::as_system(std::int64_t community,
                                  const std::function<store::Outcome(WriteContext&)>& work) {
  return state_->store.write_now([&](store::Transaction& tx) -> store::Outcome {
    const access::Known known = TRY(access::find_operator(tx, Id<Community>{community}));
    access::Scope scope;
    scope.community = known.community.id;
    scope.reaches.push_back({"", access::Classes::all()});
    const CommunityContext home = TRY(state_->communities.of(tx, known.community));
    tx.relations(scope.relations());
    WriteContext context{{tx, known.actor, scope, home, state_->settings, state_->clock.now(),
                          state_->rng, state_->store.pepper(), state_->sign},
                         tx,
                         state_->ids};
    return work(context);
  });
}

std::vector<std::int64_t> Service::communities() {
  std::vector<std::int64_t> found;
  (void)state_->store.read([&](store::Snapshot& db) -> store::Outcome {
    for (const store::Row& row : db.query("SELECT id FROM community ORDER BY id")) {
      found.push_back(row.integer(0));
    }
    return store::Answer{};
  });
  return found;
}

Result<Viewer> Service::viewer(const Request& request) {
  Viewer viewer;
  const auto outcome = state_->store.read([&](store::Snapshot& db) -> store::Outcome {
    const access::Known known = TRY(state_->identify(db, request, state_->clock.now()));
    const access::Scope scope =
        TRY(access::authorize(access::Policy::built_in(), known.actor, "journal.watch"));
    viewer = {scope, known.actor.id};
    return store::Answer{};
  });
  if (!outcome.ok()) return outcome.error();
  return viewer;
}

namespace {

/// The data of an entry about several subjects below its path.
struct Below {
  std::vector<std::string> below = {};

  void fields(auto& f) { f("below", below); }
};

/// The entry is about several, and one of them lies in the scope though their common place does not.
bool covers_one(const access::Scope& scope, const store::Entry& entry) {
  if (entry.kind != "duties.raised" || !scope.touches(entry.path)) return false;
  Reader reader(entry.data);
  Below found;
  found.fields(reader);
  return std::ranges::any_of(
      found.below, [&](const std::string& one) { return scope.covers(entry.path + one); });
}

}  // namespace

std::optional<std::string> Service::event_data(const Viewer& viewer, const store::Sealed& entry) {
  const std::string& path = entry.entry.path;
  if (entry.entry.community != viewer.scope.community.value()) return std::nullopt;
  if (!viewer.scope.covers(path) && !covers_one(viewer.scope, entry.entry)) return std::nullopt;
  // That somebody called back says that somebody was unwell.
  const bool health =
      entry.entry.kind.starts_with("unwell.") || entry.entry.kind.starts_with("suspicion.");
  if (health && !viewer.scope.classes_at(path).contains(Class::health)) return std::nullopt;
  Writer writer;
  writer.open('{');
  writer("seq", entry.seq);
  writer("kind", entry.entry.kind);
  if (entry.entry.subject != 0) writer("subject", id_text(entry.entry.subject));
  if (const auto id = access::id_in_path(path, 'd')) writer("dwelling", id_text(*id));
  if (const auto id = access::id_in_path(path, 'b')) writer("building", id_text(*id));
  writer("at", entry.at);
  writer.close('}');
  return writer.take();
}

std::string Service::openapi() const {
  return openapi_document(state_->endpoints);
}

std::string Service::typescript() const {
  return typescript_declarations(state_->endpoints);
}

store::Store& Service::store() {
  return state_->store;
}

void Service::attach(store::JobRunner* jobs) {
  state_->jobs = jobs;
}

void WriteContext::journal(std::string_view kind, std::int64_t subject, std::string_view path,
                           std::string data) const {
  tx.journal({community.id.value(), actor.id, std::string(kind), subject, std::string(path),
              std::move(data)});
}

}  // namespace doorstep::api
