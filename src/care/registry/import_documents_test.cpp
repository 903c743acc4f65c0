// People from elsewhere in a list: passports, permits and other documents instead of a resident identity number.

#include <fmt/format.h>

#include "care/registry/testing.h"

namespace doorstep::registry {
namespace {

using api::at_the_shell;
using api::length;
using api::member;

constexpr std::string_view dwellings =
    "网格,楼栋,单元,楼层,门牌,电梯\n一网格,1栋,1单元,1,101,无\n一网格,1栋,1单元,1,102,无\n"
    "二网格,2栋,1单元,7,701,有\n";

class ImportDocuments : public RegistryHouse {
 protected:
  void SetUp() override {
    RegistryHouse::SetUp();
    import_file("dwellings", dwellings);
  }
};
DOORSTEP_ON_BOTH_ENGINES(ImportDocuments);

TEST_P(ImportDocuments, A1_DocumentsFromElsewhereAreTakenAsAtTheDesk) {
  const std::string list =
      "楼栋,单元,门牌,姓名,证件类型,国籍,证件号码\n"
      "1,1,101,Anne Martin,护照,法国,12AB 34567\n"
      "1,1,101,陈大文,港澳居民来往内地通行证,,H12345678\n"
      "1,1,102,Max Muster,,DEU,C01X00T47\n"                  // Not said what: no card's number.
      "1,1,102,林小华,港澳居民居住证,,810000199408230021\n"  // A number like everybody's.
      "2,1,701,王敏,居民身份证,中国,11010519491231002X\n";
  import_file("residents", list);
  EXPECT_EQ(count("SELECT COUNT(*) FROM person"), 5);
  for (const auto& [kind, many] :
       {std::pair{"passport:FRA", 1}, {"permit:HKG", 1}, {"passport:D", 1}, {"resident_id", 2}}) {
    EXPECT_EQ(count(fmt::format("SELECT COUNT(*) FROM identifier WHERE kind = '{}'", kind)), many)
        << kind;
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM identifier WHERE tail = '67'"), 1);
  // The same again, and under another spelling at another door: one person each.
  EXPECT_EQ(member(show(read_file("residents", list)), "counts.same"), "5");
  const std::string moved = read_file(
      "residents",
      "楼栋,单元,门牌,姓名,证件种类,签发地,证件号码\n2,1,701,A. Martin,passport,FR,12ab34567\n");
  EXPECT_EQ(member(show(moved), "counts.new"), "0") << show(moved).body;
  EXPECT_EQ(member(show(moved), "counts.changed"), "1") << show(moved).body;
}

TEST_P(ImportDocuments, A1_ADocumentThatCannotBeTakenIsNamedWithItsReason) {
  const std::string batch = read_file("residents",
                                      "楼栋,单元,门牌,姓名,证件类型,国籍,证件号码\n"
                                      "1,1,101,甲一,护照,,E12345678\n"
                                      "1,1,101,甲二,护照,亚特兰蒂斯,E12345678\n"
                                      "1,1,101,甲三,图书证,法国,E12345678\n"
                                      "1,1,101,甲四,护照,法国,E1\n"
                                      "1,1,101,甲五,,,E12345678\n"
                                      "1,1,101,甲六,护照,法国,E12345678\n"
                                      "1,1,102,甲七,护照,法国,E12345678\n"
                                      "1,1,102,甲八,护照,美国,E12345678\n");
  const auto rows = get(at_the_shell, "/api/v1/imports/" + batch + "/rows?state=invalid");
  const std::vector<std::string> reasons{"import.document_issuer", "import.document_issuer",
                                         "import.document_kind",   "person.document",
                                         "person.id_number",       "import.duplicate_id_number"};
  ASSERT_EQ(length(rows, "rows"), reasons.size()) << rows.body;
  for (std::size_t at = 0; at < reasons.size(); ++at) {
    EXPECT_EQ(member(rows, fmt::format("rows.{}.reason", at)), reasons[at]);
  }
  EXPECT_EQ(member(show(batch), "counts.new"), "2");
}

TEST_P(ImportDocuments, A1_UndoingTakesADocumentBackAndLeavesTheOthers) {
  import_file("residents", "楼栋,单元,门牌,姓名,身份证号\n2,1,701,王敏,11010519491231002X\n");
  const std::string batch =
      read_file("residents",
                "楼栋,单元,门牌,姓名,证件类型,国籍,证件号码\n2,1,701,王敏,护照,中国,E12345678\n");
  tell(batch, "apply");
  EXPECT_EQ(count("SELECT COUNT(*) FROM identifier WHERE kind = 'passport:CHN'"), 1);
  tell(batch, "undo");
  EXPECT_EQ(count("SELECT COUNT(*) FROM identifier WHERE kind = 'passport:CHN'"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM identifier"), 1);
}

}  // namespace
}  // namespace doorstep::registry
