#include "converter/io/column.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <new>

#include "graph/error.h"

namespace prof2cg {
namespace {

static_assert(std::endian::native == std::endian::little,
              "columns are little-endian and are copied as they are");

using recording::ColumnType;
using recording::kTypes;

// The length of a marshalled object's bytes has 31 bits.
constexpr size_t kMostBytes = INT32_MAX;

class Deflater {
 public:
  Deflater() {
    if (deflateInit(&stream_, Z_BEST_SPEED) != Z_OK) throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string Deflate(std::string_view bytes) {
    if (bytes.size() > kMostBytes) Fail();
    std::vector<char> packed(deflateBound(&stream_, bytes.size()));
    // zlib reads through a pointer to non-const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream_.avail_out = static_cast<uInt>(packed.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) Fail();
    const size_t size = packed.size() - stream_.avail_out;
    if (size > kMostBytes) Fail();
    return {packed.data(), size};
  }

 private:
  [[noreturn]] static void Fail() {
    throw Error("a table is too large for a recording: over 2 GiB a column");
  }

  z_stream stream_ = {};
};

const ColumnType& SmallestType(std::span<const int64_t> numbers) {
  uint64_t bits = 0;  // of any
  for (const int64_t number : numbers) bits |= static_cast<uint64_t>(number);
  return *std::ranges::find_if(kTypes, [&](const ColumnType& type) {
    return type.bytes == sizeof bits || bits >> 8 * type.bytes == 0;
  });
}

}  // namespace

PackedColumn PackColumn(std::span<const int64_t> numbers) {
  const ColumnType& type = SmallestType(numbers);
  std::vector<char> narrow(numbers.size() * type.bytes);
  for (size_t row = 0; row < numbers.size(); ++row) {
    std::memcpy(narrow.data() + row * type.bytes, &numbers[row], type.bytes);
  }
  return {type, Deflater().Deflate({narrow.data(), narrow.size()})};
}

PackedColumn PackBytes(std::string_view bytes) {
  return {kTypes[0], Deflater().Deflate(bytes)};
}

Column::Column(ColumnType type, std::string_view bytes, size_t rows)
    : width_(type.bytes), bytes_(rows * type.bytes) {
  uLongf size = bytes_.size();
  uLong used = bytes.size();
  const int status =
      uncompress2(reinterpret_cast<Bytef*>(bytes_.data()), &size,
                  reinterpret_cast<const Bytef*>(bytes.data()), &used);
  if (status == Z_MEM_ERROR) throw std::bad_alloc();
  if (status != Z_OK || size != bytes_.size() || used != bytes.size()) {
    throw Error("a column does not hold as many numbers as its table has rows");
  }
}

}  // namespace prof2cg
