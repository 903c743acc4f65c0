/// \file Labels to print: the parcel's id as a QR code, a short code to type, the door. No name, no phone,
/// not what is in it.

#include "base/qr.h"
#include "care/delivery/view.h"

namespace doorstep::delivery {
namespace {

constexpr std::size_t labels_max = 500;

struct Request {
  std::vector<Id<Parcel>> parcels;
  void fields(auto& f) { f("parcels", parcels); }
};

struct Label {
  std::string path;
  Id<Parcel> id;
  std::string code;
  Class kind = Class::parcel;
  std::string grid;
  std::string building;
  std::string entrance;
  std::string dwelling;
  std::int64_t number = 1;
  std::int64_t of = 1;
  std::vector<std::string> qr;

  void fields(auto& f) {
    f.at(path);
    f("id", id);
    f("code", code);
    f("class", kind);
    f("grid", grid);
    f("building", building);
    f("entrance", entrance);
    f("dwelling", dwelling, api::Class::door);
    f("number", number);
    f("of", of);
    f("qr", qr);
  }
};

struct Sheet {
  std::vector<Label> labels;
  void fields(auto& f) { f("labels", labels); }
};

/// Errors: invalid "parcel.batch" (none, or over 500); not_found "parcel.unknown".
Result<Sheet> print(api::Context& context, const Request& request) {
  if (request.parcels.empty() || request.parcels.size() > labels_max) {
    return Error{ErrorKind::invalid, "parcel.batch"};
  }
  Sheet sheet;
  for (const Id<Parcel> id : request.parcels) {
    TRY(scoped_parcel(context, id));
    const ParcelView parcel = view_of(context, id);
    sheet.labels.push_back({parcel.path, id, parcel.code, parcel.kind, parcel.grid, parcel.building,
                            parcel.entrance, parcel.dwelling, parcel.number, parcel.of,
                            qr_rows(to_text(id))});
  }
  return sheet;
}

}  // namespace

api::Endpoint print_labels() {
  return api::posted_query("/api/v1/parcels/labels", "parcel.list", "Labels to print", print);
}

}  // namespace doorstep::delivery
