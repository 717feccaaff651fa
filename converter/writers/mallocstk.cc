// Sizes of allocated blocks by stack, as py_mallocstk.d of the DTraceToolkit
// prints them: for every stack that allocated, the costliest last, how many
// blocks it allocated of which size.
//
//                 python`_PyEval_EvalFrameDefault
//                   [ /home/me/app.py:12 (parse) ]
//                 python`_PyEval_EvalFrameDefault
//                   [ /home/me/app.py:30 (main) ]
//
//            value  ------------- Distribution ------------- count
//               16 |                                         0
//               32 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ 150
//               64 |                                         0
//
// Row 32 counts blocks of 32 to 63 bytes. A line is that of the call of the
// frame above; in the function that allocated, which no line is known of, its
// first. Functions that are not of Python stand as module`function.
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/io/utf8.h"
#include "converter/writers/writer.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr size_t kBarWidth = 40;
constexpr size_t kIndent = 14;
// Where frames of Python are in native stacks.
constexpr std::string_view kInterpreter = "python`_PyEval_EvalFrameDefault";

// The next greater value that a row begins with: 0, 1, 2, 4, …
int64_t Next(int64_t value) {
  if (value == 0) return 1;
  return value > INT64_MAX / 2 ? INT64_MAX : 2 * value;
}
int64_t Previous(int64_t value) { return value / 2; }

// Sizes of one context, from the smallest.
using Sizes = std::span<const SizeCount>;

int64_t SumOf(Sizes sizes) {
  int64_t sum = 0;
  for (const SizeCount& size : sizes) sum = SaturatingAdd(sum, size.blocks);
  return sum;
}

class MallocstkWriter {
 public:
  MallocstkWriter(const Profile& profile, TextSink& out)
      : profile_(profile), contexts_(profile.contexts->contexts), out_(out) {}

  void Write() {
    out_.Write("Python malloc byte distributions by stack trace,\n");
    const std::vector<SizeCount> sizes = Sorted();
    for (const Sizes of_one : ByContext(sizes)) {
      out_.Write('\n');
      WriteStack(of_one[0].context);
      out_.Write('\n');
      WriteDistribution(of_one);
    }
  }

 private:
  std::vector<SizeCount> Sorted() const;
  static std::vector<Sizes> ByContext(Sizes sizes);
  void WriteStack(ContextId context);
  void WriteFrame(const Function& function, uint32_t line);
  void WriteDistribution(Sizes sizes);
  void WriteRow(int64_t value, int64_t blocks, int64_t all);
  void Indent(size_t columns) { out_.Write(std::string(columns, ' ')); }

  const Profile& profile_;
  const std::vector<Context>& contexts_;
  TextSink& out_;
};

std::vector<SizeCount> MallocstkWriter::Sorted() const {
  std::vector<SizeCount> sizes = profile_.contexts->sizes;
  std::erase_if(sizes, [](const SizeCount& size) { return size.blocks == 0; });
  std::ranges::sort(sizes, {}, [](const SizeCount& size) {
    return std::pair(size.context, size.least);
  });
  return sizes;
}

// By their number of blocks.
std::vector<Sizes> MallocstkWriter::ByContext(Sizes sizes) {
  std::vector<Sizes> all;
  for (size_t begin = 0; begin < sizes.size();) {
    size_t end = begin;
    while (end < sizes.size() && sizes[end].context == sizes[begin].context) {
      ++end;
    }
    all.push_back(sizes.subspan(begin, end - begin));
    begin = end;
  }
  std::ranges::stable_sort(all, {}, SumOf);
  return all;
}

void MallocstkWriter::WriteStack(ContextId context) {
  uint32_t line =
      profile_.functions[contexts_[context.row()].function.row()].line;
  while (context.is_valid()) {
    const Context& frame = contexts_[context.row()];
    WriteFrame(profile_.functions[frame.function.row()], line);
    line = frame.line;
    context = frame.parent;
  }
}

void MallocstkWriter::WriteFrame(const Function& function, uint32_t line) {
  const std::string_view file = profile_.strings[function.file];
  const std::string name = Printable(profile_.strings[function.name]);
  Indent(kIndent);
  if (file.empty() || file == kBuiltInFile) {
    const std::string_view object = profile_.strings[function.object];
    out_.Write(file.empty() && !object.empty() ? Printable(object)
                                               : "built-in");
    out_.Write('`');
    out_.Write(name);
  } else {
    out_.Write(kInterpreter);
    out_.Write('\n');
    Indent(kIndent + 2);
    out_.Write("[ " + Printable(file) + ':');
    out_.WriteNumber(line);
    out_.Write(" (" + name + ") ]");
  }
  out_.Write('\n');
}

// From the row before the first that counts something to the row after the
// last.
void MallocstkWriter::WriteDistribution(Sizes sizes) {
  out_.Write(
      "           value  ------------- Distribution ------------- count\n");
  const int64_t all = SumOf(sizes);
  const int64_t end = Next(sizes.back().least);
  size_t next = 0;
  for (int64_t value = Previous(sizes[0].least);; value = Next(value)) {
    const bool counts = next < sizes.size() && sizes[next].least == value;
    WriteRow(value, counts ? sizes[next++].blocks : 0, all);
    if (value >= end) break;
  }
}

void MallocstkWriter::WriteRow(int64_t value, int64_t blocks, int64_t all) {
  const std::string number = std::to_string(value);
  Indent(16 - std::min<size_t>(16, number.size()));
  const double share =
      all <= 0 ? 0 : static_cast<double>(blocks) / static_cast<double>(all);
  std::string bar(
      static_cast<size_t>(std::clamp(share, 0.0, 1.0) * kBarWidth + 0.5), '@');
  bar.resize(kBarWidth, ' ');
  out_.Write(number + " |" + bar + ' ');
  out_.WriteNumber(blocks);
  out_.Write('\n');
}

std::vector<Oddity> Write(const Profile& profile, TextSink& out) {
  if (!profile.contexts || profile.contexts->sizes.empty()) {
    throw Error(
        "-t mallocstk needs sizes of blocks by stack, which this profile does "
        "not have: record with --events=time,sizes");
  }
  MallocstkWriter(profile, out).Write();
  return {};
}

}  // namespace

extern constinit const Writer kMallocstk = {
    .name = "mallocstk",
    .description = "sizes of blocks by stack, as py_mallocstk.d prints them",
    .extensions = "",
    .write = Write,
};

}  // namespace prof2cg
