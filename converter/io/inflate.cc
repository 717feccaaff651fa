#include "converter/io/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <new>
#include <string>
#include <utility>

#include "graph/error.h"

namespace prof2cg {
namespace {

// zlib counts in 32 bits.
uInt Clamp(size_t bytes) {
  return static_cast<uInt>(
      std::min<size_t>(bytes, std::numeric_limits<uInt>::max()));
}

class Inflater {
 public:
  Inflater(std::string_view compressed, size_t limit)
      : compressed_(compressed), limit_(limit) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Pages Run() {
    do {
      Member();
    } while (AnotherFollows());
    return std::move(inflated_);
  }

 private:
  void Member() {
    inflateReset(&stream_);
    while (!Step()) {
    }
  }

  // Inflates what fits into the room there is; whether the member is complete.
  bool Step() {
    constexpr size_t kLeastRoom = size_t{1} << 16;
    char* const room = inflated_.Reserve(kLeastRoom);
    // One byte more than allowed, or a file at the limit could not be told
    // from one beyond it.
    const size_t allowed = limit_ - inflated_.bytes().size() + 1;
    const uInt out = Clamp(std::min(inflated_.room(), allowed));
    const uInt in = Clamp(compressed_.size() - position_);
    // zlib reads through a pointer to non-const.
    stream_.next_in = reinterpret_cast<Bytef*>(
        const_cast<char*>(compressed_.data() + position_));
    stream_.avail_in = in;
    stream_.next_out = reinterpret_cast<Bytef*>(room);
    stream_.avail_out = out;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    position_ += in - stream_.avail_in;
    inflated_.Advance(out - stream_.avail_out);
    Check(status);
    return status == Z_STREAM_END;
  }

  void Check(int status) const {
    if (inflated_.bytes().size() > limit_) {
      Fail("gzip data inflate to more than " + std::to_string(limit_) +
           " bytes, refused as a likely bomb");
    }
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status == Z_BUF_ERROR) Fail("gzip data end early");
    if (status != Z_OK && status != Z_STREAM_END) {
      const char* const detail = stream_.msg ? stream_.msg : "no reason known";
      Fail(std::string("damaged gzip data (") + detail + ")");
    }
  }

  bool AnotherFollows() const {
    const std::string_view rest = compressed_.substr(position_);
    if (IsGzip(rest)) return true;
    if (rest.find_first_not_of('\0') != rest.npos) {
      Fail("gzip data are followed by something else");
    }
    return false;
  }

  [[noreturn]] void Fail(const std::string& message) const {
    throw Error(message, position_);
  }

  const std::string_view compressed_;
  const size_t limit_;
  size_t position_ = 0;  // in compressed_
  Pages inflated_;
  z_stream stream_ = {};
};

}  // namespace

bool IsGzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

size_t InflatedLimit(size_t compressed_bytes) {
  constexpr size_t kAlwaysAllowed = size_t{64} << 20;
  constexpr size_t kRatio = 200;
  return std::max(kAlwaysAllowed, kRatio * compressed_bytes);
}

Pages Inflate(std::string_view compressed, size_t limit) {
  return Inflater(compressed, limit).Run();
}

}  // namespace prof2cg
