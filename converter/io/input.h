// The bytes of one input: a file, a pipe or standard input, inflated.
#ifndef PROF2CG_CONVERTER_IO_INPUT_H_
#define PROF2CG_CONVERTER_IO_INPUT_H_

#include <string>
#include <string_view>
#include <utility>

#include "converter/io/pages.h"

namespace prof2cg {

// A regular file is mapped, so that opening costs nothing and memory is the
// page cache's; anything else is read to its end. Either way the bytes lie in
// one piece, at least one and fewer than 4 GiB, and keep their address when the
// Input moves. Should a mapped file shrink, the process ends with a message
// (shrunk_file.h).
class Input {
 public:
  // `path` "-" is standard input. gzip is known by its first bytes and is
  // inflated; UTF-16, by its byte order mark, becomes UTF-8. Throws Error: no
  // such file, empty, too large, damaged gzip.
  static Input Open(const std::string& path);

  std::string_view bytes() const { return pages_.bytes(); }

  // For messages: the path, or "standard input".
  const std::string& name() const { return name_; }

 private:
  Input(std::string name, Pages pages)
      : name_(std::move(name)), pages_(std::move(pages)) {}

  std::string name_;
  Pages pages_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_INPUT_H_
