#include "drill/oracle/services.h"

#include <optional>
#include <set>

#include <boost/json.hpp>

#include "base/id.h"
#include "drill/oracle/export.h"

namespace doorstep::oracle {
namespace {

namespace json = boost::json;

std::optional<std::string> text_of(const json::value& data, std::string_view name) {
  if (!data.is_object()) return std::nullopt;
  const auto* found = data.get_object().if_contains(name);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(found->get_string());
}

struct Handed {
  std::string community;
  std::string service;  ///< The same for all that came at once.
  Instant at{};
};

}  // namespace

ServiceCount count_services(std::istream& journal, Instant from, Instant until, Instant known) {
  std::map<std::int64_t, Handed> handed;  // By parcel: the last that was said of it.
  const auto entry = [&](const store::Sealed& sealed) {
    if (sealed.at > known || !sealed.entry.kind.starts_with("parcel.")) return;
    const std::string& kind = sealed.entry.kind;
    if (kind == "parcel.undone" || kind == "parcel.returned") {
      handed.erase(sealed.entry.subject);
      return;
    }
    if (kind != "parcel.delivered" && kind != "parcel.moved") return;
    boost::system::error_code failed;
    const json::value data = json::parse(sealed.entry.data, failed);
    const auto said = text_of(data, "at");
    const auto at = said ? instant_from_text(*said) : std::nullopt;
    const std::string action = text_of(data, "action").value_or(id_text(sealed.seq));
    handed[sealed.entry.subject] = {id_text(sealed.entry.community),
                                    action + " " + sealed.entry.path, at.value_or(sealed.at)};
  };
  ServiceCount count;
  count.problems = read_export(journal, {[](const std::string&) {}, entry}).problems;
  std::set<std::string> seen;
  for (const auto& [parcel, one] : handed) {
    if (one.at < from || one.at >= until) continue;
    Services& of = count.communities[one.community];
    ++of.parcels;
    of.services += seen.insert(one.community + " " + one.service).second ? 1 : 0;
  }
  return count;
}

}  // namespace doorstep::oracle
