#include "converter/io/write_behind.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>
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

WriteBehind::~WriteBehind() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

WriteBehind::Buffer WriteBehind::NewBuffer(size_t size) {
  return {std::make_unique_for_overwrite<char[]>(size), size};
}

int WriteBehind::Send(size_t filled, size_t wanted) {
  const std::string_view text(filling_.bytes.get(), filled);
  if (thread_.joinable()) {
    if (const int error = HandOver(text)) return error;
  } else {
    if (error_ == 0) error_ = WriteAll(descriptor_, text);
    if (error_ != 0) return error_;
    written_ += filled;
    if (written_ > kBytesBeforeThread) StartThread();
  }
  if (filling_.size < wanted) filling_ = NewBuffer(wanted);
  return 0;
}

// Waits for the thread, gives it `text` and takes its buffer.
int WriteBehind::HandOver(std::string_view text) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return pending_.empty(); });
    if (error_ != 0) return error_;
    pending_ = text;
  }
  changed_.notify_all();
  std::swap(filling_, writing_);
  return 0;
}

int WriteBehind::Finish(size_t filled) {
  if (const int error = Send(filled, 0)) return error;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return pending_.empty(); });
  return error_;
}

void WriteBehind::StartThread() {
  writing_ = NewBuffer(kBufferBytes);
  try {
    thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error&) {
    written_ = 0;  // no threads to be had: the owner writes on
  }
}

void WriteBehind::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stop_ || !pending_.empty(); });
    if (pending_.empty()) return;
    lock.unlock();
    const int error = WriteAll(descriptor_, pending_);
    lock.lock();
    error_ = error;
    pending_ = {};
    changed_.notify_all();
  }
}

}  // namespace prof2cg
