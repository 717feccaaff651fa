// The version of the tool, as --version and files that it writes say it.
#ifndef PROF2CG_CONVERTER_VERSION_H_
#define PROF2CG_CONVERTER_VERSION_H_

#include <string_view>

namespace prof2cg {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_VERSION_H_
