// A recording: a pstats dump with the whole profile behind it.
//
//   file = dump recording trailer
//
// Dump and recording are one marshalled Python object each, in codes that every
// Python since 2.5 reads ("(", "{", "i", "l", "g", "u", "s", "T", "F"). Python
// and its tools read the first and stop. Where they save the file again, the
// rest is gone, as it had better be: it would tell of another dump.
//
// The dump is what cProfile would have written (CPython Lib/cProfile.py), as
// far as pstats has a place for it:
//
//   {(file, line, name): (primitive calls, calls, self, inclusive,
//        {caller: (calls, primitive calls, self, inclusive)})}
//
// The recording is a dict. Its keys in the order in which they are written:
//
//   "prof2cg"    the version of this format, kVersion; always the first key
//   "naming"     of functions, one of words::kNamings (model_words.h)
//   "shares"     "counts" or "callers", instead of by costs (graph/profile.h)
//   "traced"     whether all calls were followed (graph/profile.h)
//   "command"    the profiled program, "": unknown
//   "facts"      ((name, value), ...) for people
//   "threads"    (name, ...)
//   "events"     ((name, long name, unit, kind), ...): words::kUnits, kKinds
//   "origins"    letters of words::kOrigins: of the counts of functions and
//                of calls; of each event's self, inclusive, call inclusive and
//                call self costs
//   "lost"       entries of the source that could not be used
//   "oddities"   ((text of one, text of many, count), ...)
//   "complete"   whether costs that the source did not tell were estimated
//   "folded"     whether the graph is what folding the contexts gives
//                (graph/passes/fold_contexts.h); then it has no tables
//   "texts"      table: "size", and "bytes": all texts one behind the other,
//                a row a byte. UTF-8, in which surrogates may stand
//   "functions"  table: "name", "file", "object", rows of texts; "line";
//                "total" and "primitive" calls; unless folded, "self" and
//                "inclusive"; "estimated", 0 or 1, where any figures of any are
//   "calls"      table unless folded: "caller", "callee", rows of functions;
//                "line", "total", "primitive", "inclusive"; "self" where it is
//                known; "estimated", 0 or 1, where any is
//   "contexts"   table where there are any: "parent", the row behind its
//                parent's, 0: none; "function", "line", "calls", "thread",
//                "self"
//   "sizes"      table with contexts: "context", "least", "blocks"
//
// A table is a dict of its number of "rows" and of columns. A column is a tuple
// of its type and of its bytes: zlib's compressed form of an array of numbers,
// whose type is one of kTypes, as numpy names them. Costs ("self", "inclusive")
// are a tuple of a column per event. So in Python:
//
//   dump, recording = marshal.load(file), marshal.load(file)
//   type, data = recording["functions"]["line"]
//   lines = numpy.frombuffer(zlib.decompress(data), type)
//
// The trailer tells whether the file is whole: the bytes of the recording, 64
// bits; kMagic; and the CRC-32 (zlib's) of all that stands before it in the
// file, 32 bits. All numbers are little-endian.
//
// Keys that a reader does not know are skipped, so that new ones need no new
// version. A file of a newer version is read as a plain dump, and so is one
// that is not whole or contradicts itself.
#ifndef PROF2CG_CONVERTER_IO_RECORDING_FORMAT_H_
#define PROF2CG_CONVERTER_IO_RECORDING_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace prof2cg::recording {

inline constexpr std::string_view kVersionKey = "prof2cg";
inline constexpr int32_t kVersion = 1;

// Of a column: unsigned where numbers allow for it.
struct ColumnType {
  std::string_view name;
  size_t bytes;  // of a number
};
inline constexpr ColumnType kTypes[] = {
    {"u1", 1}, {"<u2", 2}, {"<u4", 4}, {"<i8", 8}};

inline constexpr std::string_view kMagic = "\xffprof2cg";
inline constexpr size_t kTrailerBytes =
    sizeof(uint64_t) + kMagic.size() + sizeof(uint32_t);

}  // namespace prof2cg::recording

#endif  // PROF2CG_CONVERTER_IO_RECORDING_FORMAT_H_
