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
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 16;

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

// What lies behind the inline part: the open target and the buffer.
class Output::Sink {
 public:
  explicit Sink(const std::string& path) : direct_(OpenDirectly(path)) {
    if (!direct_.is_open()) replacement_.emplace(path);
  }

  // Of at least so many bytes; its content is lost.
  std::span<char> Buffer(size_t wanted) {
    if (wanted > size_) {
      size_ = std::max(wanted, kBufferBytes);
      buffer_ = std::make_unique_for_overwrite<char[]>(size_);
    }
    return {buffer_.get(), size_};
  }

  void SendBuffer(const char* end) {
    Send({buffer_.get(), static_cast<size_t>(end - buffer_.get())});
  }

  void Send(std::string_view text) {
    const int descriptor =
        direct_.is_open() ? direct_.get() : replacement_->descriptor();
    while (!text.empty()) {
      const ssize_t size = write(descriptor, text.data(), text.size());
      if (size >= 0) {
        text.remove_prefix(static_cast<size_t>(size));
      } else if (!ShouldRetry(descriptor, POLLOUT)) {
        Fail(errno);
      }
    }
  }

  void Commit() {
    if (replacement_) return replacement_->Commit();
    if (!direct_.Close()) Fail(errno);
  }

 private:
  Descriptor direct_;
  std::optional<ReplacementFile> replacement_;
  std::unique_ptr<char[]> buffer_;
  size_t size_ = 0;
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
  MakeRoom(1);
}

Output::~Output() = default;

void Output::MakeRoom(size_t size) {
  NamingErrors([&] { sink_->SendBuffer(position_); });
  const std::span<char> buffer = sink_->Buffer(size);
  position_ = buffer.data();
  end_ = position_ + buffer.size();
}

void Output::WriteLarge(std::string_view text) {
  if (text.size() < kBufferBytes) return TextSink::WriteLarge(text);
  MakeRoom(1);
  NamingErrors([&] { sink_->Send(text); });
}

void Output::Commit() {
  NamingErrors([&] {
    sink_->SendBuffer(position_);
    sink_->Commit();
  });
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
