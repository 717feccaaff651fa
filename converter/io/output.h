// Where a writer's text goes: a file that appears whole or not at all, a pipe
// or standard output.
#ifndef PROF2CG_CONVERTER_IO_OUTPUT_H_
#define PROF2CG_CONVERTER_IO_OUTPUT_H_

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

// Nobody reads the pipe any more (head, a pager that was left). Not an Error,
// for there is nothing to tell: main ends quietly with status 2. main ignores
// SIGPIPE, or the process would end before this is thrown.
class ClosedPipe : public std::exception {
 public:
  const char* what() const noexcept override { return "closed pipe"; }
};

// Appending is inline: one check of the room left, then a copy. Full buffers
// are written by this thread, and once an output proves large by a second one
// while this one formats on; what fails there is thrown by a later call.
// Everything that may flush throws Error ("cannot write: No space left on
// device") or ClosedPipe.
class Output {
 public:
  // `path` "-" is standard output. A regular file gets its new content and
  // keeps its permissions at Commit; a link to one is followed. Devices, pipes
  // and open descriptors (/dev/stdout, /dev/fd/3) are written directly. Throws
  // Error if it cannot be written or if it is one of the files `inputs`.
  Output(const std::string& path, const std::vector<std::string>& inputs);
  // Without Commit no file is left, nor is an old one changed.
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void Write(std::string_view text) {
    if (text.size() > room()) return WriteLarge(text);
    position_ += text.copy(position_, text.size());
  }

  void Write(char c) {
    char* const place = Reserve(1);
    *place = c;
    EndAt(place + 1);
  }

  // In decimal.
  template <std::integral Number>
  void WriteNumber(Number number) {
    constexpr size_t kRoom = std::numeric_limits<Number>::digits10 + 2;
    char* const begin = Reserve(kRoom);
    position_ = std::to_chars(begin, begin + kRoom, number).ptr;
  }

  // For text that is made in place: room for `size` bytes, whatever the size,
  // until the next call; EndAt says where it ended.
  char* Reserve(size_t size) {
    if (size > room()) MakeRoom(size);
    return position_;
  }
  void EndAt(char* end) { position_ = end; }

  // Everything is written and the file has its name. To be called once, last.
  void Commit();

  // Whether binary output to `path` would end up on a terminal.
  static bool IsTerminal(const std::string& path);

 private:
  class Sink;

  size_t room() const { return static_cast<size_t>(end_ - position_); }
  void MakeRoom(size_t size);
  void WriteLarge(std::string_view text);
  void UseBuffer();
  template <typename Action>
  void NamingErrors(Action action) const;

  char* position_ = nullptr;
  char* end_ = nullptr;
  std::string name_;
  std::unique_ptr<Sink> sink_;
};

// Whether both name the same regular file, be it through links. "-" is standard
// input and standard output.
bool SameFile(const std::string& input, const std::string& output);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_OUTPUT_H_
