#include "graph/row_index.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

// Random values, found and added as a map does it. Hashes have `hash_bits`
// random bits, so that few of them make many values collide.
void CompareWithMap(int hash_bits, uint32_t values, uint32_t seed) {
  std::mt19937_64 random(seed);
  std::vector<uint64_t> hashes(values);
  for (uint64_t& hash : hashes) {
    hash =
        hash_bits == 0 ? 0 : random() >> (64 - hash_bits) << (64 - hash_bits);
  }
  RowIndex index;
  std::vector<uint32_t> table;
  std::map<uint32_t, uint32_t> rows;
  for (uint32_t i = 0; i < 4 * values; ++i) {
    const auto value = static_cast<uint32_t>(random() % values);
    const auto new_row = static_cast<uint32_t>(table.size());
    const uint32_t known = index.Find(
        hashes[value], [&](uint32_t other) { return table[other] == value; });
    BOOST_REQUIRE_EQUAL(
        known, rows.count(value) == 0 ? RowIndex::kNoRow : rows[value]);
    const uint32_t row =
        index.FindOrAdd(hashes[value], new_row, [&](uint32_t other) {
          BOOST_REQUIRE_LT(other, table.size());
          return table[other] == value;
        });
    if (row == new_row) table.push_back(value);
    BOOST_REQUIRE_EQUAL(row, rows.try_emplace(value, new_row).first->second);
  }
}

BOOST_AUTO_TEST_CASE(RowsAreFoundAsAMapFindsThem) {
  CompareWithMap(64, 1, 1);
  CompareWithMap(64, 7, 2);
  CompareWithMap(64, 50'000, 3);
}

BOOST_AUTO_TEST_CASE(ValuesOfEqualHashAreToldApart) {
  CompareWithMap(0, 500, 4);
  CompareWithMap(4, 1000, 5);
}

BOOST_AUTO_TEST_CASE(WhatWasAddedLastIsSeenAhead) {
  RowIndex index;
  constexpr uint64_t kHash = uint64_t{3} << 60;
  BOOST_TEST(index.Peek(kHash) == RowIndex::kNoRow);
  index.FindOrAdd(kHash, 0, [](uint32_t) { return false; });
  BOOST_TEST(index.Peek(kHash) == 0);
}

}  // namespace
}  // namespace prof2cg
