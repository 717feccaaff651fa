// Profile → picture.
#ifndef PROF2CG_CONVERTER_PICTURE_DRAW_H_
#define PROF2CG_CONVERTER_PICTURE_DRAW_H_

#include "converter/picture/options.h"
#include "converter/picture/picture.h"
#include "graph/profile.h"

namespace prof2cg {

// Chooses what is shown and labels it. Each call of the profile is the only one
// of its caller and callee (passes/join_call_sites.h). With `all_events` there
// is a view for each, else only for the one that was asked for. Throws Error
// where the options name what the profile does not have. O(functions + calls)
// and contexts, for each event.
Picture Draw(const Profile& profile, const PictureOptions& options,
             bool all_events);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_DRAW_H_
