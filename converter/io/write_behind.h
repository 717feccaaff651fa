// Text on its way to a file descriptor, written while more of it is made.
#ifndef PROF2CG_CONVERTER_IO_WRITE_BEHIND_H_
#define PROF2CG_CONVERTER_IO_WRITE_BEHIND_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "converter/io/worker.h"

namespace prof2cg {

// The owner fills one buffer while a worker writes the other. That begins with
// the first megabytes written: a small output is written by its owner and pays
// nothing. Errors are errno values, 0 for none; once there is one nothing
// more is written and every later call returns it.
class WriteBehind {
 public:
  // `descriptor` stays open and the caller's own.
  explicit WriteBehind(int descriptor);

  // To be filled.
  std::span<char> buffer() const {
    return {filling_.bytes.get(), filling_.size};
  }

  // Sends the first `filled` bytes of the buffer; `buffer` then is another one,
  // of at least `wanted` bytes.
  int Send(size_t filled, size_t wanted);

  // Sends them and waits until everything is written.
  int Finish(size_t filled);

 private:
  struct Buffer {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
  };

  static Buffer NewBuffer(size_t size);

  const int descriptor_;
  Buffer filling_;
  Buffer writing_;
  uint64_t written_ = 0;
  int error_ = 0;
  Worker worker_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_WRITE_BEHIND_H_
