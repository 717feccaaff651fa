// What an output format is, and the table of those that we know.
#ifndef PROF2CG_CONVERTER_WRITERS_WRITER_H_
#define PROF2CG_CONVERTER_WRITERS_WRITER_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "converter/io/text_sink.h"
#include "converter/picture/picture.h"
#include "graph/profile.h"

namespace prof2cg {

// Has one of `write` and `draw`.
struct Writer {
  std::string_view name;         // for -t
  std::string_view description;  // one line for --help
  std::string_view extensions;   // of file names, separated by blanks
  bool is_binary = false;        // nothing for a terminal
  // Writes the profile; gives what the format could not hold.
  std::vector<Oddity> (*write)(const Profile& profile, TextSink& out) = nullptr;
  // The same, threads apart from each other; the profile tells them. Null: the
  // format knows none.
  std::vector<Oddity> (*write_threads)(const Profile& profile,
                                       TextSink& out) = nullptr;
  // Writes what was chosen of a profile.
  void (*draw)(const Picture& picture, TextSink& out) = nullptr;

  // For those that draw. The usual colours:
  std::string_view colormap = "color";
  // The functions that it can show at most, so that people can read it and wait
  // for it, if no other number is asked for; 0: all.
  size_t most_nodes = 0;
  bool shows_all_events = false;  // not only the first view
};

// As many functions as a picture stays readable with, and quick to make.
inline constexpr size_t kMostNodes = 300;

std::span<const Writer* const> Writers();

// The writer of that name, or null.
const Writer* FindWriter(std::string_view name);

// The writer for a file of that name by its extension, or null.
const Writer* FindWriterForFile(std::string_view path);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_WRITER_H_
