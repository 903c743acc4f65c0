// What an error becomes outside.

#include "api/message.h"

#include <gtest/gtest.h>

namespace doorstep::api {
namespace {

TEST(Problems, NameTheFieldAndNeverWhatTheStoreSaidOfItself) {
  const Response wrong = problem({ErrorKind::invalid, "field.day", "expected a day"});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_NE(wrong.body.find("expected a day"), std::string::npos);
  EXPECT_EQ(wrong.retry_after_seconds, 0);
  const Response gone = problem({ErrorKind::unavailable, "store.broken",
                                 "cannot connect: connection to server on socket \"/run/pg\""});
  EXPECT_EQ(gone.status, 503);
  EXPECT_NE(gone.body.find("\"store.broken\""), std::string::npos);
  EXPECT_EQ(gone.body.find("/run/pg"), std::string::npos) << gone.body;
  EXPECT_GT(gone.retry_after_seconds, 0);
}

}  // namespace
}  // namespace doorstep::api
