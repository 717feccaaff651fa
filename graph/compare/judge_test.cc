#include "graph/compare/judge.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/compare/sample_repeats.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_stacks.h"

namespace prof2cg {

std::ostream& boost_test_print_type(std::ostream& out, Answer answer) {
  constexpr const char* kNames[] = {"not worse", "cannot tell", "worse"};
  return out << kNames[static_cast<size_t>(answer)];
}

std::ostream& boost_test_print_type(std::ostream& out, Reason reason) {
  return out << "reason " << static_cast<int>(reason);
}

namespace {

using Kind = Subject::Kind;
constexpr uint32_t kHeavy = SampleProgram::kHeavy;
constexpr uint32_t kMiddle = SampleProgram::kMiddle;

Gate GateFor(std::string_view event) {
  Gate gate;
  gate.events = {std::string(event)};
  return gate;
}

const Finding* Find(const Judgement& judgement, Subject subject,
                    std::string_view event) {
  for (const Finding& finding : judgement.findings) {
    if (finding.subject == subject && finding.event == event) return &finding;
  }
  return nullptr;
}

bool AreSame(const Finding& a, const Finding& b) {
  return a.subject == b.subject && a.event == b.event && a.answer == b.answer &&
         a.reason == b.reason &&
         std::abs(a.p - b.p) < 1e-9;  // sums differ by their order
}

bool AreSame(const Judgement& a, const Judgement& b) {
  return a.answer == b.answer && a.equal == b.equal &&
         std::ranges::equal(
             a.findings, b.findings,
             [](const Finding& x, const Finding& y) { return AreSame(x, y); });
}

// What holds of every judgement.
void Check(const Judgement& judgement) {
  Answer worst = Answer::kNotWorse;
  for (const Finding& finding : judgement.findings) {
    worst = std::max(worst, finding.answer);
    BOOST_TEST((finding.reason != Reason::kEqual));
    BOOST_TEST((finding.p >= 0 && finding.p <= 1));
  }
  BOOST_TEST(judgement.answer == worst);
  BOOST_TEST(std::ranges::is_sorted(judgement.findings, std::greater<>(),
                                    &Finding::answer));
}

void Scale(Figures& figures, int64_t times) {
  const auto scale = [times](CostTable& table) {
    for (size_t row = 0; row < table.rows(); ++row) {
      for (int64_t& cost : table[row]) cost *= times;
    }
  };
  scale(figures.self);
  scale(figures.inclusive);
  scale(figures.call_inclusive);
}

// One function and nothing else, of blocks.
struct OneFunction {
  explicit OneFunction(std::vector<int64_t> base, std::vector<int64_t> current)
      : repeats{SideOf(base), SideOf(current)} {
    graph.events = EventSet({{"blocks", "Blocks", Unit::kCount}});
    graph.functions = {{FunctionId(0), FunctionId(0)}};
  }

  static std::vector<Figures> SideOf(const std::vector<int64_t>& costs) {
    std::vector<Figures> side;
    for (const int64_t cost : costs) {
      Figures figures;
      figures.calls = {1};
      figures.self = CostTable(1);
      figures.self.Append({&cost, 1});
      figures.inclusive = figures.self;
      figures.call_inclusive = CostTable(1);
      side.push_back(std::move(figures));
    }
    return side;
  }

  // Of its self cost.
  Finding Self(const Gate& gate) const {
    const Judgement judgement = Judge(graph, repeats, gate);
    Check(judgement);
    const Finding* finding = Find(judgement, {Kind::kSelf, 0}, "blocks");
    return finding != nullptr ? *finding : Finding{};
  }

