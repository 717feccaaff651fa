// prof2cg record: runs a Python program under the recorder.
#ifndef PROF2CG_CONVERTER_RECORD_H_
#define PROF2CG_CONVERTER_RECORD_H_

#include <string>
#include <vector>

namespace prof2cg {

struct RecordOptions {
  std::string python;                // a path, or a name on PATH; "": not given
  std::vector<std::string> words;    // options of the recorder's own
  std::vector<std::string> program;  // a script, -m and a module, or -c and
                                     // code; and its arguments
};

// Becomes the interpreter that runs the program: options.python, else that of
// the virtual environment that is active, else the python3 on PATH. Throws
// Error if there is none, or no package prof2cg_record, which is in the folder
// that $PROF2CG_PYTHON_PACKAGE names, or beside the running program, or in
// ../lib/prof2cg/python/ from there.
[[noreturn]] void RecordProgram(const RecordOptions& options);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_RECORD_H_
