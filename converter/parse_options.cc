#include "converter/parse_options.h"

#include <getopt.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "converter/flags.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

[[noreturn]] void FailUsage(const std::string& what) {
  throw Error(what + "; `prof2cg -h` shows how to use it");
}

std::string FlagName(const Flag& flag) {
  if (flag.letter != 0) return std::string("-") + flag.letter;
  return std::string("--") + flag.name +
         (flag.apply_numbered != nullptr ? "N" : "");
}

// "--separate-callers2=main": 2, main.
struct NumberedWord {
  std::string_view number;
  std::string_view argument;
};

// Nothing where the word is not of that flag.
std::optional<NumberedWord> TakeNumbered(const Flag& flag,
                                         std::string_view word) {
  if (flag.apply_numbered == nullptr) return std::nullopt;
  const std::string name = std::string("--") + flag.name;
  if (!word.starts_with(name)) return std::nullopt;
  word.remove_prefix(name.size());
  const size_t digits =
      std::min(word.find_first_not_of("0123456789"), word.size());
  if (digits == 0) return std::nullopt;
  if (word.substr(digits, 1) != "=") {
    FailUsage(name + std::string(word) + " needs =" + flag.argument);
  }
  return NumberedWord{word.substr(0, digits), word.substr(digits + 1)};
}

// getopt_long's view of a command's flags. A long option gives the place of its
// entry plus kFirstLong, a letter itself.
class GetoptTable {
 public:
  explicit GetoptTable(Command command) {
    for (const FlagGroup& group : FlagGroups()) {
      if (!group.IsOf(command)) continue;
      for (const Flag& flag : group.flags) Add(group, flag);
    }
    longs_.push_back({nullptr, 0, nullptr, 0});
  }

  const char* letters() const { return letters_.c_str(); }
  const option* longs() const { return longs_.data(); }

  void Apply(int code, std::string_view argument, Options& options) {
    Entry& entry = Find(code);
    const Flag& flag = *entry.flag;
    if (++entry.times > 1 && flag.times == Times::kOnce) {
      FailUsage(FlagName(flag) + " is given twice");
    }
    if (entry.group->is_for_pictures) options.picture_flag = FlagName(flag);
    if (flag.apply != nullptr) return flag.apply(options, argument);
    std::string word = std::string("--") + flag.name;
    if (flag.argument != nullptr) word += "=" + std::string(argument);
    options.record.words.push_back(word);
  }

  // Whether it is a flag whose name ends in a number, which getopt_long does
  // not know.
  bool ApplyNumbered(std::string_view word, Options& options) const {
    for (const Flag* flag : numbered_) {
      const auto taken = TakeNumbered(*flag, word);
      if (!taken) continue;
      flag->apply_numbered(options, taken->number, taken->argument);
      return true;
    }
    return false;
  }

 private:
  static constexpr int kFirstLong = 256;

  struct Entry {
    const FlagGroup* group;
    const Flag* flag;
    int times = 0;  // given
  };

  void Add(const FlagGroup& group, const Flag& flag) {
    if (flag.apply_numbered != nullptr) return numbered_.push_back(&flag);
    if (flag.letter != 0) {
      letters_ += flag.letter;
      if (flag.argument != nullptr) letters_ += ':';
    }
    // Other names are the same option: to getopt_long, what they have in common
    // is short for one.
    if (flag.help != nullptr) entries_.push_back({&group, &flag});
    if (flag.name == nullptr) return;
    longs_.push_back(
        {flag.name, flag.argument != nullptr ? required_argument : no_argument,
         nullptr, kFirstLong + static_cast<int>(entries_.size()) - 1});
  }

  Entry& Find(int code) {
    if (code >= kFirstLong) {
      return entries_[static_cast<size_t>(code) - kFirstLong];
    }
    return *std::ranges::find_if(
        entries_, [&](const Entry& e) { return e.flag->letter == code; });
  }

