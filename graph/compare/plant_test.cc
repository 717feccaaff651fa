#include "graph/compare/plant.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "graph/compare/compare_test_support.h"
#include "graph/compare/judge.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// main costs 100 ns itself and calls f 40 times at 25 ns.
Profile Program() {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {1, 1}, {100}, {1100});
  const FunctionId f = sample.Add("f", {40, 40}, {1000}, {1000});
  sample.Call(main, f, {40, 40}, {1000}, {1000});
  return sample.Build();
}

JoinedGraph Graph() { return JoinByName(Program(), Program()); }

std::string CostName() { return Graph().events[EventId(0)].name; }

BOOST_AUTO_TEST_SUITE(PlantTest)

BOOST_AUTO_TEST_CASE(HeaviestFunctionIsWorseByATenthMoreThanTheThreshold) {
  Gate gate;
  gate.usual = {.relative = .1, .absolute = 3};
  const Plant cost = ChoosePlant(Graph(), CostName(), gate).value();
  BOOST_TEST((cost.subject == Subject{Subject::Kind::kSelf, 1}));
  BOOST_TEST(cost.base == 1000);
  BOOST_TEST(cost.planted == 1111);
  const Plant calls = ChoosePlant(Graph(), kCallsEvent, gate).value();
  BOOST_TEST((calls.subject == Subject{Subject::Kind::kCalls, 1}));
  BOOST_TEST(calls.planted == 45);
  gate.usual.absolute = 1000;
  BOOST_TEST(ChoosePlant(Graph(), CostName(), gate)->planted == 2101);
}

BOOST_AUTO_TEST_CASE(NothingIsPlantedWhereNothingWasMeasured) {
  SampleProfile sample;
  sample.Add("main", {1, 1}, {0}, {0});
  const Profile profile = sample.Build();
  const JoinedGraph graph = JoinByName(profile, profile);
  BOOST_TEST(!ChoosePlant(graph, CostName(), {}));
}

BOOST_AUTO_TEST_CASE(OnlyThePlantDiffersAndTheGateFindsIt) {
  for (const std::string& event : {CostName(), std::string(kCallsEvent)}) {
    Gate gate;
    gate.events = {event};
    JoinedGraph graph = Graph();
    const Plant plant = ChoosePlant(graph, event, gate).value();
    const Repeats repeats = {{graph.base},
                             WithPlant({graph.current}, graph, event, plant)};
    Figures others = repeats.current.front();
    if (event == kCallsEvent) {
      BOOST_TEST(others.calls[1] == plant.planted);
      others.calls[1] = plant.base;
    } else {
      BOOST_TEST(others.self[1][0] == plant.planted);
      BOOST_TEST(others.inclusive[1][0] == plant.planted);
      others.self[1][0] = others.inclusive[1][0] = plant.base;
    }
    BOOST_TEST((others == graph.base));
    if (event != kCallsEvent) continue;  // time takes repeats
    BOOST_TEST((Judge(graph, repeats, gate).answer == Answer::kWorse));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
