// The text of snapshots: deterministic costs, to be kept beside a program's
// source and reviewed like a lock file. Ours; version 1:
//
//   # comments and empty lines stand anywhere
//   snapshot 1
//   naming module-line                      or: object, file (graph/profile.h)
//   least 0.1                               if <others> has what has less, in %
//   uncounted functions                     if so; the same of calls
//   event alloc_bytes bytes "Bytes allocated"   any number; or: count, ns
//   total 48826/48587 38507973              Σ calls and self cost of functions
//
//   app/loader.py                           a file, and an object if need be
//     refresh 12 480/96000                  a function: calls, costs
//       parse_row app/rows.py 12000 95520   whom it calls: calls, cost
//       <lambda>#2 12 0                     no file: the caller's own
//     <lambda> …
//
// Of a function, `calls` are all and, if these are others, the primitive ones
// behind a slash; costs, one of each event, are self and, if that is another,
// inclusive. Of a call, costs are inclusive. A ~ before the figures marks
// estimates. Functions with the same text are told apart by their number in the
// order of their lines, #2 and so on. Python's have no object: their file tells
// it.
//
// A text that might be taken for something else is quoted: "a \"b\" \\ \x0a",
// where \xNN is a byte. A function may be called before it has its own line, or
// have none; what stands there twice adds up.
//
// Files are in the order of their bytes, functions in that of their names,
// calls in that of the callees' files and names; nothing is aligned. So a
// change of the program changes the lines of what it changes.
#ifndef PROF2CG_CONVERTER_IO_SNAPSHOT_FORMAT_H_
#define PROF2CG_CONVERTER_IO_SNAPSHOT_FORMAT_H_

#include <cstddef>
#include <string_view>

#include "converter/io/utf8.h"

namespace prof2cg::snapshot {

inline constexpr std::string_view kHead =
    "# Costs that are the same in every run; made by `prof2cg snapshot`.\n"
    "# If a merge conflicts here, make it anew from a new profile:\n"
    "# prof2cg snapshot PROFILE -o THIS_FILE\n";

inline constexpr std::string_view kVersionWord = "snapshot";
inline constexpr std::string_view kVersion = "1";
inline constexpr std::string_view kNamingWord = "naming";
inline constexpr std::string_view kLeastWord = "least";
inline constexpr std::string_view kUncountedWord = "uncounted";
inline constexpr std::string_view kOfFunctions = "functions";
inline constexpr std::string_view kOfCalls = "calls";
inline constexpr std::string_view kEventWord = "event";
inline constexpr std::string_view kTotalWord = "total";

inline constexpr size_t kFunctionIndent = 2;
inline constexpr size_t kCallIndent = 4;

// Each line of a file holds a figure of each.
inline constexpr size_t kMostEvents = 100;

inline bool IsDigit(char c) { return '0' <= c && c <= '9'; }

// Whether figures begin here, which no bare text does.
inline bool AreFigures(std::string_view text) {
  if (text.starts_with('~')) text.remove_prefix(1);
  return !text.empty() && (IsDigit(text[0]) || text[0] == '-');
}

// Whether a line begins as those that a failed merge leaves.
inline bool IsConflict(std::string_view line) {
  for (const std::string_view mark : {"<<<<<<<", "=======", ">>>>>>>"}) {
    if (line.starts_with(mark)) return true;
  }
  return false;
}

inline bool EndsBare(char c) { return c == ' ' || c == '#' || c == '"'; }

inline bool IsBare(std::string_view text) {
  for (const char c : text) {
    if (EndsBare(c)) return false;
  }
  return !text.empty() && !AreFigures(text) && !IsConflict(text) &&
         IsPrintable(text);
}

}  // namespace prof2cg::snapshot

#endif  // PROF2CG_CONVERTER_IO_SNAPSHOT_FORMAT_H_
