// Figures of functions and calls by one event, before they are labelled.
#ifndef PROF2CG_CONVERTER_PICTURE_FIND_FIGURES_H_
#define PROF2CG_CONVERTER_PICTURE_FIND_FIGURES_H_

#include "converter/picture/options.h"
#include "converter/picture/picture.h"
#include "graph/passes/shares.h"
#include "graph/profile.h"

namespace prof2cg {

// Whether inclusive shares are as recorded: where the source measured inclusive
// costs, or a filter estimated what is left of them, since that knows more than
// any rule; or where stacks tell. Not what a source has shared out itself.
bool AreSharesRecorded(const Profile& profile, EventId event, TotalBy rule);

// As recorded, or by call ratios.
Shares FindShares(const Profile& profile, EventId event, TotalBy rule);

// Weights are inclusive shares, 0 where these are unknown. No labels yet.
NodeFigures FindFigures(const Profile& profile, EventId event,
                        const Shares& shares, FunctionId function);
EdgeFigures FindFigures(const Profile& profile, const Shares& shares,
                        CallId call);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PICTURE_FIND_FIGURES_H_
