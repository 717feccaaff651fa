// Names of functions, files and objects as callgrind files may hold them.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// `text` on one line, without blanks at its ends, and not empty: otherwise as
// it is, so that viewers show what the profile has.
std::string CallgrindName(std::string_view text, std::string_view if_empty);

// The names under which a profile's functions are written.
//
// KCachegrind tells functions apart by one text: the name, the file's base name
// and the object's base name, glued together; callgrind_annotate by the file's
// path and the name. Names that would not be unique for the former (nor, then,
// for the latter) are told apart by the function's line, then also by the
// file's path, then by a number.
class CallgrindNames {
 public:
  explicit CallgrindNames(const Profile& profile);

  std::string Function(FunctionId function) const;

 private:
  // How much a name says beyond the function's own.
  enum Detail : uint8_t { kPlain, kLine, kPath, kNumber };

  uint64_t KeyHash(FunctionId function) const;

  const Profile& profile_;
  std::vector<Detail> details_;  // per function
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_
