// How often comparisons of noisy repeats err, and what they find: see
// README.md.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "graph/compare/judge.h"
#include "graph/compare/sample_repeats.h"

namespace prof2cg {
namespace {

struct Scenario {
  const char* name;
  Noise noise;
  size_t runs = 10;
  Planted planted = {};
  bool is_paired = false;
  const char* event = "ns";
};

// Of many comparisons.
struct Counts {
  size_t alarms = 0;       // worse, where nothing was planted
  size_t figures = 0;      // functions that were said to be worse, there
  size_t found = 0;        // the planted one is worse, itself
  size_t cannot_tell = 0;  // nothing is worse, but something is not known
};

void Count(const Judgement& judgement, const Planted& planted, Counts& counts) {
  const bool is_planted = planted.times != 1;
  size_t worse_self = 0;
  bool found = false;
  for (const Finding& finding : judgement.findings) {
    if (finding.answer != Answer::kWorse) continue;
    if (finding.subject.kind != Subject::Kind::kSelf) continue;
    ++worse_self;
    found |= finding.subject.row == planted.function;
  }
  counts.alarms += !is_planted && judgement.answer == Answer::kWorse;
  counts.figures += is_planted ? worse_self - found : worse_self;
  counts.found += is_planted && found;
  counts.cannot_tell += judgement.answer == Answer::kCannotTell;
}

void Run(const SampleProgram& program, const Scenario& scenario, size_t rounds,
         uint64_t seed) {
  std::mt19937_64 random(seed);
  Gate gate;
  gate.events = {scenario.event};
  gate.is_paired = scenario.is_paired;
  Counts counts;
  for (size_t round = 0; round < rounds; ++round) {
    const Repeats repeats = program.Run(random, scenario.runs, scenario.noise,
                                        scenario.planted, scenario.is_paired);
    Count(Judge(program.graph(), repeats, gate), scenario.planted, counts);
  }
  const bool is_planted = scenario.planted.times != 1;
  std::printf("| %-48s | %4zu | %6zu | %6zu | %6zu | %6zu | %6zu |\n",
              scenario.name, scenario.runs, rounds,
              is_planted ? 0 : counts.alarms, counts.figures, counts.found,
              counts.cannot_tell);
  std::fflush(stdout);
}

constexpr uint32_t kHeavy = SampleProgram::kHeavy;
constexpr uint32_t kMiddle = SampleProgram::kMiddle;

const Scenario kScenarios[] = {
    {"blocks, no change", {}, 1, {}, false, "blocks"},
    {"calls, no change", {}, 1, {}, false, "calls"},
    {"blocks, 1 % of all x 1.05", {}, 1, {kMiddle, 1.05}, false, "blocks"},
    {"time, no change", {}},
    {"time, no change, pairs", {}, 10, {}, true},
    {"time, no change, 5 runs", {}, 5},
    {"time, no change, 20 runs", {}, 20},
    {"time, no change, 2 % outliers", {.outliers = .02}},
    {"time, no change, no outliers", {.outliers = 0}},
    {"time, no change, own drift 2 %", {.own_drift = .02}},
    {"time, no change, all scatter by 10 %", {.heavy = .1}},
    {"time, no change, all scatter by 3 %", {.light = .03}},
    {"time, 1 % of all x 2", {}, 10, {kMiddle, 2}},
    {"time, 1 % of all x 2, 2 % outliers", {.outliers = .02}, 10, {kMiddle, 2}},
    {"time, 1 % of all x 2, pairs", {}, 10, {kMiddle, 2}, true},
    {"time, 1 % of all x 2, 5 runs", {}, 5, {kMiddle, 2}},
    {"time, 1 % of all x 1.5", {}, 10, {kMiddle, 1.5}},
    {"time, 20 % of all x 1.05, it scatters by 3 %", {}, 10, {kHeavy, 1.05}},
    {"the same, 20 runs", {}, 20, {kHeavy, 1.05}},
    {"the same, by 2 %", {.heavy = .02}, 10, {kHeavy, 1.05}},
    {"the same, by 1.5 %", {.heavy = .015}, 10, {kHeavy, 1.05}},
    {"the same, by 1 %", {.heavy = .01}, 10, {kHeavy, 1.05}},
    {"the same, by 1 %, pairs", {.heavy = .01}, 10, {kHeavy, 1.05}, true},
    {"time, 20 % of all x 1.1, it scatters by 3 %", {}, 10, {kHeavy, 1.1}},
};

}  // namespace
}  // namespace prof2cg

// Usage: diff_simulation [ROUNDS [SEED]]
int main(int argc, char** argv) {
  const size_t rounds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
  const uint64_t seed = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
  const prof2cg::SampleProgram program(1000);
  std::printf(
      "| %-48s | runs | rounds | alarms | others |  found | unknown |\n",
      "scenario");
  for (const prof2cg::Scenario& scenario : prof2cg::kScenarios) {
    prof2cg::Run(program, scenario, rounds, seed);
  }
}
