#include "converter/diff/self_test.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "converter/diff/compare_sides.h"
#include "converter/diff/words.h"
#include "converter/names/plain_name.h"
#include "graph/compare/judge.h"
#include "graph/compare/plant.h"

namespace prof2cg {
namespace {

// What the repeats could have shown; nothing of what is compared exactly.
std::string DetectableText(double part) {
  if (std::isinf(part)) return ": these repeats are too few to show anything";
  return part > 0 ? ": these repeats show no less than " + PartText(part) : "";
}

class GateTester {
 public:
  GateTester(const Sides& sides, const Gate& gate)
      : sides_(sides), gate_(gate) {}

  SelfTest Run() && {
    const ComparedSides base = CompareSides(sides_.base, sides_.base);
    const Judgement same = Judge(base.graph, base.repeats, gate_);
    Add(same.answer == Answer::kNotWorse,
        "the base against itself: " + std::string(AnswerName(same.answer)));
    const ComparedSides current = CompareSides(sides_.current, sides_.current);
    for (const std::string& event : same.events) TryPlant(current, event);
    return std::move(test_);
  }

 private:
  void TryPlant(const ComparedSides& current, const std::string& event) {
    const std::optional<Plant> plant = ChoosePlant(current.graph, event, gate_);
    if (!plant) return Add(false, event + ": nothing was measured");
    const Repeats planted = {
        current.repeats.base,
        WithPlant(current.repeats.current, current.graph, event, *plant)};
    const Judgement judgement = Judge(current.graph, planted, gate_);
    const auto found =
        std::ranges::find_if(judgement.findings, [&](const Finding& finding) {
          return finding.subject == plant->subject && finding.event == event;
        });
    const bool is_found =
        found != judgement.findings.end() && found->answer == Answer::kWorse;
    std::string line = event + " of " + NameOf(current.graph, *plant) + " " +
                       ChangeText(plant->base, plant->planted) + ": ";
    line += is_found ? "found" : "not found";
    if (!is_found && found != judgement.findings.end()) {
      line += DetectableText(found->detectable);
    }
    Add(is_found, line);
  }

  std::string NameOf(const JoinedGraph& graph, const Plant& plant) const {
    const FunctionPair& pair = graph.functions[plant.subject.row];
    return Quoted(PlainName(sides_.current.sum, pair.current));
  }

  void Add(bool is_right, const std::string& line) {
    test_.works &= is_right;
    test_.lines.push_back(line);
  }

  const Sides& sides_;
  const Gate& gate_;
  SelfTest test_;
};

}  // namespace

SelfTest TestGate(const Sides& sides, const Gate& gate) {
  return GateTester(sides, gate).Run();
}

}  // namespace prof2cg
