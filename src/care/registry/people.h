#pragma once
/// \file People: who they are, where they live from when to when, and how they are reached.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "care/registry/households.h"

namespace doorstep::registry {

using access::Community;
struct Person;
struct Residence;
struct ContactPoint;

enum class Sex : std::uint8_t { unknown, male, female };

struct PersonRow {
  Id<Person> id{};
  Private<std::string> name = {};
  Sex sex = Sex::unknown;
  std::optional<Day> born_on = {};
};

/// A resident identity number of GB 11643, with the birthday and sex that it says; or what a document from elsewhere
/// bears, which says neither.
struct IdNumber {
  Private<std::string> number =
      {};  ///< 18 characters, the last a digit or "X"; of a document as it is printed.
  Day born_on{};
  Sex sex = Sex::unknown;
  /// "resident_id", or kind and issuer of a document: "passport:FRA". Two documents are the same where both agree.
  std::string kind = "resident_id";

  [[nodiscard]] bool is_resident_id() const { return kind == "resident_id"; }
};

/// What people from elsewhere have instead of a resident identity number.
enum class DocumentKind : std::uint8_t {
  passport,
  permit,  ///< To reside or to travel: of Hong Kong, Macao, Taiwan; of foreigners with permanent residence.
  other,
};

struct Document {
  DocumentKind kind = DocumentKind::passport;
  std::string issuer = {};  ///< As in ICAO Doc 9303: "FRA", "D", "HKG".
  std::string number = {};

  void fields(auto& f) {
    f("kind", kind);
    f("issuer", issuer, api::Class::name);
    f("number", number, api::Class::name);
  }
};

/// In capitals without space. Errors: invalid "person.document" (issuer not one to three letters, number not 4 to 20
/// letters and digits).
Result<IdNumber> check_document(const Document& document);

/// Errors: invalid "person.id_number" (not 18 characters, no such day, or a wrong check digit).
Result<IdNumber> parse_id_number(std::string_view text);

/// What is stored of it: BLAKE2b keyed with the installation's pepper. Only the last two characters
/// are kept readable.
[[nodiscard]] std::string identifier_hash(const IdNumber& number, const std::string& pepper);

/// Digits alone, with "+" before them for a number abroad: mainland mobiles (11 digits from 13 to
/// 19), landlines with or without their area code, and other countries'. "+86" and "0086" are left
/// out. None for anything else.
[[nodiscard]] std::optional<std::string> clean_phone(std::string_view text);

/// A name as it is kept: NFKC, without space around. Errors: invalid "person.name" (empty or over
/// 60 characters).
Result<std::string> clean_person_name(std::string_view name);

/// A birthday not after `today` and at most 130 years back. Errors: invalid "person.born_on".
Result<Day> check_birthday(Day born_on, Day today);

struct NewPerson {
  std::string name = {};
  std::optional<Sex> sex = {};
  std::optional<Day> born_on = {};
  std::optional<std::string> id_number = {};
  std::optional<Document> document = {};  ///< Instead of an identity number.
};

/// What a NewPerson comes to: checked, with what the number says filled in.
struct CheckedPerson {
  PersonRow row = {};
  std::optional<IdNumber> number = {};
};

/// Errors: those of clean_person_name(), parse_id_number(), check_birthday(); invalid
/// "person.id_contradicts" (the number says another birthday or sex), "person.document" (also with a number besides).
Result<CheckedPerson> check_person(const NewPerson& person, Day today);

/// The person with this number, in whatever community.
std::optional<Id<Person>> find_by_number(store::Snapshot& db, const IdNumber& number,
                                         const std::string& pepper);

/// A person who lives in a household inside the scope, or who lived there and lives nowhere now: who
/// has moved away, within the community or to another, is another worker's.
std::optional<PersonRow> find_person(const api::Context& context, Id<Person> id);

struct ResidenceRow {
  Id<Residence> id{};
  Id<Person> person{};
  Id<Household> household{};
  std::string relation = {};  ///< To the head of the household, as written: "本人", "女儿".
  Day from_on{};
  std::optional<Day> until_on = {};
};

/// Where a person lives now in this community; mostly one.
std::vector<ResidenceRow> current_residences(store::Snapshot& db, Id<Community> community,
                                             Id<Person> person);

/// Inserts a person with a salt of their own, and the identity number where there is one.
void insert_person(api::WriteContext& context, const CheckedPerson& person);
void insert_identifier(api::WriteContext& context, Id<Person> person, const IdNumber& number);

/// Inserts rows as they are, people each with a salt of their own; nothing is checked.
void insert_people(store::Transaction& tx, Rng& rng, Instant now,
                   std::span<const PersonRow> people);
void insert_residences(store::Transaction& tx, Id<Community> community,
                       std::span<const ResidenceRow> residences);

/// Ends a residence and takes its search keys and phones in that household back.
void end_residence(store::Transaction& tx, Id<Community> community, const ResidenceRow& residence,
                   Day until_on);

/// The contact point of a phone, made where there is none. Requires a clean phone.
Id<ContactPoint> phone_point(api::WriteContext& context, const std::string& phone);

/// Says that the phone reaches a person, or with a zero `person` the household. False when that is
/// known already.
bool use_phone(api::WriteContext& context, Id<Household> household, Id<Person> person,
               const std::string& phone);

inline constexpr std::size_t relation_length_max = 30;

/// Where a row names a person: what exists there keeps the person from being taken back.
inline constexpr std::array<std::string_view, 4> tables_with_person{
    "check_in", "member_report", "whereabouts", "observation_ground"};

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::DocumentKind> {
  static constexpr std::array<std::string_view, 3> words{"passport", "permit", "other"};
};
template <>
struct doorstep::api::Choices<doorstep::registry::Sex> {
  static constexpr std::array words{"unknown", "male", "female"};
};
