#include "graph/passes/choose_callers.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/passes/sample_program.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Names = std::vector<std::string>;

Profile Built(SampleStacks& stacks) {
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

// "name:callers".
Names Choose(const Profile& profile, const CallerCriterion& criterion = {}) {
  Names names;
  for (const DifferingCallers& choice : ChooseCallers(profile, criterion)) {
    names.push_back(std::string(profile.Name(choice.function)) + ":" +
                    std::to_string(choice.callers));
  }
  return names;
}

#define CHECK_CHOICE(choice, ...) \
  BOOST_TEST((choice) == (Names{__VA_ARGS__}), boost::test_tools::per_element())

// f costs 4 when called by a, 1 by b, and once by each.
void AddTwoCallers(SampleStacks& stacks) {
  stacks.Add({{"main"}}, {0, 0}, 1);
  stacks.Add({{"main"}, {"a"}}, {0, 0}, 1);
  stacks.Add({{"main"}, {"a"}, {"f"}}, {4, 0}, 1);
  stacks.Add({{"main"}, {"b"}}, {0, 0}, 1);
  stacks.Add({{"main"}, {"b"}, {"f"}}, {1, 0}, 1);
}

BOOST_AUTO_TEST_SUITE(ChooseCallersThatDiffer)

BOOST_AUTO_TEST_CASE(CostPerCallTellsCallersApart) {
  SampleStacks stacks(TimeAndBytes());
  AddTwoCallers(stacks);
  Profile profile = Built(stacks);
  CHECK_CHOICE(Choose(profile), "f:1");
  const DifferingCallers choice = ChooseCallers(profile, {}).front();
  BOOST_TEST(choice.names == 2);
  BOOST_TEST(choice.event.row() == 0);
  BOOST_TEST(choice.misplaced == 0.3, boost::test_tools::tolerance(1e-12));
  profile.contexts.reset();
  CHECK_CHOICE(Choose(profile), "f:1");
}

BOOST_AUTO_TEST_CASE(TheEventThatDiffersMostIsTheReason) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"a"}}, {0, 0}, 1);
  stacks.Add({{"a"}, {"f"}}, {10, 64}, 1);
  stacks.Add({{"b"}}, {0, 0}, 1);
  stacks.Add({{"b"}, {"f"}}, {10, 0}, 1);
  const Profile profile = Built(stacks);
  const DifferingCallers choice = ChooseCallers(profile, {}).front();
  BOOST_TEST(choice.event.row() == 1);
  BOOST_TEST(choice.misplaced == 0.5);
}

// Half of the misses would stand at the wrong caller, but little time.
BOOST_AUTO_TEST_CASE(CountsAreTheReasonOnlyWhereNothingElseIs) {
  const EventSet events({{"ns", "Time [ns]", Unit::kNanoseconds},
                         {"misses", "Misses", Unit::kCount},
                         {"bytes", "Bytes", Unit::kBytes}});
  const auto reason = [&](int64_t ns, int64_t bytes) {
    SampleStacks stacks(events);
    stacks.Add({{"main"}}, {0, 0, 2000}, 1);
    stacks.Add({{"a"}}, {0, 0, 0}, 1);
    stacks.Add({{"a"}, {"f"}}, {ns, 100, bytes}, 1);
    stacks.Add({{"b"}}, {0, 0, 0}, 1);
    stacks.Add({{"b"}, {"f"}}, {1000, 0, 0}, 1);
    const auto chosen = ChooseCallers(Built(stacks), {});
    return events[chosen.front().event].name;
  };
  BOOST_TEST(reason(1100, 0) == "ns");
  BOOST_TEST(reason(1000, 100) == "bytes");
  BOOST_TEST(reason(1100, 1000) == "bytes");
  BOOST_TEST(reason(1000, 0) == "misses");
}

BOOST_AUTO_TEST_CASE(OfNothingButCountsTheFirstIsTheReason) {
  SampleStacks stacks(EventSet({{"Ir", "Instructions", Unit::kCount},
                                {"D1mr", "Misses", Unit::kCount}}));
  stacks.Add({{"a"}}, {0, 0}, 1);
  stacks.Add({{"a"}, {"f"}}, {1100, 100}, 1);
  stacks.Add({{"b"}}, {0, 0}, 1);
  stacks.Add({{"b"}, {"f"}}, {1000, 0}, 1);
  const DifferingCallers choice = ChooseCallers(Built(stacks), {}).front();
  BOOST_TEST(choice.event.row() == 0);
}

// Samples are not counted calls: what they tell is the mix of events.
BOOST_AUTO_TEST_CASE(WithoutCountsTheMixOfEventsTellsCallersApart) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"a"}, {"f"}}, {40, 40});
  stacks.Add({{"b"}, {"f"}}, {10, 10});
  stacks.Add({{"a"}, {"g"}}, {40, 10});
  stacks.Add({{"b"}, {"g"}}, {10, 40});
  CHECK_CHOICE(Choose(Built(stacks)), "g:1");
}

