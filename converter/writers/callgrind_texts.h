// Files and objects as a callgrind file knows them: by numbers of their own.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_TEXTS_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_TEXTS_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/callgrind_notes.h"
#include "converter/io/decimal.h"
#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

using callgrind::kOutsideId;

// Ids of the profile follow that of the outside.
inline uint32_t CallgrindId(FunctionId f) { return f.row() + kOutsideId + 1; }

// The files, or the objects, that functions have.
struct CallgrindTexts {
  struct Text {
    std::string_view name;  // as it is written; "" if not of the profile
    uint32_t first_part;    // in which it is named
    DecimalText id;
  };
  // What is written otherwise.
  struct Changed {
    uint32_t id;
    std::string_view text;  // as the profile has it
  };

  // Numbers Function::*text in the order of functions. Borrows the profile.
  CallgrindTexts(const Profile& profile, StringId Function::*text,
                 std::string_view if_empty);

  std::vector<uint32_t> ids;     // per function
  std::vector<Text> texts;       // per id
  std::vector<Changed> changed;  // in the order of ids
  std::deque<std::string> made;  // names that the profile has not

 private:
  void Add(std::string_view text, std::string_view if_empty);
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_TEXTS_H_
