// Collapsed stacks: a line each, from the root to the last function, and behind
// a blank what it cost itself of the profile's first event. See
// readers/collapse.cc for the format.
//
// A frame is py-spy's, "function (file:line)", where the file is known and the
// function's name has no blank, else its name alone. The line is that of the
// call of the next frame or, where it is not known, the function's first. What
// would end a frame or a line is shown as something else.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/utf8.h"
#include "converter/writers/stacks.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

// Text that stands between semicolons.
std::string Escaped(std::string_view text) {
  std::string escaped = Printable(text);
  std::ranges::replace(escaped, ';', ':');
  return escaped;
}

// A function's frames, but for the line.
struct FrameText {
  std::string name;  // and " (", the file and ":" if there is one
  bool has_place = false;
};

class CollapseWriter {
 public:
  CollapseWriter(const Profile& profile, TextSink& out)
      : profile_(profile), stacks_(profile), out_(out) {
    for (const Function& function : profile.functions) {
      frames_.push_back(FrameOf(function));
    }
  }

  std::vector<Oddity> Write() {
    const ContextTree& tree = stacks_.tree();
    for (size_t row = 0; row < tree.contexts.size(); ++row) {
      const int64_t cost = tree.self[row][0];
      if (cost == 0) continue;
      WriteStack(ContextId(row));
      out_.Write(' ');
      out_.WriteNumber(cost);
      out_.Write('\n');
    }
    std::vector<Oddity> oddities = stacks_.Oddities();
    if (nameless_files_ > 0) {
      oddities.push_back(
          {"function has a blank in its name: its file is left out",
           "functions have a blank in their name: their files are left out",
           nameless_files_});
    }
    return oddities;
  }

 private:
  struct Frame {
    ContextId context;
    uint32_t line;
  };

  FrameText FrameOf(const Function& function);
  void WriteStack(ContextId last);
  void WriteFrame(const Frame& frame);

  const Profile& profile_;
  const Stacks stacks_;
  TextSink& out_;
  std::vector<FrameText> frames_;  // per function
  std::vector<Frame> stack_;       // of the one that is written
  int64_t nameless_files_ = 0;
};

FrameText CollapseWriter::FrameOf(const Function& function) {
  std::string name = Escaped(profile_.strings[function.name]);
  const std::string_view file = profile_.strings[function.file];
  if (file.empty() || file == kBuiltInFile) return {std::move(name)};
  if (name.find(' ') != name.npos) {
    ++nameless_files_;
    return {std::move(name)};
  }
  return {name + " (" + Escaped(file) + ':', true};
}

void CollapseWriter::WriteStack(ContextId last) {
  stack_.clear();
  uint32_t line = 0;
  while (last.is_valid()) {
    stack_.push_back({last, stacks_.LineIn(last, line)});
    const Context& context = stacks_.tree().contexts[last.row()];
    line = context.line;
    last = context.parent;
  }
  for (size_t i = stack_.size(); i-- > 0;) {
    WriteFrame(stack_[i]);
    if (i > 0) out_.Write(';');
  }
}

void CollapseWriter::WriteFrame(const Frame& frame) {
  const FunctionId f = stacks_.tree().contexts[frame.context.row()].function;
  const FrameText& text = frames_[f.row()];
  out_.Write(text.name);
  if (!text.has_place) return;
  out_.WriteNumber(frame.line);
  out_.Write(')');
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  return CollapseWriter(profile, out).Write();
}

}  // namespace

extern constinit const Writer kCollapseWriter = {
    .name = "collapse",
    .description =
        "collapsed stacks, for flamegraph.pl, inferno and speedscope",
    .extensions = ".folded .collapsed .stacks",
    .holds = Holds{.stacks = true, .lines = true},
    .write = Write,
};

}  // namespace prof2cg
