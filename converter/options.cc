#include "converter/options.h"

#include <getopt.h>
#include <zlib.h>

#include <charconv>
#include <functional>
#include <string_view>

#include "converter/version.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

using Apply = void (*)(Options&, std::string_view argument);

// How often a flag may be given: where the last would win, it must not name
// what the first has asked for.
enum class Times { kAny, kOnce };

struct Flag {
  char letter;           // or 0
  const char* name;      // long
  const char* argument;  // for people; null: it takes none
  const char* help;
  Apply apply;
  Times times = Times::kAny;
};

struct FlagGroup {
  const char* title;
  std::vector<Flag> flags;
  std::optional<Command> command = std::nullopt;  // that has them; none: all
};

const Reader* ReaderNamed(std::string_view name) {
  const Reader* reader = FindReader(name);
  if (reader != nullptr) return reader;
  std::string known;
  for (const Reader* r : Readers()) known += " " + std::string(r->name);
  throw Error("-f " + std::string(name) +
              ": not an input format that I know; there are:" + known);
}

const Writer* WriterNamed(std::string_view name) {
  const Writer* writer = FindWriter(name);
  if (writer != nullptr) return writer;
  std::string known;
  for (const Writer* w : Writers()) known += " " + std::string(w->name);
  throw Error("-t " + std::string(name) +
              ": not an output format that I know; there are:" + known);
}

std::string OneOf(const char* flag, std::string_view word,
                  std::initializer_list<const char*> words) {
  std::string known;
  for (const char* w : words) {
    if (word == w) return w;
    known += std::string(known.empty() ? "" : ", ") + w;
  }
  throw Error(std::string(flag) + " takes " + known + ", not " +
              std::string(word));
}

size_t Rows(std::string_view text) {
  size_t rows = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), rows);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error("-n takes a number of functions, not " + std::string(text));
  }
  return rows;
}

const std::vector<FlagGroup>& FlagGroups() {
  static const std::vector<FlagGroup> groups = {
      {"Input and output",
       {{'i', "infile", "FILE",
         "read FILE; may be repeated: profiles are added",
         [](Options& o, std::string_view a) { o.inputs.emplace_back(a); }},
        {'o', "outfile", "FILE", "write to FILE; - is standard output",
         [](Options& o, std::string_view a) {
           if (a.empty()) throw Error("-o '': a file has a name");
           o.output = a;
         },
         Times::kOnce},
        {'f', "format", "FORMAT", "of the input; default: found by content",
         [](Options& o, std::string_view a) {
           o.load.reader = ReaderNamed(a);
         }},
        {0, "reader", "native|python",
         "who decodes pstats: prof2cg, or CPython by a plugin",
         [](Options& o, std::string_view a) {
           o.load.with_python =
               OneOf("--reader", a, {"native", "python"}) == "python";
         }}}},
      {"Converting",
       {{'t', "to", "FORMAT",
         "of the output; default: by -o's extension, else callgrind",
         [](Options& o, std::string_view a) { o.writer = WriterNamed(a); }},
        {'k', "kcachegrind", nullptr,
         "open the result in KCachegrind or QCachegrind",
         [](Options& o, std::string_view) { o.view = true; }},
        {'r', "run-script", "SCRIPT [ARG]...",
         "run SCRIPT under python3 and cProfile, then convert",
         [](Options& o, std::string_view a) { o.script.emplace_back(a); }}},
       Command::kConvert},
      {"prof2cg top",
       {{'n', "rows", "N", "show N functions, not 30; 0 is all",
         [](Options& o, std::string_view a) { o.top.rows = Rows(a); }},
        {0, "sort", "KEY", "by self (default), inclusive, calls or name",
         [](Options& o, std::string_view a) {
           o.top.sort =
               OneOf("--sort", a, {"self", "inclusive", "calls", "name"});
         }},
        {0, "event", "NAME", "the cost to show; default: the first",
         [](Options& o, std::string_view a) { o.top.event = a; }},
        {0, "filter", "PATTERN",
         "only functions, files and packages like PATTERN",
         [](Options& o, std::string_view a) { o.top.filter = a; },
         Times::kOnce},
        {0, "callers", "PATTERN", "who calls the functions like PATTERN",
         [](Options& o, std::string_view a) { o.top.callers = a; },
         Times::kOnce},
        {0, "callees", "PATTERN", "what the functions like PATTERN call",
         [](Options& o, std::string_view a) { o.top.callees = a; },
         Times::kOnce},
        {0, "json", nullptr, "the report as JSON, exact",
         [](Options& o, std::string_view) { o.top.json = true; }},
        {0, "color", "WHEN", "auto (default), always or never",
         [](Options& o, std::string_view a) {
           o.color = OneOf("--color", a, {"auto", "always", "never"});
         }}},
       Command::kTop},
      {"Help",
       {{'h', nullptr, nullptr, "the most useful commands",
         [](Options& o, std::string_view) { o.command = Command::kHelp; }},
        {0, "help", nullptr, "this text",
         [](Options& o, std::string_view) { o.command = Command::kFullHelp; }},
        {'V', "version", nullptr, "versions and formats",
         [](Options& o, std::string_view) { o.command = Command::kVersion; }}}},
  };
  return groups;
}

