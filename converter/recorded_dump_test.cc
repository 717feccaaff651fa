// What is left of a profile in the part of a recording that Python reads.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "converter/io/text_buffer.h"
#include "converter/readers/pstats.h"
#include "converter/recordings.h"
#include "converter/writers/pstats.h"
#include "graph/passes/fold_contexts.h"
#include "graph/passes/join_call_sites.h"
#include "graph/profile_contents.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

Profile ReadDump(const Profile& profile) {
  return kPstats.read(DumpOf(profile));
}

std::vector<std::string> Losses(const Profile& profile) {
  TextBuffer out;
  std::vector<std::string> lines;
  for (const Oddity& oddity : WritePstats(profile, out)) {
    lines.push_back(oddity.Text());
  }
  return lines;
}

// The first event, of functions without objects (the reader takes them from
// files) and calls without lines.
Contents Dumped(Contents contents) {
  const auto keep_first = [](std::vector<int64_t>& costs) { costs.resize(1); };
  const auto drop_object = [](FunctionKey& key) { std::get<2>(key).clear(); };
  for (auto& [key, figures] : contents.functions) {
    drop_object(key);
    keep_first(figures.self);
    keep_first(figures.inclusive);
  }
  for (auto& [key, figures] : contents.calls) {
    auto& [caller, callee, line] = key;
    drop_object(caller);
    drop_object(callee);
    line = 0;
    keep_first(figures.self);
    keep_first(figures.inclusive);
    figures.is_estimated = false;
  }
  contents.contexts.reset();
  return Sorted(std::move(contents));
}

BOOST_AUTO_TEST_SUITE(RecordedDump)

// As if every stack had been looked at on its own, without its lines.
BOOST_AUTO_TEST_CASE(StacksHaveTheFiguresOfCProfileUnderAnyRecursion) {
  for (uint32_t seed = 0; seed < 300; ++seed) {
    SampleStacks stacks(TimeAndBytes());
    AddRandomStacks(stacks, seed, true);
    StackModel model;
    const Contents contents = stacks.model().Sum();
    for (auto [stack, figures] : *contents.contexts) {
      for (auto& [function, line] : stack) line = 0;
      model.Add(stack, figures.self, figures.calls);
    }
    const Profile read = ReadDump(stacks.Build());
    BOOST_CHECK(Dumped(ContentsOf(read)) == Dumped(model.Sum()));
  }
}

BOOST_AUTO_TEST_CASE(CallsOfSeveralLinesAddUpWithoutStacks) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    SampleProfile sample(TimeAndBytes());
    for (int f = 0; f < 10; ++f) {
      sample.Add("f" + std::to_string(f), {f, f}, {f, 0}, {2 * f, 0});
    }
    std::mt19937 random(seed);
    for (int c = 0; c < 200; ++c) {
      const auto n = static_cast<int64_t>(random() % 1000);
      sample.Call(FunctionId(random() % 10), FunctionId(random() % 10), {n, 1},
                  {n, -n}, {n / 2, n}, static_cast<uint32_t>(random() % 4));
    }
    Profile profile = sample.Build();
    const Profile read = ReadDump(profile);
    JoinCallSites(profile);
    BOOST_CHECK(Dumped(ContentsOf(read)) == Dumped(ContentsOf(profile)));
  }
}

BOOST_AUTO_TEST_CASE(FunctionsThatDifferOnlyInTheirObjectAreOne) {
  SampleProfile sample;
  const FunctionId a = sample.Add("f", "x.c", 1, {1, 1}, {10}, {30}, "a.so");
  const FunctionId b = sample.Add("f", "x.c", 1, {2, 1}, {20}, {20}, "b.so");
  const FunctionId g = sample.Add("g", "x.c", 1, {1, 1}, {0}, {1}, "a.so");
  sample.Call(g, a, {1, 1}, {10}, {5});
  sample.Call(g, b, {2, 1}, {20}, {6});
  sample.Call(a, b, {1, 0}, {7}, {7});
  const Profile profile = sample.Build();
  const Profile read = ReadDump(profile);
  BOOST_TEST(read.functions.size() == 2);
  BOOST_CHECK((read.graph.counts[0] == CallCounts{3, 2}));
  BOOST_TEST(read.graph.self[0][0] == 30);
  BOOST_TEST(read.graph.inclusive[0][0] == 50);
  BOOST_TEST(read.graph.calls.size() == 2);
  const Contents contents = ContentsOf(read);
  for (const auto& [key, figures] : contents.calls) {
    const bool is_by_g = std::get<0>(std::get<0>(key)) == "g";
    BOOST_CHECK(
        (figures.counts == (is_by_g ? CallCounts{3, 2} : CallCounts{1, 0})));
    BOOST_TEST(figures.inclusive[0] == (is_by_g ? 30 : 7));
    BOOST_TEST(figures.self[0] == (is_by_g ? 11 : 7));
  }
  const std::vector<std::string> expected = {
      "1 function is one with others for Python, which knows no objects"};
  BOOST_TEST(Losses(profile) == expected);
}

