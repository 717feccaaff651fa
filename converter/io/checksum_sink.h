// Passes text on and knows its CRC-32.
#ifndef PROF2CG_CONVERTER_IO_CHECKSUM_SINK_H_
#define PROF2CG_CONVERTER_IO_CHECKSUM_SINK_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "converter/io/text_sink.h"

namespace prof2cg {

// What was written is passed on by Flush at the latest; nobody else does.
class ChecksumSink final : public TextSink {
 public:
  explicit ChecksumSink(TextSink& out) : out_(out) {}

  // Of all text so far, and how much that is.
  uint32_t Checksum();
  uint64_t bytes() const {
    return passed_ + static_cast<uint64_t>(position_ - buffer_.get());
  }
  void Flush();

 private:
  void MakeRoom(size_t size) override;
  void WriteLarge(std::string_view text) override;
  void Pass(std::string_view text);

  TextSink& out_;
  uint32_t checksum_ = 0;  // of what was passed on
  uint64_t passed_ = 0;    // bytes
  std::unique_ptr<char[]> buffer_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_CHECKSUM_SINK_H_
