// Names that mean the same on another machine, as the same text.
#ifndef PROF2CG_GRAPH_COMPARE_NORMALIZE_NAMES_H_
#define PROF2CG_GRAPH_COMPARE_NORMALIZE_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// What files are called: `from`, an ECMAScript regular expression without
// back-references, becomes `to` ($1 is its first group), in every place of the
// path.
struct PathRule {
  std::string from;
  std::string to;

  friend bool operator==(const PathRule&, const PathRule&) = default;
};

// "s/from/to/", with any character for the /, which may stand in a part behind
// a backslash. Throws Error.
PathRule ParsePathRule(std::string_view text);

// Gives files the names that `rules` make of them, one after the other, and
// then NormalizePath (normalize_path.h); and drops addresses of names:
// "<method of X at 0x7f2a…>" is "<method of X>". Functions without a file stay
// so. Throws Error if a rule is no regular expression.
//
// Functions that become equal are one, and their figures are summed as of
// several profiles (graph/passes/merge.h): of two that called each other, the
// inclusive cost counts what they share twice. Where any name changes, the
// profile is without a Separation.
//
// O(n) for the profile. A rule is matched in polynomial time, whatever it is:
// at worst, the square of a path's length times its own, for each file; paths
// that no system has, longer than 4096 bytes, it leaves as they are.
Profile NormalizeNames(Profile profile, const std::vector<PathRule>& rules);

// The profile with `prefix` left out where a file begins with it. As above.
Profile DropPrefix(Profile profile, std::string_view prefix);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_NORMALIZE_NAMES_H_
