// The functions of several profiles with ids of one table.
#ifndef PROF2CG_GRAPH_SHARED_TEXT_H_
#define PROF2CG_GRAPH_SHARED_TEXT_H_

#include "graph/function_table.h"
#include "graph/profile.h"
#include "graph/string_table.h"

namespace prof2cg {

// The profile's functions in their rows, their texts as ids of `shared`: equal
// to those of another profile where the texts are. O(text).
FunctionTable WithSharedText(const Profile& profile, StringTable& shared);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_SHARED_TEXT_H_
