/// \file Take goods in: by the label of something that is expected, by a household's code, or by a door
/// where nobody announced anything. At a checkpoint it has arrived; at the workstation it is received.
///
/// Source: seed S3, 「统一接收点」, 「食品盒饭、蔬菜生鲜、快递物品三类」 (E1-E3, E5, E24).

#include "care/delivery/kinds.h"
#include "care/delivery/points.h"
#include "care/delivery/scan.h"
#include "care/delivery/view.h"
#include "care/registry/households.h"

namespace doorstep::delivery {

/// Who handed it over at the receiving point (E3, A35).
enum class Giver : std::uint8_t { courier, supplier, volunteer, neighbour, relative, police };

}  // namespace doorstep::delivery

template <>
struct doorstep::api::Choices<doorstep::delivery::Giver> {
  static constexpr std::array words{std::string_view{"courier"},   std::string_view{"supplier"},
                                    std::string_view{"volunteer"}, std::string_view{"neighbour"},
                                    std::string_view{"relative"},  std::string_view{"police"}};
};

namespace doorstep::delivery {
namespace {

constexpr std::size_t words_length_max = 400;

struct Request {
  std::optional<std::string>
      scan;  ///< A label, a typed code, a sender's barcode, a household's code.
  std::optional<std::string> door;                 ///< "10-2-301", for what has no label of ours.
  std::optional<Id<access::Household>> household;  ///< Of several behind one door.
  std::optional<Id<Point>> point;
  std::optional<Class> kind;
  std::optional<Goods> goods;
  std::optional<std::string> words;  ///< What stands on it; kept nowhere.
  std::optional<std::int64_t> weight_g;
  std::optional<std::int64_t> volume_ml;
  std::optional<Giver> giver;
  std::optional<bool> nobody_knows;  ///< No name, no door: kept until somebody finds out.

  void fields(auto& f) {
    f("scan", scan);
    f("door", door, api::Class::door);
    f("household", household);
    f("point", point);
    f("class", kind);
    f("goods", goods);
    f("words", words, api::Class::door);
    f("weight_g", weight_g);
    f("volume_ml", volume_ml);
    f("giver", giver);
    f("nobody_knows", nobody_knows);
  }
};

struct Received {
  bool again = false;    ///< It was here already: nothing changed.
  bool created = false;  ///< Nobody had announced it.
  std::string class_by;  ///< "order", "chosen", "words" or "default".
  ParcelView parcel;