// getopt_long's view of the table. A long option gives the index of its flag
// plus kFirstLong, a letter itself.
constexpr int kFirstLong = 256;

struct GetoptTable {
  std::string letters = "-:";  // all in order; ':' tells missing arguments
  std::vector<option> longs;
  struct Entry {
    const Flag* flag;
    std::optional<Command> command;
    int times = 0;  // given
  };
  std::vector<Entry> entries;

  GetoptTable() {
    for (const FlagGroup& group : FlagGroups()) {
      for (const Flag& flag : group.flags) {
        if (flag.letter != 0) {
          letters += flag.letter;
          if (flag.argument != nullptr) letters += ':';
        }
        if (flag.name != nullptr) {
          longs.push_back(
              {flag.name,
               flag.argument != nullptr ? required_argument : no_argument,
               nullptr, kFirstLong + static_cast<int>(entries.size())});
        }
        entries.push_back({&flag, group.command});
      }
    }
    longs.push_back({nullptr, 0, nullptr, 0});
  }

  Entry& Find(int code) {
    if (code >= kFirstLong) {
      return entries[static_cast<size_t>(code) - kFirstLong];
    }
    for (Entry& entry : entries) {
      if (entry.flag->letter == code) return entry;
    }
    throw Error("an option without a flag");
  }
};

[[noreturn]] void FailUsage(const std::string& what) {
  throw Error(what + "; `prof2cg -h` shows how to use it");
}

// Of flags that were understood, for `command`.
void CheckUse(const GetoptTable& table, Command command) {
  for (const auto& [flag, owner, times] : table.entries) {
    if (times == 0) continue;
    const std::string name = flag->letter != 0 ? std::string("-") + flag->letter
                                               : std::string("--") + flag->name;
    if (owner == Command::kTop && command != Command::kTop) {
      FailUsage(name + " belongs to `prof2cg top`");
    }
    if (owner == Command::kConvert && command == Command::kTop) {
      FailUsage(name + " is not for `prof2cg top`");
    }
    if (flag->times == Times::kOnce && times > 1) {
      FailUsage(name + " is given twice");
    }
  }
}

std::string FlagText(const Flag& flag) {
  std::string text = flag.letter != 0 ? std::string("-") + flag.letter : "  ";
  if (flag.name != nullptr) {
    text += std::string(flag.letter != 0 ? ", --" : "  --") + flag.name;
  }
  if (flag.argument != nullptr) text += std::string(" ") + flag.argument;
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

constexpr const char* kUsage = R"(Usage:
  prof2cg [-i FILE]... [FILE]... [-o FILE] [-f FORMAT] [-t FORMAT] [-k]
  prof2cg [-o FILE] [-k] -r SCRIPT [ARG]...
  prof2cg top [-n N] [--sort KEY] [--callers PATTERN] [--json] FILE...
)";

}  // namespace

