// What each command does, from its options to its exit status.
#ifndef PROF2CG_CONVERTER_COMMANDS_H_
#define PROF2CG_CONVERTER_COMMANDS_H_

#include "converter/options.h"

namespace prof2cg {

// Gives what to end with (converter/status.h). Throws Error and ClosedPipe.
int RunCommand(Options options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_COMMANDS_H_