BOOST_AUTO_TEST_CASE(CallersOfCallersAreLookedAtInContexts) {
  SampleStacks stacks(TimeAndBytes());
  for (const char* caller : {"a", "b"}) {
    stacks.Add({{caller}}, {0, 0}, 1);
    stacks.Add({{caller}, {"f"}}, {0, 0}, 1);
    stacks.Add({{caller}, {"f"}, {"g"}}, {caller[0] == 'a' ? 4 : 1, 0}, 1);
  }
  Profile profile = Built(stacks);
  CHECK_CHOICE(Choose(profile), "f:1", "g:2");
  CHECK_CHOICE(Choose(profile, {.callers = 1}), "f:1");
  profile.contexts.reset();
  CHECK_CHOICE(Choose(profile), "f:1");
}

BOOST_AUTO_TEST_CASE(RecursionCountsOnce) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"a"}}, {0, 0}, 1);
  stacks.Add({{"a"}, {"f"}}, {2, 0}, 1);
  stacks.Add({{"a"}, {"f"}, {"f"}}, {2, 0}, 1);
  stacks.Add({{"b"}}, {0, 0}, 1);
  stacks.Add({{"b"}, {"f"}}, {4, 0}, 1);
  CHECK_CHOICE(Choose(Built(stacks)));
}

// What calls within a cycle cost is nested in what entered it.
BOOST_AUTO_TEST_CASE(OnlyContextsTellCallersOfACycleApart) {
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"a"}}, {0, 0}, 1);
  stacks.Add({{"a"}, {"f"}}, {1, 0}, 1);
  stacks.Add({{"a"}, {"f"}, {"g"}}, {1, 0}, 1);
  stacks.Add({{"a"}, {"f"}, {"g"}, {"f"}}, {30, 0}, 1);
  stacks.Add({{"b"}, {"f"}}, {1, 0}, 1);
  Profile profile = Built(stacks);
  CHECK_CHOICE(Choose(profile), "f:1");
  profile.contexts.reset();
  CHECK_CHOICE(Choose(profile));
}

BOOST_AUTO_TEST_CASE(NothingIsChosenWhereEveryCallDoesTheSame) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    const SampleProgram program(seed);
    CHECK_CHOICE(Choose(program.Run(), {.misplaced = 1e-9}));
    CHECK_CHOICE(Choose(program.RunWithoutContexts(), {.misplaced = 1e-9}));
  }
}

// Memory that is held, and counts so small that they are chance.
BOOST_AUTO_TEST_CASE(OnlyFlowsOfSomeSizeTellCallersApart) {
  const auto choose = [](Event event, int64_t cost) {
    SampleStacks stacks(EventSet({std::move(event)}));
    stacks.Add({{"a"}, {"f"}}, {cost}, 1);
    stacks.Add({{"b"}, {"f"}}, {0}, 1);
    return Choose(Built(stacks));
  };
  CHECK_CHOICE(choose({"live", "", Unit::kBytes, Kind::kLive}, 1000));
  CHECK_CHOICE(choose({"peak", "", Unit::kBytes, Kind::kPeak}, 1000));
  CHECK_CHOICE(choose({"bytes", "", Unit::kBytes}, 1), "f:1");
  CHECK_CHOICE(choose({"arenas", "", Unit::kCount}, 19));
  CHECK_CHOICE(choose({"blocks", "", Unit::kCount}, 20), "f:1");
}

BOOST_AUTO_TEST_CASE(LittleIsNotWorthIt) {
  SampleStacks stacks(TimeAndBytes());
  AddTwoCallers(stacks);
  stacks.Add({{"main"}}, {143, 0});  // 1.5 of 148
  CHECK_CHOICE(Choose(Built(stacks)), "f:1");
  SampleStacks more(TimeAndBytes());
  AddTwoCallers(more);
  more.Add({{"main"}}, {150, 0});  // 1.5 of 155
  CHECK_CHOICE(Choose(Built(more)));
}

BOOST_AUTO_TEST_CASE(TheWorstComeFirstAsLongAsThereIsRoom) {
  SampleStacks stacks(TimeAndBytes());
  const auto add = [&](const char* f, int64_t by_a, int64_t by_b) {
    stacks.Add({{"a"}, {f}}, {by_a, 0}, 1);
    stacks.Add({{"b"}, {f}}, {by_b, 0}, 1);
  };
  add("f", 10, 30);
  add("g", 10, 90);
  add("h", 10, 50);
  const Profile profile = Built(stacks);
  CHECK_CHOICE(Choose(profile), "g:1", "h:1", "f:1");
  CHECK_CHOICE(Choose(profile, {.names = 5}), "g:1", "h:1");
  CHECK_CHOICE(Choose(profile, {.names = 1}));
}

BOOST_AUTO_TEST_CASE(AProfileWithoutCostHasNothingToChoose) {
  SampleStacks empty(TimeAndBytes());
  CHECK_CHOICE(Choose(Built(empty)));
  SampleStacks stacks(TimeAndBytes());
  stacks.Add({{"a"}, {"f"}}, {0, 0}, 1);
  CHECK_CHOICE(Choose(Built(stacks)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
