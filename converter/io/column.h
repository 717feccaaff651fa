// Numbers of a recording's tables, packed (recording_format.h).
#ifndef PROF2CG_CONVERTER_IO_COLUMN_H_
#define PROF2CG_CONVERTER_IO_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/recording_format.h"

namespace prof2cg {

struct PackedColumn {
  recording::ColumnType type;
  std::string bytes;
};

// In the smallest type that holds them all. Throws Error for what has no place
// in a marshalled object.
PackedColumn PackColumn(std::span<const int64_t> numbers);
PackedColumn PackBytes(std::string_view bytes);

// Unpacked numbers.
class Column {
 public:
  Column() = default;
  // Throws Error unless `bytes` are those of so many rows, and then of no more
  // than are to be had.
  Column(recording::ColumnType type, std::string_view bytes, size_t rows);

  size_t rows() const { return bytes_.size() / width_; }

  int64_t operator[](size_t row) const {
    switch (width_) {
      case 1:
        return static_cast<uint8_t>(bytes_[row]);
      case 2:
        return Get<uint16_t>(row);
      case 4:
        return Get<uint32_t>(row);
      default:
        return Get<int64_t>(row);
    }
  }

  // Of a column of bytes.
  std::string_view text() const { return {bytes_.data(), bytes_.size()}; }

 private:
  template <class Number>
  Number Get(size_t row) const {
    Number number;
    std::memcpy(&number, bytes_.data() + row * sizeof number, sizeof number);
    return number;
  }

  size_t width_ = 1;
  std::vector<char> bytes_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_COLUMN_H_
