// Passes text on as a gzip file (RFC 1952).
#ifndef PROF2CG_CONVERTER_IO_GZIP_SINK_H_
#define PROF2CG_CONVERTER_IO_GZIP_SINK_H_

#include <zlib.h>

#include <memory>

#include "converter/io/text_sink.h"

namespace prof2cg {

// The same text gives the same bytes: the header has neither time nor name.
class GzipSink final : public TextSink {
 public:
  explicit GzipSink(TextSink& out);
  ~GzipSink();

  // Ends the file. To be called once, last; nobody else does.
  void Finish();

 private:
  void MakeRoom(size_t size) override;
  // Compresses what was written so far.
  void Deflate(int flush);

  TextSink& out_;
  z_stream stream_ = {};
  std::unique_ptr<char[]> buffer_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_GZIP_SINK_H_
