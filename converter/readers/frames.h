// Frames of stacks that stand in a text.
#ifndef PROF2CG_CONVERTER_READERS_FRAMES_H_
#define PROF2CG_CONVERTER_READERS_FRAMES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/hash/hash.h"
#include "graph/context_tree_builder.h"
#include "graph/ids.h"
#include "graph/profile_builder.h"
#include "graph/row_index.h"

namespace prof2cg {

// A function on a stack.
struct Frame {
  FunctionId function;
  uint32_t line = 0;  // being executed, where the next frame was called
};

// A text of any bytes: what is not UTF-8 is taken for Latin-1.
std::string ToUtf8(std::string_view text);
StringId InternUtf8(ProfileBuilder& builder, std::string_view text);

// A number that a text has as a line, or the nearest that can be one.
uint32_t LineNumber(int64_t line);

// A frame as the text has it, by these.
Frame MakeFrame(ProfileBuilder& builder, std::string_view name,
                std::string_view file, std::string_view object, int64_t line);

// Without "+0x2a": where in its code a function was.
std::string_view CutOffset(std::string_view symbol);

// Enters a stack whose last function comes first, and empties it; each frame
// was called where the one before it is executed. frame_of(entry) gives the
// Frame of an entry. Gives the last function's context; none without frames.
template <class Entry, class FrameOf>
ContextId EnterStack(ContextTreeBuilder& tree, std::vector<Entry>& stack,
                     FrameOf frame_of, uint32_t thread = 0) {
  ContextId context;
  uint32_t line = 0;
  for (; !stack.empty(); stack.pop_back()) {
    const Frame frame = frame_of(stack.back());
    context = tree.Enter(context, frame.function, line, thread);
    line = frame.line;
  }
  return context;
}

// What each text of a frame means: it is made out only once. Texts are not
// copied, so they must stay where they are.
class FrameMemo {
 public:
  // The frame of that text, from parse(text) the first time.
  template <class Parse>
  Frame Find(std::string_view text, Parse parse) {
    const auto new_row = static_cast<uint32_t>(texts_.size());
    const uint32_t row =
        index_.FindOrAdd(absl::HashOf(text), new_row,
                         [&](uint32_t other) { return texts_[other] == text; });
    if (row == new_row) {
      texts_.push_back(text);
      frames_.push_back(parse(text));
    }
    return frames_[row];
  }

 private:
  RowIndex index_;  // of texts_
  std::vector<std::string_view> texts_;
  std::vector<Frame> frames_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_FRAMES_H_
