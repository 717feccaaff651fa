// What an output format is, and the table of those that we know.
#ifndef PROF2CG_CONVERTER_WRITERS_WRITER_H_
#define PROF2CG_CONVERTER_WRITERS_WRITER_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "converter/io/text_sink.h"
#include "converter/picture/picture.h"
#include "graph/profile.h"

namespace prof2cg {

// What a format holds of a profile beside its functions, and one event.
struct Holds {
  bool all_events = false;
  bool call_counts = false;
  bool stacks = false;
  bool lines = false;  // of call sites
  bool threads = false;
  bool block_sizes = false;
};

// Has one of `write`, `draw` and `is_report`.
struct Writer {
  std::string_view name;         // for -t
  std::string_view description;  // one line for --help
  std::string_view extensions;   // of file names, separated by blanks
  bool is_binary = false;        // nothing for a terminal
  // None: all of it, or the format is no profile but a view of one.
  std::optional<Holds> holds = {};
  // Writes the profile; gives what the format could not hold.
  std::vector<Oddity> (*write)(const Profile& profile, TextSink& out) = nullptr;
  // The same, threads apart from each other; the profile tells them. Null: the
  // format knows none.
  std::vector<Oddity> (*write_threads)(const Profile& profile,
                                       TextSink& out) = nullptr;
  bool is_report = false;  // that of `top`, of all functions
  // Writes what was chosen of a profile.
  void (*draw)(const Picture& picture, TextSink& out) = nullptr;

  // For those that draw. The usual colours:
  std::string_view colormap = "color";
  // The functions that it can show at most, so that people can read it and wait
  // for it, if no other number is asked for; 0: all.
  size_t most_nodes = 0;
  bool shows_all_events = false;  // not only the first view
};

inline bool HoldsOneEvent(const Writer& writer) {
  return writer.holds && !writer.holds->all_events;
}

// As many functions as a picture stays readable with, and quick to make.
inline constexpr size_t kMostNodes = 300;

std::span<const Writer* const> Writers();

// The writer of that name, or null.
const Writer* FindWriter(std::string_view name);

// The writer for a file of that name by its extension, or null.
const Writer* FindWriterForFile(std::string_view path);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_WRITER_H_
