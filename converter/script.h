// -r: runs a Python script under cProfile.
#ifndef PROF2CG_CONVERTER_SCRIPT_H_
#define PROF2CG_CONVERTER_SCRIPT_H_

#include <string>
#include <vector>

namespace prof2cg {

// Runs `script` (a file and its arguments) with the `python3` on PATH as if it
// were started directly, but profiled, and gives its exit status. The dump is
// in the file `dump`, also if the script raised or called sys.exit; there is
// none if it was killed, left by os._exit or did not compile. Throws Error if
// there is no such script or no python3.
int ProfileScript(const std::vector<std::string>& script,
                  const std::string& dump);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_SCRIPT_H_
