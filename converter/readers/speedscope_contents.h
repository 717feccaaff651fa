// What a speedscope file says; see speedscope.cc for the format.
#ifndef PROF2CG_CONVERTER_READERS_SPEEDSCOPE_CONTENTS_H_
#define PROF2CG_CONVERTER_READERS_SPEEDSCOPE_CONTENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/amount.h"

namespace prof2cg {

// In the order of the file. Numbers of frames may be those of none; times are
// as they come.
struct SpeedscopeContents {
  struct Frame {
    std::string name;
    std::string file;
    std::string object;
    uint32_t line = 0;
  };
  // Its frames begin where those of the stack before end.
  struct Stack {
    size_t end;
    size_t offset;  // where it ends in the file
  };
  struct Event {
    Amount at = 0;
    uint32_t frame = 0;
    bool opens = false;
    size_t offset = 0;  // where it ends in the file
  };
  // What it has begins where that of the profile before ends.
  struct Profile {
    bool is_evented = false;
    std::string name;
    std::string unit;
    Amount start = 0;
    Amount end = 0;
    // Of our own files:
    std::string event;
    std::string description;
    std::optional<std::string> thread;

    size_t stacks_end = 0;
    size_t weights_end = 0;  // as many as stacks, if it is not evented
    size_t events_end = 0;
    size_t offset = 0;  // where it ends in the file
  };

  std::string exporter;
  std::string name;
  std::vector<Frame> frames;
  std::vector<Profile> profiles;  // at least one
  std::vector<Stack> stacks;
  std::vector<uint32_t> stack_frames;  // the root first
  std::vector<Amount> weights;
  std::vector<Event> events;
};

// Throws Error where it is no JSON or not of the format. The offset is that of
// the end of what is refused. Memory is linear in the bytes, however they are
// nested.
SpeedscopeContents ParseSpeedscopeContents(std::string_view bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_SPEEDSCOPE_CONTENTS_H_
