/// \file Ask for something, in one's own words: the household by its link, staff for it, a volunteer on
/// its behalf, or somebody else for it. A photo or a spoken note is a whole request. Goods that were
/// read without doubt are in the order at once; everything else waits for a person.
///
/// Source: 「需要白萝卜2根，青椒2斤，西红柿2斤。」 (S1), 「代为下单」 (S3), 「我给姐姐买的包子」 (S3).

#include "care/needs/aliases.h"
#include "care/needs/receiver.h"
#include "care/needs/strengths.h"
#include "care/registry/households.h"
#include "care/registry/links.h"

namespace doorstep::needs {

struct Basket;
namespace {

constexpr std::size_t sender_length_max = 60;

struct Request {
  std::optional<std::string> text;
  std::optional<std::string> note;                 ///< A JPEG or a recording, base64.
  std::optional<std::string> service;              ///< What was tapped; else as the text says.
  std::optional<Id<access::Household>> household;  ///< Staff name it; a link has its own.
  std::optional<std::string> to;                   ///< The receiver's door, where it is another.
  std::optional<std::string> sender;               ///< With `to`: who it is from.
  std::optional<Channel> channel;                  ///< Staff say how they heard.
  std::optional<bool> on_behalf;
  std::optional<Instant> need_by;
  std::optional<Id<Basket>> basket;
  std::optional<bool> only_me;  ///< Of a link: nobody else of the household reads it.

  std::optional<Reading> reading = {};  ///< Of the text, where nothing stands that it could edit.

  void prepare() {
    const auto words = registry::clean_text(text.value_or(""), text_length_max, "need.text");
    if (words.ok() && !words->empty()) reading = read(*words);
  }

  void fields(auto& f) {
    f("text", text);
    f("note", note);
    f("service", service);
    f("household", household);
    f("to", to);
    f("sender", sender);
    f("channel", channel);
    f("on_behalf", on_behalf);
    f("need_by", need_by);
    f("basket", basket);
    f("only_me", only_me);
  }
};

struct Receipt {
  Id<Need> id;
  State state = State::waiting;
  Urgency urgency = Urgency::routine;
  Instant due{};                     ///< By when somebody answers, or it comes.
  std::optional<Instant> drop_from;  ///< It is in the order, and comes then.
  std::optional<Instant> drop_until;
  std::optional<Instant> cut_off;   ///< Until then it can be changed.
  std::optional<Instant> late_for;  ///< It came after this cut-off.
  bool door_known = true;           ///< False: a person finds out which door is meant.
  std::string emergency_phone;
  std::vector<Strengths> strengths;  ///< Of a medicine: which of these, the household is asked.

