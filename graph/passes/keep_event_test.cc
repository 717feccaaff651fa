#include "graph/passes/keep_event.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>

#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

void CheckColumn(const CostTable& all, size_t column, const CostTable& kept) {
  BOOST_TEST_REQUIRE(kept.rows() == all.rows());
  for (size_t row = 0; row < all.rows(); ++row) {
    BOOST_TEST(kept[row][0] == all[row][column]);
  }
}

Profile TwoEvents() {
  SampleStacks stacks(TimeAndBytes());
  AddRandomStacks(stacks, 7);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

BOOST_AUTO_TEST_SUITE(KeptEvent)

BOOST_AUTO_TEST_CASE(HasTheCostsThatItHadAmongOthers) {
  const Profile whole = TwoEvents();
  for (const size_t column : {0, 1}) {
    Profile profile = TwoEvents();
    KeepEvent(profile, EventId(column));
    BOOST_TEST(profile.Check() == "");
    BOOST_TEST(profile.events.size() == 1);
    BOOST_TEST((profile.events[EventId(0)] == whole.events[EventId(column)]));
    CheckColumn(whole.graph.self, column, profile.graph.self);
    CheckColumn(whole.graph.inclusive, column, profile.graph.inclusive);
    CheckColumn(whole.graph.call_inclusive, column,
                profile.graph.call_inclusive);
    CheckColumn(whole.contexts->self, column, profile.contexts->self);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
