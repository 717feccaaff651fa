// How a user names functions on the command line.
#ifndef PROF2CG_CONVERTER_NAMES_FUNCTION_PATTERN_H_
#define PROF2CG_CONVERTER_NAMES_FUNCTION_PATTERN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/profile.h"

namespace prof2cg {

// Whether all of `text` matches `glob`, as Python's fnmatchcase has it: `*`,
// `?`, `[a-z]` and `[!a-z]`. O(text × glob) at worst.
bool MatchesGlob(std::string_view text, std::string_view glob);

// Names a function in one of these ways, the narrowest first:
//
//   kExact      its name or the last part of it: raw_decode, time.sleep and
//               sleep of <built-in method time.sleep> (plain_name.h), get of
//               Queue::get; behind its Python module, json.loads of
//               json/__init__.py; or with its place as pstats prints it, from
//               any folder of the path on: decoder.py:343(raw_decode),
//               decoder.py:343, {built-in method time.sleep}
//   kGlob       *_decode, json/*.py, decoder.py:*; matches the name, or the
//               file or file:line(name) from any folder of the path on
//   kName       a part of the name
//   kPlace      a part of file:line(name)
//   kAnyCase    a part of the name or the file, whether letters are capital or
//               not (ASCII only)
//
// Where functions are told apart by their callers, decode is also the name of
// decode'loads'main.
class FunctionPattern {
 public:
  enum class Match {
    kExact,
    kGlob,
    kName,
    kPlace,
    kAnyCase,
    kNone,
  };

  explicit FunctionPattern(std::string_view text);
  FunctionPattern(const FunctionPattern&) = delete;
  FunctionPattern& operator=(const FunctionPattern&) = delete;

  // The narrowest way in which `function` matches, tried up to `widest`.
  Match Matches(const Profile& profile, FunctionId function,
                Match widest = Match::kAnyCase);

  // The functions that match in the narrowest way in which any does, in order.
  std::vector<FunctionId> Find(const Profile& profile);

  // How many functions have the text only as a part of their name, where Find
  // gives functions that match more narrowly; else 0.
  size_t CountOtherParts(const Profile& profile);

  // All functions that contain the text or match the glob, in order; in any
  // case of letters if there are none otherwise.
  std::vector<FunctionId> Filter(const Profile& profile);

 private:
  // file:line or file:line(name)
  struct Place {
    std::string_view file;
    uint32_t line;
    std::optional<std::string_view> name;
  };

  // What a function is called.
  struct Named {
    std::string_view name;
    std::string plain;      // as people call it; "": the same
    bool has_parts = true;  // the last part of it is a name, too
  };

  static std::optional<Place> ParsePlace(std::string_view text);
  Match Matches(const Named& named, std::string_view file, uint32_t line,
                Match widest);
  bool IsExact(std::string_view name, std::string_view plain,
               std::string_view file, uint32_t line) const;
  // file:line(name) as pstats prints it, in scratch_.
  std::string_view Describe(std::string_view name, std::string_view file,
                            uint32_t line);

  std::string text_;
  std::string folder_glob_;  // the text as a glob in any folder
  std::string lower_;
  std::optional<Place> place_;  // views of text_
  bool is_glob_;
  bool may_span_;  // parts of file:line(name) must be tried together
  std::string scratch_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_FUNCTION_PATTERN_H_
