// prof2cg control: switches the recording of a running process.
#ifndef PROF2CG_CONVERTER_CONTROL_H_
#define PROF2CG_CONVERTER_CONTROL_H_

#include <chrono>
#include <string>

namespace prof2cg {

// Asks the process of that number to record, or not to; gives what it says that
// it does now. Throws Error if there is no such process, if it does not listen
// or is not ours, or if it says that something is wrong, or nothing for so
// long.
std::string ControlRecording(
    const std::string& process, bool on,
    std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_CONTROL_H_
