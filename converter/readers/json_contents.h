// What a JSON file of events says; see json.cc for the schema.
#ifndef PROF2CG_CONVERTER_READERS_JSON_CONTENTS_H_
#define PROF2CG_CONVERTER_READERS_JSON_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/amount.h"

namespace prof2cg {

// In the order of the file. Numbers in callchains may be those of no function.
struct JsonContents {
  struct Cost {
    std::string description;
    std::string unit;
  };
  struct Function {
    std::string name;
    std::string module;
    std::string process;
  };
  // Its callchain and its cost begin where those of the event before end.
  struct Event {
    size_t callchain_end;
    size_t cost_end;
    size_t offset;  // where it ends in the file
  };

  std::vector<Cost> costs;
  std::vector<Function> functions;
  std::vector<Event> events;
  std::vector<uint64_t> callchains;  // at least one number an event
  std::vector<Amount> amounts;       // at least one an event
};

// Throws Error where it is no JSON or not of the schema. The offset is that of
// the end of what is refused. Memory is linear in the bytes, however they are
// nested.
JsonContents ParseJsonContents(std::string_view bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_JSON_CONTENTS_H_
