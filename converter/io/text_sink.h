// Where writers put their text.
#ifndef PROF2CG_CONVERTER_IO_TEXT_SINK_H_
#define PROF2CG_CONVERTER_IO_TEXT_SINK_H_

#include <charconv>
#include <concepts>
#include <cstddef>
#include <limits>
#include <string_view>

namespace prof2cg {

// Appending is inline: one check of the room left, then a copy. What happens
// when the room is used up is the derived class's: any call may throw what that
// throws.
class TextSink {
 public:
  TextSink(const TextSink&) = delete;
  TextSink& operator=(const TextSink&) = delete;

  void Write(std::string_view text) {
    if (text.size() > room()) return WriteLarge(text);
    position_ += text.copy(position_, text.size());
  }

  void Write(char c) {
    char* const place = Reserve(1);
    *place = c;
    EndAt(place + 1);
  }

  // In decimal.
  template <std::integral Number>
  void WriteNumber(Number number) {
    constexpr size_t kRoom = std::numeric_limits<Number>::digits10 + 2;
    char* const begin = Reserve(kRoom);
    EndAt(std::to_chars(begin, begin + kRoom, number).ptr);
  }

  // For text that is made in place: room for `size` bytes, whatever the size,
  // until the next call; EndAt says where it ended.
  char* Reserve(size_t size) {
    if (size > room()) MakeRoom(size);
    return position_;
  }
  void EndAt(char* end) { position_ = end; }

 protected:
  TextSink() = default;
  ~TextSink() = default;

  // Puts the text before position_ away and makes place for `size` bytes there.
  virtual void MakeRoom(size_t size) = 0;
  // Appends what there is no room for.
  virtual void WriteLarge(std::string_view text);

  size_t room() const { return static_cast<size_t>(end_ - position_); }

  char* position_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_TEXT_SINK_H_
