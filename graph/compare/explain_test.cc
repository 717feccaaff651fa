#include "graph/compare/explain.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/compare/gate.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

using Kind = Cause::Kind;

// A program in which every function but the first, which runs once, is called
// by one other, so often each time that one is called.
struct Program {
  struct Part {
    size_t caller = 0;  // before it
    int64_t times = 1;
    int64_t self = 1;  // a call
  };
  std::vector<Part> parts;

  std::vector<int64_t> Calls() const {
    std::vector<int64_t> calls = {1};
    for (size_t f = 1; f < parts.size(); ++f) {
      calls.push_back(calls[parts[f].caller] * parts[f].times);
    }
    return calls;
  }

  Profile Run() const {
    const std::vector<int64_t> calls = Calls();
    std::vector<int64_t> inclusive(parts.size());
    for (size_t f = parts.size(); f-- > 0;) {
      inclusive[f] += calls[f] * parts[f].self;
      if (f != 0) inclusive[parts[f].caller] += inclusive[f];
    }
    SampleProfile sample;
    std::vector<FunctionId> ids;
    for (size_t f = 0; f < parts.size(); ++f) {
      const int64_t self = calls[f] * parts[f].self;
      ids.push_back(sample.Add("f" + std::to_string(f), {calls[f], calls[f]},
                               {self}, {inclusive[f]}));
      if (f == 0 || calls[f] == 0) continue;
      sample.Call(ids[parts[f].caller], ids[f], {calls[f], calls[f]},
                  {inclusive[f]}, {self});
    }
    return sample.Build();
  }
};

Program RandomProgram(std::mt19937& random) {
  const auto below = [&](size_t n) { return random() % n; };
  Program program;
  program.parts.resize(2 + below(12));
  for (size_t f = 1; f < program.parts.size(); ++f) {
    program.parts[f] = {below(f), 1 + static_cast<int64_t>(below(3)),
                        1 + static_cast<int64_t>(below(9))};
  }
  return program;
}

int64_t FigureOf(const Figures& side, const Subject& subject, bool is_cost) {
  switch (subject.kind) {
    case Subject::Kind::kSelf:
      return side.self[subject.row][0];
    case Subject::Kind::kInclusive:
      return side.inclusive[subject.row][0];
    case Subject::Kind::kCalls:
      return side.calls[subject.row];
    case Subject::Kind::kCall:
      return is_cost ? side.call_inclusive[subject.row][0]
                     : side.call_calls[subject.row];
    case Subject::Kind::kTotal:
    case Subject::Kind::kPath:
      break;
  }
  return 0;
}

// All that differs has that one cause, which explains all of it.
void CheckCause(const Program& base, const Program& current, Kind kind,
                const std::string& function) {
  const Profile before = base.Run();
  const Profile now = current.Run();
  const JoinedGraph graph = JoinByName(before, now);
  Explainer explainer(graph);
  const uint32_t expected = RowOf(graph, before, now, function);
  for (const bool is_cost : {true, false}) {
    const std::string event =
        is_cost ? graph.events[EventId(0)].name : std::string(kCallsEvent);
    ForEachSubject(graph, FindEvent(graph, event), [&](const Subject& subject) {
      const int64_t then = FigureOf(graph.base, subject, is_cost);
      const int64_t figure = FigureOf(graph.current, subject, is_cost);
      if (then == figure) return;
      const auto blame = explainer.Explain(subject, event);
      BOOST_REQUIRE(blame.has_value());
      BOOST_TEST((blame->cause.kind == kind));
      BOOST_TEST(blame->cause.function == expected);
      BOOST_TEST(blame->cause.call.has_value() == (kind != Kind::kSelf));
      BOOST_TEST(blame->explained == figure - then);
    });
  }
}

BOOST_AUTO_TEST_SUITE(ExplainerTest)

BOOST_AUTO_TEST_CASE(CallThatIsMadeMoreExplainsAllThatFollows) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const Program base = RandomProgram(random);
    Program current = base;
    const size_t f = 1 + random() % (base.parts.size() - 1);
    current.parts[f].times += 1 + static_cast<int64_t>(random() % 3);
    CheckCause(base, current, Kind::kMoreCalls, "f" + std::to_string(f));
    CheckCause(current, base, Kind::kMoreCalls, "f" + std::to_string(f));
  }
}

BOOST_AUTO_TEST_CASE(NewCallExplainsAllThatIsNew) {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const Program current = RandomProgram(random);
    Program base = current;
    const size_t f = 1 + random() % (base.parts.size() - 1);
    base.parts[f].times = 0;
    CheckCause(base, current, Kind::kNewCall, "f" + std::to_string(f));
    CheckCause(current, base, Kind::kNewCall, "f" + std::to_string(f));
  }
}

BOOST_AUTO_TEST_CASE(FunctionThatCostsMoreItselfExplainsItsCallers) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const Program base = RandomProgram(random);
    Program current = base;
    const size_t f = random() % base.parts.size();
    current.parts[f].self += 1 + static_cast<int64_t>(random() % 9);
    CheckCause(base, current, Kind::kSelf, "f" + std::to_string(f));
  }
}

BOOST_AUTO_TEST_CASE(TotalHasNoCauseOfItsOwn) {
  const Profile profile = Program{{{}}}.Run();
  const JoinedGraph graph = JoinByName(profile, profile);
  BOOST_TEST(!Explainer(graph).Explain({}, kCallsEvent));
}

// Calls of one function from outside, and its calls of itself.
JoinedGraph Recursion(int64_t before, int64_t now, int64_t from_outside) {
  const auto run = [](int64_t outside, int64_t inside) {
    SampleProfile sample;
    const FunctionId f = sample.Add("f", {outside + inside, outside},
                                    {outside + inside}, {outside + inside});
    sample.Call(f, f, {inside, outside}, {inside}, {inside});
    return sample.Build();
  };
  return JoinByName(run(2, before), run(from_outside, now));
}

BOOST_AUTO_TEST_CASE(DeeperRecursionIsTheRecursiveCalls) {
  const JoinedGraph graph = Recursion(10, 30, 2);
  const auto blame =
      Explainer(graph).Explain({Subject::Kind::kCalls, 0}, kCallsEvent);
  BOOST_TEST((blame->cause == Cause{Kind::kMoreCalls, 0, 0}));
  BOOST_TEST(blame->explained == 20);
}

BOOST_AUTO_TEST_CASE(MoreEntriesIntoARecursionAreEntries) {
  const JoinedGraph graph = Recursion(10, 30, 6);
  const auto blame =
      Explainer(graph).Explain({Subject::Kind::kCalls, 0}, kCallsEvent);
  BOOST_TEST((blame->cause == Cause{Kind::kEntry, 0, std::nullopt}));
  BOOST_TEST(blame->explained == 24);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
