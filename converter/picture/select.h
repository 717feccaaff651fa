// The part of a profile that a picture shows.
#ifndef PROF2CG_CONVERTER_PICTURE_SELECT_H_
#define PROF2CG_CONVERTER_PICTURE_SELECT_H_

#include <string>
#include <vector>

#include "converter/picture/options.h"
#include "graph/passes/selection.h"
#include "graph/passes/shares.h"
#include "graph/profile.h"

namespace prof2cg {

struct PictureSelection {
  Selection kept;
  // The largest self share among functions that thresholds and paths left:
  // what colours by self cost are relative to.
  double most_self = 0;
  // What was left out to keep the picture readable; "": nothing.
  std::string cut;
};

// In gprof2dot's order: functions below the threshold and outside of the paths
// are dropped, then calls below theirs, then what roots do not reach, then what
// does not reach leaves; at last the least costly of too many.
//
// Functions that were asked for by name are shown whatever they cost; a root
// that is below the threshold with what it calls directly, a leaf with what
// calls it. Throws Error where no function has such a name, or none of those is
// left.
PictureSelection SelectForPicture(const Profile& profile, const Shares& shares,
                                  const PictureOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_SELECT_H_
