/// \file What works in the declared reach mode, and whether the address is proved (N1, N2).

#include "api/reach.h"

#include "app/doctor/check.h"

namespace doorstep::app {
namespace {

std::string_view mode_words(api::ReachMode mode) {
  switch (mode) {
    case api::ReachMode::desk: return "1, desk, phone and paper";
    case api::ReachMode::local: return "2, phones in the local network";
    default: return "3, phones anywhere over HTTPS";
  }
}

std::string_view feature_words(api::ReachFeature feature) {
  switch (feature) {
    case api::ReachFeature::desk_work: return "calls, visits, pasted relays and paper at the desk";
    case api::ReachFeature::resident_links: return "the pages of households and volunteers";
    case api::ReachFeature::paper_codes: return "paper with a QR code that bears the address";
    case api::ReachFeature::outside: return "pages for people outside the community's network";
    case api::ReachFeature::offline_run: return "runs that open without signal";
    default: return "codes read by the phone's camera";
  }
}

struct Reason {
  std::string_view code;
  std::string_view words;
  std::string_view remedy;
};

/// What a code of api/reach.h says at the shell.
Reason reason_of(std::string_view code) {
  static constexpr std::array<Reason, 7> all{{
      {"reach.desk", "mode 1 has no pages for phones", ""},
      {"reach.no_https", "the address is not https", "give --tls-certificate and --tls-key"},
      {"reach.not_outside", "the address is for the local network alone", ""},
      {"address.missing", "the server was started without an address", "give --public-url"},
      {"address.this_machine", "only this machine opens the address",
       "give --listen 0.0.0.0:8080 and --public-url with this machine's address"},
      {"address.unproved", "no second device has opened the address",
       "in the console: Reach, Prove the address, with a phone"},
      {"", "", ""},
  }};
  for (const Reason& one : all) {
    if (one.code == code) return one;
  }
  return {code, code, ""};
}

std::vector<Finding> findings_of(const api::Reach& reach) {
  std::vector<Finding> found;
  if (!reach.declared) {
    found.push_back({Health::note, "reach.undeclared", "nobody has declared a reach mode",
                     "declare it in the console under Reach"});
  }
  found.push_back({Health::good, "reach.mode",
                   "mode " + std::string(mode_words(reach.mode)) +
                       (reach.declared ? "" : " (taken from the address)")});
  if (reach.mode != api::ReachMode::desk) {
    found.push_back({Health::good, "reach.address", reach.url.empty() ? "no address" : reach.url});
  }
  for (const api::FeatureState& one : reach.features) {
    const std::string words(feature_words(one.feature));
    const std::string code = "reach." + std::string(api::word(one.feature));
    if (one.works) {
      found.push_back({Health::good, code, words + ": works"});
      continue;
    }
    const Reason reason = reason_of(*one.reason);
    // What the mode does not have is no fault; what it promises and cannot do is.
    const bool promised = reach.declared && one.feature <= api::ReachFeature::paper_codes &&
                          reach.mode != api::ReachMode::desk;
    const bool broken = promised || (reach.declared && reach.mode == api::ReachMode::public_);
    found.push_back({broken ? Health::bad : Health::note, code,
                     words + ": not in use, " + std::string(reason.words),
                     std::string(reason.remedy)});
  }
  return found;
}

}  // namespace

std::vector<Finding> check_reach(const Examined& examined) {
  if (examined.store == nullptr) {
    return {{Health::note, "reach.undeclared", "no installation in the data directory yet",
             "start `doorstep serve` and open the set-up link"}};
  }
  api::Reach reach;
  const auto read = examined.store->read([&](store::Snapshot& db) -> store::Outcome {
    // What the server serves is what it noted at its start; the flag is asked where it never ran.
    const auto served = db.first("SELECT url FROM reach_address WHERE until_at IS NULL");
    reach = api::reach_of(db, served ? served->text(0) : examined.options.public_url);
    return store::Answer{};
  });
  if (!read.ok()) return {{Health::bad, read.error().code, "the store cannot be read"}};
  return findings_of(reach);
}

}  // namespace doorstep::app
