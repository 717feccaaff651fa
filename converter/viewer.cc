#include "converter/viewer.h"

#include <filesystem>
#include <system_error>

#include "converter/message.h"
#include "converter/process.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

void WarnOfParts(const std::filesystem::path& file) {
  const std::string name = file.filename();
  std::error_code error;
  const std::filesystem::path folder =
      file.has_parent_path() ? file.parent_path() : ".";
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string other = entry.path().filename();
    if (other != name && other.starts_with(name)) {
      Warn(entry.path().string() + ": KCachegrind will add it to " + name +
           ", since its name starts alike");
    }
  }
}

}  // namespace

std::string FindViewer() {
  for (const char* name : {"kcachegrind", "qcachegrind"}) {
    if (const auto path = FindProgram(name)) return *path;
  }
  throw Error(
      "-k needs KCachegrind or QCachegrind and finds neither on PATH; "
      "`apt install kcachegrind` gets one");
}

int View(const std::string& viewer, const std::string& file) {
  WarnOfParts(file);
  return RunProgram({viewer, file});
}

}  // namespace prof2cg
