#include <algorithm>

#include "base/country.h"
#include "base/text.h"
#include "care/registry/door_text.h"
#include "care/registry/import_residents.h"

namespace doorstep::registry {
namespace {

Error invalid(const char* reason) {
  return {ErrorKind::invalid, reason};
}

Result<std::optional<Sex>> read_sex(const std::string& text) {
  const std::string plain = text::fold(text);
  if (plain.empty() || plain == "未知" || plain == "unknown") return std::optional<Sex>{};
  for (const std::string_view word : {"男", "男性", "m", "male"}) {
    if (plain == word) return std::optional(Sex::male);
  }
  for (const std::string_view word : {"女", "女性", "f", "female"}) {
    if (plain == word) return std::optional(Sex::female);
  }
  return invalid("import.sex");
}

/// "13800001111(房东)": it reaches the landlord, and nobody who lives there.
bool others_phone(const std::string& piece) {
  const std::string plain = text::simplified(text::fold(piece));
  for (const std::string_view word :
       {"房东", "业主", "物业", "中介", "landlord", "owner", "agent"}) {
    if (plain.find(word) != std::string::npos) return true;
  }
  return false;
}

/// Several phones stand in one cell with anything but figures between them.
Result<std::vector<std::string>> read_phones(const std::string& cell) {
  std::vector<std::string> phones;
  std::string one;
  std::string text = cell;
  for (const std::string_view mark : {"、", "；", "，", "/", ";", ","}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.replace(at, mark.size(), "\n");
    }
  }
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find('\n', from), text.size());
    one = text.substr(from, to - from);
    from = to + 1;
    if (text::trim(one).empty()) continue;
    if (others_phone(one)) continue;
    const auto phone = clean_phone(one);
    if (!phone) return invalid("phone.invalid");
    if (std::ranges::find(phones, *phone) == phones.end()) phones.push_back(*phone);
  }
  return phones;
}

/// The key of the door: of its own columns, or of a whole address in the door's.
Result<std::string> read_door_cells(const FieldCells& cells) {
  if (cells[Field::door].empty()) return invalid("import.door_missing");
  if (!cells[Field::building].empty()) {
    return door_key(cells[Field::building], cells[Field::entrance], cells[Field::door]);
  }
  for (const DoorReading& reading : read_door(cells[Field::door])) {
    if (reading.building.empty() || reading.dwelling.empty()) continue;
    return building_key(reading.building) + '-' + reading.entrance + '-' + reading.dwelling;
  }
  return invalid("import.unknown_door");
}

bool names_one(const std::string& plain, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

/// What the number of a row stands on; none: a resident identity card, or not said.
Result<std::optional<DocumentKind>> read_document_kind(const std::string& plain) {
  const bool elsewhere = names_one(plain, {"香港", "澳门", "港澳", "台湾", "外国"});
  if (names_one(plain, {"护照", "passport"})) return std::optional(DocumentKind::passport);
  if (names_one(plain, {"通行证", "居留", "居住证", "回乡证", "台胞证", "permit"})) {
    return std::optional(DocumentKind::permit);
  }
  const bool card = names_one(plain, {"身份证", "户口", "identity card", "id card", "resident id"});
  if (plain.empty() || (card && !elsewhere)) return std::optional<DocumentKind>{};
  if (card || names_one(plain, {"其他", "其它", "other"}))
    return std::optional(DocumentKind::other);
  return invalid("import.document_kind");
}

/// Who issued it: its own column; else what its kind or, for a permit to travel, its number says.
std::optional<std::string> issuer_of(const std::string& written, const std::string& kind,
                                     const std::string& number) {
  if (!written.empty()) return issuer_code(written);
  for (const auto& [word, code] :
       {std::pair{"香港", "HKG"}, {"澳门", "MAC"}, {"台", "TWN"}, {"外国人", "CHN"}}) {
    if (kind.find(word) != std::string::npos && !names_one(kind, {"港澳"})) return code;
  }
  const std::size_t digits = text::digits(number).size();
  const bool travel = names_one(kind, {"通行证", "回乡证"}) && number.size() == digits + 1;
  if (travel && number.front() == 'H') return "HKG";
  if (travel && number.front() == 'M') return "MAC";
  return std::nullopt;
}

/// The number of a row, as that of a resident identity card or of a document from elsewhere.
Result<void> read_number(const FieldCells& cells, NewPerson& person) {
  const std::string& number = cells[Field::id_number];
  if (number.empty()) return {};
  const std::string said = text::simplified(text::fold(cells[Field::document_kind]));
  auto kind = TRY(read_document_kind(said));
  // Those who come from Hong Kong, Macao and Taiwan to stay are given a number like everybody's.
  const bool resident_number = parse_id_number(number).ok();
  const auto issuer = issuer_of(cells[Field::issuer], said, number);
  if (!kind && said.empty() && !resident_number && issuer && *issuer != "CHN") {
    kind = DocumentKind::passport;
  }
  if (!kind || resident_number) {
    person.id_number = number;
    return {};
  }
  if (!issuer) return invalid("import.document_issuer");
  person.document = Document{*kind, *issuer, number};
  return {};
}

Result<WantedResident> read_resident(const RowReading& as, const FieldCells& cells) {
  WantedResident wanted;
  if (cells.too_wide()) return invalid("import.width");
  wanted.door_key = TRY(read_door_cells(cells));
  if (!cells[Field::compound].empty()) wanted.compound_key = area_key(cells[Field::compound]);
  wanted.label = TRY(clean_text(cells[Field::household], label_length_max, "household.label"));
  if (names_several_persons(cells[Field::name])) return invalid("import.several_persons");
  NewPerson person;
  person.name = cells[Field::name];
  person.sex = TRY(read_sex(cells[Field::sex]));
  if (!cells[Field::born_on].empty()) {
    person.born_on = day_as_written(cells[Field::born_on]);
    if (!person.born_on) return invalid("import.born_on");
  }
  TRY(read_number(cells, person));
  wanted.person = TRY(check_person(person, as.today));
  wanted.folded_name = text::fold(wanted.person.row.name.reveal());
  if (wanted.person.number) {
    const std::string& number = wanted.person.number->number.reveal();
    wanted.number_tail = number.substr(number.size() - 2);
    wanted.number = {wanted.person.number->kind, identifier_hash(*wanted.person.number, as.pepper)};
  }
  wanted.phones = TRY(read_phones(cells[Field::phone]));
  wanted.others_phone = others_phone(cells[Field::phone]);
  wanted.relation = TRY(clean_text(cells[Field::relation], relation_length_max, "person.relation"));
  wanted.access_notes = TRY(
      clean_text(cells[Field::access_notes], access_notes_length_max, "household.access_notes"));
  if (as.with_keys) {
    wanted.name_keys = name_keys(wanted.person.row.name.reveal());
    wanted.link_keys = link_keys_of(wanted.person.row, wanted.phones);
  }
  return wanted;
}

}  // namespace

std::vector<Result<WantedResident>> read_residents(const RowReading& as,
                                                   std::span<const ImportLine> lines) {
  std::vector<Result<WantedResident>> rows;
  rows.reserve(lines.size());
  for (const ImportLine& line : lines) {
    rows.push_back(read_resident(as, FieldCells(as.mapping, line)));
  }
  return rows;
}

}  // namespace doorstep::registry