  void fields(auto& f) {
    f("again", again);
    f("created", created);
    f("class_by", class_by);
    f("parcel", parcel);
  }
};

/// What is taken in, before it is written.
struct Intake {
  ParcelRow parcel = {};
  bool known = false;
  std::string class_by = "default";
  std::string barcode = {};
};

Result<void> check(const Request& request) {
  if (request.weight_g && (*request.weight_g < 0 || *request.weight_g > weight_g_max)) {
    return Error{ErrorKind::invalid, "parcel.weight"};
  }
  if (request.volume_ml && (*request.volume_ml < 0 || *request.volume_ml > volume_ml_max)) {
    return Error{ErrorKind::invalid, "parcel.volume"};
  }
  if (request.door.value_or("").size() > door_length_max) {
    return Error{ErrorKind::invalid, "door.text_too_long"};
  }
  const bool long_scan = request.scan.value_or("").size() > scan_length_max;
  if (long_scan || request.words.value_or("").size() > words_length_max) {
    return Error{ErrorKind::invalid, "parcel.scan"};
  }
  return {};
}

std::optional<Door> stated_household(const api::Context& context, const Request& request) {
  if (!request.household) return std::nullopt;
  return door_of_scan(context, to_text(*request.household));
}

/// Whose it is, where it is not a parcel that we know: none where nobody knows.
Result<std::optional<Door>> whose(api::WriteContext& context, const Request& request,
                                  std::string_view scan) {
  if (request.household) {
    const auto door = stated_household(context, request);
    if (!door) return Error{ErrorKind::not_found, "household.unknown"};
    return std::optional(*door);
  }
  if (request.door) return std::optional(TRY(door_of_text(context, *request.door)));
  if (const auto door = door_of_scan(context, scan)) return std::optional(*door);
  if (request.nobody_knows.value_or(false)) return std::optional<Door>{};
  return Error{ErrorKind::not_found, "parcel.unknown_scan"};
}

/// A bag without a label, for a door of which exactly one of that class is expected, is that one.
std::optional<ParcelRow> expected_at(const api::Context& context, const Door& door,
                                     std::optional<Class> kind) {
  const auto rows =
      context.db.query("SELECT " + std::string(parcel_columns) +
                           " FROM {parcels} p WHERE p.household_id = $1 AND p.state = 'expected'"
                           " AND ($2 = '' OR p.class = $2) LIMIT 2",
                       {door.household, kind ? api::word(*kind) : std::string_view{}});
  if (rows.size() != 1) return std::nullopt;
  return parcel_from(rows.front());
}

Result<void> classify(const api::Context& context, const Request& request, Intake& intake) {
  ParcelRow& parcel = intake.parcel;
  if (intake.known) intake.class_by = "order";
  if (!intake.known && request.words) {
    if (const auto kind = TRY(kind_of_words(context.rules(), *request.words))) {
      parcel.kind = kind->kind;
      parcel.goods = kind->goods;
      intake.class_by = "words";
    }
  }
  if (request.kind) {
    parcel.kind = *request.kind;
    intake.class_by = "chosen";
  }
  if (request.goods) parcel.goods = *request.goods;
  if (request.weight_g) parcel.weight_g = *request.weight_g;
  if (request.volume_ml) parcel.volume_ml = *request.volume_ml;
  return {};
}

Result<Intake> find_out(api::WriteContext& context, const Request& request, const PointRow& point) {
  Intake intake;
  const std::string scan = clean_scan(request.scan.value_or(""));
  if (!scan.empty()) {
    if (const auto known = parcel_of_scan(context, scan)) {
      intake.parcel = *known;
      intake.known = true;
      TRY(classify(context, request, intake));
      return intake;
    }
  }
  const auto door = TRY(whose(context, request, scan));
  if (door) {
    if (const auto expected = expected_at(context, *door, request.kind)) {
      intake.parcel = *expected;
      intake.known = true;
    } else {
      intake.parcel.household = door->household;
      intake.parcel.path = door->path;
    }
  } else {
    intake.parcel.path = point.path;
    if (!context.scope.covers(point.path)) return Error{ErrorKind::not_found, "point.unknown"};
  }
  if (!scan.empty() && !id_from_text(scan)) intake.barcode = scan;
  if (!intake.known) intake.parcel.goods = Goods::courier;
  TRY(classify(context, request, intake));
  return intake;
}

/// Here already: a second scan says so and changes nothing.
bool is_here(const ParcelRow& parcel, const PointRow& point) {
  return is_at_point(parcel.state) && parcel.point == point.id &&
         (point.kind == PointKind::checkpoint || parcel.received_at);
}

/// Errors: not_found "parcel.unknown_scan" (no parcel or household has it: type the door),
/// "door.unknown", "household.unknown", "point.unknown"; invalid "parcel.weight", "parcel.volume",
/// "parcel.scan" (over 100 characters); conflict "point.which", "door.ambiguous", "door.empty",
/// "parcel.closed", and those of may().
Result<Received> receive(api::WriteContext& context, const Request& request) {
  TRY(check(request));
  const PointRow point = TRY(find_point(context, request.point));
  Intake intake = TRY(find_out(context, request, point));
  ParcelRow& parcel = intake.parcel;
  Received answer;
  answer.class_by = intake.class_by;
  if (intake.known && is_here(parcel, point)) {
    answer.again = true;
    context.journal("parcel.scanned_again", parcel.id.value(), parcel.path);
    answer.parcel = view_of(context, parcel.id);
    return answer;
  }
  const Step step = point.kind == PointKind::checkpoint ? Step::arrived : Step::received;
  const Disinfect rule = TRY(disinfect_rule(context.rules()));
  TRY(may(step, parcel.behind(), rule));
  if (!intake.known) {
    parcel.expected_at = context.now;
    insert_parcel(context, parcel);
    answer.created = true;
  }
  if (!intake.barcode.empty()) {
    context.tx.post("UPDATE parcel SET barcode = $3 WHERE community_id = $1 AND id = $2",
                    {context.community.id, parcel.id, intake.barcode});
  }
  TRY(come_to(context, point, parcel));
  StepDetails details;
  if (request.giver) details.counterpart = std::string(api::word(*request.giver));
  details.reason = parcel.reason;
  TRY(take_step(context, parcel, step, details));
  answer.parcel = view_of(context, parcel.id);
  return answer;
}

}  // namespace

api::Endpoint receive_parcel() {
  return api::command(api::Method::post, "/api/v1/parcels/receive", "parcel.handle",
                      "Take goods in, announced or not", receive);
}

}  // namespace doorstep::delivery
