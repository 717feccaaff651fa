// Shows a marshalled object on one line, for the tests of the cursors.
//
//   none true false 42 other     what they say
//   #3ff0000000000000            a float: the bits of 1.0
//   3"abc"                       a string: its size in the file, its text
//   (1 2) [1 2] {1: 2 3: 4}      tuple, list, dict
//   <1 2>                        set, its items in order of these texts
//   (3) [3] <3> {?}              containers that were skipped: their sizes
//   <code object f, file "f.py", line 1>
#ifndef PROF2CG_CONVERTER_READERS_MARSHAL_SHOW_H_
#define PROF2CG_CONVERTER_READERS_MARSHAL_SHOW_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal_value.h"
#include "graph/error.h"

namespace prof2cg::marshal {

struct ShowOptions {
  int skip_every = 0;       // skip every so many-th container outside of sets
  bool with_memos = false;  // show what is met again from memory
};

// Bounded in depth and size, since references can form cycles: beyond, it
// throws Error as a cursor does.
template <Cursor C>
class Shower {
 public:
  Shower(C& cursor, const ShowOptions& options)
      : cursor_(cursor), options_(options) {}

  // The next object; empty at the end of a dict.
  std::string Item() {
    if (options_.with_memos) {
      if (const uint32_t memo = cursor_.TakeMemo()) return memos_[memo - 1];
    }
    const Value value = cursor_.Next();
    if (value.kind == Kind::kNull) return "";
    const std::string text = Contents(value);
    if (options_.with_memos) {
      memos_.push_back(text);
      cursor_.Memorize(value, static_cast<uint32_t>(memos_.size()));
    }
    return text;
  }

 private:
  static constexpr int kDeepest = 50;
  static constexpr int kMostValues = 100000;

  std::string Contents(const Value& value) {
    if (depth_ > kDeepest || ++values_ > kMostValues) {
      cursor_.Fail("too much to show");
    }
    char bits[32];
    switch (value.kind) {
      case Kind::kNull:
        return "";
      case Kind::kNone:
        return "none";
      case Kind::kBool:
        return value.integer != 0 ? "true" : "false";
      case Kind::kInt:
        return std::to_string(value.integer);
      case Kind::kFloat:
        std::snprintf(bits, sizeof bits, "#%016llx",
                      static_cast<unsigned long long>(std::bit_cast<uint64_t>(
                          static_cast<double>(value.real))));
        return bits;
      case Kind::kString: {
        std::string scratch;
        const std::string_view text = cursor_.Text(value, scratch);
        return std::to_string(value.size) + '"' + std::string(text) + '"';
      }
      case Kind::kTuple:
        return Container(value, "()");
      case Kind::kList:
        return Container(value, "[]");
      case Kind::kSet:
        return Container(value, "<>");
      case Kind::kDict:
        return Container(value, "{}");
      case Kind::kCode:
        return cursor_.CodeName(value);
      case Kind::kOther:
        cursor_.Skip(value);
        return "other";
    }
    return "";
  }

  std::string Container(const Value& value, const char* brackets) {
    const bool is_dict = value.kind == Kind::kDict;
    const bool is_set = value.kind == Kind::kSet;
    if (Skips()) {
      cursor_.Skip(value);
      const std::string size = is_dict ? "?" : std::to_string(value.size);
      return brackets[0] + size + brackets[1];
    }
    std::vector<std::string> items;
    ++depth_;
    within_sets_ += is_set;
    const Mark mark = cursor_.Enter(value);
    if (is_dict) {
      for (std::string key = Item(); !key.empty(); key = Item()) {
        items.push_back(key + ": " + PresentItem());
      }
    } else {
      for (uint64_t i = 0; i < value.size; ++i) items.push_back(PresentItem());
    }
    cursor_.Leave(mark);
    within_sets_ -= is_set;
    --depth_;
    if (is_set) std::ranges::sort(items);
    std::string line(1, brackets[0]);
    for (const std::string& item : items) line += item + ' ';
    if (!items.empty()) line.pop_back();
    return line + brackets[1];
  }

  std::string PresentItem() {
    std::string item = Item();
    if (item.empty()) cursor_.Fail("NULL within a container");
    return item;
  }

  bool Skips() {
    if (within_sets_ > 0) return false;
    ++containers_;
    return options_.skip_every > 0 && containers_ % options_.skip_every == 0;
  }

  C& cursor_;
  const ShowOptions options_;
  std::vector<std::string> memos_;
  int depth_ = 0;
  int values_ = 0;
  int containers_ = 0;
  int within_sets_ = 0;
};

template <Cursor C>
std::string Show(C& cursor, const ShowOptions& options = {}) {
  return Shower<C>(cursor, options).Item();
}

// Shows `bytes` from a copy of exactly their size on the heap, so that a
// sanitizer sees every step beyond them. Throws Error as the cursor does.
template <Cursor C>
std::string ShowCopy(std::string_view bytes, const ShowOptions& options = {}) {
  const auto copy = std::make_unique<char[]>(bytes.size());
  std::memcpy(copy.get(), bytes.data(), bytes.size());
  C cursor(std::string_view(copy.get(), bytes.size()));
  return Show(cursor, options);
}

inline std::string ReadTestFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error("cannot open", {}, path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// An object as marshal_samples.py writes it.
struct Sample {
  std::string bytes;
  std::string shown;
  std::string shown_skipping;  // with skip_every = kSampleSkips
};
inline constexpr int kSampleSkips = 3;

inline constexpr char kPython[] = "/usr/bin/python3";

inline std::vector<Sample> MakeSamples(int seed, int count) {
  const std::string command =
      std::string(kPython) + " -IS converter/readers/marshal_samples.py " +
      std::to_string(seed) + " " + std::to_string(count);
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw Error("cannot run " + command);
  const auto read = [&](std::string& text) {
    uint32_t size = 0;
    if (std::fread(&size, sizeof size, 1, pipe) != 1) return false;
    text.resize(size);
    return std::fread(text.data(), 1, size, pipe) == size;
  };
  std::vector<Sample> samples;
  for (Sample sample; read(sample.bytes) && read(sample.shown) &&
                      read(sample.shown_skipping);) {
    samples.push_back(sample);
  }
  if (pclose(pipe) != 0) throw Error("failed: " + command);
  return samples;
}

}  // namespace prof2cg::marshal

#endif  // PROF2CG_CONVERTER_READERS_MARSHAL_SHOW_H_
