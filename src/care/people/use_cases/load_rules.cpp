/// \file Load a rule pack from a TOML file: the community follows it from now on (N29). A pack with a key
/// that the house does not know is refused. What the old one asked for and the new one does not is excused.

#include "base/rule_keys.h"
#include "care/people/contacts.h"

namespace doorstep::people {
namespace {

struct Request {
  std::string file;

  void fields(auto& /*f*/) {}
};

struct Answer {
  std::string name;
  std::string hash;
  bool control = true;
  bool changed = true;  ///< False: it was in force already.

  void fields(auto& f) {
    f("name", name);
    f("hash", hash);
    f("control", control);
    f("changed", changed);
  }
};

/// Nobody may stay under an order, and nothing may hang at a door, that nobody could end any more. Errors:
/// conflict "rules.control_left".
Result<void> check_nothing_left(const api::WriteContext& context) {
  const auto left = context.db.first(
      "SELECT (SELECT count(*) FROM observation WHERE community_id = $1 AND ended_at IS NULL)"
      " + (SELECT count(*) FROM door_control WHERE community_id = $1 AND removed_at IS NULL)"
      " + (SELECT count(*) FROM duty WHERE community_id = $1 AND closed_at IS NULL"
      " AND kind IN ('presence', 'area_end', 'removal', 'control_end', 'release', "
      "'suspicion_account',"
      " 'suspicion_decide', 'suspicion_objection'))",
      {context.community.id});
  if (left->integer(0) > 0) return Error{ErrorKind::conflict, "rules.control_left"};
  return {};
}

/// Each person's call of the day, where the new pack has that and no windows. Errors: those of the pack.
Result<void> owe_daily(api::WriteContext& context) {
  struct One {
    std::int64_t person = 0;
    std::string path = {};
  };
  std::vector<One> all;
  for (const store::Row& row :
       context.db.query("SELECT person_id, path FROM care_person WHERE community_id = $1"
                        " AND closed_at IS NULL ORDER BY id",
                        {context.community.id})) {
    all.push_back({row.integer(0), row.text(1)});
  }
  Times times = TRY(call_of(context, context.today()));
  if (times.due <= context.now) {
    times = TRY(call_of(context, context.today() + std::chrono::days{1}));
  }
  for (const One& one : all) {
    TRY(duty::open(context, daily, {one.person, one.path, times.from, times.due}));
  }
  return {};
}

void excuse_daily(api::WriteContext& context) {
  for (const store::Row& row : context.db.query(
           "SELECT " + std::string(duty::columns) +
               " FROM duty d WHERE d.community_id = $1 AND d.kind = $2 AND d.closed_at IS NULL",
           {context.community.id, daily.word})) {
    duty::excuse(context, duty::row_from(row), "rules");
  }
}

/// Errors: those of the pack; invalid "rules.level"; conflict "rules.control_left".
Result<Answer> load(api::WriteContext& context, const Request& request) {
  TRY(check_rule_keys(request.file));
  auto pack = std::make_shared<const RulePack>(TRY(RulePack::parse(request.file)));
  const auto kind = pack->string("kind");
  const bool care = kind.ok() && *kind == care_kind;
  if (has_windows(*pack)) TRY(Hazard::of(*pack));
  Answer answer{TRY(pack->string("name")), pack->hash(), !care};
  answer.changed = pack->hash() != context.rules().hash();
  if (care && answer.changed) TRY(check_nothing_left(context));
  context.tx.post(
      "INSERT INTO rule_pack (hash, source, stored_at) VALUES ($1, $2, $3)"
      " ON CONFLICT (hash) DO NOTHING",
      {pack->hash(), pack->source(), context.now});
  context.tx.post("UPDATE community SET rules_hash = $2 WHERE id = $1",
                  {context.community.id, pack->hash()});
  context.journal(
      "rules.changed", context.community.id.value(), "",
      R"({"rules":")" + pack->hash() + R"(","before":")" + context.rules().hash() + R"("})");
  const api::CommunityContext after{context.community.id, context.community.name,
                                    context.community.zone, pack};
  api::WriteContext next{{context.db, context.actor, context.scope, after, context.settings,
                          context.now, context.rng, context.pepper, context.sign},
                         context.tx,
                         context.ids};
  if (has_windows(*pack)) {
    excuse_daily(next);
  } else {
    TRY(owe_daily(next));
  }
  TRY(keep_contacts(next));
  return answer;
}

}  // namespace

api::Endpoint load_rules() {
  return api::command(api::Method::post, "/api/v1/rules", "rules.edit",
                      "Load a rule pack from a TOML file", load);
}

}  // namespace doorstep::people
