#include "converter/parse_options.h"

#include <getopt.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "converter/flags.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

[[noreturn]] void FailUsage(const std::string& what) {
  throw Error(what + "; `prof2cg -h` shows how to use it");
}

std::string FlagName(const Flag& flag) {
  return flag.letter != 0 ? std::string("-") + flag.letter
                          : std::string("--") + flag.name;
}

// getopt_long's view of a command's flags. A long option gives the place of its
// entry plus kFirstLong, a letter itself.
class GetoptTable {
 public:
  explicit GetoptTable(Command command) {
    for (const FlagGroup& group : FlagGroups()) {
      if (group.command.value_or(command) != command) continue;
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
    flag.apply(options, argument);
  }

 private:
  static constexpr int kFirstLong = 256;

  struct Entry {
    const FlagGroup* group;
    const Flag* flag;
    int times = 0;  // given
  };

  void Add(const FlagGroup& group, const Flag& flag) {
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
};

// Tells what `word` is where `command` has no such option.
[[noreturn]] void FailUnknown(const std::string& word, Command command) {
  const std::string name = word.substr(0, word.find('='));
  for (const FlagGroup& group : FlagGroups()) {
    if (group.command.value_or(command) == command) continue;
    for (const Flag& flag : group.flags) {
      const bool is_letter = flag.letter != 0 && word.size() >= 2 &&
                             word[0] == '-' && word[1] == flag.letter;
      if (!is_letter &&
          (flag.name == nullptr || name != "--" + std::string(flag.name))) {
        continue;
      }
      FailUsage(FlagName(flag) + (command == Command::kTop
                                      ? " is not for `prof2cg top`"
                                      : " belongs to `prof2cg top`"));
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
  options.picture.event = options.event;
  if (!options.node_lines.empty()) {
    options.picture.node_lines = options.node_lines;
  }
  if (!options.edge_lines.empty()) {
    options.picture.edge_lines = options.edge_lines;
  }
}

void Check(const Options& options) {
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

}  // namespace

Options ParseOptions(int argc, char** argv) {
  Options options;
  opterr = 0;
  optind = 1;
  if (argc > 1 && argv[1] == std::string_view("top")) {
    options.command = Command::kTop;
    optind = 2;
  }
  const Command command = options.command;
  GetoptTable table(command);
  while (options.script.empty()) {
    const int before = optind;
    const int code =
        getopt_long(argc, argv, table.letters(), table.longs(), nullptr);
    if (code == -1) break;
    const std::string word = argv[std::min(before, argc - 1)];
    if (code == 1) {
      options.inputs.emplace_back(optarg);
    } else if (code == ':') {
      FailUsage(word + " needs an argument");
    } else if (code == '?') {
      FailUnknown(word, command);
    } else {
      table.Apply(code, optarg == nullptr ? "" : optarg, options);
    }
  }
  std::vector<std::string>& rest =
      options.script.empty() ? options.inputs : options.script;
  for (; optind < argc; ++optind) rest.emplace_back(argv[optind]);

  if (options.command != command) return options;  // help
  if (std::filesystem::path(argv[0]).filename() == "gprof2dot") {
    SetUpGprof2dot(options);
  }
  Combine(options);
  Check(options);
  return options;
}

}  // namespace prof2cg
