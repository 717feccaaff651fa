// The table of flags: what the command line takes and --help tells.
#ifndef PROF2CG_CONVERTER_FLAGS_H_
#define PROF2CG_CONVERTER_FLAGS_H_

#include <span>
#include <string_view>
#include <vector>

#include "converter/options.h"

namespace prof2cg {

// How often a flag may be given: where the last would win, it must not name
// what the first has asked for.
enum class Times { kAny, kOnce };

struct Flag {
  char letter;           // or 0
  const char* name;      // long; null: it has none
  const char* argument;  // for people; null: it takes none
  const char* help;      // null: another name of the flag before
  // null: passed on to the recorder, unless a number follows the name
  void (*apply)(Options&, std::string_view argument);
  Times times = Times::kAny;
  // Of the form --name2=argument; not null: then there is no other form.
  void (*apply_numbered)(Options&, std::string_view number,
                         std::string_view argument) = nullptr;
};

struct FlagGroup {
  const char* title;
  std::vector<Flag> flags;
  std::vector<Command> commands;  // that have them
  bool is_for_pictures = false;

  bool IsOf(Command command) const;
};

const std::vector<FlagGroup>& FlagGroups();

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_FLAGS_H_
