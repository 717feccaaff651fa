// A call graph of both sides of a comparison, coloured by what differs.
#ifndef PROF2CG_CONVERTER_DIFF_DRAW_DIFFERENCE_H_
#define PROF2CG_CONVERTER_DIFF_DRAW_DIFFERENCE_H_

#include "converter/diff/report.h"
#include "converter/picture/options.h"
#include "converter/picture/picture.h"
#include "graph/compare/joined_graph.h"
#include "graph/profile.h"

namespace prof2cg {

// `joined` is the JoinedProfile of `graph`: what is above the options'
// thresholds on either side is drawn, as wide as on the side where it is more.
// Its label tells base, current and the difference of inclusive costs, which is
// its colour: from the greatest that a function has down to as much less. What
// only one side has is marked. The title is the verdict of `report`.
//
// Both outlive the picture. With `all_events` there is a view for each, else
// for the one of the options. Throws Error as Draw does.
Picture DrawDifference(const JoinedGraph& graph, const Profile& joined,
                       const DiffReport& report, PictureOptions options,
                       bool all_events);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_DRAW_DIFFERENCE_H_
