// What samplers of Python put into collapsed stacks beside functions' names.
//
//   py-spy     thread (14): main;<module> (app.py:9);f (app.py:3) 7
//              process 12:"python3 app.py";thread (14): main;... 7
//   Austin     P12;T0:14;/home/me/app.py:<module>:9;/home/me/app.py:f:3 5103
//   Tachyon    tid:14;app.py:<module>:9;app.py:f:3;<GC> 7
//
// Austin says in comments before its stacks what it measured; see
// github.com/P403n1x87/austin. Tachyon is CPython's profiling.sampling, from
// 3.15 on (Lib/profiling/sampling/stack_collector.py).
#ifndef PROF2CG_CONVERTER_READERS_PYTHON_SAMPLERS_H_
#define PROF2CG_CONVERTER_READERS_PYTHON_SAMPLERS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "graph/event_set.h"

namespace prof2cg {

// What a stack says of its thread and process, before its functions.
struct StackOrigin {
  std::string_view text;          // "": nothing
  bool is_of_frames = false;      // they are frames, too, as py-spy's
  bool has_places_first = false;  // frames are "file:function:line"
};
StackOrigin FindOrigin(std::string_view stack);
// "process 12, thread 14"
std::string ThreadName(std::string_view origin);

// A frame, taken apart.
struct FramePlace {
  std::string_view name;
  std::string_view file;  // "": not told
  int64_t line = 0;
};
// "function (file:line)", where the function has no blank; or a name.
FramePlace PlaceBehind(std::string_view frame);
// "file:function:line", or a name.
FramePlace PlaceBefore(std::string_view frame);

// What the numbers behind stacks are: samples, unless Austin says otherwise.
class StackMetrics {
 public:
  // Looks at the comments that the bytes begin with.
  static StackMetrics Find(std::string_view bytes);

  bool are_austins() const { return mode_ != Mode::kSamples; }
  EventSet Events() const;
  // Fills the costs, one per event, from the text behind a stack; false: it is
  // not as it should be. Only of Austin's: others are the reader's to make out.
  bool Read(std::string_view text, std::span<int64_t> costs) const;

 private:
  enum class Mode { kSamples, kWall, kCpu, kMemory, kFull };

  Mode mode_ = Mode::kSamples;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PYTHON_SAMPLERS_H_
