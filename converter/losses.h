// What an output cannot hold of a profile.
#ifndef PROF2CG_CONVERTER_LOSSES_H_
#define PROF2CG_CONVERTER_LOSSES_H_

#include <string>

#include "converter/writers/writer.h"
#include "graph/profile.h"

namespace prof2cg {

// "left out, as collapse has no place for it: 3 events (--event chooses), call
// counts", in a line; "" if nothing is.
std::string LossText(const Profile& profile, const Writer& writer,
                     bool separates_threads);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_LOSSES_H_