BOOST_AUTO_TEST_CASE(TheFirstTimeIsWhatPythonReads) {
  SampleProfile sample(EventSet({{"bytes", "Bytes", Unit::kBytes},
                                 {"cpu", "CPU", Unit::kNanoseconds},
                                 {"ns", "Time", Unit::kNanoseconds}}));
  sample.Add("f", {1, 1}, {1, 22, 333}, {4, 55, 666});
  const Profile profile = sample.Build();
  const Profile read = ReadDump(profile);
  BOOST_TEST(read.graph.self[0][0] == 22);
  BOOST_TEST(read.graph.inclusive[0][0] == 55);
  BOOST_TEST(Losses(profile).empty());
}

BOOST_AUTO_TEST_CASE(WithoutTimesWhatIsCountedStandsForSeconds) {
  SampleStacks stacks;
  stacks.Add({{"main"}, {"f"}}, {3});
  const Profile profile = stacks.Build();
  const Profile read = ReadDump(profile);
  BOOST_TEST(read.graph.inclusive[0][0] == 3'000'000'000);
  const std::vector<std::string> expected = {
      "1 event, samples, stands for seconds in what Python reads: there are no "
      "times"};
  BOOST_TEST(Losses(profile) == expected);
}

BOOST_AUTO_TEST_CASE(CallsWithoutSelfCostAreToldOf) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {1, 1}, {1}, {1});
  sample.Call(f, f, {1, 0}, {1}, {});
  const Profile profile = sample.Build();
  BOOST_TEST(ReadDump(profile).graph.call_self[0][0] == 0);
  const std::vector<std::string> expected = {
      "1 call has no self cost of its own: Python reads 0"};
  BOOST_TEST(Losses(profile) == expected);
}

BOOST_AUTO_TEST_CASE(CountsBeyond32BitsAreWhole) {
  SampleProfile sample;
  std::vector<int64_t> counts;
  for (int bits = 0; bits < 63; ++bits) {
    for (const int64_t near : {-1, 0, 1}) {
      counts.push_back((int64_t{1} << bits) + near);
      sample.Add("f" + std::to_string(counts.size()),
                 {counts.back(), INT64_MAX - counts.back()}, {0}, {0});
    }
  }
  const Profile read = ReadDump(sample.Build());
  for (size_t f = 0; f < counts.size(); ++f) {
    const int64_t count = counts[f];
    BOOST_CHECK((read.graph.counts[f] == CallCounts{count, INT64_MAX - count}));
  }
}

// What doubles of seconds can tell apart: 26 days.
BOOST_AUTO_TEST_CASE(TimesAreExactToTheNanosecond) {
  SampleProfile sample;
  std::mt19937_64 random(1);
  std::vector<int64_t> times;
  for (int i = 0; i < 10'000; ++i) {
    times.push_back(static_cast<int64_t>(random() >> (13 + random() % 50)));
    sample.Add("f" + std::to_string(i), {1, 1}, {times.back()}, {times.back()});
  }
  const Profile read = ReadDump(sample.Build());
  for (size_t f = 0; f < times.size(); ++f) {
    BOOST_TEST(read.graph.self[f][0] == times[f]);
  }
}

BOOST_AUTO_TEST_CASE(TheSameProfileGivesTheSameBytes) {
  const auto write = [] {
    return Recording(RandomProfile(20'000, 60'000, 1, 3));
  };
  BOOST_CHECK(write() == write());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