  std::string letters_ = "-:";  // all in order; ':' tells missing arguments
  std::vector<option> longs_;
  std::vector<Entry> entries_;
  std::vector<const Flag*> numbered_;
};

struct CommandWord {
  Command command;
  std::string_view word;  // "": prof2cg alone
};

constexpr CommandWord kCommandWords[] = {
    {Command::kConvert, ""},        {Command::kTop, "top"},
    {Command::kDiff, "diff"},       {Command::kRecord, "record"},
    {Command::kControl, "control"}, {Command::kSnapshot, "snapshot"},
};

bool IsNamed(const Flag& flag, std::string_view word) {
  if (flag.apply_numbered != nullptr)
    return TakeNumbered(flag, word).has_value();
  const bool is_letter = flag.letter != 0 && word.size() >= 2 &&
                         word[0] == '-' && word[1] == flag.letter;
  return is_letter ||
         (flag.name != nullptr &&
          word.substr(0, word.find('=')) == "--" + std::string(flag.name));
}

// Tells what `word` is where `command` has no such option.
[[noreturn]] void FailUnknown(const std::string& word,
                              const CommandWord& command) {
  for (const FlagGroup& group : FlagGroups()) {
    if (group.IsOf(command.command)) continue;
    for (const Flag& flag : group.flags) {
      if (!IsNamed(flag, word)) continue;
      if (group.IsOf(Command::kConvert)) {
        FailUsage(FlagName(flag) + " is not for `prof2cg " +
                  std::string(command.word) + "`");
      }
      const auto owner = std::ranges::find(
          kCommandWords, group.commands.front(), &CommandWord::command);
      FailUsage(FlagName(flag) + " belongs to `prof2cg " +
                std::string(owner->word) + "`");
    }
  }
  FailUsage(word + ": no such option, or short for several");
}

void SetUpGprof2dot(Options& options) {
  if (options.inputs.empty()) options.inputs = {"-"};
  if (options.output.empty()) options.output = "-";
  if (options.writer == nullptr) options.writer = FindWriter("dot");
}

// What flags ask for together.
void Combine(Options& options) {
  options.top.event = options.event;
  options.stacks.event = options.event;
  options.outliers.event = options.event;
  options.picture.event = options.event;
  if (!options.node_lines.empty()) {
    options.picture.node_lines = options.node_lines;
  }
  if (!options.edge_lines.empty()) {
    options.picture.edge_lines = options.edge_lines;
  }
}

void CheckProfiles(const Options& options) {
  if (options.inputs.empty() && options.script.empty()) {
    FailUsage("nothing to read");
  }
  if (!options.inputs.empty() && !options.script.empty()) {
    FailUsage("-r makes a profile, so it goes with no input");
  }
  if (options.compares && options.inputs.size() != 2) {
    FailUsage("--compare takes two inputs");
  }
}

void CheckTop(const Options& options) {
  if (options.by_outliers) {
    if (options.by_stacks) FailUsage("--outliers is no report by stacks");
    if (!options.list_flag.empty()) {
      FailUsage(options.list_flag + " does not go with --outliers");
    }
  }
  if (options.by_stacks && !options.list_flag.empty()) {
    FailUsage(options.list_flag + " is for the list of functions, not stacks");
  }
  if (!options.by_stacks && !options.stacks_flag.empty()) {
    FailUsage(options.stacks_flag + " goes with --stacks, --leaks or --peak");
  }
}

// -o x.svg is a picture; the text goes where it goes without -o.
void CheckPictureOfDiff(Options& options) {
  const std::string flag =
      options.event.empty() ? options.picture_flag : "--event";
  const Writer*& writer = options.writer;
  if (writer != nullptr) {
    if (writer->draw == nullptr) {
      FailUsage("-t " + std::string(writer->name) + " is no picture");
    }
    if (options.output.empty() || options.output == "-") {
      FailUsage("-t needs -o FILE: standard output has the text");
    }
    return;
  }
  writer = FindWriterForFile(options.output);
  if (writer != nullptr && writer->draw == nullptr) writer = nullptr;
  if (writer == nullptr && !flag.empty()) {
    FailUsage(flag + " is for pictures: name one by -o x.svg");
  }
}

