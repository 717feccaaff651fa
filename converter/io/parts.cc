#include "converter/io/parts.h"

#include <algorithm>
#include <list>
#include <memory>
#include <string_view>
#include <thread>

#include "converter/io/worker.h"

namespace prof2cg {
namespace {

constexpr size_t kMostThreads = 4;

// Text in memory.
class TextBuffer final : public TextSink {
 public:
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
    position_ = std::ranges::copy(kept, bytes.get()).out;
    bytes_ = std::move(bytes);
    end_ = bytes_.get() + grown;
  }

  std::unique_ptr<char[]> bytes_;
};

// Makes every so-manieth part beside the owner.
struct Side {
  TextBuffer texts[2];
  size_t making = 0;  // the other text is made
  Worker worker;
};

}  // namespace

void WriteParts(size_t parts, TextSink& out,
                const std::function<void(size_t part, TextSink& sink)>& write) {
  const size_t threads =
      std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
  std::list<Side> sides(std::min(threads, std::max<size_t>(parts, 1)) - 1);
  const auto start = [&](Side& side, size_t part) {
    if (part >= parts) return;
    TextBuffer& text = side.texts[side.making];
    text.Clear();
    side.worker.Start([&write, &text, part] { write(part, text); });
  };
  size_t part = 0;
  for (Side& side : sides) start(side, ++part);
  for (part = 0; part < parts; ++part) {
    write(part, out);
    for (Side& side : sides) {
      if (++part >= parts) return;
      side.worker.Wait();
      const TextBuffer& made = side.texts[side.making];
      side.making = 1 - side.making;
      start(side, part + sides.size() + 1);
      out.Write(made.text());
    }
  }
}

}  // namespace prof2cg
