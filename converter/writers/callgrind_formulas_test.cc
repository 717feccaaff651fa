#include "converter/writers/callgrind_formulas.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/fold_contexts.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

EventSet Named(const std::vector<std::string>& names) {
  std::vector<Event> events;
  for (const std::string& name : names) events.push_back({name, "", {}, {}});
  return EventSet(std::move(events));
}

// "off_cpu_ns = ns - cpu_ns" and the like, a line each.
std::string Formulas(const Profile& profile, bool of_threads = false) {
  std::string lines;
  for (const CallgrindFormula& f :
       FindFormulas(CallgrindPlan(profile), of_threads)) {
    lines += std::string(f.name) + " = " + std::string(f.formula) + "\n";
  }
  return lines;
}

constexpr char kOffCpu[] = "off_cpu_ns = ns - cpu_ns\n";

BOOST_AUTO_TEST_SUITE(CallgrindFormulas)

BOOST_AUTO_TEST_CASE(AProfileHasThoseOfItsEvents) {
  const auto of = [](const std::vector<std::string>& events) {
    return Formulas(SampleProfile(Named(events)).Build());
  };
  BOOST_TEST(of({"ns"}) == "");
  BOOST_TEST(of({"cpu_ns"}) == "");
  BOOST_TEST(of({"cpu_ns", "ns"}) == kOffCpu);
  BOOST_TEST(of({"ns", "cpu_ns", "off_cpu_ns"}) == "");
  BOOST_TEST(of({"alloc_blocks", "freed_blocks", "reallocs"}) ==
             "allocator_calls = alloc_blocks + freed_blocks + reallocs\n");
  BOOST_TEST(of({"alloc_bytes", "live_bytes", "alloc_blocks", "live_blocks"}) ==
             "temporary_bytes = alloc_bytes - live_bytes\n"
             "temporary_blocks = alloc_blocks - live_blocks\n");
}

// KCachegrind would show a number near 2^64.
BOOST_AUTO_TEST_CASE(NoRowHasLessThanNothing) {
  const auto with = [](int64_t self, int64_t inclusive, int64_t call) {
    SampleProfile sample(Named({"ns", "cpu_ns"}));
    const FunctionId f = sample.Add("f", {1, 1}, {10, self}, {100, inclusive});
    sample.Call(f, f, {1, 0}, {50, call}, {});
    return Formulas(sample.Build());
  };
  BOOST_TEST(with(10, 100, 50) == kOffCpu);
  BOOST_TEST(with(11, 100, 50) == "");
  BOOST_TEST(with(10, 101, 50) == "");
  BOOST_TEST(with(10, 100, 51) == "");
}

BOOST_AUTO_TEST_CASE(OfThreadsEachContextCounts) {
  SampleStacks stacks(Named({"ns", "cpu_ns"}));
  stacks.Add({{"main"}, {"f"}}, {10, 11}, 1);
  stacks.Add({{"f"}}, {10, 5}, 1);
  stacks.Add({{"main"}}, {10, 5}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  BOOST_TEST(Formulas(profile) == "");  // the call
  profile.contexts->self[1][1] = 10;
  FoldContexts(profile);
  BOOST_TEST(Formulas(profile) == kOffCpu);
  BOOST_TEST(Formulas(profile, true) == kOffCpu);
  // What another context makes up for.
  profile.contexts->self[2][1] = 11;
  profile.contexts->self[1][1] = 9;
  FoldContexts(profile);
  BOOST_TEST(Formulas(profile, true) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
