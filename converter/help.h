// What the program tells of itself.
#ifndef PROF2CG_CONVERTER_HELP_H_
#define PROF2CG_CONVERTER_HELP_H_

#include <string>

namespace prof2cg {

// What -h, --help and --version print.
std::string ShortHelp();
std::string FullHelp();
std::string VersionText();

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_HELP_H_
