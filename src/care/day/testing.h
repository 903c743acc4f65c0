#pragma once
/// \file Rights: three places (inside a grant, outside it, in another community), actors of every
/// role, and every call that the policy knows, for tests of what is allowed.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/policy.h"
#include "care/registry/compound.h"

namespace doorstep::day {

using access::Relation;
using access::Role;

inline constexpr std::array relations{Relation::inside, Relation::outside, Relation::foreign};

inline constexpr std::array staff_roles{
    Role::volunteer, Role::captain, Role::worker, Role::deputy,   Role::social_worker, Role::cadre,
    Role::grid_head, Role::leader,  Role::street, Role::property, Role::manager};

/// One of the three places, with an id of everything that can be named there.
struct Site {
  Relation relation = Relation::inside;
  std::int64_t community = 0;
  api::As manager;
  std::string name;  ///< Of the one who lives there, found nowhere else.
  /// "household", "place", "person", ...: what stands for {household} in a path and for $household
  /// in a body.
  std::map<std::string, std::string, std::less<>> ids;
};

class Rights;

/// A request about an object, as data.
struct Call {
  std::string action;
  api::Method method = api::Method::get;
  std::string path;  ///< As the endpoint has it.
  std::string query = {};
  std::string body = {};
  std::string shows = {};      ///< The id that the answer names where the object may be seen.
  std::string link_body = {};  ///< A resident's link says less about itself.
  void (*prepare)(Rights&, Site&) = nullptr;  ///< A fresh object, where carrying out uses it up.
  bool of_community = false;  ///< The object is the community's: nowhere outside a grant.
  bool spare = false;         ///< The path's id is site.ids["spare"], which `prepare` has made.
};

/// One bag from the site's shop to its point.
inline constexpr std::string_view shuttle_body =
    R"({"shuttles":[{"carrier":"$account","stops":[)"
    R"({"kind":"pickup","point":"$store","parcels":["$coming"]},)"
    R"({"kind":"drop","point":"$point","parcels":["$coming"]}]}]})";

/// One entry or more for every action of docs/access.csv.
const std::vector<Call>& calls();

class Rights : public registry::Compound {
 public:
  Rights();

  [[nodiscard]] Site& site(Relation relation) {
    return sites_.at(static_cast<std::size_t>(relation));
  }
  /// With a grant on the grid of the site inside; a link of its household; the shell.
  [[nodiscard]] const api::As& actor(Role role) const { return actors_.at(role); }

  api::Response send_call(Role role, const Call& call, const Site& site) {
    return send_call(actor(role), call, site);
  }
  api::Response send_call(const api::As& as, const Call& call, const Site& site);
  /// Path and query of the call about this site.
  [[nodiscard]] std::string target_of(const api::As& as, const Call& call, const Site& site);
  /// The answer tells of the object: done, or shown.
  static bool told(const Call& call, const Site& site, const api::Response& answer);
  [[nodiscard]] std::string filled(std::string_view text, const Site& site, bool in_path);

