// Live events: resuming, filtering, readers that are slow or gone, and a store that fails.
#include <algorithm>

#include <fmt/format.h>

#include "net/test_house.h"

namespace doorstep::net {
namespace {

EventStream watch(const House& house, const std::string& session,
                  std::optional<std::int64_t> last = std::nullopt,
                  const std::string& target = "/api/v1/events") {
  Result<EventStream> stream =
      EventStream::open(house.client(), target, {{"Cookie", "doorstep=" + session}}, last);
  EXPECT_TRUE(stream.ok());
  return *std::move(stream);
}

std::string next_id(EventStream& stream) {
  const auto event = stream.next_data(seconds(5));
  return event ? event->id : "none";
}

TEST(Events, ReachAnotherBrowserAtOnce) {
  House house;
  EventStream stream = watch(house, "a");
  EXPECT_EQ(stream.head().header("Content-Type"), "text/event-stream");
  EXPECT_EQ(stream.head().header("Cache-Control"), "no-store");
  EXPECT_FALSE(stream.head().header("Content-Security-Policy").empty());
  const auto hello = stream.next(seconds(5));
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->id, "0");
  std::vector<double> took;
  for (int i = 1; i <= 200; ++i) {
    const auto start = std::chrono::steady_clock::now();
    house.store.seal("/a/1/");
    const auto event = stream.next_data(seconds(5));
    took.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
    ASSERT_TRUE(event);
    EXPECT_EQ(event->event, "journal");
    EXPECT_EQ(event->id, std::to_string(i));
    EXPECT_EQ(event->data, fmt::format("{{\"seq\":{}}}", i));
  }
  std::ranges::sort(took);
  RecordProperty("p95_ms", std::to_string(took.at(190)));
  EXPECT_LT(took.at(190), 250);
}

TEST(Events, ShowEveryViewerTheirPartAlone) {
  House house;
  EventStream a = watch(house, "a");
  EventStream b = watch(house, "b");
  house.store.seal("/a/");
  house.store.seal("/b/");
  house.store.seal("/c/");
  house.store.seal("/a/");
  EXPECT_EQ(next_id(a), "1");
  EXPECT_EQ(next_id(a), "4");
  EXPECT_EQ(next_id(b), "2");
  EXPECT_FALSE(b.next_data(milliseconds(50)));
}

TEST(Events, AskWhoIsThere) {
  House house;
  const ClientResponse nobody = house.get("/api/v1/events");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_NE(nobody.body.find("\"session.none\""), std::string::npos);
  EXPECT_EQ(house.metric("doorstep_event_streams"), 0);
}

TEST(Events, ResumeWhereTheBrowserLeftOff) {
  House house;
  house.store.seal("/a/", 2500);
  EventStream stream = watch(house, "a", 1000);
  for (int i = 1001; i <= 2500; ++i) ASSERT_EQ(next_id(stream), std::to_string(i));
  house.store.seal("/a/");
  EXPECT_EQ(next_id(stream), "2501");
  // A browser's first stream can name the number of its snapshot in the address.
  EventStream first = watch(house, "a", std::nullopt, "/api/v1/events?after=2499");
  EXPECT_EQ(next_id(first), "2500");
  EventStream fresh = watch(house, "a");
  EXPECT_EQ(fresh.next(seconds(5))->id, "2501");
}

TEST(Events, ReadTheJournalOnceForACrowd) {
  House house;
  house.store.seal("/a/", 1500);
  std::vector<EventStream> crowd;
  for (int i = 0; i < 50; ++i) crowd.push_back(watch(house, "a", 1400));
  for (EventStream& stream : crowd) ASSERT_EQ(next_id(stream), "1401");
  EXPECT_LE(house.store.reads, 3);
}

TEST(Events, StartOverWhenTooFarBehindOrAhead) {
  Options options;
  options.events.resume = 100;
  House house(options);
  house.store.seal("/a/", 500);
  for (const std::int64_t last : {0, 399, 501, 999'999}) {
    EventStream stream = watch(house, "a", last);
    const auto event = stream.next_data(seconds(5));
    ASSERT_TRUE(event);
    EXPECT_EQ(event->event, "reset") << last;
    EXPECT_EQ(event->id, "500");
  }
  EventStream stream = watch(house, "a", 400);
  EXPECT_EQ(next_id(stream), "401");
}

TEST(Events, BeatWithTheNumberOfTheNewestEntry) {
  Options options;
  options.events.heartbeat = milliseconds(50);
  House house(options);
  EventStream stream = watch(house, "a");
  EXPECT_EQ(stream.next(seconds(5))->id, "0");
  house.store.seal("/b/", 3);
  // What is not for this viewer still moves the number on, or a quiet viewer would fall behind.
  std::string id;
  for (int i = 0; i < 20 && id != "3"; ++i) id = stream.next(seconds(5))->id;
  EXPECT_EQ(id, "3");
}

TEST(Events, EndWhenTheViewerMayNoLongerWatch) {
  Options options;
  options.events.recheck = milliseconds(50);
  House house(options);
  EventStream stream = watch(house, "a");
  EXPECT_TRUE(stream.next(seconds(5)));
  {
    const std::scoped_lock lock(house.handler.mutex);
    house.handler.turned_away = true;
  }
  EXPECT_FALSE(stream.next(seconds(5)));
  EXPECT_TRUE(stream.ended());
  EXPECT_TRUE(house.becomes("doorstep_event_streams", 0));
}

TEST(Events, DropASlowReaderWhoThenResumes) {
  Options options;
  options.events.stall = milliseconds(200);
  options.events.queue = 100'000;
  House house(options);
  house.handler.padding = std::string(10'000, 'x');
  EventStream slow = watch(house, "a");
  EventStream quick = watch(house, "a");
  house.store.seal("/a/", 5000);
  // 50 MB: more than the kernel takes for a reader who does not read.
  int last = 0;
  for (int i = 1; i <= 5000; ++i) {
    const auto event = quick.next_data(seconds(20));
    ASSERT_TRUE(event);
    last = i;
    ASSERT_EQ(event->id, std::to_string(i));
  }
  EXPECT_EQ(last, 5000);
  EXPECT_TRUE(house.becomes("doorstep_event_streams_dropped_total", 1));
  std::int64_t seen = 0;
  while (const auto event = slow.next_data(seconds(5))) {
    EXPECT_EQ(event->id, std::to_string(++seen));
  }
  EXPECT_TRUE(slow.ended());
  EXPECT_LT(seen, 5000);
  EventStream again = watch(house, "a", seen);
  EXPECT_EQ(next_id(again), std::to_string(seen + 1));
}

TEST(Events, NoticeAClosedTabAtOnce) {
  House house;
  {
    EventStream stream = watch(house, "a");
    EXPECT_TRUE(house.becomes("doorstep_event_streams", 1));
  }
  EXPECT_TRUE(house.becomes("doorstep_event_streams", 0));
  EXPECT_TRUE(house.becomes("doorstep_connections", 1));
}

TEST(Events, SurviveAJournalThatCannotBeReadForAWhile) {
  House house;
  EventStream stream = watch(house, "a");
  EXPECT_TRUE(stream.next(seconds(5)));
  house.store.broken = 3;
  house.store.seal("/a/");
  EXPECT_EQ(next_id(stream), "1");
}

TEST(Events, BoundHowManyWatch) {
  Options options;
  options.events.streams = 1;
  House house(options);
  EventStream stream = watch(house, "a");
  EXPECT_TRUE(house.becomes("doorstep_event_streams", 1));
  EXPECT_EQ(house.get("/api/v1/events", {{"Cookie", "doorstep=a"}}).status, 503);
}

TEST(Events, LeaveAStoreThatOutlivesTheServer) {
  ToyStore store;
  {
    House house({}, &store);
    EventStream stream = watch(house, "a");
    EXPECT_TRUE(stream.next(seconds(5)));
  }
  store.seal("/a/");
  EXPECT_EQ(store.last_seq(), 1);
}

}  // namespace
}  // namespace doorstep::net
