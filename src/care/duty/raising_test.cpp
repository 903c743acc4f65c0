// What falls due together, on both engines: each duty stands as if it had been raised alone, and whoever sees one of
// them hears of it.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "care/duty/duty.h"
#include "care/duty/sweep.h"
#include "care/registry/compound.h"

namespace doorstep::duty {
namespace {

using std::chrono::minutes;

constexpr Kind probe{"probe"};

class Raising : public registry::Compound {
 protected:
  template <class Work>
  void inside(const Work& work) {
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          TRY(work(context));
          return store::Answer{};
        });
    EXPECT_TRUE(outcome.ok());
  }
  /// Owed in a quarter of an hour, behind each of these doors in turn.
  void owe(std::int64_t first, std::int64_t last, const std::vector<std::string>& doors) {
    inside([&](api::WriteContext& context) -> Result<void> {
      const Roster roster = Roster::load(context);
      for (std::int64_t subject = first; subject <= last; ++subject) {
        const std::string& door = doors[static_cast<std::size_t>(subject) % doors.size()];
        TRY(open(context, probe, {subject, door, context.now, context.now + minutes{15}}, roster));
      }
      return {};
    });
  }
  std::int64_t swept() {
    Swept all;
    inside([&](api::WriteContext& context) -> Result<void> {
      all = TRY(sweep(context, 1000));
      return {};
    });
    return all.raised;
  }
  std::string worker(const std::string& place) {
    return id(post(manager, "/api/v1/invitations",
                   fmt::format(R"({{"name":"某人","login":"w{}","role":"worker","place":"{}"}})",
                               ++workers_, place)),
              "account");
  }
  std::int64_t entries(std::string_view kind) {
    return count(fmt::format(
        "SELECT count(*) FROM journal WHERE kind = '{}' AND data LIKE '%probe%'", kind));
  }
  store::Sealed last_of(std::string_view kind) {
    store::Sealed found;
    for (const store::Sealed& one : store().journal(0, 10'000)) {
      if (one.entry.kind == kind) found = one;
    }
    return found;
  }

 private:
  int workers_ = 0;
};

TEST_P(Raising, ManyOfOneOwnerAreOneEntryAndEachStandsAsIfAlone) {
  const std::string account = worker(grid(1));
  owe(1, 130, {path_of_place(dwelling("1", "101")), path_of_place(dwelling("1", "102"))});
  clock().advance(minutes{15});
  EXPECT_EQ(swept(), 130);
  EXPECT_EQ(entries("duties.raised"), 1);
  EXPECT_EQ(entries("duty.raised"), 0);
  EXPECT_EQ(
      count(fmt::format(
          "SELECT count(*) FROM duty WHERE kind = 'probe' AND state = 'raised'"
          " AND level = 'worker' AND owner_id = {} AND raised_at = {} AND next_at > raised_at",
          *id_from_text(account), clock().now().time_since_epoch().count())),
      130);
  EXPECT_EQ(swept(), 0);  // Twice at one instant changes nothing.
  EXPECT_EQ(entries("duties.raised"), 1);
}

TEST_P(Raising, OneAloneIsAnEntryOfItsOwn) {
  worker(grid(1));
  owe(1, 1, {path_of_place(dwelling("1", "101"))});
  clock().advance(minutes{15});
  EXPECT_EQ(swept(), 1);
  EXPECT_EQ(entries("duties.raised"), 0);
  EXPECT_EQ(entries("duty.raised"), 1);
  EXPECT_EQ(last_of("duty.raised").entry.path, path_of_place(dwelling("1", "101")));
}

TEST_P(Raising, EachOwnerAndEachDeadlineHasItsEntry) {
  worker(building(1));
  worker(grid(2));
  owe(1, 4, {path_of_place(building(1))});
  owe(5, 8, {path_of_place(grid(2))});
  clock().advance(minutes{15});
  EXPECT_EQ(swept(), 8);
  EXPECT_EQ(entries("duties.raised"), 2);
  owe(9, 12, {path_of_place(grid(2))});
  clock().advance(minutes{15});
  EXPECT_EQ(swept(), 12);  // Eight climb to the manager beside four that come due.
  EXPECT_EQ(entries("duties.raised"), 4);
}

TEST_P(Raising, TheLiveStreamTellsWhoeverSeesOneOfThemAndNobodyElse) {
  worker(grid(1));
  owe(1, 4, {path_of_place(dwelling("1", "101")), path_of_place(dwelling("1", "102"))});
  clock().advance(minutes{15});
  EXPECT_EQ(swept(), 4);
  const store::Sealed entry = last_of("duties.raised");
  const auto told = [&](const api::As& as) {
    api::Request request;
    request.session = as.session;
    request.link = as.link;
    const auto viewer = service().viewer(request);
    return viewer.ok() && api::Service::event_data(*viewer, entry).has_value();
  };
  EXPECT_TRUE(told(manager));
  EXPECT_TRUE(told(staff({{access::Role::worker, path_of_place(grid(1))}})));
  EXPECT_TRUE(told(staff({{access::Role::volunteer, path_of_place(dwelling("1", "102"))}})));
  EXPECT_FALSE(told(staff({{access::Role::volunteer, path_of_place(dwelling("1", "201"))}})));
  EXPECT_FALSE(told(staff({{access::Role::worker, path_of_place(grid(2))}})));
}

TEST_P(Raising, ALensShowsEachDoorByWhatIsOwedThereOfItsKinds) {
  worker(building(1));
  owe(1, 1, {path_of_place(dwelling("1", "101"))});
  owe(2, 2, {path_of_place(building(1))});
  const auto shown = [&](std::string_view kinds) {
    return get(manager, fmt::format("/api/v1/board/duties?kinds={}", kinds));
  };
  const auto door = [&](std::string_view kinds) {
    return api::member(shown(kinds), "cells") == "[]" ? "nothing"
                                                      : api::member(shown(kinds), "cells.0.s");
  };
  EXPECT_EQ(door("probe"), "waiting");
  EXPECT_EQ(door("unwell,need"), "nothing");
  clock().advance(minutes{15});
  swept();
  EXPECT_EQ(door("need,probe"), "raised");
  EXPECT_EQ(api::member(shown("probe"), "cells.0.id"), dwelling("1", "101"));
  EXPECT_EQ(api::member(shown("probe"), "cells.0.n"), "1");
  EXPECT_EQ(api::member(shown("probe"), "elsewhere"), "1");
  clock().advance(minutes{15});
  swept();
  EXPECT_EQ(door("probe"), "climbed");
  const std::string duty =
      id_text(count("SELECT id FROM duty WHERE kind = 'probe' AND subject_id = 1"));
  EXPECT_EQ(post(manager, "/api/v1/duties/" + duty + "/acknowledge").status, 200);
  EXPECT_EQ(door("probe"), "taken");
  // Only inside what somebody sees, and only for a question that can be answered.
  const api::As elsewhere = staff({{access::Role::worker, path_of_place(grid(2))}});
  EXPECT_EQ(api::member(get(elsewhere, "/api/v1/board/duties?kinds=probe"), "cells"), "[]");
  EXPECT_EQ(api::member(shown(""), "code"), "field.kinds");
  std::string many = "a";
  for (int more = 0; more < 20; ++more) many += ",a";
  EXPECT_EQ(api::member(shown(many), "code"), "field.kinds");
}

DOORSTEP_ON_BOTH_ENGINES(Raising);

}  // namespace
}  // namespace doorstep::duty
