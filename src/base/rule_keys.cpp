#include "base/rule_keys.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/time.h"
#include "base/toml.h"

namespace doorstep {
namespace {

enum class Type : std::uint8_t { integer, boolean, text, texts, clock };
/// Which packs have to say it.
enum class Need : std::uint8_t { nobody, control, care, both };

struct Key {
  std::string_view path;  ///< "[]": of each table of a list. "*": a kind of duty.
  Type type = Type::text;
  Need need = Need::nobody;
};

using enum Type;

constexpr std::array keys{
    Key{"name", text, Need::both},
    Key{"version", integer, Need::both},
    Key{"kind", text},
    Key{"observation.length_days", integer, Need::control},
    Key{"observation.length_days_max", integer, Need::control},
    Key{"observation.first_day_offset", integer, Need::control},
    Key{"observation.release_from", clock, Need::control},
    Key{"observation.removal_hours", integer},
    Key{"check_in.fever_tenths", integer, Need::both},
    Key{"check_in.temperature_min_tenths", integer, Need::both},
    Key{"check_in.temperature_max_tenths", integer, Need::both},
    Key{"check_in.windows[].name", text, Need::control},
    Key{"check_in.windows[].from", clock, Need::control},
    Key{"check_in.windows[].until", clock, Need::control},
    Key{"check_in.voice_or_sight_days", integer},
    Key{"duty.acknowledge_minutes", integer, Need::both},
    Key{"duty.finish_minutes", integer, Need::both},
    Key{"duty.open_per_owner_max", integer, Need::both},
    Key{"duty.*.acknowledge_minutes", integer},
    Key{"duty.*.finish_minutes", integer},
    Key{"ladder.ends_with", text, Need::both},
    Key{"ladder.rungs[].name", text, Need::both},
    Key{"ladder.rungs[].minutes", integer, Need::both},
    Key{"presence.hours", integer},
    Key{"reach.phone_after_days", integer},
    Key{"level.unit", text, Need::care},
    Key{"level.unsaid", text, Need::care},
    Key{"level.steps[].name", text, Need::care},
    Key{"level.steps[].label", text, Need::care},
    Key{"level.steps[].from_tenths", integer},
    Key{"level.steps[].windows", texts, Need::care},
    Key{"care.windows[].name", text, Need::care},
    Key{"care.windows[].label", text, Need::care},
    Key{"care.windows[].from", clock, Need::care},
    Key{"care.windows[].until", clock, Need::care},
    Key{"care.child_under_years", integer, Need::both},
    Key{"care.elder_from_years", integer, Need::both},
    Key{"care.elder_alone_from_years", integer, Need::both},
    Key{"care.daily_until", clock, Need::control},
    Key{"care.review_days", integer, Need::both},
    Key{"care.medicine_refill_days", integer, Need::both},
    Key{"care.silent_days", integer, Need::both},
    Key{"care.pack", texts},
    Key{"care.categories", texts},
    Key{"delivery.disinfect", text, Need::both},
    Key{"delivery.idle_below", integer, Need::both},
    Key{"delivery.late_minutes", integer, Need::both},
    Key{"delivery.red_minutes", integer, Need::both},
    Key{"delivery.gap_minutes", integer},
    Key{"delivery.idle_dispatch", boolean},
    Key{"delivery.day_until", clock, Need::both},
    Key{"delivery.care_from", clock},
    Key{"delivery.helpers_grams", integer},
    Key{"delivery.helpers_floor", integer},
    Key{"delivery.windows[].class", text, Need::both},
    Key{"delivery.windows[].from", clock, Need::both},
    Key{"delivery.windows[].until", clock, Need::both},
    Key{"delivery.keywords[].class", text},
    Key{"delivery.keywords[].goods", text},
    Key{"delivery.keywords[].words", texts},
    Key{"needs.strengths[].drug", text},
    Key{"needs.strengths[].choices", texts},
    Key{"needs.urgent_minutes", integer, Need::both},
    Key{"needs.lead_minutes", integer},
    Key{"needs.quantity_max", integer, Need::both},
    Key{"needs.services[].key", text, Need::both},
    Key{"needs.services[].label", text, Need::both},
    Key{"needs.services[].class", text, Need::both},
    Key{"needs.services[].minutes", integer, Need::both},
    Key{"needs.words_days", integer},
    Key{"needs.offer_minutes", integer},
    Key{"needs.groups[].key", text},
    Key{"needs.groups[].label", text},
    Key{"needs.groups[].services", texts},
    Key{"needs.groups[].duties", texts},
    Key{"needs.limits[].goods", texts},
    Key{"needs.limits[].most", integer},
    Key{"needs.limits[].days", integer},
    Key{"supply.cycles[].name", text, Need::both},
    Key{"supply.cycles[].cut_off", clock, Need::both},
    Key{"supply.cycles[].drop_days", integer, Need::both},
    Key{"supply.cycles[].drop_from", clock, Need::both},
    Key{"supply.cycles[].drop_until", clock, Need::both},
    Key{"supply.shortage_first", texts},
    Key{"supply.purchase_minutes", integer, Need::both},
    Key{"supply.low_days", integer, Need::both},
    Key{"supply.menu_repeat_days", integer},
    Key{"supply.menu_kinds[].key", text},
    Key{"supply.menu_kinds[].daily", boolean},
    Key{"supply.menu_kinds[].words", texts},
    Key{"lights.supply_days", integer},
    Key{"closing.at", clock, Need::both},
    Key{"rights.residence_days", integer, Need::both},
    Key{"rights.health_days", integer, Need::both},
    Key{"rights.words_days", integer, Need::both},
    Key{"rights.door_days", integer, Need::both},
    Key{"rights.money_days", integer, Need::both},
    Key{"rights.raw_days", integer, Need::both},
    Key{"rights.account_days", integer, Need::both},
    Key{"rights.evidence_days", integer, Need::both},
    Key{"rights.notice_days", integer, Need::both},
    Key{"rights.small_count", integer},
    Key{"rights.answer_days", integer},
    Key{"rights.remind_days", integer},
    Key{"rights.minor_years", integer},
    Key{"rights.adult_years", integer},
    Key{"rights.consents[].purpose", text},
    Key{"rights.consents[].version", integer},
    Key{"rights.consents[].text", text},
    Key{"rights.looks_days", integer},
    Key{"rights.reveals_per_hour", integer},
    Key{"suspicion.account_hours", integer},
    Key{"suspicion.remind_hours", integer},
    Key{"suspicion.objection_hours", integer},
    Key{"opening.minutes", integer},
    Key{"opening.most_a_day", integer},
    Key{"staffing.heads", integer},
    Key{"staffing.cadres", integer},
    Key{"phones.emergency", text, Need::both},
    Key{"phones.duty", text, Need::both},
    Key{"transfer.answer_hours", integer},
};

/// The kinds of duty, by which [duty.<kind>] changes the minutes of one.
constexpr std::array duties{std::string_view{"area_end"},
                            std::string_view{"care_call"},
                            std::string_view{"care_contact"},
                            std::string_view{"care_delivery"},
                            std::string_view{"care_unwell"},
                            std::string_view{"carrier_gap"},
                            std::string_view{"collecting"},
                            std::string_view{"confirm_death"},
                            std::string_view{"confirm_leaving"},
                            std::string_view{"contact"},
                            std::string_view{"control_end"},
                            std::string_view{"emergency"},
                            std::string_view{"food"},
                            std::string_view{"handover"},
                            std::string_view{"left_behind"},
                            std::string_view{"medicine"},
                            std::string_view{"message"},
                            std::string_view{"need"},
                            std::string_view{"opening"},
                            std::string_view{"overload"},
                            std::string_view{"parcel"},
                            std::string_view{"payment"},
                            std::string_view{"presence"},
                            std::string_view{"purchase"},
                            std::string_view{"refill"},
                            std::string_view{"release"},
                            std::string_view{"removal"},
                            std::string_view{"reveals"},
                            std::string_view{"subject_request"},
                            std::string_view{"suspicion_account"},
                            std::string_view{"suspicion_decide"},
                            std::string_view{"suspicion_objection"},
                            std::string_view{"takeover"},
                            std::string_view{"unwell"},
                            std::string_view{"voice_or_sight"},
                            std::string_view{"welfare"},
                            std::string_view{"whereabouts"}};

bool is_text(const toml::node& node) {
  return node.value_exact<std::string>().has_value();
}

bool fits(const toml::node& node, Type type) {
  switch (type) {
    case Type::integer: return node.is_integer();
    case Type::boolean: return node.is_boolean();
    case Type::text: return is_text(node);
    case Type::clock:
      return is_text(node) && time_of_day_from_text(*node.value_exact<std::string>());
    case Type::texts: {
      const toml::array* list = node.as_array();
      return list != nullptr &&
             std::ranges::all_of(*list, [](const toml::node& one) { return is_text(one); });
    }
  }
  return false;
}

class Check {
 public:
  /// `path` as the house knows it, `shown` as it stands there. Errors: as check_rule_keys().
  Result<void> node(const toml::node& node, std::string_view path, const std::string& shown) {
    const auto key = std::ranges::find(keys, path, &Key::path);
    if (key != keys.end()) {
      if (!fits(node, key->type)) return fault("rules.wrong_type", node, shown);
      seen_.insert(key->path);
      return {};
    }
    if (const toml::table* table = node.as_table(); table != nullptr && begins(path, ".")) {
      return members(*table, path, shown);
    }
    const toml::array* list = node.as_array();
    if (list == nullptr || !begins(path, "[]")) return fault("rules.unknown_key", node, shown);
    for (std::size_t at = 0; at < list->size(); ++at) {
      const toml::table* table = (*list)[at].as_table();
      const std::string here = fmt::format("{}[{}]", shown, at);
      if (table == nullptr) return fault("rules.wrong_type", (*list)[at], here);
      TRY(members(*table, fmt::format("{}[]", path), here));
      TRY(whole(*table, (*list)[at], fmt::format("{}[].", path), here));
    }
    return {};
  }

