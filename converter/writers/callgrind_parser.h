// A strict parser of callgrind files, for tests of what writes them.
//
// Written from the format's documentation (Valgrind's docs/cl-format.xml) and
// from what its readers make of a file, and from nothing of ours. It reads name
// and subposition compression and knows every line that a profile of one part
// without jumps may have. What it does not know, and what KCachegrind and
// callgrind_annotate would take differently or drop, it refuses.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_PARSER_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

using ParsedCosts = std::vector<uint64_t>;  // one per event

struct ParsedCall {
  size_t callee;         // a row of `functions`
  uint64_t callee_line;  // where the callee begins
  uint64_t line;         // of the call site
  uint64_t count;
  ParsedCosts inclusive;
};

struct ParsedFunction {
  std::string name;
  std::string file;
  std::string object;
  ParsedCosts self;
  std::vector<uint64_t> lines;    // of self costs, in the file's order
  std::vector<ParsedCall> calls;  // in the file's order, not added up

  // What KCachegrind tells functions apart by.
  std::string Key() const;
};

struct ParsedCallgrind {
  std::map<std::string, std::string> header;  // "cmd", …: those given once
  std::vector<std::string> descriptions;      // "desc:" lines
  std::map<std::string, std::string> event_lines;  // name: what follows it
  std::vector<std::string> events;
  std::vector<ParsedFunction> functions;  // unique in Key()
  std::vector<size_t> bodies;  // rows of those with a "fn=" line, in its order
  ParsedCosts summary;         // empty: absent
  ParsedCosts totals;          // empty: absent
};

// Throws std::runtime_error that names the line.
ParsedCallgrind ParseCallgrind(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_PARSER_H_
