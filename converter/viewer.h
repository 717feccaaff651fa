// -k: shows a callgrind file in KCachegrind or QCachegrind.
#ifndef PROF2CG_CONVERTER_VIEWER_H_
#define PROF2CG_CONVERTER_VIEWER_H_

#include <string>

namespace prof2cg {

// The viewer's path. Throws Error that says how to get one if there is none.
std::string FindViewer();

// Opens `file` in `viewer`, waits until it is closed and gives the viewer's
// exit status. Warns of files that the viewer would take for parts of this one:
// all whose names start with its name.
int View(const std::string& viewer, const std::string& file);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_VIEWER_H_
