/// \file The calls of the access matrix about what is kept of people, and about who is thought to have gone out.

#include "care/day/access_call.h"

namespace doorstep::day {
namespace {

void observed(Rights& rights, Site& site) {
  rights.observe(site);
}
void forgettable(Rights& rights, Site& site) {
  rights.unobserve(site);
  rights.fresh_person(site);
}
void planned(Rights& rights, Site& site) {
  rights.plan_erasure(site);
}
void erased(Rights& rights, Site& site) {
  rights.fresh_erasure(site);
}
void asked(Rights& rights, Site& site) {
  rights.fresh_request(site);
}
void asked_to_be_erased(Rights& rights, Site& site) {
  rights.unobserve(site);
  rights.fresh_person(site);
  rights.fresh_erasure_request(site);
}
void answered(Rights& rights, Site& site) {
  rights.answer_request(site);
}
void exported(Rights& rights, Site& site) {
  rights.fresh_export(site);
}
void suspected(Rights& rights, Site& site) {
  rights.fresh_suspicion(site, "asked");
}
void account_given(Rights& rights, Site& site) {
  rights.fresh_suspicion(site, "answered");
}
void found_out(Rights& rights, Site& site) {
  rights.fresh_suspicion(site, "decided");
}
void objected(Rights& rights, Site& site) {
  rights.fresh_suspicion(site, "objected");
}

}  // namespace

/// What people may ask about themselves, and what becomes of it.
std::vector<Call> rights_calls() {
  return {
      post("person.erase", "/api/v1/people/{person}/erase", R"({"cause":"asked"})", forgettable),
      shown(get("erasure.list", "/api/v1/erasures", "", "erasure"), planned),
      shown(get("erasure.list", "/api/v1/erasures/{erasure}", "", "erasure"), erased),
      post("erasure.hold", "/api/v1/erasures/{erasure}/hold", R"({"reason":"court"})", planned),
      get("privacy.show", "/api/v1/privacy", "", "bare"),
      post("request.ask", "/api/v1/requests", R"({"household":"$household","kind":"access"})"),
      shown(get("request.list", "/api/v1/requests", "", "request"), asked),
      post("request.answer", "/api/v1/requests/{request}/answer",
           R"({"outcome":"granted","words":"好"})", asked),
      shown(get("request.file", "/api/v1/requests/{request}/file", "", "request"), answered),
      post("person.erase", "/api/v1/requests/{request}/erase", "{}", asked_to_be_erased),
      get("look.list", "/api/v1/looks", "household=$household", "household"),
      post("phone.reveal", "/api/v1/households/{household}/reveal", R"({"reason":"visit"})"),
      get("consent.edit", "/api/v1/consents", "household=$household", "household"),
      post("consent.edit", "/api/v1/consents",
           R"({"household":"$household","purpose":"publish_thanks","agreed":true})"),
      post("export.names", "/api/v1/exports/permits", R"({"reason":"authority"})"),
      shown(get("export.list", "/api/v1/exports", "", "export"), exported),
      post("suspicion.record", "/api/v1/households/{household}/suspicions",
           R"({"evidence":"door_seal"})", observed),
      post("suspicion.record", "/api/v1/suspicions/{suspicion}/withdraw", R"({"words":"看错了"})",
           suspected),
      post("suspicion.account", "/api/v1/suspicions/{suspicion}/account", R"({"kind":"stayed"})",
           suspected),
      post("suspicion.account", "/api/v1/suspicions/{suspicion}/object", R"({"words":"没有"})",
           found_out),
      post("suspicion.decide", "/api/v1/suspicions/{suspicion}/decide",
           R"({"verdict":"unfounded"})", account_given),
      post("suspicion.settle", "/api/v1/suspicions/{suspicion}/settle",
           R"({"upheld":false,"words":"说得对"})", objected),
      shown(get("suspicion.list", "/api/v1/suspicions", "", "suspicion"), suspected),
      get("suspicion.count", "/api/v1/suspicions/counts", "place=$place"),
  };
}

}  // namespace doorstep::day
