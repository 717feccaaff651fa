// The groups of flags, in the order of --help.
#ifndef PROF2CG_CONVERTER_FLAG_GROUPS_H_
#define PROF2CG_CONVERTER_FLAG_GROUPS_H_

#include "converter/flags.h"

namespace prof2cg {

// profile_flags.cc: what is read, which part of it, and as what.
FlagGroup InputAndOutput();
FlagGroup Filters();
FlagGroup Separating();
FlagGroup Converting();

// picture_flags.cc
FlagGroup Thresholds();
FlagGroup Choosing();
FlagGroup Looks();
FlagGroup Comparing();

// top_flags.cc
FlagGroup Top();

// diff_flags.cc
FlagGroup Sides();
FlagGroup Gates();
FlagGroup Reports();

// record_flags.cc
FlagGroup Recording();
FlagGroup Control();

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_FLAG_GROUPS_H_
