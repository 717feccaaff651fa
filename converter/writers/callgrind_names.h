// Names of functions, files and objects as callgrind files may hold them.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// What stands for a name, a file or an object that is empty.
inline constexpr std::string_view kNoName = "<unnamed>";
inline constexpr std::string_view kNoFile = "~";
inline constexpr std::string_view kNoObject = "<unknown>";

// The function that calls what was called from outside the profile.
inline constexpr std::string_view kOutsideName = "(outside the profile)";
inline constexpr std::string_view kOutsideFile = "~";
inline constexpr std::string_view kOutsideObject = "<outside>";

// `text` on one line, without blanks at its ends, and not empty: otherwise as
// it is, so that viewers show what the profile has.
std::string CallgrindName(std::string_view text, std::string_view if_empty);

// A hash of which that of glued texts follows from those of the texts: a
// polynomial over their bytes, modulo 2^64.
struct GluedHash {
  uint64_t value = 0;
  uint64_t power =
      0;  // of the base, as often as the text has bytes; 0: no hash

  static GluedHash Of(std::string_view text);
  GluedHash operator+(GluedHash more) const {
    return {value * more.power + more.value, power * more.power};
  }
};

// The names under which a profile's functions are written.
//
// KCachegrind tells functions apart by one text: the name, the file's base name
// and the object's base name, glued together. Names that would not be unique so
// are told apart by the function's line, then also by the file's path, then by
// a number in front, which settles it. callgrind_annotate knows functions by
// the file's path and the name: it adds up those that only the object tells
// apart.
class CallgrindNames {
 public:
  explicit CallgrindNames(const Profile& profile);

  // The name of `function`, valid until `scratch` changes.
  std::string_view Of(FunctionId function, std::string& scratch) const;

 private:
  // How much a name says beyond the function's own.
  enum Detail : uint8_t { kPlain, kLine, kPath, kNumber };

  // Lets the names of `alike` say more; false if none can.
  bool TellApart(const std::vector<FunctionId>& alike,
                 std::vector<uint64_t>& keys);
  std::string Name(FunctionId function) const;
  // What KCachegrind knows the function by, hashed.
  uint64_t Key(FunctionId function);
  // Of what follows the last slash of a file or an object; made once for each.
  GluedHash Base(StringId text, std::string_view if_empty,
                 std::vector<GluedHash>& bases) const;

  const Profile& profile_;
  std::vector<Detail> details_;          // per function
  std::vector<GluedHash> file_bases_;    // per text, as far as known
  std::vector<GluedHash> object_bases_;  // per text, as far as known
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_
