#include "converter/script.h"

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
    code = compile(file.read(), path, 'exec')
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

}  // namespace

int ProfileScript(const std::vector<std::string>& script,
                  const std::string& dump) {
  const auto python = FindProgram("python3");
  if (!python) throw Error("-r needs python3, which is not on PATH");
  std::vector<std::string> command = {*python, "-c", kProfiler, dump};
  command.insert(command.end(), script.begin(), script.end());
  return RunProgram(command);
}

}  // namespace prof2cg
