// The line that begins a sample in perf script's text.
#ifndef PROF2CG_CONVERTER_READERS_PERF_HEADER_H_
#define PROF2CG_CONVERTER_READERS_PERF_HEADER_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace prof2cg {

// Views into the line; "" is what it does not tell, since -F chooses.
struct PerfHeader {
  std::string_view thread;        // the command, and its number
  std::string_view event;         // without modifiers: "cycles", not "cycles:u"
  std::optional<int64_t> period;  // how many events the sample stands for
  std::string_view frame;         // of samples without call chains
};

// The command's name may have blanks and numbers, and an event's payload
// colons:
//
//   w (a)  6485/6486 [001] 79231.571069:   10101010   cpu-clock:uH:
//   w (a)  6501 79234.431390:          1 page-faults:  7f70075b8b70 f+0x0 (/w)
//   perf 12 [000] 5.000001: sched:sched_switch: prev_comm=perf ==> next: a
PerfHeader ParsePerfHeader(std::string_view line);

// "7f70075b8b70 f+0x0 (/w)", without blanks around it.
bool IsPerfFrame(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PERF_HEADER_H_
