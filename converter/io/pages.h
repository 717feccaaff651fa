// Memory straight from the kernel: a mapped file or a buffer that grows.
#ifndef PROF2CG_CONVERTER_IO_PAGES_H_
#define PROF2CG_CONVERTER_IO_PAGES_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace prof2cg {

// Growing moves page tables, not bytes, and room that was never written to
// takes no memory; a vector would copy and clear. The bytes keep their address
// when the object moves, not when it grows. Throws Error when memory is out.
class Pages {
 public:
  Pages() = default;
  Pages(Pages&& other) noexcept;
  Pages& operator=(Pages&& other) noexcept;
  ~Pages();

  // The first `size` bytes of an open file; `name` is for the message should
  // it shrink.
  static Pages OfFile(int descriptor, size_t size, const std::string& name);

  std::string_view bytes() const { return {data_, size_}; }

  // Room behind the bytes: at least `wanted`, more as the buffer gets larger.
  // Not for a mapped file.
  char* Reserve(size_t wanted);
  size_t room() const { return capacity_ - size_; }
  // `used` bytes of the room have been filled.
  void Advance(size_t used) { size_ += used; }

 private:
  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;  // mapped bytes
  bool is_file_ = false;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_PAGES_H_
