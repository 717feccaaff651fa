// The names on the lines of a callgrind file, compressed or not.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_NAMES_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_NAMES_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "converter/readers/callgrind_draft.h"
#include "converter/readers/callgrind_ids.h"
#include "converter/readers/callgrind_lines.h"
#include "converter/readers/callgrind_own.h"
#include "graph/ids.h"

namespace prof2cg {

// Takes "(ID) NAME", which defines what the id stands for, "(ID)" or "NAME"
// from a line. Objects, files and functions have ids of their own. "(1x) NAME"
// is no id, but a name. Names that are not UTF-8 are taken for Latin-1.
class CallgrindReadNames {
 public:
  // For a file of so many bytes. Borrows all three; `own`: none.
  CallgrindReadNames(size_t bytes, CallgrindLines& lines, CallgrindDraft& draft,
                     const CallgrindOwnNotes* own)
      : lines_(lines),
        draft_(draft),
        own_(own),
        objects_(bytes),
        files_(bytes),
        functions_(bytes) {}

  // All throw Error where an id has no name yet.
  StringId TakeObject() { return TakeText(objects_, "ob"); }
  StringId TakeFile() { return TakeText(files_, "fl"); }
  // A name is that of a function in `file` and `object`; an id that of one
  // wherever it was defined.
  FunctionId TakeFunction(StringId file, StringId object);

  std::string_view ToUtf8(std::string_view name);

 private:
  // What an id stands for.
  template <class Meaning>
  Meaning Known(Meaning meaning) const {
    if (!meaning.is_valid()) lines_.Fail("expected a name, for the id is new");
    return meaning;
  }
  StringId TakeText(CallgrindIds<StringId>& ids, std::string_view key);

  CallgrindLines& lines_;
  CallgrindDraft& draft_;
  const CallgrindOwnNotes* const own_;
  CallgrindIds<StringId> objects_;
  CallgrindIds<StringId> files_;
  CallgrindIds<FunctionId> functions_;
  std::string scratch_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_NAMES_H_