  Result<void> members(const toml::table& table, std::string_view path, const std::string& shown) {
    for (const auto& [name, member] : table) {
      const std::string text{name.str()};
      const bool duty = path == "duty" && member.is_table();
      const std::string here = shown.empty() ? text : shown + "." + text;
      if (duty && !std::ranges::count(duties, text)) {
        return Error{ErrorKind::invalid, "rules.unknown_key",
                     fmt::format("line {}: {}", name.source().begin.line, here)};
      }
      line_ = name.source().begin.line;
      TRY(node(member, path.empty() ? text : fmt::format("{}.{}", path, duty ? "*" : text), here));
    }
    return {};
  }

  [[nodiscard]] Result<void> complete(bool care) const {
    for (const Key& key : keys) {
      const bool needed = key.need == Need::both || key.need == (care ? Need::care : Need::control);
      if (needed && !seen_.contains(key.path)) {
        return Error{ErrorKind::invalid, "rules.missing", std::string(key.path)};
      }
    }
    return {};
  }

 private:
  [[nodiscard]] static bool begins(std::string_view path, std::string_view with) {
    return std::ranges::any_of(keys, [&](const Key& key) {
      return key.path.starts_with(path) && key.path.substr(path.size()).starts_with(with);
    });
  }
  /// What one table of a list needs, each of them needs.
  [[nodiscard]] Result<void> whole(const toml::table& table, const toml::node& node,
                                   std::string_view path, const std::string& shown) const {
    for (const Key& key : keys) {
      if (key.need == Need::nobody || !key.path.starts_with(path)) continue;
      const std::string_view name = key.path.substr(path.size());
      if (table.contains(name)) continue;
      return Error{ErrorKind::invalid, "rules.missing",
                   fmt::format("line {}: {}.{}", node.source().begin.line, shown, name)};
    }
    return {};
  }
  [[nodiscard]] Error fault(std::string_view code, const toml::node& node,
                            const std::string& shown) const {
    const auto line = node.source().begin.line;
    return {ErrorKind::invalid, std::string(code),
            fmt::format("line {}: {}", line == 0 ? line_ : line, shown)};
  }

  std::set<std::string_view> seen_;
  toml::source_index line_ = 0;
};

}  // namespace

Result<void> check_rule_keys(std::string_view toml) {
  try {
    const toml::table root = toml::parse(toml);
    Check check;
    TRY(check.members(root, "", ""));
    const auto kind = root["kind"].value<std::string>();
    if (kind && *kind != care_kind && *kind != "control") {
      return Error{ErrorKind::invalid, "rules.wrong_type",
                   fmt::format("line {}: kind", root["kind"].node()->source().begin.line)};
    }
    return check.complete(kind == care_kind);
  } catch (const toml::parse_error& problem) {
    return Error{ErrorKind::invalid, "rules.not_toml",
                 fmt::format("line {}, column {}: {}", problem.source().begin.line,
                             problem.source().begin.column, problem.description())};
  }
}

}  // namespace doorstep
