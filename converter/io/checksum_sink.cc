#include "converter/io/checksum_sink.h"

#include <zlib.h>

#include <algorithm>

namespace prof2cg {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 18;

}  // namespace

uint32_t ChecksumSink::Checksum() {
  Flush();
  return checksum_;
}

void ChecksumSink::Flush() {
  Pass({buffer_.get(), static_cast<size_t>(position_ - buffer_.get())});
  position_ = buffer_.get();
}

void ChecksumSink::MakeRoom(size_t size) {
  Flush();
  if (buffer_ != nullptr && size <= room()) return;
  size = std::max(size, kBufferBytes);
  buffer_ = std::make_unique_for_overwrite<char[]>(size);
  position_ = buffer_.get();
  end_ = position_ + size;
}

void ChecksumSink::WriteLarge(std::string_view text) {
  if (text.size() < kBufferBytes) return TextSink::WriteLarge(text);
  Flush();
  Pass(text);
}

void ChecksumSink::Pass(std::string_view text) {
  if (text.empty()) return;  // for zlib, no bytes at all begin anew
  checksum_ = static_cast<uint32_t>(crc32_z(
      checksum_, reinterpret_cast<const Bytef*>(text.data()), text.size()));
  passed_ += text.size();
  out_.Write(text);
}

}  // namespace prof2cg
