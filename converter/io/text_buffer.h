// Text in memory.
#ifndef PROF2CG_CONVERTER_IO_TEXT_BUFFER_H_
#define PROF2CG_CONVERTER_IO_TEXT_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "converter/io/text_sink.h"

namespace prof2cg {

class TextBuffer final : public TextSink {
 public:
  TextBuffer() = default;

  std::string_view text() const {
    return {bytes_.get(), static_cast<size_t>(position_ - bytes_.get())};
  }
  void Clear() { position_ = bytes_.get(); }

 private:
  void MakeRoom(size_t size) override {
    constexpr size_t kSmallest = 4096;
    const std::string_view kept = text();
    const size_t grown =
        std::max({kSmallest, 2 * kept.size(), kept.size() + size});
    std::unique_ptr<char[]> bytes =
        std::make_unique_for_overwrite<char[]>(grown);
    if (!kept.empty()) std::memcpy(bytes.get(), kept.data(), kept.size());
    position_ = bytes.get() + kept.size();
    bytes_ = std::move(bytes);
    end_ = bytes_.get() + grown;
  }

  std::unique_ptr<char[]> bytes_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_TEXT_BUFFER_H_
