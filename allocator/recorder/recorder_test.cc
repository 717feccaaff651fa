#include "allocator/recorder/recorder.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "allocator/recorder/fake_program.h"
#include "graph/profile_contents.h"
#include "graph/stack_model.h"

namespace prof2cg {
namespace {

// Numbers that are random, but the same in each run.
class Random {
 public:
  explicit Random(uint32_t seed) : generator_(seed) {}
  uint32_t Below(uint32_t end) {
    return static_cast<uint32_t>(generator_()) % end;
  }

 private:
  std::mt19937 generator_;
};

// A profile's contexts as lines "f0 f1:7 calls=2 ns=30", by rows.
std::vector<std::string> Show(const Profile& profile) {
  std::vector<std::string> lines;
  const Contents contents = ContentsOf(profile);
  for (const auto& [stack, figures] : *contents.contexts) {
    std::string line;
    for (const auto& [function, call_line] : stack) {
      line += std::get<0>(function);
      if (call_line != 0) line += ":" + std::to_string(call_line);
      line += " ";
    }
    lines.push_back(line + "calls=" + std::to_string(figures.calls) +
                    " ns=" + std::to_string(figures.self[0]));
  }
  return lines;
}

void Expect(FakeProgram& program, const std::vector<std::string>& expected) {
  const Profile profile = program.Finish();
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(Show(profile) == expected, boost::test_tools::per_element());
}

std::vector<Oddity> OdditiesOf(FakeProgram& program) {
  return program.Finish().provenance.oddities;
}

BOOST_AUTO_TEST_SUITE(ARecorder)

BOOST_AUTO_TEST_CASE(ChargesTimeToWhoWasActiveUntilThen) {
  FakeProgram program;
  program.Pass(1000);  // nobody's
  program.Call(0);
  program.Pass(1);
  program.Call(1, 7);
  program.Pass(20);
  program.Return(1);
  program.Pass(300);
  program.Call(1, 7);
  program.Pass(4000);
  program.Return(1);
  program.Pass(50000);
  program.Return(0);
  program.Pass(600000);  // nobody's
  Expect(program, {"f0 calls=1 ns=50301", "f0 f1:7 calls=2 ns=4020"});
}

BOOST_AUTO_TEST_CASE(TellsWhatHasNotReturned) {
  FakeProgram program;
  program.Call(0);
  program.Call(1, 1);
  program.Pass(5);
  Expect(program, {"f0 calls=1 ns=0", "f0 f1:1 calls=1 ns=5"});
  program.Pass(7);
  Expect(program, {"f0 calls=1 ns=0", "f0 f1:1 calls=1 ns=12"});
}

BOOST_AUTO_TEST_CASE(TellsLinesApartButNotSitesOfALine) {
  FakeProgram program;
  program.Call(0);
  for (const CallSite site : {2, 3, 4, 2, 3}) {
    program.CallAt(1, site);
    program.Pass(1);
    program.Return(1);
  }
  Expect(program,
         {"f0 calls=1 ns=0", "f0 f1:1 calls=4 ns=4", "f0 f1:2 calls=1 ns=1"});
}

BOOST_AUTO_TEST_CASE(PutsLinesOfRecursiveCallsTogether) {
  FakeProgram program;
  program.Call(0);
  for (const uint32_t line : {5, 6, 5}) {
    program.Call(0, line);
    program.Call(0, 9);
    program.Return(0);
    program.Return(0);
  }
  Expect(program,
         {"f0 calls=1 ns=0", "f0 f0 calls=3 ns=0", "f0 f0 f0:9 calls=3 ns=0"});
}

BOOST_AUTO_TEST_CASE(HasFewContextsOfAFunctionThatCallsItselfTwice) {
  FakeProgram program;
  const auto fib = [&](const auto& self, int n, uint32_t line) -> void {
    program.Call(0, line);
    if (n > 1) self(self, n - 1, 1);
    if (n > 1) self(self, n - 2, 2);
    program.Return(0);
  };
  fib(fib, 20, 0);
  BOOST_TEST(program.recorder().contexts().size() == 20);
}

BOOST_AUTO_TEST_CASE(SeedsCallsThatBeganBefore) {
  FakeProgram program;
  program.CallAt(0, 0, 0);
  program.CallAt(1, 2, 0);
  program.Pass(3);
  program.Call(2, 4);
  program.Return(2);
  program.Return(1);
  program.Pass(5);
  program.Return(0);
  Expect(program, {"f0 calls=0 ns=5", "f0 f1:1 calls=0 ns=3",
                   "f0 f1:1 f2:4 calls=1 ns=0"});
}

BOOST_AUTO_TEST_CASE(LeavesReturnsAtTheRootOut) {
  FakeProgram program;
  program.Return(7);
  program.Call(0);
  program.Return(0);
  program.Return(0);
  program.Return(7);
  Expect(program, {"f0 calls=1 ns=0"});
  BOOST_TEST(program.recorder().unmatched_returns() == 0);
}

BOOST_AUTO_TEST_CASE(FindsWhoReturnsUpTheStack) {
  FakeProgram program;
  for (const uint32_t function : {0, 1, 2, 3}) program.Call(function, 1);
  program.Return(1);
  program.Pass(5);
  program.Return(3);  // is not active any more
  program.Return(9);  // began before the recording
  program.Pass(5);
  program.Return(0);
  Expect(program,
         {"f0 calls=1 ns=10", "f0 f1:1 calls=1 ns=0",
          "f0 f1:1 f2:1 calls=1 ns=0", "f0 f1:1 f2:1 f3:1 calls=1 ns=0"});
  const std::vector<Oddity> oddities = OdditiesOf(program);
  BOOST_REQUIRE(oddities.size() == 1);
  BOOST_TEST(oddities[0].count == 2);
}

BOOST_AUTO_TEST_CASE(DoesNotShowWhatIsHidden) {
  FakeProgram program;
  program.Call(FakeProgram::kHidden);
  program.Pass(100);
  program.Call(2);
  program.Pass(100);
  program.Return(2);
  program.Return(FakeProgram::kHidden);
  program.Call(0);
  program.Call(FakeProgram::kHidden, 1);
  program.Pass(7);
  program.Call(1, 3);
  program.Pass(1);
  program.Return(1);
  program.Return(FakeProgram::kHidden);
  program.Return(0);
  const Profile profile = program.Finish();
  BOOST_TEST(Show(profile) == (std::vector<std::string>{
                                  "f0 calls=1 ns=7", "f0 f1:3 calls=1 ns=1"}),
             boost::test_tools::per_element());
  BOOST_TEST(profile.functions.size() == 2);
}

BOOST_AUTO_TEST_CASE(FoldsOntoTheNearestContextOfTheFunction) {
  FakeProgram program(3);
  BOOST_REQUIRE(program.started());
  for (const uint32_t function : {0, 1, 2}) program.Call(function, 1);
  program.Call(1, 8);  // has no room
  program.Pass(10);
  program.Call(5, 8);  // has no room, and nobody above
  program.Pass(100);
  program.Call(2, 8);
  program.Pass(1000);
  program.Return(2);
  program.Return(5);
  program.Pass(10'000);
  program.Return(1);
  program.Pass(100'000);
  for (const uint32_t function : {2, 1, 0}) program.Return(function);
  Expect(program, {"f0 calls=1 ns=0", "f0 f1:1 calls=2 ns=10110",
                   "f0 f1:1 f2:1 calls=2 ns=101000"});
  const std::vector<Oddity> oddities = OdditiesOf(program);
  BOOST_REQUIRE(oddities.size() == 1);
  BOOST_TEST(oddities[0].count == 3);
  BOOST_TEST(program.recorder().unmatched_returns() == 0);
}

BOOST_AUTO_TEST_CASE(CountsNoCallsOfOthersWhereNobodyAboveHasAContext) {
  FakeProgram program(1);
  program.Call(0);
  program.Call(1, 2);
  program.Call(1, 3);
  program.Pass(5);
  for (const uint32_t function : {1, 1, 0}) program.Return(function);
  Expect(program, {"f0 calls=1 ns=5"});
  BOOST_TEST(program.recorder().folded_calls() == 2);
}

BOOST_AUTO_TEST_CASE(KeepsToItsNumberOfContextsAndLosesNoTime) {
  constexpr uint32_t kMost = 50;
  FakeProgram program(kMost);
  Random random(3);
  std::vector<uint32_t> stack;
  uint64_t passed = 0;
  for (int i = 0; i < 100'000; ++i) {
    if (stack.empty() || (stack.size() < 100 && random.Below(2) == 0)) {
      stack.push_back(random.Below(20));
      program.Call(stack.back(), random.Below(5));
    } else {
      program.Return(stack.back());
      stack.pop_back();
    }
    if (stack.empty()) continue;
    const uint64_t ns = random.Below(10);
    program.Pass(ns);
    passed += ns;
  }
  BOOST_TEST(program.recorder().contexts().size() == kMost);
  const Profile profile = program.Finish();
  BOOST_TEST(profile.Check() == "");
  const int64_t recorded = profile.contexts->self.Totals()[0];
  // Roots that had no room are nobody's.
  BOOST_TEST(recorded <= static_cast<int64_t>(passed));
  BOOST_TEST(recorded > static_cast<int64_t>(passed / 2));
  BOOST_TEST(program.recorder().unmatched_returns() == 0);
}

BOOST_AUTO_TEST_CASE(FindsOneOfManyCalleesEachTime) {
  constexpr uint32_t kCallees = 2000;
  FakeProgram program;
  program.Call(0);
  for (int round = 0; round < 3; ++round) {
    for (uint32_t callee = 1; callee <= kCallees; ++callee) {
      program.Call(callee, 1);
      program.Return(callee);
    }
  }
  BOOST_TEST(program.recorder().contexts().size() == kCallees + 1);
  const Profile profile = program.Finish();
  for (uint32_t row = 1; row <= kCallees; ++row) {
    BOOST_REQUIRE_EQUAL(profile.contexts->contexts[row].calls, 3);
  }
}

BOOST_AUTO_TEST_CASE(FollowsAStackOfAMillionCalls) {
  constexpr int kCalls = 1'000'000;
  FakeProgram program(kCalls);
  for (int i = 0; i < kCalls; ++i) program.Call(0, 1);
  program.Pass(9);
  for (int i = 0; i < kCalls; ++i) program.Return(0);
  const Profile profile = program.Finish();
  BOOST_TEST(profile.contexts->contexts.size() == size_t{kCalls});
  BOOST_TEST(profile.contexts->self[kCalls - 1][0] == 9);
}

BOOST_AUTO_TEST_CASE(FindsOutHowLongAThreadWaited) {
  FakeProgram program;
  program.Call(0);
  program.Pass(100);
  program.Call(1, 1);
  program.Pass(3'000, 5'000'000);
  program.Return(1);
  program.Pass(200, 300);  // too short to ask
  program.Call(2, 2);
  program.Pass(50'000);
  program.Return(2);
  program.Return(0);
  const Profile profile = program.Finish(
      {.alloc = false, .live = false, .peak = false, .arenas = false});
  const CostTable& self = profile.contexts->self;
  BOOST_TEST(self[0][0] == 600);
  BOOST_TEST(self[0][1] == 600);
  BOOST_TEST(self[1][0] == 5'003'000);
  BOOST_TEST(self[1][1] == 3'000);
  // The short wait was found later.
  BOOST_TEST(self[2][0] == 50'000);
  BOOST_TEST(self[2][1] == 49'700);
}

BOOST_AUTO_TEST_CASE(HasNoMoreCpuTimeThanTime) {
  FakeProgram program;
  Random random(5);
  uint64_t ran = 0;
  program.Call(0);
  for (int i = 0; i < 10'000; ++i) {
    program.Call(1 + random.Below(5), 1 + random.Below(2));
    const uint64_t run = random.Below(3000);
    program.Pass(run, random.Below(10) == 0 ? random.Below(100'000) : 0);
    ran += run;
    program.Return(FakeProgram::kHidden);  // an event that changes nothing
    program.recorder().Leave(*attached_thread,
                             attached_thread->stack.top().address);
  }
  program.Pass(1'000'000);
  ran += 1'000'000;
  program.Return(0);
  const Profile profile = program.Finish(
      {.alloc = false, .live = false, .peak = false, .arenas = false});
  for (size_t row = 0; row < profile.contexts->contexts.size(); ++row) {
    const auto costs = profile.contexts->self[row];
    BOOST_REQUIRE_LE(costs[1], costs[0]);
    BOOST_REQUIRE_GE(costs[1], 0);
  }
  BOOST_TEST(profile.contexts->self.Totals()[1] == static_cast<int64_t>(ran));
}

BOOST_AUTO_TEST_CASE(KeepsFunctionsApartThatAreDescribedAtTheSameTime) {
  RecordedFunctions functions;
  const auto add = [&](uint32_t function, const auto& meanwhile) {
    return functions.FindOrAdd(FakeProgram::AddressOf(function), [&] {
      meanwhile();
      return FakeProgram::Describe(function);
    });
  };
  const auto add_both = [&] {
    add(1, [] {});
    add(2, [] {});
  };
  for (const uint32_t function : {1, 2, 3}) {
    const uint32_t row = add(function, add_both);
    BOOST_TEST(functions[row].line == function + 1);
  }
  BOOST_TEST(functions.size() == 3U);
}

BOOST_AUTO_TEST_CASE(LeavesACallOutThatIsDescribedWhileItPauses) {
  FakeProgram program;
  Recorder& recorder = program.recorder();
  program.Call(0);
  recorder.Enter(*attached_thread, FakeProgram::AddressOf(1), 2, [&] {
    recorder.Pause();
    return FakeProgram::Describe(1);
  });
  BOOST_TEST(current_owner == kUnrecorded);
  Expect(program, {"f0 calls=1 ns=0"});
}

BOOST_AUTO_TEST_CASE(TellsThreadsApart) {
  FakeProgram program;
  Recorder& recorder = program.recorder();
  program.Call(0);
  program.Pass(5);
  std::thread([&] {
    RecordedThread& thread = *recorder.Attach();
    recorder.threads().names()[thread.row] = "other";
    program.Call(thread, 0);
    program.Pass(30);
    program.Call(thread, 1, 2);
    program.Pass(400);
    recorder.Leave(thread, FakeProgram::AddressOf(1));
    recorder.Leave(thread, FakeProgram::AddressOf(0));
    BOOST_TEST(current_owner == kUnrecorded);
  }).join();
  BOOST_TEST(current_owner == kFirstOwner);
  program.Return(0);
  const Profile profile = program.Finish();
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(Show(profile) == (std::vector<std::string>{
                                  "f0 calls=1 ns=435", "f0 calls=1 ns=30",
                                  "f0 f1:1 calls=1 ns=400"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE(profile.threads.size() == 2);
  BOOST_TEST(profile.strings[profile.threads[1]] == "other");
  BOOST_TEST(profile.contexts->contexts[0].thread == 0);
  BOOST_TEST(profile.contexts->contexts[2].thread == 1);
}

BOOST_AUTO_TEST_CASE(ForgetsThreadsThatHaveEnded) {
  FakeProgram program;
  Recorder& recorder = program.recorder();
  for (int i = 0; i < 100; ++i) {
    std::thread([&] {
      RecordedThread& thread = *recorder.Attach();
      program.Call(thread, 0);
    }).join();
  }
  int attached = 0;
  recorder.threads().ForEachAttached([&](RecordedThread&) { ++attached; });
  BOOST_TEST(attached == 1);
  BOOST_TEST(program.Finish().threads.size() == 101);
}

BOOST_AUTO_TEST_CASE(RecordsNothingWhileItPauses) {
  FakeProgram program;
  Recorder& recorder = program.recorder();
  program.Call(0);
  program.Pass(1);
  recorder.Pause();
  BOOST_CHECK(attached_thread == nullptr);
  BOOST_TEST(current_owner == kUnrecorded);
  program.Pass(1000);
  BOOST_REQUIRE(recorder.Attach() != nullptr);
  BOOST_TEST(attached_thread->stack.depth() == 0);
  program.CallAt(0, 0, 0);
  program.Pass(20);
  program.Return(0);
  Expect(program, {"f0 calls=1 ns=21"});
}

BOOST_AUTO_TEST_CASE(BeginsAnewWithNothing) {
  FakeProgram program;
  Recorder& recorder = program.recorder();
  program.Call(0);
  program.Call(1, 1);
  BOOST_REQUIRE(recorder.Start({.clock = ClockSource::kSteps,
                                .clock_step = 0,
                                .max_contexts = 10,
                                .find_line = nullptr}));
  BOOST_REQUIRE(recorder.Attach() != nullptr);
  program.Call(1);
  program.Pass(2);
  program.Call(2, 3);  // nobody tells its line
  program.Return(2);
  program.Return(1);
  Expect(program, {"f1 calls=1 ns=2", "f1 f2 calls=1 ns=0"});
  BOOST_TEST(program.Finish().threads.size() == 1);
}

// A list of what happened in which stack, looked at later.
class Model {
 public:
  struct Frame {
    uint32_t function;
    uint32_t line;
  };
  using Stack = std::vector<Frame>;

  void Add(const Stack& stack, int64_t ns, int64_t calls) {
    if (stack.empty()) return;
    happened_.push_back({stack, ns, calls});
    Prefix prefix;
    for (const Frame& frame : stack) {
      Append(prefix, frame);
      lines_[prefix].insert(frame.line);
    }
  }

  Contents Sum() const {
    StackModel sum;
    for (const auto& [stack, ns, calls] : happened_) {
      ContextKey key;
      Prefix prefix;
      for (const Frame& frame : stack) {
        Append(prefix, frame);
        const bool has_one = lines_.at(prefix).size() == 1;
        key.emplace_back(FakeProgram::KeyOf(frame.function),
                         has_one ? frame.line : 0);
      }
      sum.Add(key, {ns}, calls);
    }
    return sum.Sum();
  }

 private:
  struct Happened {
    Stack stack;
    int64_t ns;
    int64_t calls;
  };
  // Functions, and their lines where they are not active already.
  using Prefix = std::vector<std::pair<uint32_t, uint32_t>>;

  static void Append(Prefix& prefix, const Frame& frame) {
    const bool is_recursive = std::ranges::any_of(
        prefix, [&](const auto& f) { return f.first == frame.function; });
    prefix.emplace_back(frame.function, is_recursive ? 0 : frame.line);
  }

  std::vector<Happened> happened_;
  std::map<Prefix, std::set<uint32_t>> lines_;
};

// Calls, returns and time at random; some stacks are cut.
void CompareWithModel(uint32_t seed, uint32_t functions, size_t deepest) {
  Random random(seed);
  FakeProgram program;
  Model model;
  Model::Stack stack;
  for (int i = 0; i < 5000; ++i) {
    const int64_t ns = random.Below(100);

    program.Pass(static_cast<uint64_t>(ns));
    model.Add(stack, ns, 0);
    if (stack.size() < deepest && random.Below(2) == 0) {
      const uint32_t function = random.Below(functions);
      const CallSite site = stack.empty() ? 0 : random.Below(7);
      program.CallAt(function, site);
      stack.push_back({function, site / FakeProgram::kSitesPerLine});
      model.Add(stack, 0, 1);
    } else if (!stack.empty()) {
      const bool is_cut = random.Below(20) == 0;
      const auto function =
          (is_cut ? stack[random.Below(static_cast<uint32_t>(stack.size()))]
                  : stack.back())
              .function;
      program.Return(function);
      // Its last call has returned, and all above it unseen.
      while (stack.back().function != function) stack.pop_back();
      stack.pop_back();
    }
  }
  const Profile profile = program.Finish();
  BOOST_TEST(profile.Check() == "");
  BOOST_CHECK(Sorted(ContentsOf(profile)) == model.Sum());
}

BOOST_AUTO_TEST_CASE(AgreesWithAListOfStacks) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    CompareWithModel(seed, 2 + seed, 3 + seed % 10);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
