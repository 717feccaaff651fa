// Who called a function that is told apart by its callers, for pictures.
#ifndef PROF2CG_CONVERTER_NAMES_CALLERS_TEXT_H_
#define PROF2CG_CONVERTER_NAMES_CALLERS_TEXT_H_

#include <string>
#include <vector>

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// The callers, the nearest first, behind the level of recursion: "recursion 2",
// "← scan", "← decode"; nothing where there are none. Where another context of
// the function would read the same, those callers that differ have the end of
// their file's path that does, or, in one file, their line: "← <module>
// (app.py)", "← get:12". O(contexts of the function * callers).
std::vector<std::string> CallerTexts(const Profile& profile,
                                     FunctionId function);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_CALLERS_TEXT_H_
