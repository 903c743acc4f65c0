#include "engine/intake/lexicon.h"

#include <utility>

#include "base/check.h"
#include "engine/intake/tables.h"

namespace doorstep::intake {
namespace {

constexpr std::pair<std::string_view, GoodClass> class_words[] = {
    {"veg", GoodClass::veg},         {"fruit", GoodClass::fruit},
    {"meat", GoodClass::meat},       {"egg", GoodClass::egg},
    {"fish", GoodClass::fish},       {"bean", GoodClass::bean},
    {"staple", GoodClass::staple},   {"season", GoodClass::season},
    {"dairy", GoodClass::dairy},     {"cooked", GoodClass::cooked},
    {"snack", GoodClass::snack},     {"drink", GoodClass::drink},
    {"baby", GoodClass::baby},       {"paper", GoodClass::paper},
    {"hygiene", GoodClass::hygiene}, {"clean", GoodClass::clean},
    {"kitchen", GoodClass::kitchen}, {"home", GoodClass::home},
    {"pet", GoodClass::pet},         {"stationery", GoodClass::stationery},
    {"gas", GoodClass::gas},         {"protect", GoodClass::protect},
    {"otc", GoodClass::otc},         {"chronic", GoodClass::chronic},
    {"wound", GoodClass::wound},     {"meter", GoodClass::meter},
    {"parcel", GoodClass::parcel},
};

constexpr std::pair<std::string_view, Tag> tag_words[] = {
    {"filler", Tag::filler},
    {"verb", Tag::verb},
    {"dem", Tag::dem},
    {"each", Tag::each},
    {"neg", Tag::neg},
    {"drop", Tag::drop},
    {"nothing", Tag::nothing},
    {"out", Tag::out},
    {"stock", Tag::stock},
    {"more", Tag::more},
    {"less", Tag::less},
    {"change", Tag::change},
    {"twice", Tag::twice},
    {"half", Tag::half},
    {"replace", Tag::replace},
    {"cancel", Tag::cancel},
    {"copy", Tag::copy},
    {"correct", Tag::correct},
    {"note", Tag::note},
    {"reason", Tag::reason},
    {"press", Tag::press},
    {"join", Tag::join},
    {"total", Tag::total},
    {"header", Tag::header},
    {"modifier", Tag::modifier},
    {"tail", Tag::tail},
    {"remark", Tag::remark},
    {"past", Tag::past},
    {"condition", Tag::condition},
};

template <class Value, std::size_t size>
Value lookup(const std::pair<std::string_view, Value> (&table)[size], std::string_view key) {
  for (const auto& [word, value] : table) {
    if (word == key) return value;
  }
  check_failed("a class or tag in lexicon/*.tsv is unknown", __FILE__, __LINE__);
}

UnitClass unit_class(std::string_view word) {
  if (word == "weight") return UnitClass::weight;
  if (word == "volume") return UnitClass::volume;
  return word == "container" ? UnitClass::container : UnitClass::count;
}

std::string_view column(std::span<const std::string_view> row, std::size_t index) {
  return index < row.size() ? row[index] : std::string_view{};
}

std::u32string folded(std::string_view word) {
  return fold(word).text;
}

struct Ending {
  std::u32string_view text;
  GoodClass kind;
};

/// How names of goods end, longest first.
constexpr Ending endings[] = {
    {U"口服液", GoodClass::otc},     {U"泡腾片", GoodClass::otc},
    {U"咀嚼片", GoodClass::otc},     {U"分散片", GoodClass::otc},
    {U"止咳水", GoodClass::otc},     {U"滴鼻液", GoodClass::otc},
    {U"滴耳液", GoodClass::otc},     {U"含片", GoodClass::otc},
    {U"滴剂", GoodClass::otc},       {U"膏药", GoodClass::otc},
    {U"栓剂", GoodClass::otc},       {U"药水", GoodClass::otc},
    {U"药膏", GoodClass::otc},       {U"单抗", GoodClass::chronic},
    {U"替尼", GoodClass::chronic},   {U"格雷", GoodClass::chronic},
    {U"沙班", GoodClass::chronic},   {U"鲁肽", GoodClass::chronic},
    {U"肠溶片", GoodClass::chronic}, {U"控释片", GoodClass::chronic},
    {U"注射液", GoodClass::chronic}, {U"滴眼液", GoodClass::otc},
    {U"缓释片", GoodClass::chronic}, {U"肠溶片", GoodClass::chronic},
    {U"软胶囊", GoodClass::otc},     {U"混悬液", GoodClass::otc},
    {U"气雾剂", GoodClass::otc},     {U"胶囊", GoodClass::otc},
    {U"颗粒", GoodClass::otc},       {U"冲剂", GoodClass::otc},
    {U"软膏", GoodClass::otc},       {U"乳膏", GoodClass::otc},
    {U"凝胶", GoodClass::otc},       {U"滴丸", GoodClass::otc},
    {U"喷剂", GoodClass::otc},       {U"糖浆", GoodClass::otc},
    {U"试纸", GoodClass::meter},     {U"地平", GoodClass::chronic},
    {U"沙坦", GoodClass::chronic},   {U"普利", GoodClass::chronic},
    {U"洛尔", GoodClass::chronic},   {U"他汀", GoodClass::chronic},
    {U"列净", GoodClass::chronic},   {U"列汀", GoodClass::chronic},
    {U"双胍", GoodClass::chronic},   {U"西泮", GoodClass::chronic},
    {U"拉唑", GoodClass::otc},       {U"西林", GoodClass::otc},
    {U"霉素", GoodClass::otc},       {U"沙星", GoodClass::otc},
    {U"特罗", GoodClass::chronic},   {U"莫司", GoodClass::chronic},
    {U"噻嗪", GoodClass::chronic},   {U"塞米", GoodClass::chronic},
    {U"唑仑", GoodClass::chronic},   {U"吡坦", GoodClass::chronic},
    {U"司他", GoodClass::chronic},   {U"珠单抗", GoodClass::chronic},
    {U"拉西坦", GoodClass::chronic}, {U"替丁", GoodClass::otc},
    {U"康唑", GoodClass::otc},       {U"硝唑", GoodClass::otc},
    {U"洛韦", GoodClass::otc},       {U"他韦", GoodClass::otc},
    {U"磺胺", GoodClass::otc},       {U"贴膏", GoodClass::otc},
    {U"药", GoodClass::otc},         {U"丸", GoodClass::otc},
    {U"果", GoodClass::fruit},       {U"蛋", GoodClass::egg},
    {U"裤", GoodClass::home},        {U"袜", GoodClass::home},
    {U"鞋", GoodClass::home},        {U"笔", GoodClass::stationery},
    {U"锅", GoodClass::kitchen},     {U"灯", GoodClass::home},
    {U"菜", GoodClass::veg},         {U"瓜", GoodClass::veg},
    {U"菇", GoodClass::veg},         {U"笋", GoodClass::veg},
    {U"椒", GoodClass::veg},         {U"肉", GoodClass::meat},
    {U"鱼", GoodClass::fish},        {U"虾", GoodClass::fish},
    {U"蟹", GoodClass::fish},        {U"面", GoodClass::staple},
    {U"粉", GoodClass::staple},      {U"米", GoodClass::staple},
    {U"奶", GoodClass::dairy},       {U"酱", GoodClass::season},
    {U"油", GoodClass::season},      {U"糖", GoodClass::snack},
    {U"饼", GoodClass::snack},       {U"糕", GoodClass::snack},
    {U"茶", GoodClass::drink},       {U"酒", GoodClass::drink},
    {U"饭", GoodClass::cooked},      {U"粥", GoodClass::cooked},
    {U"汤", GoodClass::cooked},      {U"纸", GoodClass::paper},
};

}  // namespace

bool is_medicine(GoodClass kind) {
  return kind == GoodClass::otc || kind == GoodClass::chronic || kind == GoodClass::wound ||
         kind == GoodClass::meter;
}

const Lexicon& Lexicon::compiled() {
  static const Lexicon lexicon;
  return lexicon;
}

Lexicon::Lexicon() {
  intern("");
  last_points_.assign(0x10000, false);
  for (const Ending& ending : endings) last_points_[ending.text.back()] = true;
  load_units();
  load_goods();
  load_words();
  load_common();
  load_persons();
  load_sounds();
}

std::uint32_t Lexicon::intern(const std::string& name) {
  const auto [found, added] =
      name_index_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (added) names_.push_back(name);
  return found->second;
}

void Lexicon::load_units() {
  units_.push_back({});
  const auto add = [&](std::string_view word, UnitForm form) {
    units_trie_.add(folded(word), static_cast<std::uint32_t>(forms_.size()));
    forms_.push_back(form);
  };
  for (const std::string_view line : split(tables::units, '\n')) {
    if (line.starts_with('#')) continue;
    // Columns may be empty here, so the line is cut by hand.
    std::vector<std::string_view> row;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      row.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    CHECK(row.size() >= 2 && units_.size() < 127);
    const auto id = static_cast<UnitId>(units_.size());
    units_.push_back({std::string{row[0]}, unit_class(row[1])});
    add(row[0], {id, false, false});
    for (const std::string_view form : split(column(row, 2), ',')) add(form, {id, false, false});
    for (const std::string_view form : split(column(row, 3), ',')) {
      add(form, {id, true, form[0] >= 'a' && form[0] <= 'z'});
    }
  }
}

void Lexicon::add_good(std::u32string_view name, GoodClass kind, bool english,
                       std::uint32_t canonical) {
  goods_trie_.add(name, static_cast<std::uint32_t>(goods_.size()));
  if (name.back() < last_points_.size()) last_points_[name.back()] = true;
  goods_.push_back({std::u32string{name}, kind, canonical, english});
}

void Lexicon::load_goods() {
  for_each_row(tables::canonical, [&](std::span<const std::string_view> row) {
    for (const std::string_view alias : split(row[1], ',')) {
      canonical_.emplace(folded(alias), intern(std::string{row[0]}));
    }
    canonical_.emplace(folded(row[0]), intern(std::string{row[0]}));
  });
  std::unordered_map<std::string_view, UnitId> unit_index;
  for (std::size_t i = 1; i < units_.size(); ++i) {
    unit_index.emplace(units_[i].name, static_cast<UnitId>(i));
  }
  std::unordered_map<std::u32string, GoodClass> kinds;
  for_each_row(tables::goods, [&](std::span<const std::string_view> row) {
    CHECK(row.size() == 3);
    const GoodClass kind = lookup(class_words, row[0]);
    for (const std::string_view unit : split(row[1], ' ')) {
      if (const auto found = unit_index.find(unit); found != unit_index.end()) {
        measures_[static_cast<std::size_t>(kind)].set(found->second);
      }
    }
    for (const std::string_view name : split(row[2], ',')) {
      const std::u32string form = folded(name);
      if (!kinds.try_emplace(form, kind).second) continue;
      const auto known = canonical_.find(form);
      add_good(form, kind, false, known != canonical_.end() ? known->second : intern(utf8(form)));
    }
  });
  const auto kind_of_name = [&](std::string_view name) {
    const auto found = kinds.find(folded(name));
    return found == kinds.end() ? GoodClass::other : found->second;
  };
  const auto add_alias_of = [&](std::string_view name, std::string_view alias) {
    const std::u32string form = folded(alias);
    if (form.empty() || !kinds.try_emplace(form, kind_of_name(name)).second) return;
    const auto known = canonical_.find(form);
    const std::uint32_t target =
        known != canonical_.end()
            ? known->second
            : canonical_.emplace(form, intern(canonical(folded(name)))).first->second;
    const bool english = kind_of(form[0]) == Kind::latin;
    add_good(form, kind_of_name(name), english, target);
  };
  for (const std::string_view table : {tables::canonical, tables::english}) {
    for_each_row(table, [&](std::span<const std::string_view> row) {
      for (const std::string_view alias : split(row[1], ',')) add_alias_of(row[0], alias);
      add_alias_of(row[0], row[0]);
    });
  }
}

void Lexicon::load_words() {
  for_each_row(tables::words, [&](std::span<const std::string_view> row) {
    const Tag tag = lookup(tag_words, row[0]);
    for (const std::string_view word : split(row[1], ',')) {
      words_.add(folded(word), static_cast<std::uint32_t>(tag));
    }
  });
}

void Lexicon::load_common() {
  for_each_row(tables::common, [&](std::span<const std::string_view> row) {
    const std::uint32_t noun = row[0] == "noun" ? 1 : 0;
    for (const std::string_view word : split(row[1], ',')) common_.add(points(word), noun);
  });
  // What triage and category go by is no good either: 滴水, 停电.
  for (const std::string_view table : {tables::cues, tables::triage}) {
    for_each_row(table, [&](std::span<const std::string_view> row) {
      if (row[0] != "concept") return;
      for (const std::string_view word : split(row[2], ',')) {
        const std::u32string form = folded(word);
        if (form.size() < 2 || kind_of(form[0]) != Kind::han || find_good(form)) continue;
        common_.add(form, 2);
      }
    });
  }
}

void Lexicon::load_persons() {
  for_each_row(tables::persons, [&](std::span<const std::string_view> row) {
    if (row[0] == "surname") {
      for (const char32_t c : folded(row[1])) surnames_.emplace(c, true);
      return;
    }
    Trie& trie = row[0] == "double" ? double_surnames_ : row[0] == "title" ? titles_ : labels_;
    if (row[0] == "prefix") return;
    for (const std::string_view word : split(row[1], ',')) trie.add(folded(word), 0);
  });
}

std::optional<std::uint32_t> Lexicon::find_good(std::u32string_view name) const {
  const std::uint32_t found = goods_trie_.exact(name);
  if (found == Trie::none) return std::nullopt;
  return found;
}

const std::string* Lexicon::known_canonical(std::u32string_view name) const {
  const auto found = canonical_.find(std::u32string{name});
  return found == canonical_.end() ? nullptr : &names_[found->second];
}

std::string Lexicon::canonical(std::u32string_view name) const {
  const std::string* known = known_canonical(name);
  return known == nullptr ? utf8(name) : *known;
}

GoodClass Lexicon::class_by_ending(std::u32string_view name) const {
  const char32_t last = name.empty() ? U'\0' : name.back();
  if (last < last_points_.size() && !last_points_[last]) return GoodClass::other;
  for (std::uint32_t from = 1; from < name.size(); ++from) {
    if (const auto known = find_good(name.substr(from))) return good(*known).kind;
  }
  for (const Ending& ending : endings) {
    if (name.size() > ending.text.size() && name.ends_with(ending.text)) return ending.kind;
  }
  return GoodClass::other;
}

void Lexicon::add_alias(std::u32string_view alias, std::u32string_view target) {
  const auto known = find_good(target);
  const GoodClass kind = known ? good(*known).kind : class_by_ending(target);
  const std::uint32_t name = intern(canonical(target));
  canonical_.insert_or_assign(std::u32string{alias}, name);
  add_good(alias, kind, kind_of(alias[0]) == Kind::latin, name);
}

bool Lexicon::whole_word(const Folded& text, std::uint32_t from, std::uint32_t to) {
  const auto latin = [&](std::uint32_t i) { return text.kind_at(i) == Kind::latin; };
  return !(from > 0 && latin(from) && latin(from - 1)) && !(latin(to - 1) && latin(to));
}

std::uint32_t Lexicon::plural_end(const Folded& text, std::uint32_t from, std::uint32_t to) {
  if (text.kind_at(to - 1) != Kind::latin) return to;
  if (from > 0 && text.kind_at(from) == Kind::latin && text.kind_at(from - 1) == Kind::latin) {
    return 0;
  }
  const auto ends = [&](std::uint32_t at) { return text.kind_at(at) != Kind::latin; };
  if (ends(to)) return to;
  if (text.at(to) == U's' && ends(to + 1)) return to + 1;
  if (text.at(to) == U'e' && text.at(to + 1) == U's' && ends(to + 2)) return to + 2;
  return 0;
}

}  // namespace doorstep::intake
