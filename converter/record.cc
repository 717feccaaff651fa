#include "converter/record.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include "converter/process.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

namespace fs = std::filesystem;

constexpr char kPackageVariable[] = "PROF2CG_PYTHON_PACKAGE";
constexpr char kProgramLink[] = "/proc/self/exe";
constexpr char kPackage[] = "prof2cg_record";
constexpr char kLibraryFolder[] = "../lib/prof2cg/python";
constexpr char kMain[] = "__main__.py";

std::string Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string FindPython(const std::string& wanted) {
  if (wanted.find('/') != wanted.npos) {
    if (access(wanted.c_str(), X_OK) == 0) return wanted;
    throw Error(std::strerror(errno), std::nullopt, wanted);
  }
  if (!wanted.empty()) {
    if (const auto python = FindProgram(wanted)) return *python;
    throw Error("--python " + wanted + ": there is none on PATH");
  }
  if (const std::string folder = Environment("VIRTUAL_ENV"); !folder.empty()) {
    const std::string python = folder + "/bin/python";
    if (access(python.c_str(), X_OK) == 0) return python;
  }
  if (const auto python = FindProgram("python3")) return *python;
  throw Error("python3 is not on PATH; name an interpreter by --python");
}

// The file that runs the package.
std::string FindPackage() {
  if (const std::string named = Environment(kPackageVariable); !named.empty()) {
    return fs::absolute(fs::path(named) / kMain);
  }
  std::error_code ignored;
  const fs::path folder = fs::read_symlink(kProgramLink, ignored).parent_path();
  const fs::path library = (folder / kLibraryFolder).lexically_normal();
  for (const fs::path& place : {folder, library}) {
    const fs::path file = place / kPackage / kMain;
    if (fs::exists(file, ignored)) return file;
  }
  throw Error(std::string("recording needs the folder ") + kPackage +
              ", which is neither in " + folder.string() + " nor in " +
              library.string() +
              ": `tools/install PREFIX` puts it there, or "
              "name it in " +
              kPackageVariable);
}

// As a shell would start a program.
void RestoreSignals() {
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_DFL);
}

}  // namespace

void RecordProgram(const RecordOptions& options) {
  std::vector<std::string> command = {FindPython(options.python),
                                      FindPackage()};
  command.insert(command.end(), options.words.begin(), options.words.end());
  command.insert(command.end(), options.program.begin(), options.program.end());
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  RestoreSignals();
  execv(arguments[0], arguments.data());
  throw Error(std::string("cannot run it: ") + std::strerror(errno),
              std::nullopt, command[0]);
}

}  // namespace prof2cg
