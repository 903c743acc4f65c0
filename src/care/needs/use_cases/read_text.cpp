/// \file Read a text as it is typed: what was understood, and what nobody has read. Nothing is kept.

#include "care/needs/aliases.h"
#include "care/needs/need.h"
#include "care/needs/strengths.h"
#include "care/registry/households.h"

namespace doorstep::needs {
namespace {

struct Request {
  std::string text;
  void fields(auto& f) { f("text", text); }
};

struct Response {
  NeedClass of = NeedClass::other;
  std::string service;
  Urgency urgency = Urgency::routine;
  std::vector<Line> lines;
  std::vector<Piece> pieces;  ///< Half-open ranges of code points; they tile the text.
  std::int64_t unread = 0;
  bool sure = false;  ///< It would be ordered as it is.
  Instant cut_off{};  ///< Until then an order made now can be changed.
  Instant drop_from{};
  Instant drop_until{};
  std::optional<Instant> late_for;  ///< The cut-off that has just passed.
  std::string emergency_phone;
  std::vector<Strengths> strengths;  ///< Which of these, the household is asked.

  void fields(auto& f) {
    f("class", of);
    f("service", service);
    f("urgency", urgency);
    f("lines", lines);
    f("pieces", pieces);
    f("unread", unread);
    f("sure", sure);
    f("cut_off", cut_off);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("late_for", late_for);
    f("emergency_phone", emergency_phone);
    f("strengths", strengths);
  }
};

/// Errors: invalid "need.text" (over 2,000 characters), those of the rule pack.
Result<Response> read_it(api::Context& context, const Request& request) {
  const std::string text = TRY(registry::clean_text(request.text, text_length_max, "need.text"));
  const Reading reading = read(text, *reader(context));
  const Collection next = TRY(collection_at(context.rules(), context.community.zone, context.now));
  return Response{reading.of,
                  TRY(service_of(context.rules(), reading.service)).key,
                  reading.urgency,
                  reading.lines,
                  reading.pieces,
                  reading.unread,
                  reading.sure,
                  next.cut_off,
                  next.drop_from,
                  next.drop_until,
                  TRY(missed_cut_off(context.rules(), context.community.zone, context.now)),
                  TRY(context.rules().string("phones.emergency")),
                  TRY(open_strengths(context.rules(), text, reading.lines))};
}

}  // namespace

api::Endpoint read_text() {
  return api::posted_query("/api/v1/needs/read", "need.ask", "Read a text as it is typed", read_it);
}

}  // namespace doorstep::needs
