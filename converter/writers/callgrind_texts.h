// Files and objects as a callgrind file knows them: by numbers of their own.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_TEXTS_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_TEXTS_H_

#include <cstdint>
#include <vector>

#include "converter/io/decimal.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// The id of the function that calls from outside the profile, of its file and
// of its object. Those of the profile follow.
inline constexpr uint32_t kOutsideId = 1;

inline uint32_t CallgrindId(FunctionId f) { return f.row() + kOutsideId + 1; }

// The files, or the objects, that functions have.
struct CallgrindTexts {
  struct Text {
    StringId text;        // none for ids that are not of the profile
    uint32_t first_part;  // in which it is named
    DecimalText id;
  };

  // Numbers Function::*text in the order of functions.
  CallgrindTexts(const Profile& profile, StringId Function::*text);

  std::vector<uint32_t> ids;  // per function
  std::vector<Text> texts;    // per id
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_TEXTS_H_
