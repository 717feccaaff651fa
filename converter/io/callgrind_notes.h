// What prof2cg's callgrind files say beyond the format, in comments that its
// other readers skip, so that a profile is read as it was written.
//
// A note is a line that begins with "#: ". There is one only where something
// does not follow from the rest of the file; most profiles have none.
//
// Above the body:
//   #: naming module-line|file    instead of by object and name
//   #: shares counts|callers      instead of costs (ShareBy in graph/profile.h)
//   #: unit EVENT ns|bytes|count  instead of ns for "ns", bytes for "bytes" and
//                                 counts for others
//   #: kind EVENT live|peak       instead of flow
//   #: origins CC SIM...          of functions' and of calls' counts; of self,
//                                 inclusive and calls' inclusive costs of each
//                                 event; letters as in kOrigins. Instead of all
//                                 measured
//   #: calls estimated            instead of measured, where no note follows
//   #: calls complete             estimates are; see graph/passes/complete.h
//   #: cmd TEXT                   what is written otherwise, for it does not
//   #: event EVENT TEXT           fit in a line or is not unique: the command,
//   #: ob|fl|fn ID TEXT           a long name, the name that has an ID; a fact,
//   #: fact NAME TEXT             which is "desc: NAME: TEXT" where that does
//   #: with-line ID...            functions whose names have ":" and their line
//                                 added
//   #: with-mark ID...            functions that have estimated figures; their
//                                 names have "~" added, behind all else
// Behind a function's self cost:
//   #: function TOTAL PRIMITIVE SELF... INCLUSIVE...
// Behind the costs of a call:
//   #: measured|estimated LINE TOTAL PRIMITIVE INCLUSIVE...
//
// Without a note, a function was called as often as the calls into it say, all
// of them primitive, and its inclusive cost is theirs, but for calls by itself;
// a call is primitive and at the line that it has, or at none where a "desc:"
// line says so.
#ifndef PROF2CG_CONVERTER_IO_CALLGRIND_NOTES_H_
#define PROF2CG_CONVERTER_IO_CALLGRIND_NOTES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "converter/io/model_words.h"
#include "graph/event_set.h"

namespace prof2cg::callgrind {

inline constexpr std::string_view kFirstLines =
    "# callgrind format\nversion: 1\ncreator: prof2cg ";
inline constexpr std::string_view kFidelity = "Fidelity: ";
inline constexpr std::string_view kNoCallSites =
    "Call sites: unknown, shown at the caller's first line";
inline constexpr std::string_view kNoCallCounts =
    "Call counts: unknown, shown as 1";
inline constexpr std::string_view kTrigger = "Trigger: ";

// Behind the names of functions that have estimated figures, and what tells so.
inline constexpr std::string_view kMark = "~";
inline constexpr std::string_view kMarks =
    "Estimates: figures of functions with ~ behind their names";

using words::kKinds;
using words::kNamings;
using words::kOrigins;
using words::kShareBys;
using words::kUnits;

// The function that calls what was called from outside the profile, and its id,
// which is also that of its file and of its object.
inline constexpr uint32_t kOutsideId = 1;
inline constexpr std::string_view kOutsideName = "(outside the profile)";
inline constexpr std::string_view kOutsideFile = "~";
inline constexpr std::string_view kOutsideObject = "<outside>";

// The unit of an event without a note.
Unit UnitByName(std::string_view event);

// Any bytes as printable ASCII on one line, and back: "%0a" for what is not,
// and for "%" itself. Digits that are missing are taken for text.
std::string Quote(std::string_view bytes);
std::string Unquote(std::string_view text);
// The same without blanks.
std::string QuoteWord(std::string_view bytes);

// Whether a description is that of a fact, and not one with a meaning of its
// own.
bool IsFactText(std::string_view description);

}  // namespace prof2cg::callgrind

#endif  // PROF2CG_CONVERTER_IO_CALLGRIND_NOTES_H_
