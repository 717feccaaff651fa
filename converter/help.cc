#include "converter/help.h"

#include <graphviz/graphviz_version.h>
#include <zlib.h>

#include <algorithm>
#include <span>

#include "converter/flags.h"
#include "converter/readers/reader.h"
#include "converter/version.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

constexpr const char* kUsage = R"(Usage:
  prof2cg [-i FILE]... [FILE]... [-o FILE] [-f FORMAT] [-t FORMAT] [-k]
  prof2cg [-o FILE] [-k] -r SCRIPT [ARG]...
  prof2cg top [-n N] [--sort KEY] [--callers PATTERN] [--json] FILE...
  prof2cg top --stacks|--leaks|--peak [--num-callers N] [--json] FILE...
  prof2cg top --outliers [-n N] [--event NAME] [--json] FILE FILE FILE...
  prof2cg diff [options] BASE NEW
  prof2cg diff [options] BASE... -- NEW...
  prof2cg record [-o FILE] [--python PYTHON] SCRIPT [ARG]...
  prof2cg record [-o FILE] [--python PYTHON] -m MODULE | -c CODE [ARG]...
  prof2cg control -i on|off PID
  prof2cg snapshot [--least PERCENT] FILE... [-o FILE]
)";

constexpr const char* kNotes = R"(
Without -o, callgrind goes to <name of the first input>.log in the current
folder, or to standard output if standard input (-) is the only input. With -k
and without -o it goes to a temporary file of that name. Other formats go to
standard output.

PATTERN names functions in the first of these ways that any function fits: by
name or its last part (compile is also builtins.compile), with the Python module
(json.loads), or file:line(name) as pstats prints it; by a glob of either
(parse_*, json/*.py); by a part of the name; by a part of the file. --filter
shows what fits in any of these ways: with json all of a package or file of that
name, too. In pictures, a glob of the name that they show (decoder:20:*) comes
first; with --separate-callersN and --separate-recsN, as in Callgrind, a glob of
the name alone.

A function that is told apart by its callers is called f'2'caller'caller2: its
name, its level of recursion from the second on, the nearest caller first. With
whole stacks all figures are exact; in a call graph (pstats, callgrind) some are
estimates, with a ~. `auto` finds the functions whose callers differ.

Columns of `prof2cg top`: self, inclusive, calls, self/call and incl/call are of
the event that --event names; alloc_bytes, or whatever another event is called,
is a function's own cost of that, and alloc_bytes:inclusive with its callees'.

Lines of functions: total-time-percentage and self-time-percentage (the usual
ones), total-time and self-time (seconds), total and self (with units),
total-per-call, self-per-call. Lines of calls: total-percentage and calls (the
usual ones), total, total-per-call, percentage-of-caller, percentage-of-callee.

A snapshot is a text to commit beside the program: who calls whom how often,
and what they allocate, all the same in every run. What changes it can be
reviewed. It reads as a profile.

Pictures are gprof2dot's, and so are their options; what differs is right where
it is wrong. Calls are all calls, not only primitive ones. A cycle that nobody
calls from outside has its cost, not 0 %, and no share exceeds 100 %. --depth is
the same in every run. Functions of one name in several files or libraries stay
apart. What -z, -l and --near name is shown whatever it costs. --compare tells
the calls once, and finds a function in the second profile whatever it costs
there. A program that is called gprof2dot, by a link, writes DOT to standard
output.

Exit status: 0 done, or `diff` proved no regression; 1 `diff` proved one; 3 it
cannot tell, with --fail-inconclusive; 125 the same, or trouble, with --bisect;
2 any trouble, told in one line; with -r the script's own,
unless that is 0; with record the program's own.
)";

std::string FlagText(const Flag& flag) {
  std::string text = flag.letter != 0 ? std::string("-") + flag.letter : "  ";
  if (flag.name != nullptr) {
    text += std::string(flag.letter != 0 ? ", --" : "  --") + flag.name;
  }
  if (flag.apply_numbered != nullptr) return text + "N=" + flag.argument;
  if (flag.argument != nullptr) text += std::string(" ") + flag.argument;
  return text;
}

std::string FlagLines(const FlagGroup& group) {
  constexpr size_t kColumn = 31;
  std::string text = std::string("\n") + group.title + ":\n";
  for (const Flag& flag : group.flags) {
    if (flag.help == nullptr) continue;
    std::string line = "  " + FlagText(flag);
    if (line.size() >= kColumn) {
      text += line + "\n";
      line.clear();
    }
    line.resize(kColumn, ' ');
    text += line + flag.help + "\n";
  }
  return text;
}

template <class Format>
std::string FormatLines(const char* title, std::span<const Format* const> all) {
  std::string text = title;
  for (const Format* format : all) {
    std::string name(format->name);
    name.resize(std::max<size_t>(name.size(), 10), ' ');
    text += "  " + name + "  " + std::string(format->description) + "\n";
  }
  return text;
}

}  // namespace

std::string ShortHelp() {
  return R"(prof2cg turns profiles into call graphs.

  prof2cg -k profile.pstats        open a cProfile dump in KCachegrind
  prof2cg profile.pstats -o x.svg  draw its call graph
  prof2cg top profile.pstats       report on the terminal

`python3 -m cProfile -o profile.pstats app.py` makes such a dump, and
`prof2cg -k -r app.py` does all at once. `prof2cg --help` tells everything.
)";
}

std::string FullHelp() {
  std::string text =
      std::string("prof2cg turns profiles into call graphs.\n\n") + kUsage;
  for (const FlagGroup& group : FlagGroups()) text += FlagLines(group);
  text += FormatLines("\nInput formats (gzip is inflated):\n", Readers());
  text += FormatLines("\nOutput formats:\n", Writers());
  return text + kNotes;
}

std::string VersionText() {
  std::string text = "prof2cg " + std::string(kVersion) + "\nreads ";
  for (const Reader* r : Readers()) text += " " + std::string(r->name);
  text += "\nwrites";
  for (const Writer* w : Writers()) text += " " + std::string(w->name);
  return text + "\nzlib   " + zlibVersion() +
         "\npictures by Graphviz " PACKAGE_VERSION "\n";
}

}  // namespace prof2cg
