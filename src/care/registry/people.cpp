#include "care/registry/people.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "care/registry/alike.h"
#include "care/registry/bulk.h"
#include "care/registry/search_keys.h"

namespace doorstep::registry {
namespace {

constexpr std::size_t name_length_max = 60;
constexpr std::chrono::days oldest{130 * 366};

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// GB 11643-1999 (ISO 7064, MOD 11-2): each of the 17 digits by its weight.
char check_character(std::string_view digits) {
  constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view characters = "10X98765432";
  int sum = 0;
  for (std::size_t at = 0; at < weights.size(); ++at) sum += (digits[at] - '0') * weights[at];
  return characters[static_cast<std::size_t>(sum % 11)];
}

ResidenceRow residence_from(const store::Row& row) {
  return {row.id<Residence>(0), row.id<Person>(1), row.id<Household>(2),
          row.text(3),          row.day(4),        row.maybe_day(5)};
}

}  // namespace

Result<IdNumber> parse_id_number(std::string_view text) {
  const Error wrong{ErrorKind::invalid, "person.id_number"};
  std::string number = text::nfkc(text::trim(text));
  std::erase(number, ' ');
  if (number.size() != 18 || !all_digits(std::string_view(number).substr(0, 17))) return wrong;
  if (number.back() == 'x') number.back() = 'X';
  if (number.back() != check_character(number)) return wrong;
  const std::string day =
      number.substr(6, 4) + '-' + number.substr(10, 2) + '-' + number.substr(12, 2);
  const auto born_on = day_from_text(day);
  if (!born_on) return wrong;
  const bool male = (number[16] - '0') % 2 == 1;
  return IdNumber{Private<std::string>(std::move(number)), *born_on,
                  male ? Sex::male : Sex::female};
}

Result<IdNumber> check_document(const Document& document) {
  const auto clean = [](std::string_view text) {
    std::string kept = text::nfkc(text::trim(text));
    std::erase_if(kept, [](char one) { return one == ' ' || one == '-'; });
    std::ranges::transform(kept, kept.begin(), [](unsigned char one) { return std::toupper(one); });
    return kept;
  };
  const auto letter = [](char one) { return one >= 'A' && one <= 'Z'; };
  const auto plain = [&](char one) { return letter(one) || (one >= '0' && one <= '9'); };
  const std::string issuer = clean(document.issuer);
  std::string number = clean(document.number);
  if (issuer.empty() || issuer.size() > 3 || !std::ranges::all_of(issuer, letter) ||
      number.size() < 4 || number.size() > 20 || !std::ranges::all_of(number, plain)) {
    return Error{ErrorKind::invalid, "person.document"};
  }
  return IdNumber{Private<std::string>(std::move(number)),
                  {},
                  Sex::unknown,
                  std::string(api::word(document.kind)) + ':' + issuer};
}

std::string identifier_hash(const IdNumber& number, const std::string& pepper) {
  return blake2b("resident_id:" + number.number.reveal(), pepper);
}

std::optional<std::string> clean_phone(std::string_view text) {
  std::string phone;
  for (const char c : text::nfkc(text::trim(text))) {
    if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.') continue;
    if ((c < '0' || c > '9') && (c != '+' || !phone.empty())) return std::nullopt;
    phone += c;
  }
  if (phone.starts_with("0086")) phone.replace(0, 4, "+86");
  if (phone.starts_with("+86")) {
    phone.erase(0, 3);
    if (phone.size() != 11) phone.insert(0, "0");  // A landline: its area code gets its 0 back.
  }
  const std::size_t size = phone.size();
  if (phone.starts_with('+')) {
    return size >= 9 && size <= 16 && phone[1] != '0' ? std::optional(phone) : std::nullopt;
  }
  if (size == 11 && phone[0] == '1') {
    return phone[1] >= '3' ? std::optional(phone) : std::nullopt;
  }
  const bool with_area = phone.starts_with('0') && size >= 10 && size <= 12;
  const bool local = (size == 7 || size == 8) && phone[0] >= '2';
  return with_area || local ? std::optional(phone) : std::nullopt;
}

Result<std::string> clean_person_name(std::string_view name) {
  std::string clean(text::trim(text::nfkc(name)));
  if (clean.empty() || text::length(clean) > name_length_max) {
    return Error{ErrorKind::invalid, "person.name"};
  }
  return clean;
}

Result<Day> check_birthday(Day born_on, Day today) {
  if (born_on > today || born_on < today - oldest) {
    return Error{ErrorKind::invalid, "person.born_on"};
  }
  return born_on;
}

Result<CheckedPerson> check_person(const NewPerson& person, Day today) {
  CheckedPerson checked;
  checked.row.name = Private<std::string>(TRY(clean_person_name(person.name)));
  checked.row.sex = person.sex.value_or(Sex::unknown);
  checked.row.born_on = person.born_on;
  if (person.id_number && person.document) return Error{ErrorKind::invalid, "person.document"};
  if (person.document) checked.number = TRY(check_document(*person.document));
  if (person.id_number) {
    const IdNumber number = TRY(parse_id_number(*person.id_number));
    const bool other_day = person.born_on && *person.born_on != number.born_on;
    const bool other_sex = checked.row.sex != Sex::unknown && checked.row.sex != number.sex;
    if (other_day || other_sex) return Error{ErrorKind::invalid, "person.id_contradicts"};
    checked.row.born_on = number.born_on;
    checked.row.sex = number.sex;
    checked.number = number;
  }
  if (checked.row.born_on) TRY(check_birthday(*checked.row.born_on, today));
  return checked;
}

std::optional<Id<Person>> find_by_number(store::Snapshot& db, const IdNumber& number,
                                         const std::string& pepper) {
  const auto row = db.first("SELECT person_id FROM identifier WHERE kind = $1 AND hash = $2",
                            {number.kind, store::Bytes{identifier_hash(number, pepper)}});
  if (!row) return std::nullopt;
  return row->id<Person>(0);
}

std::optional<PersonRow> find_person(const api::Context& context, Id<Person> id) {
  // CROSS JOIN keeps SQLite to this order: few residences, not every household in scope.
  const auto rows = context.db.query(
      "SELECT p.id, p.name, p.sex, p.born_on FROM residence r CROSS JOIN {households} h"
      " CROSS JOIN person p WHERE r.person_id = $2 AND +r.community_id = $1"
      " AND h.id = r.household_id AND p.id = r.person_id"
      " AND (r.until_on IS NULL OR NOT EXISTS (SELECT 1 FROM residence x WHERE x.person_id = $2"
      " AND x.until_on IS NULL)) LIMIT 1",
      {context.community.id, id});
  if (rows.empty()) return std::nullopt;
  const store::Row& row = rows.front();
  return PersonRow{row.id<Person>(0), row.secret(1),
                   api::from_word<Sex>(row.text(2)).value_or(Sex::unknown), row.maybe_day(3)};
}

std::vector<ResidenceRow> current_residences(store::Snapshot& db, Id<Community> community,
                                             Id<Person> person) {
  std::vector<ResidenceRow> all;
  for (const store::Row& row :
       db.query("SELECT id, person_id, household_id, relation, from_on, until_on FROM residence"
                " WHERE community_id = $1 AND person_id = $2 AND until_on IS NULL",
                {community, person})) {
    all.push_back(residence_from(row));
  }
  return all;
}

void insert_person(api::WriteContext& context, const CheckedPerson& person) {
  insert_people(context.tx, context.rng, context.now, {&person.row, 1});
  if (person.number) insert_identifier(context, person.row.id, *person.number);
}

void insert_identifier(api::WriteContext& context, Id<Person> person, const IdNumber& number) {
  context.tx.post("INSERT INTO identifier (kind, hash, person_id, tail) VALUES ($1, $2, $3, $4)",
                  {number.kind, store::Bytes{identifier_hash(number, context.pepper)}, person,
                   number.number.reveal().substr(number.number.reveal().size() - 2)});
}

void insert_people(store::Transaction& tx, Rng& rng, Instant now,
                   std::span<const PersonRow> people) {
  BulkInsert insert(tx, "INSERT INTO person (id, name, sex, born_on, created_at, salt)");
  for (const PersonRow& p : people) {
    insert.add({p.id, p.name, api::word(p.sex), p.born_on, now, store::Bytes{rng.bytes(16)}});
  }
  insert.flush();
}

void insert_residences(store::Transaction& tx, Id<Community> community,
                       std::span<const ResidenceRow> residences) {
  BulkInsert insert(tx,
                    "INSERT INTO residence (community_id, id, person_id, household_id, relation,"
                    " from_on, until_on)");
  for (const ResidenceRow& r : residences) {
    insert.add({community, r.id, r.person, r.household, r.relation, r.from_on, r.until_on});
  }
  insert.flush();
}

void end_residence(store::Transaction& tx, Id<Community> community, const ResidenceRow& residence,
                   Day until_on) {
  // Noted here, for each way of leaving; care/observation lets what was asked of them go along.
  tx.run(
      "INSERT INTO residence_left (community_id, household_id, person_id) SELECT $1, $2, $3"
      " WHERE EXISTS (SELECT 1 FROM observation WHERE community_id = $1 AND household_id = $2"
      " AND ended_at IS NULL) ON CONFLICT DO NOTHING",
      {community, residence.household, residence.person});
  // The same for care/people and the entry in the ledger.
  tx.run(
      "INSERT INTO care_left (community_id, person_id) SELECT $1, $2 WHERE EXISTS"
      " (SELECT 1 FROM care_person WHERE community_id = $1 AND person_id = $2"
      " AND closed_at IS NULL) ON CONFLICT DO NOTHING",
      {community, residence.person});
  remove_link_keys(tx, residence.person);
  tx.post("UPDATE residence SET until_on = $1 WHERE community_id = $2 AND id = $3",
          {until_on, community, residence.id});
  tx.post(
      "DELETE FROM contact_point_use WHERE community_id = $1 AND household_id = $2"
      " AND person_id = $3",
      {community, residence.household, residence.person});
  refresh_person_keys(tx, community, residence.person);
}

Id<ContactPoint> phone_point(api::WriteContext& context, const std::string& phone) {
  const auto known = context.db.first(
      "SELECT id FROM contact_point WHERE community_id = $1 AND kind = 'phone' AND value = $2",
      {context.community.id, phone});
  if (known) return known->id<ContactPoint>(0);
  const auto id = context.new_id<ContactPoint>();
  context.tx.post(
      "INSERT INTO contact_point (community_id, id, kind, value) VALUES ($1, $2, 'phone', $3)",
      {context.community.id, id, phone});
  return id;
}

bool use_phone(api::WriteContext& context, Id<Household> household, Id<Person> person,
               const std::string& phone) {
  const Id<ContactPoint> point = phone_point(context, phone);
  const std::int64_t added = context.tx.run(
      "INSERT INTO contact_point_use (community_id, contact_point_id, household_id, person_id,"
      " from_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      {context.community.id, point, household, person, context.now});
  if (added == 0) return false;
  std::vector<SearchKey> keys;
  append_phone_key(keys, person, household, phone);
  insert_search_keys(context.tx, context.community.id, keys);
  if (person) add_link_keys(context.tx, person);
  return true;
}

}  // namespace doorstep::registry
