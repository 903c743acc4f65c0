// A photo or a recording instead of words: without where it was taken, a whole request that waits for a
// typist.

#include "care/needs/note.h"

#include <gtest/gtest.h>

#include "care/needs/testing.h"

namespace doorstep::needs {
namespace {

using api::member;

class NotedNeeds : public NeedsHouse {};

/// The smallest JPEG that has a start, an Exif segment with a place, and a scan.
const std::string photo = std::string("\xff\xd8", 2) + std::string("\xff\xe0\x00\x04JF", 6) +
                          std::string("\xff\xe1\x00\x0aGPS31.23", 12) +
                          std::string("\xff\xda\x00\x04\x01\x02picture\xff\xd9", 15);

TEST(Notes, APhotoLosesWhereItWasTaken) {
  const std::string kept = without_metadata(photo);
  EXPECT_EQ(kept.find("GPS"), std::string::npos);
  EXPECT_NE(kept.find("picture"), std::string::npos);
  EXPECT_EQ(without_metadata("\xff\xd8\xff\xe1\xff\xff"), "");
  EXPECT_EQ(note_from_base64("bm90IGEgcGhvdG8=").error().code, "note.kind");
  EXPECT_EQ(note_from_base64("\xf8\xf8\xf8\xf8").error().code, "note.not_base64");
  EXPECT_EQ(note_from_base64("%%%").error().code, "note.not_base64");
  EXPECT_EQ(note_from_base64(std::string(300'000, 'A')).error().code, "note.too_long");
}

TEST_P(NotedNeeds, APhotoIsAWholeRequestThatWaitsForATypist) {
  // The bytes of `photo`, base64.
  const auto asked = post(resident, "/api/v1/needs",
                          R"({"note":"/9j/4AAESkb/4QAKR1BTMzEuMjP/2gAEAQJwaWN0dXJl/9k="})");
  ASSERT_EQ(asked.status, 200) << asked.body;
  const std::string one = member(asked, "id");
  EXPECT_EQ(member(get(worker, "/api/v1/needs?filter=unread"), "rows.0.media"), "image/jpeg");
  const auto shown = get(worker, "/api/v1/needs/" + one + "/note");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body.find("GPS"), std::string::npos);
  EXPECT_EQ(get(resident, "/api/v1/needs/" + one + "/note").status, 403);
  EXPECT_EQ(
      post(worker, "/api/v1/needs/" + one + "/type", R"({"version":1,"text":"鸡蛋10个"})").status,
      200);
  ASSERT_EQ(decide(one, "order").status, 200);
  EXPECT_EQ(ordered("鸡蛋"), 10000);
}

TEST_P(NotedNeeds, ASpokenNoteIsAWholeRequestAndWhatIsNeitherIsRefused) {
  // "OggS", as a phone records.
  const auto asked = post(resident, "/api/v1/needs", R"({"note":"T2dnUwACc3Bva2VuIHdvcmRz"})");
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(member(asked, "state"), "waiting");
  EXPECT_EQ(duties("need"), 1);
  EXPECT_EQ(member(get(worker, "/api/v1/needs?filter=unread"), "rows.0.media"), "audio/ogg");
  const auto heard = get(worker, "/api/v1/needs/" + member(asked, "id") + "/note");
  EXPECT_EQ(heard.media_type, "audio/ogg");
  EXPECT_NE(heard.body.find("spoken words"), std::string::npos);
  // A GIF is neither a photo of ours nor a recording.
  EXPECT_EQ(post(resident, "/api/v1/needs", R"({"note":"R0lGODlhIHBpY3R1cmU="})").status, 422);
  EXPECT_EQ(count("SELECT count(*) FROM need"), 1);
}

DOORSTEP_ON_BOTH_ENGINES(NotedNeeds);

}  // namespace
}  // namespace doorstep::needs