// Two inputs are the sides, if none was named otherwise.
void CheckDiff(Options& options) {
  DiffOptions& diff = options.diff;
  if (diff.base.empty() && diff.current.empty() && options.inputs.size() == 2) {
    diff.base = {options.inputs[0]};
    diff.current = {options.inputs[1]};
    options.inputs.clear();
  }
  if (!options.inputs.empty() || diff.base.empty() || diff.current.empty()) {
    FailUsage(
        "`prof2cg diff` takes BASE NEW, BASE... -- NEW..., or --base "
        "FILE... --new FILE...");
  }
  CheckPictureOfDiff(options);
}

void CheckControl(const Options& options) {
  if (!options.switches_on) FailUsage("-i on or -i off tells what to do");
  if (options.inputs.size() != 1) {
    FailUsage("`prof2cg control` takes the number of one process");
  }
}

// A program has all that follows it.
bool HasProgram(const Options& options) {
  return !options.script.empty() || !options.record.program.empty();
}

void Finish(Options& options, const char* program) {
  switch (options.command) {
    case Command::kRecord:
      if (!HasProgram(options)) FailUsage("nothing to run");
      return;
    case Command::kControl:
      return CheckControl(options);
    case Command::kDiff:
      return CheckDiff(options);
    case Command::kSnapshot:
      if (!options.event.empty()) {
        FailUsage("`prof2cg snapshot` has no --event: it tells all");
      }
      return CheckProfiles(options);
    case Command::kConvert:
    case Command::kTop:
      if (std::filesystem::path(program).filename() == "gprof2dot") {
        SetUpGprof2dot(options);
      }
      Combine(options);
      CheckTop(options);
      return CheckProfiles(options);
    case Command::kHelp:
    case Command::kFullHelp:
    case Command::kVersion:
      return;
  }
}

// Where words that are no options go.
std::vector<std::string>& Operands(Options& options) {
  if (options.diff_side != nullptr) return options.diff.*options.diff_side;
  if (!options.script.empty()) return options.script;
  return options.command == Command::kRecord ? options.record.program
                                             : options.inputs;
}

// "BASE... -- NEW...": at the --.
void SplitSides(Options& options) {
  const bool splits = options.command == Command::kDiff &&
                      options.diff_side == nullptr && !options.inputs.empty();
  if (!splits) return;
  options.diff.base = std::move(options.inputs);
  options.inputs.clear();
  options.diff_side = &DiffOptions::current;
}

}  // namespace

Options ParseOptions(int argc, char** argv) {
  Options options;
  const CommandWord* command = &kCommandWords[0];
  opterr = 0;
  optind = 1;
  for (const CommandWord& known : kCommandWords) {
    if (argc > 1 && argv[1] == known.word && !known.word.empty()) {
      command = &known;
      optind = 2;
    }
  }
  options.command = command->command;
  GetoptTable table(command->command);
  while (!HasProgram(options)) {
    const int before = optind;
    const int code =
        getopt_long(argc, argv, table.letters(), table.longs(), nullptr);
    if (code == -1) break;
    const std::string word = argv[std::min(before, argc - 1)];
    if (code == 1) {
      Operands(options).emplace_back(optarg);
    } else if (code == ':') {
      FailUsage(word + " needs an argument");
    } else if (code == '?') {
      if (!table.ApplyNumbered(word, options)) FailUnknown(word, *command);
    } else {
      table.Apply(code, optarg == nullptr ? "" : optarg, options);
    }
  }
  if (optind < argc) SplitSides(options);
  std::vector<std::string>& operands = Operands(options);
  for (; optind < argc; ++optind) operands.emplace_back(argv[optind]);
  Finish(options, argv[0]);
  return options;
}

}  // namespace prof2cg
