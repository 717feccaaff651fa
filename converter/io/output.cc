#include "converter/io/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <span>

#include "converter/io/descriptor.h"
#include "converter/io/replacement_file.h"
#include "converter/io/write_behind.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// The descriptor of this process that `path` names: opening it anew would
// write over what a regular file behind it already holds.
std::optional<int> DescriptorNamed(std::string_view path) {
  if (path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* const end = path.data() + path.size();
    const auto [rest, error] =
        std::from_chars(path.data() + folder.size(), end, number);
    if (error == std::errc() && rest == end && number >= 0) return number;
  }
  return std::nullopt;
}

bool ExistsAndIsNotRegular(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

[[noreturn]] void Fail(int error_number) {
  if (error_number == EPIPE) throw ClosedPipe();
  throw Error(std::string("cannot write: ") + std::strerror(error_number));
}

// What has no old content to keep until Commit; not open if `path` is a file.
Descriptor OpenDirectly(const std::string& path) {
  const std::optional<int> number = DescriptorNamed(path);
  if (!number && !ExistsAndIsNotRegular(path)) return Descriptor();
  Descriptor file(number ? fcntl(*number, F_DUPFD_CLOEXEC, 0)
                         : open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) Fail(errno);
  return file;
}

void RefuseInputs(const std::string& path,
                  const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (SameFile(input, path)) throw Error("would overwrite the input");
  }
}

}  // namespace

// What lies behind the inline part: the open target and the buffers.
class Output::Sink {
 public:
  explicit Sink(const std::string& path) : direct_(OpenDirectly(path)) {
    if (!direct_.is_open()) replacement_.emplace(path);
    writer_.emplace(direct_.is_open() ? direct_.get()
                                      : replacement_->descriptor());
  }

  std::span<char> buffer() const { return writer_->buffer(); }

  void Send(const char* position, size_t wanted) {
    if (const int error = writer_->Send(Filled(position), wanted)) Fail(error);
  }

  void Commit(const char* position) {
    if (const int error = writer_->Finish(Filled(position))) Fail(error);
    if (replacement_) return replacement_->Commit();
    if (!direct_.Close()) Fail(errno);
  }

 private:
  size_t Filled(const char* position) const {
    return static_cast<size_t>(position - buffer().data());
  }

  // The writer stops before the target is closed.
  Descriptor direct_;
  std::optional<ReplacementFile> replacement_;
  std::optional<WriteBehind> writer_;
};

template <typename Action>
void Output::NamingErrors(Action action) const {
  try {
    action();
  } catch (const Error& error) {
    throw error.In(name_);
  }
}

Output::Output(const std::string& path, const std::vector<std::string>& inputs)
    : name_(path == "-" ? "standard output" : path) {
  NamingErrors([&] {
    RefuseInputs(path, inputs);
    sink_ = std::make_unique<Sink>(path);
  });
  UseBuffer();
}

Output::~Output() = default;

void Output::UseBuffer() {
  const std::span<char> buffer = sink_->buffer();
  position_ = buffer.data();
  end_ = position_ + buffer.size();
}

void Output::MakeRoom(size_t size) {
  NamingErrors([&] { sink_->Send(position_, size); });
  UseBuffer();
}

void Output::Commit() {
  NamingErrors([&] { sink_->Commit(position_); });
}

bool Output::IsTerminal(const std::string& path) {
  if (const auto number = DescriptorNamed(path)) return isatty(*number) == 1;
  struct stat status;
  if (stat(path.c_str(), &status) != 0 || !S_ISCHR(status.st_mode)) {
    return false;
  }
  // Not a file or a pipe, where opening would be felt.
  const Descriptor device(
      open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  return device.is_open() && isatty(device.get()) == 1;
}

bool SameFile(const std::string& input, const std::string& output) {
  const auto status_of = [](const std::string& path, int standard_stream,
                            struct stat& status) {
    const int result = path == "-" ? fstat(standard_stream, &status)
                                   : stat(path.c_str(), &status);
    return result == 0 && S_ISREG(status.st_mode);
  };
  struct stat a;
  struct stat b;
  return status_of(input, STDIN_FILENO, a) &&
         status_of(output, STDOUT_FILENO, b) && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

}  // namespace prof2cg
