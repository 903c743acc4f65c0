// What whoever needs goods brought builds on: expect, cancel, ask; and the pure rules below it.

#include "care/delivery/delivery.h"

#include "base/embedded.h"
#include "care/delivery/steps.h"
#include "care/delivery/windows.h"
#include "care/registry/compound.h"

namespace doorstep::delivery {
namespace {

const Zone shanghai = *Zone::named("Asia/Shanghai");

Instant at(std::string_view clock) {
  return shanghai.at(*day_from_text("2022-11-28"), *time_of_day_from_text(clock));
}

struct WindowCase {
  Class kind;
  std::string_view now;
  std::string_view until;
  bool late = false;
  bool overnight = false;
};

class Windows : public testing::TestWithParam<WindowCase> {};

// E5-E9: each class has its windows; late fresh goods are flagged, nothing is for another day but what
// comes after the day's end.
TEST_P(Windows, AreThoseOfTheClass) {
  const auto rules = *RulePack::parse(embedded("rules/area-fumin.toml"));
  const auto& one = GetParam();
  const auto window = window_for(rules, shanghai, one.kind, at(one.now));
  ASSERT_TRUE(window.ok());
  const Instant until = at(one.until) + std::chrono::days{one.overnight ? 1 : 0};
  EXPECT_EQ(to_text(window->until), to_text(until));
  EXPECT_EQ(window->late, one.late);
  EXPECT_EQ(window->overnight, one.overnight);
}

INSTANTIATE_TEST_SUITE_P(Fumin, Windows,
                         testing::Values(WindowCase{Class::meal, "10:00", "12:30"},
                                         WindowCase{Class::meal, "12:29", "12:30"},
                                         WindowCase{Class::meal, "12:30", "18:00"},
                                         WindowCase{Class::meal, "18:00", "21:00", true},
                                         WindowCase{Class::fresh, "07:30", "11:00"},
                                         WindowCase{Class::fresh, "12:20", "15:20", true},
                                         WindowCase{Class::parcel, "09:00", "21:00"},
                                         WindowCase{Class::parcel, "20:59", "21:00"},
                                         WindowCase{Class::parcel, "21:00", "21:00", false, true},
                                         WindowCase{Class::fresh, "23:00", "11:00", false, true}));

struct StepCase {
  Step step;
  Behind parcel;
  Disinfect rule;
  std::string_view code;  ///< "" = it may be taken.
};

class Steps : public testing::TestWithParam<StepCase> {};

// E13: disinfect, receive, door, in the order of the rule pack; delivery is blocked before it.
TEST_P(Steps, AreTakenInOrder) {
  const auto& one = GetParam();
  const auto outcome = may(one.step, one.parcel, one.rule);
  EXPECT_EQ(outcome.ok() ? "" : outcome.error().code, one.code);
}

constexpr Behind fresh_in{State::received, true, false, false};
constexpr Behind clean{State::disinfected, true, true, false};
constexpr Behind gone{State::delivered, true, true, true};
INSTANTIATE_TEST_SUITE_P(
    Order, Steps,
    testing::Values(
        StepCase{Step::received, {State::expected}, Disinfect::after_receipt, ""},
        StepCase{Step::received,
                 {State::at_checkpoint},
                 Disinfect::before_receipt,
                 "step.disinfect_first"},
        StepCase{Step::disinfected, {State::at_checkpoint}, Disinfect::before_receipt, ""},
        StepCase{Step::disinfected,
                 {State::at_checkpoint},
                 Disinfect::after_receipt,
                 "step.receive_first"},
        StepCase{Step::disinfected, {State::expected}, Disinfect::after_receipt, "step.not_here"},
        StepCase{Step::sorted, fresh_in, Disinfect::after_receipt, "step.disinfect_first"},
        StepCase{Step::out, fresh_in, Disinfect::after_receipt, "step.disinfect_first"},
        StepCase{Step::out, fresh_in, Disinfect::none, ""},
        StepCase{Step::out, {State::at_checkpoint}, Disinfect::none, "step.receive_first"},
        StepCase{Step::out, clean, Disinfect::after_receipt, ""},
        StepCase{Step::delivered, clean, Disinfect::after_receipt, "step.not_out"},
        StepCase{Step::delivered, gone, Disinfect::after_receipt, "parcel.closed"},
        StepCase{Step::undone, gone, Disinfect::after_receipt, ""},
        StepCase{Step::cancelled, fresh_in, Disinfect::none, "parcel.came"},
        StepCase{Step::returned, {State::expected}, Disinfect::none, "step.not_here"},
        StepCase{Step::lost, {State::out}, Disinfect::none, ""}));

class Deliveries : public registry::Compound {
 protected:
  template <class Work>
  Error ask(Work work) {
    const auto outcome =
        service().as_system(community(), [&](api::WriteContext& context) -> store::Outcome {
          TRY(work(context));
          return store::Answer{};
        });
    return outcome.ok() ? Error{} : outcome.error();
  }
  Expectation bag() {
    Expectation one;
    one.household = Id<access::Household>{*id_from_text(household("1", "101"))};
    one.kind = Class::fresh;
    one.goods = Goods::produce;
    one.origin = Origin::order;
    one.origin_id = 77;
    one.weight_g = 4'000;
    return one;
  }
};

TEST_P(Deliveries, AreExpectedOnce) {
  Id<Parcel> first;
  Id<Parcel> second;
  Expectation again = bag();
  again.weight_g = 5'000;
  EXPECT_EQ(ask([&](api::WriteContext& c) -> Result<void> {
              first = TRY(expect(c, bag()));
              return {};
            }).code,
            "");
  EXPECT_EQ(ask([&](api::WriteContext& c) -> Result<void> {
              second = TRY(expect(c, again));
              return {};
            }).code,
            "");
  EXPECT_EQ(first, second);
  EXPECT_EQ(count("SELECT count(*) FROM parcel"), 1);
  EXPECT_EQ(count("SELECT weight_g FROM parcel"), 5'000);
  EXPECT_EQ(count("SELECT parcels FROM parcels_of_origin WHERE origin_id = 77"), 1);
  EXPECT_EQ(count("SELECT received FROM parcels_of_origin WHERE origin_id = 77"), 0);
}

TEST_P(Deliveries, RefuseWhatCannotBe) {
  const auto refused = [&](auto change) {
    Expectation one = bag();
    change(one);
    return ask([&](api::WriteContext& c) -> Result<void> {
             TRY(expect(c, one));
             return {};
           })
        .code;
  };
  EXPECT_EQ(refused([](auto& one) { one.household = Id<access::Household>{5}; }),
            "household.unknown");
  EXPECT_EQ(refused([](auto& one) { one.origin_id = 0; }), "parcel.origin");
  EXPECT_EQ(refused([](auto& one) { one.number = 0; }), "parcel.number");
  EXPECT_EQ(refused([](auto& one) { one.weight_g = 1'000'000'000; }), "parcel.weight");
  EXPECT_EQ(refused([](auto& one) { one.volume_ml = -1; }), "parcel.volume");
  EXPECT_EQ(count("SELECT count(*) FROM parcel"), 0);
}

TEST_P(Deliveries, AreCancelledBeforeTheyCome) {
  Id<Parcel> made;
  Progress progress;
  EXPECT_EQ(ask([&](api::WriteContext& c) -> Result<void> {
              made = TRY(expect(c, bag()));
              TRY(cancel_expected(c, made, "order_cancelled"));
              TRY(cancel_expected(c, made, "order_cancelled"));
              progress = progress_of(c.db, c.community.id, Origin::order, 77);
              return {};
            }).code,
            "");
  EXPECT_EQ(progress.parcels, 1);
  EXPECT_EQ(progress.cancelled, 1);
  EXPECT_EQ(count("SELECT count(*) FROM parcel_step WHERE step = 'cancelled'"), 1);
  EXPECT_EQ(ask([&](api::WriteContext& c) { return cancel_expected(c, Id<Parcel>{9}, "x"); }).code,
            "parcel.unknown");
}

DOORSTEP_ON_BOTH_ENGINES(Deliveries);

}  // namespace
}  // namespace doorstep::delivery