  JoinedGraph graph;
  Repeats repeats;
};

// web and batch render rows and cells, which cost as much in all whatever
// `more` is.
Profile Rendering(EventSet events, int64_t more) {
  SampleStacks stacks(std::move(events));
  stacks.Add({{"main"}}, {100}, 1);
  stacks.Add({{"main"}, {"web"}, {"render"}, {"row"}}, {1000 + more}, 1);
  stacks.Add({{"main"}, {"web"}, {"render"}, {"cell"}}, {1000 - more}, 1);
  stacks.Add({{"main"}, {"batch"}, {"render"}, {"row"}}, {1000 - more}, 1);
  stacks.Add({{"main"}, {"batch"}, {"render"}, {"cell"}}, {1000 + more}, 1);
  const int64_t one = more > 0 ? 2 : 1;
  stacks.Add({{"main"}, {"web"}, {"render"}, {"rare"}}, {one}, 1);
  stacks.Add({{"main"}, {"web"}, {"render"}, {"odd"}}, {3 - one}, 1);
  stacks.Add({{"main"}, {"batch"}, {"render"}, {"rare"}}, {3 - one}, 1);
  stacks.Add({{"main"}, {"batch"}, {"render"}, {"odd"}}, {one}, 1);
  Profile profile = stacks.Build();
  FoldContexts(profile);
  return profile;
}

// How many findings say so, and that all of them are of paths.
int CountPaths(const Judgement& judgement, Answer answer) {
  int count = 0;
  for (const Finding& finding : judgement.findings) {
    BOOST_TEST((finding.subject.kind == Kind::kPath));
    count += finding.answer == answer;
  }
  return count;
}

std::string ErrorOf(const JoinedGraph& graph, const Repeats& repeats,
                    const Gate& gate) {
  try {
    Judge(graph, repeats, gate);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

BOOST_AUTO_TEST_SUITE(Judgements)

BOOST_AUTO_TEST_CASE(TheOrderOfRepeatsDoesNotMatterUnlessTheyArePairs) {
  std::mt19937_64 random(1);
  const SampleProgram program(100);
  Repeats repeats = program.Run(random, 8, {}, {kHeavy, 1.2});
  const Judgement before = Judge(program.graph(), repeats, GateFor("ns"));
  Check(before);
  for (int i = 0; i < 10; ++i) {
    std::ranges::shuffle(repeats.base, random);
    std::ranges::shuffle(repeats.current, random);
    BOOST_TEST(AreSame(Judge(program.graph(), repeats, GateFor("ns")), before));
  }
}

BOOST_AUTO_TEST_CASE(TheUnitDoesNotMatter) {
  std::mt19937_64 random(2);
  const SampleProgram program(100);
  for (const bool is_paired : {false, true}) {
    for (const char* event : {"ns", "blocks"}) {
      Repeats repeats = program.Run(random, 8, {}, {kHeavy, 1.2});
      Gate gate = GateFor(event);
      gate.is_paired = is_paired;
      const Judgement before = Judge(program.graph(), repeats, gate);
      for (Figures& figures : repeats.base) Scale(figures, 1024);
      for (Figures& figures : repeats.current) Scale(figures, 1024);
      BOOST_TEST(AreSame(Judge(program.graph(), repeats, gate), before));
    }
  }
}

BOOST_AUTO_TEST_CASE(TheSameProfilesAreEqual) {
  std::mt19937_64 random(3);
  const SampleProgram program(100);
  for (const size_t runs : {1, 2, 10}) {
    Repeats repeats = program.Run(random, runs, {});
    repeats.current = repeats.base;
    for (const char* event : {"ns", "blocks", "calls"}) {
      const Judgement judgement =
          Judge(program.graph(), repeats, GateFor(event));
      Check(judgement);
      BOOST_CHECK(judgement.answer == Answer::kNotWorse);
      BOOST_TEST(judgement.findings.empty());
      BOOST_TEST(judgement.equal > 100);
    }
  }
}

BOOST_AUTO_TEST_CASE(FiguresThatShouldNotScatterAreComparedExactly) {
  std::mt19937_64 random(4);
  const SampleProgram program(200);
  const Gate gate;
  for (int i = 0; i < 50; ++i) {
    const uint32_t function = 1 + static_cast<uint32_t>(random() % 40);
    const Repeats repeats =
        program.Run(random, 1 + random() % 3, {}, {function, 1.03});
    const Judgement judgement = Judge(program.graph(), repeats, gate);
    Check(judgement);
    BOOST_CHECK(judgement.answer == Answer::kWorse);
    const Finding* found = Find(judgement, {Kind::kSelf, function}, "blocks");
    BOOST_REQUIRE(found != nullptr);
    BOOST_CHECK(found->answer == Answer::kWorse);
    BOOST_CHECK(found->reason == Reason::kMore);
    for (const Finding& finding : judgement.findings) {
      BOOST_TEST((finding.subject.kind != Kind::kSelf ||
                  finding.subject.row == function));
      BOOST_TEST(finding.event == "blocks");
    }
  }
}

BOOST_AUTO_TEST_CASE(AnExactDifferenceMustBeMoreThanBothThresholds) {
  Gate gate;
  gate.usual = {.1, 50};
  const struct {
    int64_t base;
    int64_t current;
    Answer answer;
    Reason reason;
  } kRows[] = {
      {1000, 1000, Answer::kNotWorse, Reason::kEqual},
      {1000, 999, Answer::kNotWorse, Reason::kLess},
      {1000, 1100, Answer::kNotWorse, Reason::kWithinThreshold},
      {1000, 1101, Answer::kWorse, Reason::kMore},
      {100, 150, Answer::kNotWorse, Reason::kWithinThreshold},
      {100, 151, Answer::kWorse, Reason::kMore},
      {0, 50, Answer::kNotWorse, Reason::kWithinThreshold},
      {0, 51, Answer::kWorse, Reason::kMore},
      {51, 0, Answer::kNotWorse, Reason::kLess},
      {1, INT64_MAX, Answer::kWorse, Reason::kMore},
      {INT64_MIN, INT64_MAX, Answer::kWorse, Reason::kMore},
  };
  for (const auto& row : kRows) {
    const Finding finding = OneFunction({row.base}, {row.current}).Self(gate);
    BOOST_CHECK(finding.answer == row.answer);
    BOOST_CHECK(finding.reason == row.reason);
  }
}

BOOST_AUTO_TEST_CASE(FiguresThatScatterAlthoughTheyShouldNotMustNotOverlap) {
  const Gate gate;
  const struct {
    std::vector<int64_t> base;
    std::vector<int64_t> current;
    Answer answer;
    Reason reason;
  } kRows[] = {
      {{100, 110}, {120, 130}, Answer::kWorse, Reason::kMore},
      {{100, 110}, {112, 130}, Answer::kCannotTell, Reason::kScatters},
      {{100, 150}, {120, 160}, Answer::kCannotTell, Reason::kScatters},
      {{100, 150}, {100, 152}, Answer::kNotWorse, Reason::kWithinThreshold},
      {{100, 150}, {90, 150}, Answer::kNotWorse, Reason::kLess},
  };
  for (const auto& row : kRows) {
    const Finding finding = OneFunction(row.base, row.current).Self(gate);
    BOOST_CHECK(finding.answer == row.answer);
    BOOST_CHECK(finding.reason == row.reason);
  }
}

BOOST_AUTO_TEST_CASE(WhatIsTooSmallAPartOfAllIsNothingToJudge) {
  std::mt19937_64 random(5);
  const SampleProgram program(100);
  const Repeats repeats = program.Run(random, 1, {}, {kMiddle, 2});
  Gate gate = GateFor("blocks");
  gate.least_share = .05;
  const Judgement judgement = Judge(program.graph(), repeats, gate);
  const Finding* found = Find(judgement, {Kind::kSelf, kMiddle}, "blocks");
  BOOST_REQUIRE(found != nullptr);
  BOOST_CHECK(found->reason == Reason::kBelowShare);
  BOOST_CHECK(found->answer == Answer::kNotWorse);
}

BOOST_AUTO_TEST_CASE(TimeThatIsNotGatedIsNotJudged) {
  std::mt19937_64 random(6);
  const SampleProgram program(100);
  const Judgement judgement =
      Judge(program.graph(), program.Run(random, 2, {}, {kHeavy, 3}), {});
  for (const Finding& finding : judgement.findings) {
    BOOST_TEST(finding.event != "ns");
  }
  BOOST_TEST(judgement.common_changes.empty());
}

BOOST_AUTO_TEST_CASE(SlowerFunctionsAreFoundWhateverTheMachineDoes) {
  std::mt19937_64 random(7);
  const SampleProgram program(1000);
  constexpr Planted kPlanted[] = {{kMiddle, 2}, {kHeavy, 1.2}};
  for (const Planted& planted : kPlanted) {
    for (int i = 0; i < 10; ++i) {
      const Judgement judgement = Judge(
          program.graph(), program.Run(random, 10, {}, planted), GateFor("ns"));
      Check(judgement);
      const Finding* found =
          Find(judgement, {Kind::kSelf, planted.function}, "ns");
      BOOST_REQUIRE(found != nullptr);
      BOOST_CHECK(found->answer == Answer::kWorse);
      BOOST_CHECK(found->reason == Reason::kSignificant);
      BOOST_TEST(found->p <= .05);
      BOOST_TEST(found->detectable > 0);
      BOOST_TEST(found->detectable < planted.times - 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(NoiseIsNotWorse) {
  std::mt19937_64 random(8);
  const SampleProgram program(1000);
  for (int i = 0; i < 40; ++i) {
    const Judgement judgement =
        Judge(program.graph(), program.Run(random, 10, {}), GateFor("ns"));
    Check(judgement);
    BOOST_CHECK(judgement.answer != Answer::kWorse);
  }
}

// One of 1 000 comparisons may be, whatever the noise.
BOOST_AUTO_TEST_CASE(NoiseIsSeldomWorseHoweverMuchThereIs) {
  std::mt19937_64 random(12);
  const SampleProgram program(100);
  int alarms = 0;
  for (int i = 0; i < 300; ++i) {
    Gate gate = GateFor("ns");
    gate.is_paired = i % 2 == 1;
    const Repeats repeats =
        program.Run(random, 10, {.heavy = .3, .light = .3}, {}, gate.is_paired);
    const Judgement judgement = Judge(program.graph(), repeats, gate);
    alarms += judgement.answer == Answer::kWorse ? 1 : 0;
  }
  BOOST_TEST(alarms <= 1);
}

// Each function has one caller, and row 0 calls all: it costs the total.
BOOST_AUTO_TEST_CASE(TheSameFiguresAreJudgedAlike) {
  std::mt19937_64 random(13);
  const SampleProgram program(100);
  for (int i = 0; i < 10; ++i) {
    const Judgement judgement =
        Judge(program.graph(), program.Run(random, 10, {}, {kHeavy, 1.5}),
              GateFor("ns"));
    for (uint32_t call = 0; call < program.graph().calls.size(); ++call) {
      const uint32_t callee = program.graph().calls[call].callee;
      const Finding* of_call = Find(judgement, {Kind::kCall, call}, "ns");
      const Finding* of_callee =
          Find(judgement, {Kind::kInclusive, callee}, "ns");
      BOOST_REQUIRE((of_call != nullptr && of_callee != nullptr));
      BOOST_CHECK(of_call->answer == of_callee->answer);
      BOOST_CHECK(of_call->reason == of_callee->reason);
      BOOST_TEST(of_call->p == of_callee->p);
    }
    const Finding* total = Find(judgement, {}, "ns");
    const Finding* root = Find(judgement, {Kind::kInclusive, 0}, "ns");
    BOOST_REQUIRE((total != nullptr && root != nullptr));
    BOOST_TEST(total->p == root->p);
  }
}

BOOST_AUTO_TEST_CASE(PairsAreTestedAsPairs) {
  std::mt19937_64 random(9);
  const SampleProgram program(100);
  Gate gate = GateFor("ns");
  gate.is_paired = true;
  Repeats repeats = program.Run(random, 12, {}, {kHeavy, 1.2}, true);
  const Judgement judgement = Judge(program.graph(), repeats, gate);
  BOOST_CHECK(judgement.answer == Answer::kWorse);
  repeats.base.pop_back();
  BOOST_TEST(ErrorOf(program.graph(), repeats, gate) ==
             "pairs need as many profiles on each side, not 11 and 12");
}

BOOST_AUTO_TEST_CASE(TooFewRepeatsCannotTellWhatIsMuchSlower) {
  std::mt19937_64 random(10);
  const SampleProgram program(100);
  for (const size_t runs : {1, 2, 3}) {
    const Judgement judgement =
        Judge(program.graph(), program.Run(random, runs, {}, {kHeavy, 3}),
              GateFor("ns"));
    Check(judgement);
    BOOST_CHECK(judgement.answer == Answer::kCannotTell);
    const Finding* found = Find(judgement, {Kind::kSelf, kHeavy}, "ns");
    BOOST_REQUIRE(found != nullptr);
    BOOST_CHECK(found->reason == Reason::kTooFewRepeats);
    BOOST_TEST(found->detectable > 1e9);
  }
}

BOOST_AUTO_TEST_CASE(WhatMakesAllSlowerMayBeTheMachine) {
  std::mt19937_64 random(11);
  const SampleProgram program(100);
  Repeats repeats = program.Run(random, 10, {.common = .1, .drift = 0});
  for (Figures& figures : repeats.current) Scale(figures, 3);
  const Judgement judgement = Judge(program.graph(), repeats, GateFor("ns"));
  Check(judgement);
  BOOST_CHECK(judgement.answer == Answer::kCannotTell);
  const Finding* total = Find(judgement, {}, "ns");
  BOOST_REQUIRE(total != nullptr);
  BOOST_CHECK(total->answer == Answer::kCannotTell);
  BOOST_CHECK(total->reason == Reason::kCommonFactor);
  BOOST_REQUIRE_EQUAL(judgement.common_changes.size(), 1);
  BOOST_TEST(judgement.common_changes[0].event == "ns");
  BOOST_TEST(judgement.common_changes[0].factor == 3,
             boost::test_tools::tolerance(.1));
}

BOOST_AUTO_TEST_CASE(UnmatchedCostMakesItImpossibleToTell) {
  OneFunction one({100}, {200});
  one.graph.functions[0].base = FunctionId();
  const Finding finding = one.Self({});
  BOOST_CHECK(finding.answer == Answer::kCannotTell);
  BOOST_CHECK(finding.reason == Reason::kUnmatched);
  BOOST_CHECK(Judge(one.graph, one.repeats, {}).answer == Answer::kCannotTell);
  Gate gate;
  gate.most_unmatched = 1;
  BOOST_CHECK(one.Self(gate).answer == Answer::kWorse);
}

BOOST_AUTO_TEST_CASE(PathsAreJudgedWhereFunctionsAndCallsAreTheSame) {
  const EventSet blocks({{"blocks", "Blocks", Unit::kCount}});
  const Profile base = Rendering(blocks, 0);
  const Profile current = Rendering(blocks, 300);
  const JoinedGraph graph = JoinByName(base, current);
  const Repeats repeats{{graph.base}, {graph.current}};
  const Judgement judgement = Judge(graph, repeats, GateFor("blocks"));
  Check(judgement);
  // Of what has too little nothing is said at all.
  BOOST_TEST(judgement.findings.size() == 4u);
  BOOST_TEST(CountPaths(judgement, Answer::kWorse) == 2);
  Gate gate = GateFor("blocks");
  SetThreshold("+300", gate);
  BOOST_TEST(CountPaths(Judge(graph, repeats, gate), Answer::kWorse) == 0);
  gate.least_share = .4;
  BOOST_TEST(Judge(graph, repeats, gate).findings.empty());
}

BOOST_AUTO_TEST_CASE(PathsThatScatterAreJudgedFromRepeats) {
  const EventSet time({{"ns", "Time [ns]", Unit::kNanoseconds}});
  const auto judge = [&](size_t profiles, int64_t more) {
    const Profile base = Rendering(time, 0);
    const Profile current = Rendering(time, more);
    const JoinedGraph graph = JoinByName(base, current);
    Repeats repeats;
    for (size_t i = 0; i < profiles; ++i) {
      const auto noise = static_cast<int64_t>(i);
      const auto figures = [&](const Profile& sum, int64_t of_side,
                               FunctionId FunctionPair::*side) {
        return FiguresOf(Rendering(time, of_side + noise), graph,
                         RowsOf(graph.functions, side, sum.functions.size()));
      };
      repeats.base.push_back(figures(base, 0, &FunctionPair::base));
      repeats.current.push_back(figures(current, more, &FunctionPair::current));
    }
    return Judge(graph, repeats, GateFor("ns"));
  };
  BOOST_TEST(CountPaths(judge(10, 300), Answer::kWorse) == 2);
  BOOST_TEST(CountPaths(judge(2, 300), Answer::kCannotTell) == 2);
  BOOST_TEST(CountPaths(judge(10, 0), Answer::kWorse) == 0);
}

BOOST_AUTO_TEST_CASE(PathsOfAnEventThatOneSideLacksAreNotJudged) {
  const EventSet blocks({{"blocks", "Blocks", Unit::kCount}});
  Profile base = Rendering(blocks, 0);
  for (Context& context : base.contexts->contexts) context.calls = 0;
  const Profile current = Rendering(blocks, 0);
  const JoinedGraph graph = JoinByName(base, current);
  const Judgement judgement =
      Judge(graph, {{graph.base}, {graph.current}}, GateFor(kCallsEvent));
  for (const Finding& finding : judgement.findings) {
    BOOST_TEST((finding.subject.kind != Kind::kPath));
  }
}

BOOST_AUTO_TEST_CASE(WhatWasNotMeasuredIsAnError) {
  const OneFunction none({0}, {0});
  BOOST_TEST(ErrorOf(none.graph, none.repeats, GateFor("blocks")) ==
             "nothing was measured of blocks");
  BOOST_TEST(ErrorOf(none.graph, none.repeats, GateFor("Ir")) ==
             "no event Ir in both profiles: there are calls, blocks");
  JoinedGraph samples = none.graph;
  samples.events = EventSet({{"samples", "Samples", Unit::kCount}});
  OneFunction uncounted({5}, {5});
  uncounted.repeats.base[0].calls = {0};
  uncounted.repeats.current[0].calls = {0};
  BOOST_TEST(ErrorOf(samples, uncounted.repeats, {}) ==
             "nothing was measured that is the same in every run: name one of "
             "the events to judge, samples");
  // Of what is judged unasked, calls are something.
  BOOST_TEST(ErrorOf(none.graph, none.repeats, {}) == "");
}

BOOST_AUTO_TEST_CASE(AThresholdHasTheUnitOfItsEvent) {
  const OneFunction one({100}, {200});
  Gate gate;
  SetThreshold("blocks:+2ms", gate);
  BOOST_TEST(ErrorOf(one.graph, one.repeats, gate) ==
             "the threshold of blocks has another unit: it is a count");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
