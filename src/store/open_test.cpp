/// \file Opening: the lock, the secrets, what a crash left behind.

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/blob_files.h"
#include "store/files.h"
#include "store/sqlite_connection.h"
#include "store/testing.h"

namespace doorstep::store {
namespace {

std::string refusal(const std::function<void()>& doing, std::string* text = nullptr) {
  try {
    doing();
  } catch (const Failure& failure) {
    if (text != nullptr) *text = failure.what();
    return failure.code();
  }
  return "";
}

unsigned mode_of(const std::string& path) {
  struct stat about = {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 0777U;
}

class Opening : public ::testing::TestWithParam<Engine> {
 protected:
  TestPlace place_{GetParam()};
};

TEST_P(Opening, ASecondOneIsRefusedAndNamesTheProcess) {
  const auto store = Store::open(place_.options());
  std::string text;
  EXPECT_EQ(refusal([&] { (void)Store::open(place_.options()); }, &text), "store.locked");
  EXPECT_NE(text.find(std::to_string(::getpid())), std::string::npos) << text;
}

TEST_P(Opening, AClosedOneIsOpenedAgain) {
  std::string pepper = Store::open(place_.options())->pepper();
  EXPECT_EQ(pepper.size(), 32U);
  EXPECT_EQ(Store::open(place_.options())->pepper(), pepper);
}

TEST_P(Opening, SecretsAreForTheirOwnerAlone) {
  (void)Store::open(place_.options());
  const std::string directory = place_.options().data_directory;
  EXPECT_EQ(mode_of(directory + "/keys"), 0700U);
  EXPECT_EQ(mode_of(directory + "/keys/pepper"), 0600U);
  EXPECT_EQ(mode_of(directory + "/keys/journal"), 0600U);
}

TEST_P(Opening, SettingsTheHouseReliesOnAreInForce) {
  const auto store = Store::open(place_.options());
  const Outcome outcome = store->write_now([&](Transaction& tx) -> Outcome {
    const auto setting = [&](const char* sql) { return tx.first(sql).value()[0]; };
    if (GetParam() == Engine::sqlite) {
      EXPECT_EQ(setting("PRAGMA synchronous"), Value(2));
      EXPECT_EQ(setting("PRAGMA journal_mode"), Value("wal"));
      EXPECT_EQ(setting("PRAGMA foreign_keys"), Value(1));
      EXPECT_EQ(setting("PRAGMA secure_delete"), Value(1));
    } else {
      EXPECT_EQ(setting("SHOW transaction_isolation"), Value("serializable"));
      EXPECT_EQ(setting("SHOW synchronous_commit"), Value("on"));
    }
    return Answer{};
  });
  EXPECT_TRUE(outcome.ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, Opening, ::testing::Values(Engine::sqlite, Engine::postgresql),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

TEST(OpeningSqlite, AReaderCannotWrite) {
  const auto store = open_test_store(Engine::sqlite);
  EXPECT_THROW((void)store->read([](Snapshot& snapshot) -> Outcome {
    snapshot.query("DELETE FROM job");
    return Answer{};
  }),
               Failure);
}

TEST(OpeningPostgres, AReaderCannotWrite) {
  const auto store = open_test_store(Engine::postgresql);
  EXPECT_THROW((void)store->read([](Snapshot& snapshot) -> Outcome {
    snapshot.query("DELETE FROM job");
    return Answer{};
  }),
               Failure);
}

TEST(Files, AFileIsWrittenWholeOrNotAtAll) {
  TestPlace place(Engine::sqlite);
  const std::string path = place.options().data_directory + "/some/where/file";
  EXPECT_EQ(read_file(path), std::nullopt);
  make_directory(place.options().data_directory + "/some/where");
  write_file(path, "one");
  write_file(path, "two");
  append_file(path, "three");
  EXPECT_EQ(read_file(path), "twothree");
  EXPECT_EQ(mode_of(path), 0600U);
  remove_file(path);
  remove_file(path);
  EXPECT_EQ(read_file(path), std::nullopt);
  EXPECT_TRUE(std::filesystem::is_empty(place.options().data_directory + "/some/where"));
}

TEST(BlobFilesOnDisk, ADamagedOneIsNotHandedOut) {
  TestPlace place(Engine::sqlite);
  BlobFiles blobs(place.options().data_directory + "/blobs");
  const std::string hash = blobs.put("picture");
  const std::string path =
      place.options().data_directory + "/blobs/" + hash.substr(0, 2) + "/" + hash;
  EXPECT_EQ(read_file(path), "picture");
  write_file(path, "forgery");
  EXPECT_EQ(blobs.get(hash), std::nullopt);
  EXPECT_EQ(blobs.put("picture"), hash);  // Putting it again mends it.
  EXPECT_EQ(blobs.get(hash), "picture");
}

}  // namespace
}  // namespace doorstep::store
