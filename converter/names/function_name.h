// A function as a picture names it.
#ifndef PROF2CG_CONVERTER_NAMES_FUNCTION_NAME_H_
#define PROF2CG_CONVERTER_NAMES_FUNCTION_NAME_H_

#include <string>
#include <string_view>

#include "graph/ids.h"
#include "graph/profile.h"

namespace prof2cg {

// What gprof2dot's labels say, by the profile's naming:
//
//   kModuleLineName  module ""            name "decoder:20:decode"
//   kObjectName      module "libc.so.6"   name "malloc"
//   kFileName        module "app/db.py"   name "query"
struct FunctionName {
  std::string_view process;  // "": none is known
  std::string_view module;   // the same
  std::string name;
};

FunctionName NameFunction(const Profile& profile, FunctionId function);
// Of a row of the functions, or of what they are told apart from.
FunctionName NameFunction(const Profile& profile, const Function& row);

// The base name of a Python source without its extension: "decoder". What is
// no path is given whole: "~", "<frozen importlib._bootstrap>".
std::string_view PythonModule(std::string_view file);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_FUNCTION_NAME_H_
