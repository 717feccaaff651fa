// Whether a gate can fail, and fails on nothing else.
#ifndef PROF2CG_CONVERTER_DIFF_SELF_TEST_H_
#define PROF2CG_CONVERTER_DIFF_SELF_TEST_H_

#include <string>
#include <vector>

#include "converter/diff/sides.h"
#include "graph/compare/gate.h"

namespace prof2cg {

struct SelfTest {
  bool works = true;
  std::vector<std::string> lines;  // what was tried, and what came of it
};

// Judges the base's profiles against themselves, which must not be worse, and
// those of the current side against copies in which one function of each judged
// event is worse by what the gate should just find (graph/compare/plant.h).
SelfTest TestGate(const Sides& sides, const Gate& gate);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_SELF_TEST_H_
