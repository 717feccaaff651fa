// The folders in which two machines had the same sources.
#ifndef PROF2CG_GRAPH_COMPARE_CHECKOUT_PREFIXES_H_
#define PROF2CG_GRAPH_COMPARE_CHECKOUT_PREFIXES_H_

#include <string>

#include "graph/profile.h"

namespace prof2cg {

// What DropPrefix (normalize_names.h) has to leave out.
struct CheckoutPrefixes {
  std::string base;
  std::string current;

  friend bool operator==(const CheckoutPrefixes&,
                         const CheckoutPrefixes&) = default;
};

// The two prefixes ("/home/me/work/", "/builds/17/") without which most files
// that only one of the profiles has (of the side that has fewer of them) are
// those of the other; "" and "" if there are none. One may be "" alone.
//
// Each file that only the base has votes for the prefixes that differ between
// it and the one file of the current profile with which it has the most folders
// in common at its end. A vote counts as many times as they have folders and
// functions in common; functions like <module>, that any two files may have,
// do not count. A folder that has files of both profiles is no checkout: a file
// within it has moved.
//
// Both are normalized already. O(n) for files of a few folders, and never worse
// than 16 times the length of the paths.
CheckoutPrefixes FindCheckoutPrefixes(const Profile& base,
                                      const Profile& current);

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_COMPARE_CHECKOUT_PREFIXES_H_
