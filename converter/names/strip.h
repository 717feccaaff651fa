// C++ names without what overloading and templates add to them.
#ifndef PROF2CG_CONVERTER_NAMES_STRIP_H_
#define PROF2CG_CONVERTER_NAMES_STRIP_H_

#include <string>
#include <string_view>

namespace prof2cg {

// `name` without parameters, "const" behind them, and template arguments:
//
//   std::map<int, std::string>::find(int const&) const    std::map::find
//
// Brackets without a partner stay: operator->, operator<. O(name).
std::string StripParameters(std::string_view name);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_STRIP_H_
