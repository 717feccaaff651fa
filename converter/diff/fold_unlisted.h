// Comparisons with snapshots, which do not list what is small.
#ifndef PROF2CG_CONVERTER_DIFF_FOLD_UNLISTED_H_
#define PROF2CG_CONVERTER_DIFF_FOLD_UNLISTED_H_

#include <cstdint>
#include <optional>

#include "converter/diff/report.h"
#include "converter/diff/sides.h"
#include "graph/compare/gate.h"

namespace prof2cg {

struct FoldedSides {
  Sides sides;
  int64_t of_base = 0;  // functions that are one now
  int64_t of_current = 0;

  // Adds to a report on the sides what is to be known of it.
  void Tell(DiffReport& report) const;
};

// The sides as a snapshot among them has its own functions: what it does not
// list, and may be too small for it (graph/compare/unlisted.h), is kOthers on
// the other side, too. Nothing if no side is such a snapshot.
std::optional<FoldedSides> FoldUnlisted(const Sides& sides, const Gate& gate);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_FOLD_UNLISTED_H_
