#include "allocator/pool.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <numeric>
#include <random>
#include <set>
#include <string_view>
#include <vector>

namespace prof2cg {
namespace {

struct alignas(kPoolBytes) Memory {
  char bytes[kPoolBytes];
};

void* Take(Pool& pool, BlockTag tag) {
  void* block = pool.Take<PlainLinks>(tag);
  if (block == nullptr && pool.Extend<PlainLinks>()) {
    block = pool.Take<PlainLinks>(tag);
  }
  return block;
}

std::vector<char*> TakeAll(Pool& pool) {
  std::vector<char*> blocks;
  while (void* block = Take(pool, BlockTag(kUnrecorded, 0))) {
    blocks.push_back(static_cast<char*>(block));
  }
  return blocks;
}

// Whatever was there before.
Pool NewPool(Memory& memory, size_t size_class) {
  std::memset(memory.bytes, 0xab, sizeof(memory));
  return Pool::Format<PlainLinks>(memory.bytes, size_class);
}

BOOST_AUTO_TEST_CASE(ATagKeepsTheLargestOwnerAndSize) {
  const BlockTag tag(kMaxOwners - 1, kLargestSmall);
  BOOST_TEST(tag.owner() == kMaxOwners - 1);
  BOOST_TEST(tag.size() == kLargestSmall);
}

BOOST_AUTO_TEST_CASE(BlocksAreAlignedApartAndWithinThePool) {
  static Memory memory;
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    Pool pool = NewPool(memory, size_class);
    const std::vector<char*> blocks = TakeAll(pool);
    BOOST_TEST(blocks.size() == pool.capacity());
    BOOST_TEST(pool.Check() == "");
    for (size_t i = 0; i < blocks.size(); ++i) {
      BOOST_REQUIRE(reinterpret_cast<uintptr_t>(blocks[i]) % 16 == 0);
      BOOST_REQUIRE(pool.Contains(blocks[i]));
      if (i > 0) {
        BOOST_REQUIRE(blocks[i] == blocks[i - 1] + pool.block_bytes());
      }
    }
    BOOST_TEST((blocks.back() + pool.block_bytes() <= std::end(memory.bytes)));
    // No more is lost than a block, and what tags take.
    const size_t taken =
        blocks.size() * (pool.block_bytes() + sizeof(BlockTag));
    BOOST_TEST(kPoolBytes - taken <= 2 * pool.block_bytes());
  }
}

BOOST_AUTO_TEST_CASE(EveryAddressOfABlockLeadsToIt) {
  static Memory memory;
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    Pool pool = NewPool(memory, size_class);
    const std::vector<char*> blocks = TakeAll(pool);
    for (Owner i = 0; i < blocks.size(); ++i) {
      pool.TagOf(blocks[i]) = BlockTag(i, size_class);
    }
    for (Owner i = 0; i < blocks.size(); ++i) {
      for (size_t offset = 0; offset < pool.block_bytes(); ++offset) {
        BOOST_REQUIRE(pool.BlockOf(blocks[i] + offset) == blocks[i]);
        BOOST_REQUIRE(pool.TagOf(blocks[i] + offset).owner() == i);
      }
    }
  }
}

// Gives all back in the order of `order`, and finds each again.
void CheckOrder(Pool& pool, const std::vector<char*>& blocks,
                const std::vector<size_t>& order) {
  for (size_t i = 0; i < order.size(); ++i) {
    const bool changes = pool.Give<PlainLinks>(blocks[order[i]]);
    const bool was_full = i == 0;
    const bool is_empty = i + 1 == order.size();
    BOOST_REQUIRE(changes == (was_full || is_empty));
  }
  BOOST_TEST(pool.used() == 0);
  BOOST_TEST(pool.Check() == "");
  const std::vector<char*> again = TakeAll(pool);
  BOOST_TEST((std::set(again.begin(), again.end()) ==
              std::set(blocks.begin(), blocks.end())));
}

BOOST_AUTO_TEST_CASE(BlocksMayComeBackInAnyOrder) {
  static Memory memory;
  std::mt19937 random(1);
  for (const size_t size_class : {0, 2, 7, 31}) {
    Pool pool = NewPool(memory, size_class);
    const std::vector<char*> blocks = TakeAll(pool);
    std::vector<size_t> order(blocks.size());
    std::iota(order.begin(), order.end(), size_t{0});
    CheckOrder(pool, blocks, order);
    std::reverse(order.begin(), order.end());
    CheckOrder(pool, blocks, order);
    for (int i = 0; i < 20; ++i) {
      std::shuffle(order.begin(), order.end(), random);
      CheckOrder(pool, blocks, order);
    }
  }
}

BOOST_AUTO_TEST_CASE(FreshPagesAreNotTouchedBeforeTheirBlocksAre) {
  static Memory memory;
  Pool pool = NewPool(memory, 3);
  Take(pool, BlockTag(kUnrecorded, 0));
  const std::string_view upper_half(memory.bytes + kPoolBytes / 2,
                                    kPoolBytes / 2);
  BOOST_TEST(upper_half.find_first_not_of('\xab') == std::string_view::npos);
}

}  // namespace
}  // namespace prof2cg
