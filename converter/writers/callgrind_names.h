// Names of functions, files and objects as callgrind files may hold them.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "converter/writers/callgrind_texts.h"
#include "graph/profile.h"

namespace prof2cg {

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
// apart. Behind the names of functions that have estimated figures stands a
// mark.
class CallgrindNames {
 public:
  // Borrows `profile`, whose texts are most of these.
  CallgrindNames(const Profile& profile, const CallgrindTexts& files,
                 const CallgrindTexts& objects);

  // Without the mark.
  std::string_view operator[](FunctionId f) const { return names_[f.row()]; }
  bool HasMark(FunctionId f) const {
    return provenance_.IsFunctionEstimated(f.row());
  }

  // The functions whose names are the profile's with ":" and the line behind;
  // those with a mark behind all else; and those whose names are the profile's
  // in another way. In order.
  const std::vector<FunctionId>& with_line() const { return with_line_; }
  const std::vector<FunctionId>& with_mark() const { return with_mark_; }
  const std::vector<FunctionId>& changed() const { return changed_; }

  // Asks for the memory of what operator[] gives, or of its text. Inline by
  // force: g++ takes a call that only prefetches for one without effect and
  // drops it.
  [[gnu::always_inline]] void Prefetch(FunctionId f) const {
    __builtin_prefetch(&names_[f.row()]);
  }
  [[gnu::always_inline]] void PrefetchText(FunctionId f) const {
    __builtin_prefetch(names_[f.row()].data());
  }

 private:
  const Provenance& provenance_;
  std::vector<std::string_view> names_;  // per function
  std::deque<std::string> made_;         // those that the profile has not
  std::vector<FunctionId> with_line_;
  std::vector<FunctionId> with_mark_;
  std::vector<FunctionId> changed_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_NAMES_H_
