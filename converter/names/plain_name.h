// Names of built-in functions as people call them.
#ifndef PROF2CG_CONVERTER_NAMES_PLAIN_NAME_H_
#define PROF2CG_CONVERTER_NAMES_PLAIN_NAME_H_

#include <string>
#include <string_view>

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// What Python's profilers call a built-in, without the description around it;
// any other name as it is:
//
//   <method 'append' of 'list' objects>    list.append
//   <built-in method time.sleep>           time.sleep
std::string PlainName(std::string_view name);

// The same of a function and of each caller that tells it apart.
std::string PlainName(const Profile& profile, FunctionId function);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_PLAIN_NAME_H_