Options ParseOptions(int argc, char** argv) {
  GetoptTable table;
  Options options;
  opterr = 0;
  optind = 1;
  if (argc > 1 && argv[1] == std::string_view("top")) {
    options.command = Command::kTop;
    optind = 2;
  }
  while (options.script.empty()) {
    const int before = optind;
    const int code = getopt_long(argc, argv, table.letters.c_str(),
                                 table.longs.data(), nullptr);
    if (code == -1) break;
    const std::string word = argv[std::min(before, argc - 1)];
    if (code == 1) {
      options.inputs.emplace_back(optarg);
    } else if (code == ':') {
      FailUsage(word + " needs an argument");
    } else if (code == '?') {
      FailUsage(word + ": no such option, or short for several");
    } else {
      GetoptTable::Entry& entry = table.Find(code);
      ++entry.times;
      entry.flag->apply(options, optarg == nullptr ? "" : optarg);
    }
  }
  std::vector<std::string>& rest =
      options.script.empty() ? options.inputs : options.script;
  for (; optind < argc; ++optind) rest.emplace_back(argv[optind]);

  const bool reads =
      options.command == Command::kConvert || options.command == Command::kTop;
  if (!reads) return options;
  CheckUse(table, options.command);
  if (options.inputs.empty() && options.script.empty()) {
    FailUsage("nothing to read");
  }
  if (!options.inputs.empty() && !options.script.empty()) {
    FailUsage("-r makes a profile, so it goes with no input");
  }
  return options;
}

std::string ShortHelp() {
  return R"(prof2cg turns profiles into call graphs.

  prof2cg -k profile.pstats        open a cProfile dump in KCachegrind
  prof2cg profile.pstats -o x.cg   convert it to a callgrind file
  prof2cg top profile.pstats       report on the terminal

`python3 -m cProfile -o profile.pstats app.py` makes such a dump, and
`prof2cg -k -r app.py` does all at once. `prof2cg --help` tells everything.
)";
}

std::string FullHelp() {
  constexpr size_t kColumn = 31;
  std::string text =
      std::string("prof2cg turns profiles into call graphs.\n\n") + kUsage;
  for (const FlagGroup& group : FlagGroups()) {
    text += std::string("\n") + group.title + ":\n";
    for (const Flag& flag : group.flags) {
      std::string line = "  " + FlagText(flag);
      if (line.size() >= kColumn) {
        text += line + "\n";
        line.clear();
      }
      line.resize(kColumn, ' ');
      text += line + flag.help + "\n";
    }
  }
  text += FormatLines("\nInput formats (gzip is inflated):\n", Readers());
  text += FormatLines("\nOutput formats:\n", Writers());
  text += R"(
Without -o, callgrind goes to <name of the first input>.log in the current
folder, or to standard output if standard input (-) is the only input. With -k
and without -o it goes to a temporary file of that name.

PATTERN names functions in the first of these ways that any function fits: by
name or its last part (compile is also builtins.compile), or file:line(name) as
pstats prints it; by a glob of either (parse_*, json/*.py); by a part of the
name; by a part of the file. --filter shows what fits in any of these ways: with
json all of a package or file of that name, too.

Exit status: 0 done; 2 any trouble, told in one line; with -r the script's own,
unless that is 0.
)";
  return text;
}

std::string VersionText() {
  std::string text = "prof2cg " + std::string(kVersion) + "\nreads ";
  for (const Reader* r : Readers()) text += " " + std::string(r->name);
  text += "\nwrites";
  for (const Writer* w : Writers()) text += " " + std::string(w->name);
  return text + "\nzlib   " + zlibVersion() + "\n";
}

}  // namespace prof2cg
