// What a user names on the command line, found in a profile.
#ifndef PROF2CG_CONVERTER_NAMES_CHOOSE_H_
#define PROF2CG_CONVERTER_NAMES_CHOOSE_H_

#include <string>
#include <vector>

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// The event of that name; the first for "". Throws Error if there is none.
EventId ChooseEvent(const Profile& profile, const std::string& name);

// The functions whose name in a picture (function_name.h) matches the glob, as
// gprof2dot has it; else those that FunctionPattern finds. In order. A function
// that is told apart by its callers has its own name, too. Throws Error if
// there is none.
std::vector<FunctionId> ChooseFunctions(const Profile& profile,
                                        const std::string& pattern);

// A bit per function: it is of one of `paths`, or of no known place. A path is
// the beginning of the file, or of its part from any folder on, as far as a
// folder, a dot or the end; a package; or a part of what a picture shows as the
// module.
std::vector<bool> ChooseByPath(const Profile& profile,
                               const std::vector<std::string>& paths);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_CHOOSE_H_
