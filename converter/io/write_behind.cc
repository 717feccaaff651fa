#include "converter/io/write_behind.h"

#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "converter/io/descriptor.h"

namespace prof2cg {
namespace {

// Measured on 290 MB and two cores: with 64 KiB a file takes a sixth longer,
// with 1 MiB the times scatter. With a core to spare the thread saves an eighth
// on a file; it costs a twentieth on a pipe whose reader has the other core,
// and wins nothing dependable on a busy machine. Started after 256 KiB or 1 MiB
// it made outputs of a few megabytes a tenth slower.
constexpr size_t kBufferBytes = size_t{256} << 10;
constexpr uint64_t kBytesBeforeThread = uint64_t{4} << 20;

int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = write(descriptor, text.data(), text.size());
    if (size >= 0) {
      text.remove_prefix(static_cast<size_t>(size));
    } else if (!ShouldRetry(descriptor, POLLOUT)) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

WriteBehind::WriteBehind(int descriptor)
    : descriptor_(descriptor), filling_(NewBuffer(kBufferBytes)) {}

WriteBehind::Buffer WriteBehind::NewBuffer(size_t size) {
  return {std::make_unique_for_overwrite<char[]>(size), size};
}

int WriteBehind::Send(size_t filled, size_t wanted) {
  worker_.Wait();
  if (error_ != 0) return error_;
  const std::string_view text(filling_.bytes.get(), filled);
  if (written_ < kBytesBeforeThread) {
    error_ = WriteAll(descriptor_, text);
    if (error_ != 0) return error_;
  } else {
    if (writing_.size == 0) writing_ = NewBuffer(kBufferBytes);
    std::swap(filling_, writing_);
    worker_.Start([this, text] { error_ = WriteAll(descriptor_, text); });
  }
  written_ += filled;
  if (filling_.size < wanted) filling_ = NewBuffer(wanted);
  return 0;
}

int WriteBehind::Finish(size_t filled) {
  Send(filled, 0);
  worker_.Wait();
  return error_;
}

}  // namespace prof2cg