  [[nodiscard]] std::string path_of_household(const std::string& id);
  void fresh_link(Site& site);
  void fresh_person(Site& site);
  void fresh_phone(Site& site);
  void fresh_grant(Site& site);
  void fresh_batch(Site& site);    ///< An import to apply, to take back or to give up.
  void observe(Site& site);        ///< The household is under observation.
  void unobserve(Site& site);      ///< It is not.
  void say_unwell(Site& site);     ///< And names that duty.
  void raise_contact(Site& site);  ///< Somebody has to take up the contact; names that duty.
  void fresh_ground(Site& site);
  void fresh_departure(Site& site);  ///< Somebody of the household moves to another community.
  void fresh_arrival(Site& site);    ///< Somebody of another community moves to the site's.
  void plan_erasure(Site& site);  ///< A fresh person is to be erased by the clock; names "erasure".
  void fresh_erasure(Site& site);  ///< A fresh person was.
  void fresh_request(Site& site);  ///< The household inside asks on its page, others by phone.
  void fresh_erasure_request(Site& site);  ///< About the site's person.
  void answer_request(Site& site);         ///< The same, and it has its answer.
  /// Of the household, in this state; the first two accounts have said so far.
  void fresh_suspicion(Site& site, std::string_view state);
  void fresh_export(Site& site);           ///< A list was taken out as a file.
  void fresh_opening(Site& site);          ///< Somebody of another building opened the household.
  void hold(Site& site, const char* sql);  ///< A row about $1, the community.
  void hold_clock(Site& site);
  void fresh_closing(Site& site);
  /// A need of the household, as "need"; with an empty text a photo. Then this decision about it.
  void fresh_need(Site& site, std::string_view text, std::string_view decision = "");
  /// A cycle with one order of the household, in this state; names "cycle", "line" and what it sells.
  void fresh_cycle(Site& site, std::string_view state);
  void fresh_supplier(Site& site);
  void fresh_loan(Site& site);  ///< Of a fresh need.
  void propose_word(Site& site);
  void fresh_surroundings(
      Site& site);  ///< A shop, a dish, a guide, a lesson, a kit that can be given, a programme.
  void lead_group(Site& site);  ///< The site's account leads; and a fresh need is in that queue.
  void run_short(Site& site);   ///< The household has food for a day.
  void close_suppliers(Site& site);  ///< Their names are free again.
  void take_smartphone(Site& site);  ///< The household has none.
  void fresh_entry(Site& site);      ///< The household paid something.
  void fresh_claim(Site& site);      ///< It says that it paid something; nobody has looked.
  void settle_claims(Site& site);    ///< Nothing of that waits.
  void fresh_household(Site& site);  ///< As "spare": nobody lives there.
  void fresh_place(Site& site);      ///< As "spare": nothing is there.
  void fresh_letter(Site& site);     ///< The household was released; names its code.
  void fresh_trusted(Site& site);    ///< As "link": somebody elsewhere whom it named.
  void drop_trusted(Site& site);     ///< Nobody is named.
  void silence(Site& site);          ///< Nobody has heard of anybody there.
  void fresh_cared(Site& site);      ///< A person of it stands in the ledger.
  /// The same, and its community follows this pack.
  void fresh_cared_under(Site& site, std::string_view pack);
  void fresh_point(Site& site);    ///< As "spare": nothing lies there.
  void fresh_parcel(Site& site);   ///< Received and disinfected, for the site's household.
  void fresh_coming(Site& site);   ///< Expected for the household; as "store" the shop it is at.
  void fresh_shuttle(Site& site);  ///< With it, from there to the site's point.
  void fresh_run(Site& site);      ///< With a fresh parcel; its carrier is the site's account.
  void leave(Site& site);          ///< A fresh run is on its way.
  void photograph(Site& site);     ///< And a picture was taken.
  void fresh_post(Site& site);  ///< The household has joined the group, and something stands there.
  void drop_notices(Site& site);
  void fresh_notice(Site& site);   ///< One that is heard, for the site's place.
  void fresh_paper(Site& site);    ///< A slip of the household with an address that is gone.
  void fresh_control(Site& site);  ///< A label for the household's door, not posted yet.
  void drop_joint(Site& site);     ///< Nobody stands for the household with others.
  void fresh_joint(Site& site);    ///< The colleague does; names that part as "member".
  void close_window();             ///< The day's window is over, and everybody was asked in it.

 protected:
  [[nodiscard]] std::string open_duty(const Site& site, std::string_view kind);
  [[nodiscard]] bool observed(const Site& site);

 private:
  void build(Relation relation, std::int64_t community, const api::As& by, const std::string& grid);
  void settle(Site& site, int number, const std::string& entrance);
  void staff_up(Site& site);
  std::string made(const Site& site, std::string_view path, std::string_view json,
                   std::string_view member = "id");

  [[nodiscard]] api::As phone(Site& site);

  std::vector<Site> sites_;
  std::map<Role, api::As> actors_;
  std::vector<api::As> openers_;  ///< Of each site: captain of its bare building.
  std::int64_t fresh_ = 0;
};

}  // namespace doorstep::day
