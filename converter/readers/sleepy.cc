// Captures of Very Sleepy, a profiler for Windows: zip archives. Of their
// members two are read, whose names early versions write in small letters.
//
// Symbols.txt: an address (sym12 in early versions), the module that it is in,
// its function, and the line of the source
//
//   0x7ff61b2a1010 "app" "main" "c:\src\app.cpp" 12
//
// Callstacks.txt: seconds, and addresses with the last function first
//
//   0.0312 0x7ff61b2a1043 0x7ff61b2a1010
//
// A function is a name in a module, which is its object. An address is no
// function: its line is the one being executed, or behind a call, which is kept
// where it is in the function's file; the code of others was inlined.
//
// Accepted and counted: addresses without a symbol, which are functions of
// their own, stacks without addresses, and lines of symbols that are none.
// Left out: IPCounts.txt, which follows, Stats.txt and minidumps. Threads are
// not told apart in a capture.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "converter/io/inflate.h"
#include "converter/io/line_cursor.h"
#include "converter/io/zip_archive.h"
#include "converter/readers/amount.h"
#include "converter/readers/frames.h"
#include "converter/readers/reader.h"
#include "graph/context_tree_builder.h"
#include "graph/profile_builder.h"

namespace prof2cg {
namespace {

constexpr double kNanosecondsPerSecond = 1e9;

// What begins with quotes, up to those that a blank follows, with the blanks:
// names of operators may have some.
std::optional<std::string_view> TakeQuoted(std::string_view& text) {
  if (!text.starts_with('"')) return std::nullopt;
  size_t end = text.find('"', 1);
  while (end != text.npos && end + 1 < text.size() &&
         kBlanks.find(text[end + 1]) == kBlanks.npos) {
    end = text.find('"', end + 1);
  }
  if (end == text.npos) return std::nullopt;
  const std::string_view quoted = text.substr(1, end - 1);
  text = Trim(text.substr(end + 1));
  return quoted;
}

struct Symbol {
  std::string_view address;
  std::string_view function;  // with its module, as the line has them
  std::string_view module;
  std::string_view name;
  std::string_view file;
  int64_t line;
};

std::optional<Symbol> ParseSymbol(std::string_view text) {
  const std::string_view address = TakeWord(text);
  const std::string_view rest = text;
  const auto module = TakeQuoted(text);
  const auto name = TakeQuoted(text);
  const auto size = static_cast<size_t>(text.data() - rest.data());
  const auto file = TakeQuoted(text);
  const auto line = ParseInt(text);
  if (!module || !name || !file || !line) return std::nullopt;
  return Symbol{address, rest.substr(0, size), *module, *name, *file, *line};
}

class SleepyReader {
 public:
  explicit SleepyReader(std::string_view bytes)
      : archive_(bytes),
        symbols_(archive_.Read("Symbols.txt", InflatedLimit(bytes.size()))),
        stacks_(archive_.Read("Callstacks.txt", InflatedLimit(bytes.size()))),
        builder_(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}})),
        tree_(1) {}

  Profile Read() {
    LineCursor symbols(symbols_.bytes());
    while (symbols.Next()) AddSymbol(TrimEnd(symbols.line()));
    LineCursor stacks(stacks_.bytes());
    while (stacks.Next()) AddStack(stacks);
    NoteOddities();
    Profile profile = std::move(builder_).Build();
    profile.contexts = std::move(tree_).Build();
    return profile;
  }

 private:
  void AddSymbol(std::string_view text);
  void AddStack(const LineCursor& stacks);
  Frame FrameAt(std::string_view address);
  void NoteOddities();

  const ZipArchive archive_;
  const Pages symbols_;
  const Pages stacks_;
  ProfileBuilder builder_;
  ContextTreeBuilder tree_;
  FrameMemo functions_;                                  // by name and module
  absl::flat_hash_map<std::string_view, Frame> frames_;  // by address
  absl::flat_hash_set<std::string_view> without_symbol_;
  std::vector<std::string_view> stack_;
  int64_t no_symbols_ = 0;
  int64_t without_frames_ = 0;
};

// The last one of an address counts, as gprof2dot has it.
void SleepyReader::AddSymbol(std::string_view text) {
  if (text.empty()) return;
  const std::optional<Symbol> symbol = ParseSymbol(text);
  if (!symbol) {
    ++no_symbols_;
    return;
  }
  Frame frame = functions_.Find(symbol->function, [&](std::string_view) {
    return MakeFrame(builder_, symbol->name, symbol->file, symbol->module, 0);
  });
  const Function& function = builder_.profile().functions[frame.function.row()];
  if (function.file == InternUtf8(builder_, symbol->file)) {
    frame.line = LineNumber(symbol->line);
  }
  frames_[symbol->address] = frame;
}

void SleepyReader::AddStack(const LineCursor& stacks) {
  std::string_view text = Trim(stacks.line());
  if (text.empty()) return;
  const std::string_view word = TakeWord(text);
  const std::optional<double> seconds = ParseDouble(word);
  if (!seconds || !(*seconds >= 0)) stacks.Fail("seconds", word);
  const int64_t ns = LimitedCost(*seconds * kNanosecondsPerSecond);
  without_frames_ += text.empty();
  if (text.empty()) return;
  while (!text.empty()) stack_.push_back(TakeWord(text));
  const ContextId context =
      EnterStack(tree_, stack_,
                 [&](std::string_view address) { return FrameAt(address); });
  tree_.AddSelf(context, {&ns, 1});
}

Frame SleepyReader::FrameAt(std::string_view address) {
  const auto found = frames_.find(address);
  if (found != frames_.end()) return found->second;
  without_symbol_.insert(address);
  return frames_[address] = MakeFrame(builder_, address, "", "", 0);
}

void SleepyReader::NoteOddities() {
  Provenance& provenance = builder_.profile().provenance;
  provenance.counts = Origin::kAbsent;
  provenance.lost = without_frames_;
  provenance.Note("line of Symbols.txt is no symbol: left out",
                  "lines of Symbols.txt are no symbols: left out", no_symbols_);
  provenance.Note("address has no symbol: it is a function of its own",
                  "addresses have no symbols: they are functions of their own",
                  std::ssize(without_symbol_));
  provenance.Note("stack has no addresses: left out",
                  "stacks have no addresses: left out", without_frames_);
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// All members have the names of a capture's; the first is in the head.
bool Sniff(std::string_view head) {
  constexpr std::string_view kMembers[] = {
      "Stats.txt",      "Symbols.txt",  "IPCounts.txt",
      "Callstacks.txt", "minidump.dmp", "Threads.txt",
  };
  const std::string_view first = FirstZipMember(head);
  const bool is_version =
      first.starts_with("Version ") && first.ends_with(" required");
  return is_version || std::ranges::any_of(kMembers, [&](std::string_view m) {
           return EqualsIgnoringCase(first, m);
         });
}

Profile Read(std::string_view bytes) { return SleepyReader(bytes).Read(); }

}  // namespace

extern constinit const Reader kSleepy = {
    .name = "sleepy",
    .description = "captures of Very Sleepy",
    .sniff = Sniff,
    .read = Read,
};

}  // namespace prof2cg
