// A picture of what differs between two profiles.
#ifndef PROF2CG_CONVERTER_PICTURE_COMPARE_H_
#define PROF2CG_CONVERTER_PICTURE_COMPARE_H_

#include "converter/picture/options.h"
#include "converter/picture/picture.h"
#include "graph/profile.h"

namespace prof2cg {

struct CompareOptions {
  double tolerance = .001;  // percent points: smaller differences are none
  bool marks_grown = true;
  bool marks_shrunk = true;
  bool colors_by_difference = false;
};

// The picture of `first`, in which each function and call that is in both
// profiles has the figures of both, and functions show whether their inclusive
// share has grown or shrunk in `second`. Functions are matched as in any
// comparison (graph/compare/match_functions.h), but by what gprof2dot knows of
// them: their module and name, wherever their files are. What only `second` has
// is not shown. Both as Draw takes them; throws Error as it does.
Picture DrawComparison(const Profile& first, const Profile& second,
                       const PictureOptions& options,
                       const CompareOptions& comparison);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_COMPARE_H_
