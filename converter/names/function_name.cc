#include "converter/names/function_name.h"

namespace prof2cg {
namespace {

std::string_view BaseName(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

}  // namespace

std::string_view PythonModule(std::string_view file) {
  if (file.starts_with('<')) return file;
  const std::string_view base = BaseName(file);
  // A leading dot starts no extension.
  const size_t letters = base.find_first_not_of('.');
  const size_t dot = base.rfind('.');
  const bool has_extension =
      letters != base.npos && dot != base.npos && dot > letters;
  return has_extension ? base.substr(0, dot) : base;
}

FunctionName NameFunction(const Profile& profile, FunctionId function) {
  return NameFunction(profile, profile.functions[function.row()]);
}

FunctionName NameFunction(const Profile& profile, const Function& row) {
  const std::string_view name = profile.strings[row.name];
  const std::string_view file = profile.strings[row.file];
  switch (profile.naming) {
    case Naming::kModuleLineName:
      return {"", "",
              std::string(PythonModule(file)) + ":" + std::to_string(row.line) +
                  ":" + std::string(name)};
    case Naming::kFileName:
      return {profile.strings[row.object], file, std::string(name)};
    case Naming::kObjectName:
      break;
  }
  return {"", BaseName(profile.strings[row.object]), std::string(name)};
}

}  // namespace prof2cg