  void fields(auto& f) {
    f("id", id);
    f("state", state);
    f("urgency", urgency);
    f("due", due);
    f("drop_from", drop_from);
    f("drop_until", drop_until);
    f("cut_off", cut_off);
    f("late_for", late_for);
    f("door_known", door_known);
    f("emergency_phone", emergency_phone);
    f("strengths", strengths);
  }
};

std::vector<Line> lines_in(const Customer& customer) {
  std::vector<Line> lines;
  for (const OrderedLine& one : customer.lines) lines.push_back(one.line);
  return lines;
}

/// Who goes to doors and reads no orders takes them down for somebody.
bool only_carries(const api::Context& context, std::string_view path) {
  return !context.scope.classes_at(path).contains(api::Class::money);
}

void look_ahead(api::WriteContext& context, const Request& request) {
  if (request.to && !request.to->empty()) return;
  const auto named =
      context.actor.is_link() ? std::optional(context.actor.household) : request.household;
  if (named) expect_customer(context, *named);
}

Result<void> find_receiver(api::WriteContext& context, const Request& request, Asked& asked) {
  const auto named =
      context.actor.is_link() ? std::optional(context.actor.household) : request.household;
  if (context.actor.is_link() && request.household.value_or(*named) != *named) {
    return Error{ErrorKind::not_found, "household.unknown"};
  }
  if (request.to && !request.to->empty()) {
    const std::string door = TRY(registry::clean_text(*request.to, 100, "need.to"));
    asked.origin = Origin::third_party;
    if (named) {
      const Receiver sender = TRY(receiver_of(context, *named));
      asked.sender_household = sender.household;
      asked.to.path = sender.path;
    } else {
      asked.to.path = own_path(context);
    }
    asked.relay_row = door;
    if (const auto found = receiver_at(context, door, true)) asked.to = *found;
    return {};
  }
  if (!named) return Error{ErrorKind::invalid, "field.household", "missing"};
  asked.customer = TRY(find_customer(context, *named));
  asked.to = {*named, asked.customer->path};
  if (!context.actor.is_link()) {
    const bool proxy = request.on_behalf.value_or(only_carries(context, asked.to.path));
    asked.origin = proxy ? Origin::proxy : Origin::worker;
  }
  return {};
}

/// What is private stays with the link that asks, and goes to no other door and into no order (N26).
Result<void> keep_private(const api::WriteContext& context, const Request& request, Asked& asked) {
  if (!request.only_me.value_or(false)) return {};
  const bool elsewhere = request.to && !request.to->empty();
  if (!context.actor.is_link() || elsewhere || request.basket) {
    return Error{ErrorKind::invalid, "need.only_me"};
  }
  asked.only_link = context.actor.id;
  asked.customer.reset();
  return {};
}

/// A basket is bought as one thing; what is in it stands with the basket.
Result<void> take_basket(api::WriteContext& context, Id<Basket> basket, Asked& asked) {
  const auto row =
      context.db.first("SELECT name FROM basket WHERE community_id = $1 AND id = $2 AND offered",
                       {context.community.id, basket});
  if (!row) return Error{ErrorKind::not_found, "basket.unknown"};
  asked.text = row->text(0);
  asked.reading = Reading{NeedClass::supplies, "goods"};
  asked.reading.lines.push_back({row->text(0), row->text(0), 1000, "份"});
  asked.reading.sure = true;
  return {};
}

Result<void> find_words(api::WriteContext& context, const Request& request, Asked& asked) {
  asked.channel =
      context.actor.is_link() ? Channel::page : request.channel.value_or(Channel::phone);
  asked.sender =
      TRY(registry::clean_text(request.sender.value_or(""), sender_length_max, "need.sender"));
  // Somebody elsewhere orders for them and is named (N18).
  if (asked.sender.empty()) asked.sender = registry::trusted_name(context);
  if (request.need_by && *request.need_by <= context.now) {
    return Error{ErrorKind::invalid, "need.need_by"};
  }
  asked.need_by = request.need_by;
  if (request.basket) return take_basket(context, *request.basket, asked);
  const std::string text =
      TRY(registry::clean_text(request.text.value_or(""), text_length_max, "need.text"));
  if (request.note) asked.note = TRY(note_from_base64(*request.note));
  if (text.empty() && !asked.note && !request.service)
    return Error{ErrorKind::invalid, "need.empty"};
  if (!text.empty()) {
    asked.text = text;
    const auto words = reader(context);
    const bool edits = asked.customer && asked.customer->has_open_order();
    asked.reading = edits ? read_against(text, lines_in(*asked.customer), *words)
                    : words.get() == &parser() ? *request.reading
                                               : read(text, *words);
  }
  if (request.service) {
    const Service service = TRY(service_of(context.rules(), *request.service));
    if (service.key != *request.service) return Error{ErrorKind::invalid, "need.service"};
    // One tap is a whole request; it has no words that somebody would have to read.
    if (text.empty() && !asked.note) asked.text = service.label;
    if (service.key != "goods" && asked.reading.urgency == Urgency::routine) {
      asked.reading.service = service.key;
      asked.reading.of = service.of;
      asked.reading.sure = false;
    }
  }
  return {};
}

/// Another door than the household's own stands in the words: it goes there, and both know of it. A
/// door that is not known waits for a person.
void follow_door(api::WriteContext& context, Asked& asked) {
  if (asked.reading.door.empty() || asked.origin == Origin::third_party || asked.only_link != 0) {
    return;
  }
  const auto meant = receiver_at(context, asked.reading.door, true);
  if (!meant) {
    asked.reading.sure = false;
    asked.relay_row = asked.reading.door;
    return;
  }
  if (meant->household == asked.to.household) return;
  asked.sender_household = asked.to.household;
  asked.to = *meant;
  asked.origin = Origin::third_party;
}

/// Goods of the household itself, without doubt. An amount that nobody can carry, and an edit of an
/// order that does not stand, wait for a person instead.
bool can_be_ordered(const api::WriteContext& context, const Asked& asked) {
  const Reading& reading = asked.reading;
  if (!reading.sure || !asked.customer || asked.origin == Origin::third_party || asked.note ||
      asked.need_by) {
    return false;
  }
  if (reading.op != intake::Op::fresh) {
    if (!asked.customer->has_open_order()) return false;
    return reading.lines.empty() || check_lines(context.rules(), reading.lines).ok();
  }
  return check_lines(context.rules(), reading.lines).ok();
}

/// Errors: not_found "household.unknown", "basket.unknown"; invalid "field.household", "need.text",
/// "need.to", "need.sender", "need.empty", "need.service", "need.need_by" (not after now), "note.*",
/// "order.quantity", "need.only_me" (only a link asks privately, for its own door, no basket); conflict "limit.household" (the hint says what may still be had).
Result<Receipt> ask(api::WriteContext& context, const Request& request) {
  Asked asked;
  TRY(find_receiver(context, request, asked));
  TRY(find_words(context, request, asked));
  TRY(keep_private(context, request, asked));
  follow_door(context, asked);
  // A cry for help is taken whatever else is wrong with it.
  if (asked.to.household && asked.reading.urgency == Urgency::routine) {
    TRY(check_limits(context, asked.to.household, newly_said(asked.reading)));
  }
  if (!can_be_ordered(context, asked)) asked.customer.reset();
  const Recorded made = TRY(record(context, asked));
  Receipt receipt;
  receipt.id = made.need.id;
  receipt.state = made.need.state;
  receipt.urgency = made.need.urgency;
  receipt.due = made.due;
  receipt.emergency_phone = TRY(context.rules().string("phones.emergency"));
  receipt.strengths =
      TRY(open_strengths(context.rules(), asked.text.value_or(""), asked.reading.lines));
  receipt.door_known = static_cast<bool>(made.need.household);
  if (made.placed) {
    receipt.drop_from = made.placed->cycle.drop_from;
    receipt.drop_until = made.placed->cycle.drop_until;
    receipt.cut_off = made.placed->cycle.cut_off;
    receipt.late_for = made.placed->late_for;
  }
  return receipt;
}

}  // namespace

api::Endpoint ask_need() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/needs", "need.ask",
                                    "Ask for something in one's own words", ask, look_ahead);
  // The words are read before the one transaction that writes, where everybody would wait for it.
  made.decode = [](api::Reader& reader, const api::Request&) -> Result<api::Decoded> {
    auto request = std::make_shared<Request>();
    request->fields(reader);
    TRY(reader.finish());
    request->prepare();
    return api::Decoded(std::move(request));
  };
  return made;
}

}  // namespace doorstep::needs
