#include "care/rights/plan.h"

#include <array>

namespace doorstep::rights {
namespace {

#define OBSERVATIONS_OF(household) \
  "(SELECT id FROM observation WHERE community_id = $1 AND household_id = " household ")"
#define NEEDS "(SELECT id FROM need WHERE community_id = $1 AND household_id = $2)"
#define ORDERS "(SELECT id FROM customer_order WHERE community_id = $1 AND household_id = $2)"
#define LETTERS_OF(household) \
  "(SELECT id FROM release_letter WHERE community_id = $1 AND household_id = " household

constexpr std::array steps_of_erasing{
    // What is theirs within a household.
    Step{"member_report", Whose::resident,
         "DELETE FROM member_report WHERE community_id = $1 AND household_id = $3 AND person_id = "
         "$2"},
    Step{"check_in", Whose::resident,
         "DELETE FROM check_in WHERE community_id = $1 AND household_id = $3 AND person_id = $2"},
    Step{"observation_change", Whose::resident,
         "DELETE FROM observation_change WHERE community_id = $1 AND ground_id IN (SELECT id"
         " FROM observation_ground WHERE community_id = $1 AND person_id = $2"
         " AND observation_id IN " OBSERVATIONS_OF("$3") ")"},
    Step{"observation_ground", Whose::resident,
         "DELETE FROM observation_ground WHERE community_id = $1 AND person_id = $2"
         " AND observation_id IN " OBSERVATIONS_OF("$3")},
    Step{"suspicion", Whose::resident,
         "DELETE FROM suspicion WHERE community_id = $1 AND household_id = $3 AND person_id = $2"},
    Step{"leaving_claim", Whose::resident,
         "DELETE FROM leaving_claim WHERE community_id = $1 AND ground_id = $2"
         " AND observation_id IN " OBSERVATIONS_OF("$3")},
    Step{"release_feedback", Whose::resident,
         "DELETE FROM release_feedback WHERE community_id = $1 AND letter_id IN " LETTERS_OF(
             "$3") " AND person_id = $2)"},
    Step{"release_letter", Whose::resident,
         "DELETE FROM release_letter WHERE community_id = $1 AND household_id = $3"
         " AND person_id = $2"},
    Step{"residence_left", Whose::resident,
         "DELETE FROM residence_left WHERE community_id = $1 AND household_id = $3"
         " AND person_id = $2"},
    Step{"closing_due", Whose::resident,
         "DELETE FROM closing_due WHERE community_id = $1 AND household_id = $3"
         " AND person_id = $2"},
    // What is theirs wherever they lived.
    Step{"care_tick", Whose::person,
         "DELETE FROM care_tick WHERE community_id = $1 AND person_id = $2"},
    Step{"care_person", Whose::person,
         "DELETE FROM care_person WHERE community_id = $1 AND person_id = $2"},
    Step{"care_left", Whose::person,
         "DELETE FROM care_left WHERE community_id = $1 AND person_id = $2"},
    Step{"whereabouts", Whose::person,
         "DELETE FROM whereabouts WHERE community_id = $1 AND person_id = $2"},
    Step{"duty_attempt", Whose::person,
         "UPDATE duty_attempt SET note = NULL WHERE community_id = $1 AND note IS NOT NULL AND "
         "duty_id IN"
         " (SELECT id FROM duty WHERE community_id = $1 AND subject_id = $2)"},
    Step{"duty", Whose::person,
         "UPDATE duty SET note = NULL WHERE community_id = $1 AND subject_id = $2 AND note IS NOT "
         "NULL"},
    Step{"transfer", Whose::person,
         "DELETE FROM transfer WHERE (community_id = $1 OR to_community_id = $1) AND person_id = "
         "$2"},
    Step{"person_source", Whose::person,
         "DELETE FROM person_source WHERE community_id = $1 AND person_id = $2"},
    Step{
        "import_row", Whose::person,
        "UPDATE import_row SET cells = '', made = NULL WHERE community_id = $1 AND person_id = $2"},
    Step{"subject_request", Whose::person,
         "UPDATE subject_request SET words = '', answer = '' WHERE community_id = $1"
         " AND (person_id = $2 OR guardian_id = $2)"},
    Step{"search_key", Whose::person,
         "DELETE FROM search_key WHERE community_id = $1 AND subject_id = $2"},
    Step{"residence", Whose::person,
         "DELETE FROM residence WHERE community_id = $1 AND person_id = $2"},
    // What is the household's, where nobody of it is left.
    Step{"idempotency", Whose::household,
         "DELETE FROM idempotency WHERE actor IN (SELECT id FROM link_token"
         " WHERE community_id = $1 AND household_id = $2)"},
    Step{"link_token", Whose::household,
         "UPDATE link_token SET name = '' WHERE community_id = $1 AND household_id = $2"},
    Step{"household_access", Whose::household,
         "DELETE FROM household_access WHERE community_id = $1 AND household_id = $2"},
    Step{"contact_point_use", Whose::household,
         "DELETE FROM contact_point_use WHERE community_id = $1 AND household_id = $2"},
    Step{"search_key", Whose::household,
         "DELETE FROM search_key WHERE community_id = $1 AND subject_id = $2"},
    Step{"observation_change", Whose::household,
         "DELETE FROM observation_change WHERE community_id = $1 AND ground_id IN (SELECT id"
         " FROM observation_ground WHERE community_id = $1 AND observation_id IN " OBSERVATIONS_OF(
             "$2") ")"},
    Step{"observation_ground", Whose::household,
         "DELETE FROM observation_ground WHERE community_id = $1 AND observation_id "
         "IN " OBSERVATIONS_OF("$2")},
    Step{"leaving_claim", Whose::household,
         "DELETE FROM leaving_claim WHERE community_id = $1 AND observation_id IN " OBSERVATIONS_OF(
             "$2")},
    Step{"suspicion", Whose::household,
         "DELETE FROM suspicion WHERE community_id = $1 AND household_id = $2"},
    Step{"check_in", Whose::household,
         "DELETE FROM check_in WHERE community_id = $1 AND household_id = $2"},
    Step{"member_report", Whose::household,
         "DELETE FROM member_report WHERE community_id = $1 AND household_id = $2"},
    Step{"release_feedback", Whose::household,
         "DELETE FROM release_feedback WHERE community_id = $1 AND (household_id = $2"
         " OR letter_id IN " LETTERS_OF("$2") "))"},
    Step{"release_letter", Whose::household,
         "DELETE FROM release_letter WHERE community_id = $1 AND household_id = $2"},
    Step{"closing_open", Whose::household,
         "DELETE FROM closing_open WHERE community_id = $1 AND household_id = $2"},
    Step{"closing_due", Whose::household,
         "DELETE FROM closing_due WHERE community_id = $1 AND household_id = $2"},
    Step{"whereabouts", Whose::household,
         "DELETE FROM whereabouts WHERE community_id = $1 AND household_id = $2"},
    Step{"transfer", Whose::household,
         "DELETE FROM transfer WHERE community_id = $1 AND household_id = $2 AND state <> "
         "'offered'"},
    Step{"care_tick", Whose::household,
         "DELETE FROM care_tick WHERE community_id = $1 AND household_id = $2"},
    Step{"care_person", Whose::household,
         "DELETE FROM care_person WHERE community_id = $1 AND household_id = $2"},
    Step{"presence_sign", Whose::household,
         "UPDATE presence_sign SET sign = '' WHERE community_id = $1 AND dwelling_id IN"
         " (SELECT dwelling_id FROM household WHERE community_id = $1 AND id = $2)"},
    Step{"message", Whose::household,
         "DELETE FROM message WHERE community_id = $1 AND household_id = $2"},
    Step{"group_post", Whose::household,
         "DELETE FROM group_post WHERE community_id = $1 AND household_id = $2"},
    Step{"group_member", Whose::household,
         "DELETE FROM group_member WHERE community_id = $1 AND household_id = $2"},
    Step{
        "duty_attempt", Whose::household,
        "UPDATE duty_attempt SET note = NULL WHERE community_id = $1 AND note IS NOT NULL AND "
        "duty_id IN"
        " (SELECT id FROM duty WHERE community_id = $1 AND (subject_id = $2 OR subject_id IN " NEEDS
        "))"},
    Step{"duty", Whose::household,
         "UPDATE duty SET note = NULL WHERE community_id = $1 AND note IS NOT NULL"
         " AND (subject_id = $2 OR subject_id IN " NEEDS ")"},
    Step{"need_file", Whose::household,
         "DELETE FROM need_file WHERE community_id = $1 AND need_id IN " NEEDS},
    Step{"need_line", Whose::household,
         "UPDATE need_line SET name = '' WHERE community_id = $1 AND need_id IN " NEEDS},
    Step{"errand_purchase", Whose::household,
         "UPDATE errand_purchase SET thing = '', receipt = NULL WHERE community_id = $1 AND "
         "need_id IN " NEEDS},
    Step{"need", Whose::household,
         "UPDATE need SET sender = '' WHERE community_id = $1 AND sender_household = $2"},
    Step{"need", Whose::household,
         "UPDATE need SET text = NULL, note = NULL, note_media = NULL, sign = '', answer = '', "
         "sender = '',"
         " relay_row = '', diet = FALSE WHERE community_id = $1 AND household_id = $2"},
    Step{"order_line", Whose::household,
         "UPDATE order_line SET name = '' WHERE community_id = $1 AND order_id IN " ORDERS},
    Step{"ledger_entry", Whose::household,
         "UPDATE ledger_entry SET note = '' WHERE community_id = $1 AND note <> '' AND (order_id "
         "IN " ORDERS " OR id IN (SELECT entry_id FROM ledger_posting WHERE community_id = $1"
         " AND account = 'household' AND owner_id = $2))"},
    Step{"customer_order", Whose::household,
         "UPDATE customer_order SET diet = FALSE WHERE community_id = $1 AND household_id = $2"},
    Step{"payment_claim", Whose::household,
         "UPDATE payment_claim SET reference = '', note = '' WHERE community_id = $1"
         " AND household_id = $2"},
    Step{"loan", Whose::household,
         "UPDATE loan SET lender = '' WHERE community_id = $1 AND household_id = $2"},
    Step{"stock_entry", Whose::household,
         "UPDATE stock_entry SET note = '' WHERE community_id = $1 AND household_id = $2"},
    Step{"parcel", Whose::household,
         "UPDATE parcel SET barcode = NULL WHERE community_id = $1 AND household_id = $2"},
    Step{"delivery_photo", Whose::household,
         "DELETE FROM delivery_photo WHERE community_id = $1 AND household_id = $2"},
    Step{"collecting_visit", Whose::household,
         "DELETE FROM collecting_visit WHERE community_id = $1 AND household_id = $2"},
    Step{"supply_level", Whose::household,
         "DELETE FROM supply_level WHERE community_id = $1 AND household_id = $2"},
    Step{"subject_request", Whose::household,
         "UPDATE subject_request SET words = '', answer = '' WHERE community_id = $1"
         " AND household_id = $2"},
    Step{"opening", Whose::household,
         "UPDATE opening SET words = '', note = '' WHERE community_id = $1 AND household_id = $2"},
    Step{"guide_read", Whose::household,
         "DELETE FROM guide_read WHERE community_id = $1 AND household_id = $2"},
    Step{"lesson_attendee", Whose::household,
         "DELETE FROM lesson_attendee WHERE community_id = $1 AND household_id = $2"},
    Step{"household", Whose::household,
         "UPDATE household SET door = '', access_notes = '', label = '', digital = 'unknown', care "
         "= FALSE,"
         " food_on = NULL WHERE community_id = $1 AND id = $2"},
};

constexpr std::string_view of_household = "household_id = $2";
constexpr std::string_view of_duty = "subject_id = $2";

constexpr std::array mentioned{
    Mention{"message", "body", of_household},
    Mention{"group_post", "body", of_household},
    Mention{"check_in", "note", of_household},
    Mention{"subject_request", "words", of_household},
    Mention{"subject_request", "answer", of_household},
    Mention{"suspicion", "note", of_household},
    Mention{"suspicion", "account", of_household},
    Mention{"suspicion", "why", of_household},
    Mention{"suspicion", "objection", of_household},
    Mention{"suspicion", "answer", of_household},
    Mention{"opening", "words", of_household},
    Mention{"opening", "note", of_household},
    Mention{"release_feedback", "note", of_household},
    Mention{"need", "text", of_household},
    Mention{"need", "answer", of_household},
    Mention{"need", "relay_row", of_household},
    Mention{"need", "sender", of_household},
    Mention{"need", "sender", "sender_household = $2"},
    Mention{"loan", "lender", of_household},
    Mention{"link_token", "name", of_household},
    Mention{"household", "access_notes", "id = $2"},
    Mention{"duty", "note", of_duty},
    Mention{"duty_attempt", "note",
            "duty_id IN (SELECT id FROM duty WHERE community_id = $1 AND subject_id = $2)"},
};

#define UP_TO(key) " WHERE community_id = $1 AND " key " > $2 AND " key " <= $3"
#define BEFORE(column) " WHERE community_id = $1 AND " column " < $2"

constexpr std::array over{
    Expiry{"check_in", "id", "DELETE FROM check_in" UP_TO("id")},
    Expiry{"care_tick", "id", "DELETE FROM care_tick" UP_TO("id")},
    Expiry{"message", "id", "DELETE FROM message" UP_TO("id")},
    Expiry{"group_post", "id", "DELETE FROM group_post" UP_TO("id")},
    Expiry{"delivery_photo", "id", "DELETE FROM delivery_photo" UP_TO("id")},
    Expiry{"import_chunk", "batch_id", "DELETE FROM import_chunk" UP_TO("batch_id")},
    Expiry{"import_row", "batch_id",
           "UPDATE import_row SET cells = '', made = NULL" UP_TO("batch_id")},
    Expiry{"import_batch", "id",
           "UPDATE import_batch SET file_name = '', source = '{}'" UP_TO("id")},
    Expiry{"observation_change", "id", "UPDATE observation_change SET reason = ''" UP_TO("id")},
    Expiry{"transfer", "id",
           "UPDATE transfer SET address = '', note = ''" UP_TO("id") " AND state <> 'offered'"},
    Expiry{"need_line", "need_id", "UPDATE need_line SET name = ''" UP_TO("need_id")},
    Expiry{"order_line", "id", "UPDATE order_line SET name = ''" UP_TO("id")},
    Expiry{"customer_order", "id", "UPDATE customer_order SET diet = FALSE" UP_TO("id")},
    Expiry{"payment_claim", "id", "UPDATE payment_claim SET reference = '', note = ''" UP_TO("id")},
    Expiry{"loan", "id", "UPDATE loan SET lender = ''" UP_TO("id")},
    Expiry{"errand_purchase", "id",
           "UPDATE errand_purchase SET thing = '', receipt = NULL" UP_TO("id")},
    Expiry{"ledger_entry", "id", "UPDATE ledger_entry SET note = ''" UP_TO("id")},
    Expiry{"stock_entry", "id", "UPDATE stock_entry SET note = ''" UP_TO("id")},
    Expiry{"parcel", "id", "UPDATE parcel SET barcode = NULL" UP_TO("id")},
    Expiry{"relay", "id", "UPDATE relay SET title = '', text = ''" UP_TO("id")},
    Expiry{"observation_ground", "", "DELETE FROM observation_ground" BEFORE("ended_at")},
    Expiry{"leaving_claim", "", "DELETE FROM leaving_claim" BEFORE("at")},
    Expiry{"suspicion", "", "DELETE FROM suspicion" BEFORE("closed_at")},
    Expiry{"whereabouts", "", "DELETE FROM whereabouts" BEFORE("until_at")},
    Expiry{"presence_sign", "",
           "UPDATE presence_sign SET sign = ''" BEFORE("at") " AND sign <> ''"},
    Expiry{"release_feedback", "",
           "UPDATE release_feedback SET note = ''" BEFORE("at") " AND note <> ''"},
    Expiry{"duty", "", "UPDATE duty SET note = NULL" BEFORE("closed_at") " AND note IS NOT NULL"},
    Expiry{"duty_attempt", "",
           "UPDATE duty_attempt SET note = NULL" BEFORE("at") " AND note IS NOT NULL"},
    Expiry{"care_person", "", "DELETE FROM care_person" BEFORE("closed_at")},
    Expiry{"subject_request", "",
           "UPDATE subject_request SET words = '', answer = ''" BEFORE("answered_at")},
    Expiry{"look", "", "DELETE FROM look" BEFORE("at"), 180},
    Expiry{"opening", "", "UPDATE opening SET words = '', note = ''" BEFORE("opened_at")},
    Expiry{"need_file", "", "DELETE FROM need_file" BEFORE("at")},
};

}  // namespace

std::span<const Step> steps() {
  return steps_of_erasing;
}

std::span<const Mention> mentions() {
  return mentioned;
}

std::span<const Expiry> expiries() {
  return over;
}

}  // namespace doorstep::rights
