// Which functions of two profiles are the same.
#ifndef PROF2CG_GRAPH_COMPARE_MATCH_FUNCTIONS_H_
#define PROF2CG_GRAPH_COMPARE_MATCH_FUNCTIONS_H_

#include <vector>

#include "graph/compare/function_pair.h"
#include "graph/profile.h"

namespace prof2cg {

// Every function of both sides once: those of the base in their order, then
// those that only the current profile has, in theirs.
//
// Functions are the same if name and file are; their object need not be, but
// those that share it, too, are paired first. Of several such, as of two
// methods in classes of one file, the functions around them that have no
// namesake tell on which lines they are expected (line_shifts.h). Those that stand there are pairs; of the others, those whose
// lines are in the same order, and if one side has more of them, those whose
// lines are the least apart in sum. All are paired of the side that has fewer
// of them: no line is too far.
//
// <lambda>, <listcomp> and the like are no names: such functions are the same
// where they are expected, or behind the same function of their file, as above,
// or where a caller or callee is the same that is no built-in. So one that went
// with its function is not taken for one that came with another. Where lines
// tell nothing, as in snapshots, all are paired that have no other callers and
// callees.
//
// Where a side is a snapshot, functions of one name and file have numbers
// instead of lines, and so the other side's have.
//
// Names and files are compared as they stand: NormalizeNames
// (normalize_names.h) makes those of two machines alike. O(n log n), but for k
// and l functions of one name and file O(k l) up to a million; above, the lines
// are paired in their order alone.
std::vector<FunctionPair> MatchFunctions(const Profile& base,
                                         const Profile& current);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_MATCH_FUNCTIONS_H_
