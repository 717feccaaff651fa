#include <string>
#include <string_view>

#include "converter/flag_groups.h"
#include "converter/flag_values.h"

namespace prof2cg {

// Those without a function are the recorder's own: prof2cg_record/options.py
// tells the same of them, and checks what they are given.
FlagGroup Recording() {
  return {
      "prof2cg record",
      {{'m', nullptr, "MODULE", "run a module, as python -m does",
        [](Options& o, std::string_view a) {
          o.record.program = {"-m", std::string(a)};
        }},
       {'c', nullptr, "CODE", "run code, as python -c does",
        [](Options& o, std::string_view a) {
          o.record.program = {"-c", std::string(a)};
        }},
       {0, "python", "PYTHON",
        "the interpreter; default: $VIRTUAL_ENV's, else python3",
        [](Options& o, std::string_view a) { o.record.python = a; }},
       {'o', "outfile", "FILE",
        "write to FILE; default: SCRIPT or MODULE with .pstats", nullptr},
       {0, "events", "LIST",
        "of time,cpu,alloc,live,peak,arenas,sizes; default: but sizes",
        nullptr},
       {0, "clock", "CLOCK", "tsc (default where it is steady) or monotonic",
        nullptr},
       {0, "max-contexts", "N",
        "beyond N calling contexts, fold; default: 1048576", nullptr},
       {0, "instr-atstart", "yes|no",
        "no: `prof2cg control` or the program switches it on", nullptr},
       {0, "control", nullptr, "let `prof2cg control` switch it off and on",
        nullptr},
       {0, "valgrind", "bypass|annotate",
        "under Valgrind: leave memory to malloc (default), or annotate",
        nullptr},
       {0, "children", "no|each|merge",
        "forked and multiprocessing ones: FILE.PID (default), or all in FILE",
        nullptr},
       {0, "snapshot", "SECONDS", "write what there is every so often, too",
        nullptr},
       {0, "anonymous", nullptr, "leave out arguments, folders and the machine",
        nullptr},
       {'q', "quiet", nullptr, "do not say what was written", nullptr}},
      {Command::kRecord}};
}

FlagGroup Control() {
  return {
      "prof2cg control",
      {{'i', "instr", "on|off", "record from now on, or not",
        [](Options& o, std::string_view a) {
          o.switches_on = OneOf<bool>("-i", a, {{"on", true}, {"off", false}});
        }}},
      {Command::kControl}};
}

}  // namespace prof2cg
