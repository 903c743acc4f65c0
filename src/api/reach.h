#pragma once
/// \file How people reach the house (N1, N2): the declared mode, what works in it, and whether the address that links
/// and QR codes begin with was ever opened by a second device.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/endpoint.h"

namespace doorstep::api {

enum class ReachMode : std::uint8_t {
  desk,     ///< Desk, phone and paper: nobody but the desk's own machine opens a page.
  local,    ///< Phones in the same network, over http.
  public_,  ///< Phones anywhere, over HTTPS.
};

/// Something that works in one mode and not in another.
enum class ReachFeature : std::uint8_t {
  desk_work,       ///< Calls, visits, pasted relays, paper: everything at the desk.
  resident_links,  ///< A household's own page, the volunteers' and suppliers' pages.
  paper_codes,     ///< Paper with a QR code that bears the address.
  outside,         ///< Who is not in the community's network: family elsewhere, a shop.
  offline_run,     ///< A run that opens without signal once it was opened: needs a secure page.
  camera,          ///< Codes read by the phone's camera: needs a secure page.
};

struct FeatureState {
  ReachFeature feature = ReachFeature::desk_work;
  bool works = false;
  /// A code where it does not: "reach.desk", "reach.no_https", "reach.not_outside", or of the address as
  /// Reach::print_refusal.
  std::optional<std::string> reason;

  void fields(auto& f) {
    f("feature", feature);
    f("works", works);
    f("reason", reason);
  }
};

struct Reach {
  ReachMode mode = ReachMode::local;
  bool declared = false;  ///< False: taken from the address, nobody has said it.
  std::string url;        ///< What links begin with; "" where the server was started without.
  std::optional<Instant> proved_at;
  /// Why nothing with the address on it may be printed; none where it may.
  std::optional<std::string> print_refusal;
  std::vector<FeatureState> features;

  void fields(auto& f) {
    f("mode", mode);
    f("declared", declared);
    f("url", url);
    f("proved_at", proved_at);
    f("print_refusal", print_refusal);
    f("features", features);
  }
};

/// Whether only this machine can open it: localhost, 127.0.0.0/8, ::1, 0.0.0.0, or nothing at all.
[[nodiscard]] bool is_local_url(std::string_view url);

/// "https://a.example:8443" of "https://A.example:8443/x"; "" where the text is no http address.
[[nodiscard]] std::string origin_of(std::string_view url);

/// The mode that an address suggests where none was declared.
[[nodiscard]] ReachMode suggested_mode(std::string_view url);

/// Fills `print_refusal` and `features` from the rest; pure. Codes: "reach.desk", "address.missing" (no address),
/// "address.this_machine" (127.0.0.1 and its like), "reach.no_https" (public declared, address without TLS),
/// "address.unproved".
void judge_reach(Reach& reach);

/// As it stands in the store, judged. `url` is the address that is served.
[[nodiscard]] Reach reach_of(store::Snapshot& db, std::string_view url);

/// Errors: conflict "reach.desk" where phones open nothing.
Result<void> require_links(const Context& context);
/// Errors: conflict with the code of Reach::print_refusal.
Result<void> require_printing(const Context& context);

/// Declares the mode of the installation; the last word counts. Journals.
void declare_reach(store::Transaction& tx, std::int64_t community, std::int64_t actor, Instant now,
                   ReachMode mode);

/// The server says where it serves; another address than before is unproved until a device opens it.
void note_address(store::Transaction& tx, std::string_view url, Instant now);

/// Who stands at one end of a proof.
struct ProofEnd {
  std::string peer;          ///< Address of the device as the server sees it.
  std::string device;        ///< What the page says of itself: browser and screen.
  bool signed_in = false;    ///< It carries the session of somebody of the staff.
  bool own_machine = false;  ///< The peer is the machine the server runs on.
};

/// Why `opened` is not shown to be a second device beside `desk`; none where it is. Pure. `origin` is what the address
/// bar of the opened page says. Codes: "proof.other_address", "proof.signed_in", "proof.this_machine",
/// "proof.same_device".
[[nodiscard]] std::optional<std::string> judge_proof(std::string_view url, std::string_view origin,
                                                     const ProofEnd& desk, const ProofEnd& opened);

}  // namespace doorstep::api

template <>
struct doorstep::api::Choices<doorstep::api::ReachMode> {
  static constexpr std::array words{std::string_view{"desk"}, std::string_view{"local"},
                                    std::string_view{"public"}};
};
template <>
struct doorstep::api::Choices<doorstep::api::ReachFeature> {
  static constexpr std::array words{
      std::string_view{"desk_work"},   std::string_view{"resident_links"},
      std::string_view{"paper_codes"}, std::string_view{"outside"},
      std::string_view{"offline_run"}, std::string_view{"camera"}};
};
