// Where a writer's text goes: a file that appears whole or not at all, a pipe
// or standard output.
#ifndef PROF2CG_CONVERTER_IO_OUTPUT_H_
#define PROF2CG_CONVERTER_IO_OUTPUT_H_

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/text_sink.h"

namespace prof2cg {

// Nobody reads the pipe any more (head, a pager that was left). Not an Error,
// for there is nothing to tell: main ends quietly with status 2. main ignores
// SIGPIPE, or the process would end before this is thrown.
class ClosedPipe : public std::exception {
 public:
  const char* what() const noexcept override { return "closed pipe"; }
};

// All calls that may write throw Error ("cannot write: No space left on
// device") or ClosedPipe.
class Output final : public TextSink {
 public:
  // `path` "-" is standard output. A regular file gets its new content and
  // keeps its permissions at Commit; a link to one is followed. Devices, pipes
  // and open descriptors (/dev/stdout, /dev/fd/3) are written directly. Throws
  // Error if it cannot be written or if it is one of the files `inputs`.
  Output(const std::string& path, const std::vector<std::string>& inputs);
  // Without Commit no file is left, nor is an old one changed.
  ~Output();

  // Everything is written and the file has its name. To be called once, last.
  void Commit();

  // Whether binary output to `path` would end up on a terminal.
  static bool IsTerminal(const std::string& path);

 private:
  class Sink;

  void MakeRoom(size_t size) override;
  // What is as large as a buffer is not copied into one.
  void WriteLarge(std::string_view text) override;
  template <typename Action>
  void NamingErrors(Action action) const;

  std::string name_;
  std::unique_ptr<Sink> sink_;
};

// Whether both name the same regular file, be it through links. "-" is standard
// input and standard output.
bool SameFile(const std::string& input, const std::string& output);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_OUTPUT_H_
