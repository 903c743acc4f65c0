#include "care/registry/import_fields.h"

#include <algorithm>

#include "base/text.h"

namespace doorstep::registry {
namespace {

constexpr std::array dwelling_fields{Field::compound, Field::grid, Field::building, Field::entrance,
                                     Field::floor,    Field::door, Field::lift,     Field::floors};
constexpr std::array resident_fields{
    Field::compound, Field::building, Field::entrance,      Field::door,        Field::household,
    Field::name,     Field::sex,      Field::document_kind, Field::issuer,      Field::id_number,
    Field::born_on,  Field::phone,    Field::relation,      Field::access_notes};

struct Names {
  Field field;
  std::vector<std::string_view> words;  ///< Folded.
};

/// The first field whose words hold a header wins, so 楼层数 stands before 楼层.
const std::vector<Names>& all_names() {
  static const std::vector<Names> names{
      {Field::compound, {"小区", "小区名称", "所属小区", "院落", "compound", "estate"}},
      {Field::grid, {"网格", "网格名称", "所属网格", "网格号", "grid"}},
      {Field::building,
       {"楼栋", "楼号", "栋", "栋号", "幢", "幢号", "楼栋号", "楼", "楼幢", "座", "building",
        "block"}},
      {Field::entrance, {"单元", "单元号", "单元门", "门洞", "梯", "entrance", "stair", "unit"}},
      {Field::floors, {"楼层数", "层数", "总层数", "总楼层", "floors", "storeys"}},
      {Field::floor, {"楼层", "层", "所在楼层", "所在层", "floor", "storey", "level"}},
      {Field::door,
       {"门牌", "门牌号", "房号", "房间号", "室", "室号", "户号", "门号", "住址", "地址", "房屋",
        "房屋地址", "居住地址", "door", "dwelling", "flat", "room", "address"}},
      {Field::lift, {"电梯", "有无电梯", "是否有电梯", "lift", "elevator"}},
      {Field::household,
       {"户", "户名", "住户", "家庭", "户标签", "household", "household label", "label"}},
      {Field::name,
       {"姓名", "名字", "居民姓名", "人员姓名", "住户姓名", "name", "names", "full name"}},
      {Field::sex, {"性别", "sex", "gender"}},
      {Field::id_number,
       {"身份证", "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "id number",
        "id no", "id"}},
      {Field::document_kind,
       {"证件类型", "证件种类", "证件类别", "证件名称", "document", "document kind",
        "document type", "id type"}},
      {Field::issuer,
       {"签发地", "签发国", "签发国家", "签发地区", "签发机关", "国籍", "国籍地区", "国家地区",
        "国籍/地区", "issuer", "issued by", "nationality", "country"}},
      {Field::born_on,
       {"出生日期", "出生年月日", "出生年月", "生日", "born on", "born", "date of birth",
        "birthday", "birth date"}},
      {Field::phone,
       {"电话", "手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "phone", "phones",
        "mobile", "telephone"}},
      {Field::relation,
       {"关系", "与户主关系", "与户主的关系", "户主关系", "家庭关系", "relation", "relationship"}},
      {Field::access_notes,
       {"备注", "说明", "上门备注", "上门须知", "注意事项", "notes", "note", "access notes",
        "remarks"}},
  };
  return names;
}

/// Folded, without what stands in brackets and stars, with spaces for underscores and, outside
/// English, none at all.
std::string plain_header(std::string_view header) {
  std::string text = text::fold(header);
  for (const char open : {'(', '['}) {
    const auto from = text.find(open);
    const auto to = text.find(open == '(' ? ')' : ']');
    if (from != std::string::npos && to != std::string::npos && to > from) {
      text.erase(from, to - from + 1);
    }
  }
  std::erase_if(text, [](char c) { return c == '*' || c == ':'; });
  std::ranges::replace(text, '_', ' ');
  std::ranges::replace(text, '-', ' ');
  const bool english =
      std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!english) std::erase(text, ' ');
  return text::fold(text);
}

}  // namespace

std::span<const Field> fields_of(ImportKind kind) {
  if (kind == ImportKind::dwellings) return dwelling_fields;
  return resident_fields;
}

bool required(ImportKind kind, Field field) {
  if (kind == ImportKind::dwellings) return field == Field::building || field == Field::door;
  return field == Field::door || field == Field::name;
}

std::optional<Field> field_named(ImportKind kind, std::string_view header) {
  const std::string wanted = plain_header(header);
  const auto allowed = fields_of(kind);
  for (const Names& names : all_names()) {
    if (std::ranges::find(allowed, names.field) == allowed.end()) continue;
    if (std::ranges::find(names.words, wanted) != names.words.end()) return names.field;
  }
  return std::nullopt;
}

Mapping match_columns(ImportKind kind, std::span<const std::string> header) {
  // In a list that this house wrote they are keys of its own, beside the door in words.
  const auto has = [&](std::string_view name) {
    return std::ranges::find(header, name) != header.end();
  };
  const bool ours = has("dwelling") && has("door");
  Mapping mapping;
  for (const std::string& one : header) {
    std::optional<Field> field = field_named(kind, one);
    if (ours && (one == "id" || one == "dwelling")) field.reset();
    if (field && std::ranges::find(mapping, field) != mapping.end()) field.reset();
    mapping.push_back(field);
  }
  return mapping;
}

bool complete(ImportKind kind, const Mapping& mapping) {
  for (const Field field : fields_of(kind)) {
    const auto columns = std::ranges::count(mapping, std::optional(field));
    if (columns > 1 || (columns == 0 && required(kind, field))) return false;
  }
  return true;
}

}  // namespace doorstep::registry
