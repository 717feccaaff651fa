#include "converter/io/gzip_sink.h"

#include <algorithm>
#include <new>

namespace prof2cg {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 16;
// Profiles of stacks repeat themselves: more effort gains a few percent and
// takes several times as long.
constexpr int kLevel = 3;

}  // namespace

GzipSink::GzipSink(TextSink& out) : out_(out) {
  constexpr int kGzip = 16 + MAX_WBITS;
  constexpr int kMemory = 8;  // zlib's default
  if (deflateInit2(&stream_, kLevel, Z_DEFLATED, kGzip, kMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
}

GzipSink::~GzipSink() { deflateEnd(&stream_); }

void GzipSink::Finish() { Deflate(Z_FINISH); }

void GzipSink::MakeRoom(size_t size) {
  Deflate(Z_NO_FLUSH);
  if (buffer_ != nullptr && size <= room()) return;
  size = std::max(size, kBufferBytes);
  buffer_ = std::make_unique_for_overwrite<char[]>(size);
  position_ = buffer_.get();
  end_ = position_ + size;
}

void GzipSink::Deflate(int flush) {
  stream_.next_in = reinterpret_cast<Bytef*>(buffer_.get());
  stream_.avail_in = static_cast<uInt>(position_ - buffer_.get());
  do {
    char* const room = out_.Reserve(kBufferBytes);
    stream_.next_out = reinterpret_cast<Bytef*>(room);
    stream_.avail_out = kBufferBytes;
    deflate(&stream_, flush);
    out_.EndAt(room + (kBufferBytes - stream_.avail_out));
  } while (stream_.avail_out == 0);
  position_ = buffer_.get();
}

}  // namespace prof2cg
