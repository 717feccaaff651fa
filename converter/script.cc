#include "converter/script.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "converter/process.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// Unlike `python3 -m cProfile`, keeps the status of sys.exit. The script is
// __main__, so that pickling and multiprocessing find what it defines.
constexpr const char kProfiler[] = R"(
import cProfile, os, sys, types
dump = os.path.abspath(sys.argv[1])
sys.argv[:] = sys.argv[2:]
path = sys.argv[0]
sys.path[0] = os.path.dirname(os.path.realpath(path))
with open(path, 'rb') as file:
    source = file.read()
try:
    code = compile(source, path, 'exec')
except (SyntaxError, ValueError) as error:
    import traceback
    traceback.print_exception(type(error), error, None)
    sys.exit(1)
main = types.ModuleType('__main__')
main.__file__ = path
main.__builtins__ = __builtins__
sys.modules['__main__'] = main
profiler = cProfile.Profile()
try:
    profiler.runctx(code, main.__dict__, None)
finally:
    profiler.dump_stats(dump)
)";

void CheckScript(const std::string& path) {
  const auto fail = [&](const char* what) {
    throw Error(what, std::nullopt, path.empty() ? "''" : path);
  };
  struct stat status;
  if (stat(path.c_str(), &status) != 0) fail(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) fail("is a folder, not a script");
  if (access(path.c_str(), R_OK) != 0) fail(std::strerror(errno));
}

}  // namespace

int ProfileScript(const std::vector<std::string>& script,
                  const std::string& dump) {
  CheckScript(script.front());
  const auto python = FindProgram("python3");
  if (!python) throw Error("-r needs python3, which is not on PATH");
  std::vector<std::string> command = {*python, "-c", kProfiler, dump};
  command.insert(command.end(), script.begin(), script.end());
  return RunProgram(command);
}

}  // namespace prof2cg
