// Runs programs under one interpreter, alone and recorded, for end-to-end
// tests.
#ifndef PROF2CG_ALLOCATOR_PYTHON_TESTS_RECORDING_FOLDER_H_
#define PROF2CG_ALLOCATOR_PYTHON_TESTS_RECORDING_FOLDER_H_

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "converter/program_runner.h"

namespace prof2cg {

inline const std::string kPython = std::getenv("PYTHON");
inline const fs::path kPackage = kRoot / "allocator/python/prof2cg_record";

// Before a line of shell: Python finds the package, too.
inline const std::string kWithPackage =
    "export PYTHONPATH=" + kPackage.parent_path().string() + "; ";

constexpr char kLook[] = R"(
import collections, marshal, sys
with open(sys.argv[1], "rb") as file:
    dump, recording = marshal.load(file), marshal.load(file)
calls = collections.Counter()
for (_, _, name), figures in dump.items():
    calls[name] += figures[1]
)";

// A folder with the programs of tests/programs in it.
class RecordingFolder {
 public:
  RecordingFolder() {
    setenv("PROF2CG_PYTHON_PACKAGE", kPackage.c_str(), 1);
    fs::copy(kRoot / "allocator/python/tests/programs", folder_ / "",
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    WriteFile(folder_ / "input", "from the input\n");
  }

  // Runs a line of shell in which $P is prof2cg, $Y the interpreter and $R
  // records by it, quietly.
  Result Run(const std::string& line) const {
    return folder_.Run("Y=" + kPython +
                       " && R=\"$P record --python $Y -q\" && " + line);
  }
  // What follows the name of the interpreter.
  Result Alone(const std::string& words) const {
    return Run("$Y " + words + " <input");
  }
  Result Recorded(const std::string& words) const {
    return Run("$R " + words + " <input");
  }
  // What Python prints that looks into a recording: `calls` has the calls of
  // each function by its name, `dump` and `recording` are both parts of the
  // file.
  std::string Look(const std::string& file, const std::string& code) const {
    WriteFile(folder_ / "look.py", kLook + code + "\n");
    const Result result = Run("$Y look.py " + file);
    BOOST_TEST(result.err == "", file);
    return result.out;
  }

  // The files whose names begin so.
  std::set<std::string> Files(const std::string& name) const {
    std::set<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder_ / "")) {
      const std::string file = entry.path().filename();
      if (file.starts_with(name)) files.insert(file);
    }
    return files;
  }
  fs::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  const Folder folder_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_PYTHON_TESTS_RECORDING_FOLDER_H_
