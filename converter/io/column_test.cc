#include "converter/io/column.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "graph/error.h"

namespace prof2cg {
namespace {

std::vector<int64_t> Unpacked(const PackedColumn& packed, size_t rows) {
  const Column column(packed.type, packed.bytes, rows);
  std::vector<int64_t> numbers;
  for (size_t row = 0; row < column.rows(); ++row) {
    numbers.push_back(column[row]);
  }
  return numbers;
}

bool IsRefused(const PackedColumn& packed, size_t rows) {
  try {
    Column(packed.type, packed.bytes, rows);
    return false;
  } catch (const Error&) {
    return true;
  }
}

BOOST_AUTO_TEST_SUITE(Columns)

BOOST_AUTO_TEST_CASE(NumbersAreTheSameAfterwards) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 500; ++round) {
    std::vector<int64_t> numbers(random() % 300);
    const auto shift = random() % 64;
    for (int64_t& number : numbers) {
      number = static_cast<int64_t>(random() >> shift);
    }
    BOOST_TEST(Unpacked(PackColumn(numbers), numbers.size()) == numbers);
  }
}

BOOST_AUTO_TEST_CASE(TheSmallestTypeIsTaken) {
  const struct {
    int64_t number;
    std::string type;
  } kRows[] = {{0, "u1"},          {255, "u1"},        {256, "<u2"},
               {65535, "<u2"},     {65536, "<u4"},     {UINT32_MAX, "<u4"},
               {1LL << 32, "<i8"}, {INT64_MAX, "<i8"}, {-1, "<i8"},
               {INT64_MIN, "<i8"}};
  for (const auto& [number, type] : kRows) {
    const std::vector<int64_t> numbers = {0, number, 1};
    const PackedColumn packed = PackColumn(numbers);
    BOOST_TEST(packed.type.name == type);
    BOOST_TEST(Unpacked(packed, 3) == numbers);
  }
}

BOOST_AUTO_TEST_CASE(BytesAreTheSameAfterwards) {
  for (const std::string& bytes : {std::string(), std::string("text\0\xff", 6),
                                   std::string(1 << 20, 'x')}) {
    const PackedColumn packed = PackBytes(bytes);
    BOOST_CHECK(Column(packed.type, packed.bytes, bytes.size()).text() ==
                bytes);
  }
}

BOOST_AUTO_TEST_CASE(AnotherNumberOfRowsIsRefused) {
  const PackedColumn packed = PackColumn(std::vector<int64_t>(100, 300));
  for (const size_t rows : {0, 1, 99, 101, 200}) {
    BOOST_TEST(IsRefused(packed, rows));
  }
  BOOST_TEST(!IsRefused(packed, 100));
  BOOST_TEST(!IsRefused(PackColumn({}), 0));
  BOOST_TEST(IsRefused(PackColumn({}), 1));
}

BOOST_AUTO_TEST_CASE(DamagedBytesAreRefused) {
  const PackedColumn packed = PackColumn(std::vector<int64_t>{1, 2, 3, 4, 5});
  for (size_t i = 0; i < packed.bytes.size(); ++i) {
    BOOST_TEST(IsRefused({packed.type, packed.bytes.substr(0, i)}, 5));
  }
  BOOST_TEST(IsRefused({packed.type, packed.bytes + "x"}, 5));
  BOOST_TEST(IsRefused({packed.type, "no zlib"}, 5));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
