// An open file descriptor, closed with its owner.
#ifndef PROF2CG_CONVERTER_IO_DESCRIPTOR_H_
#define PROF2CG_CONVERTER_IO_DESCRIPTOR_H_

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace prof2cg {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept
      : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { Close(); }

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }

  // False, with errno, if what was written could not be kept after all (some
  // network file systems say so only now).
  bool Close() { return number_ < 0 || close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

// After a failed read (POLLIN) or write (POLLOUT): whether to try again. A
// standard stream can be non-blocking because another program made it so.
inline bool ShouldRetry(int descriptor, short events) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN) return false;
  pollfd wait = {descriptor, events, 0};
  return poll(&wait, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_DESCRIPTOR_H_
