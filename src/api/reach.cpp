#include "api/reach.h"

#include <algorithm>

#include "base/text.h"

namespace doorstep::api {
namespace {

bool is_https(std::string_view url) {
  return url.starts_with("https://");
}

/// "a.example" of "https://a.example:8443", "::1" of "http://[::1]:80".
std::string_view host_of(std::string_view origin) {
  const auto from = origin.find("://");
  if (from == std::string_view::npos) return {};
  const std::string_view host = origin.substr(from + 3);
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

std::optional<std::string> print_refusal_of(const Reach& reach) {
  if (reach.mode == ReachMode::desk) return "reach.desk";
  if (origin_of(reach.url).empty()) return "address.missing";
  if (is_local_url(reach.url)) return "address.this_machine";
  if (reach.mode == ReachMode::public_ && !is_https(reach.url)) return "reach.no_https";
  if (!reach.proved_at) return "address.unproved";
  return std::nullopt;
}

std::optional<std::string> reason_of(const Reach& reach, ReachFeature feature) {
  if (feature == ReachFeature::desk_work) return std::nullopt;
  if (reach.mode == ReachMode::desk) return "reach.desk";
  switch (feature) {
    case ReachFeature::paper_codes: return reach.print_refusal;
    case ReachFeature::outside:
      if (reach.mode != ReachMode::public_) return "reach.not_outside";
      [[fallthrough]];
    case ReachFeature::offline_run:
    case ReachFeature::camera:
      if (!is_https(reach.url)) return "reach.no_https";
      break;
    default: break;
  }
  if (is_local_url(reach.url)) return "address.this_machine";
  return std::nullopt;
}

}  // namespace

std::string origin_of(std::string_view url) {
  const std::string lower =
      text::fold(url.substr(0, 8)) + std::string(url.substr(std::min<std::size_t>(8, url.size())));
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!std::string_view(lower).starts_with(scheme)) continue;
    std::string host = lower.substr(scheme.size());
    host = host.substr(0, host.find_first_of("/?#"));
    std::ranges::transform(host, host.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const std::string_view usual = scheme == "https://" ? ":443" : ":80";
    if (host.ends_with(usual)) host.resize(host.size() - usual.size());
    return host.empty() ? std::string() : std::string(scheme) + host;
  }
  return {};
}

bool is_local_url(std::string_view url) {
  const std::string origin = origin_of(url);
  const std::string_view host = host_of(origin);
  return host.empty() || host == "localhost" || host.ends_with(".localhost") ||
         host.starts_with("127.") || host == "::1" || host == "0.0.0.0" || host == "::";
}

ReachMode suggested_mode(std::string_view url) {
  return is_https(origin_of(url)) ? ReachMode::public_ : ReachMode::local;
}

void judge_reach(Reach& reach) {
  reach.print_refusal = print_refusal_of(reach);
  reach.features.clear();
  for (std::size_t at = 0; at < Choices<ReachFeature>::words.size(); ++at) {
    const auto feature = static_cast<ReachFeature>(at);
    const auto reason = reason_of(reach, feature);
    reach.features.push_back({feature, !reason, reason});
  }
}

Reach reach_of(store::Snapshot& db, std::string_view url) {
  Reach reach;
  reach.url = url;
  reach.mode = suggested_mode(url);
  if (const auto row = db.first("SELECT mode FROM reach WHERE id = 1")) {
    reach.mode = from_word<ReachMode>(row->text(0)).value_or(reach.mode);
    reach.declared = true;
  }
  if (const auto row = db.first("SELECT proved_at FROM reach_address WHERE url = $1", {url})) {
    reach.proved_at = row->maybe_instant(0);
  }
  judge_reach(reach);
  return reach;
}

Result<void> require_links(const Context& context) {
  if (reach_of(context.db, context.settings.public_url).mode == ReachMode::desk) {
    return Error{ErrorKind::conflict, "reach.desk"};
  }
  return {};
}

Result<void> require_printing(const Context& context) {
  const Reach reach = reach_of(context.db, context.settings.public_url);
  if (reach.print_refusal) return Error{ErrorKind::conflict, *reach.print_refusal};
  return {};
}

void declare_reach(store::Transaction& tx, std::int64_t community, std::int64_t actor, Instant now,
                   ReachMode mode) {
  tx.run(
      "INSERT INTO reach (id, mode, declared_at, declared_by) VALUES (1, $1, $2, $3)"
      " ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, declared_at = excluded.declared_at,"
      " declared_by = excluded.declared_by",
      {word(mode), now, actor});
  tx.journal({community, actor, "reach.declared", 1, "",
              R"({"mode":")" + std::string(word(mode)) + R"("})"});
}

void note_address(store::Transaction& tx, std::string_view url, Instant now) {
  if (tx.first("SELECT 1 FROM reach_address WHERE url = $1 AND until_at IS NULL", {url})) return;
  tx.run("UPDATE reach_address SET until_at = $1 WHERE until_at IS NULL", {now});
  tx.run(
      "INSERT INTO reach_address (url, from_at) VALUES ($1, $2) ON CONFLICT (url) DO UPDATE SET"
      " from_at = excluded.from_at, until_at = NULL, proved_at = NULL",
      {url, now});
  tx.journal({0, 0, "reach.address_changed", 0, ""});
}

std::optional<std::string> judge_proof(std::string_view url, std::string_view origin,
                                       const ProofEnd& desk, const ProofEnd& opened) {
  if (origin_of(origin) != origin_of(url)) return "proof.other_address";
  if (opened.signed_in) return "proof.signed_in";
  if (opened.own_machine) return "proof.this_machine";
  const bool same_peer = desk.peer == opened.peer;
  // Behind one router's public address there may be many devices; in a local network each has its own.
  if (same_peer && (!is_https(url) || desk.device == opened.device)) return "proof.same_device";
  return std::nullopt;
}

}  // namespace doorstep::api
