// `prof2cg diff`: what became worse, and why.
#ifndef PROF2CG_CONVERTER_DIFF_H_
#define PROF2CG_CONVERTER_DIFF_H_

#include "converter/options.h"

namespace prof2cg {

// Tells what differs between two sides, and gives the status to end with: 0
// where no regression is proven, 1 where one is, 3 or 125 where nothing can be
// told and the options ask for that. Throws Error, but for --bisect: it tells
// of trouble itself, and gives 125.
int RunDiff(const Options& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DIFF_H_
