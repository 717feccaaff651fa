#include "allocator/large_blocks.h"

#include <boost/test/unit_test.hpp>
#include <iterator>
#include <map>
#include <random>

namespace prof2cg {
namespace {

struct OpenTable : LargeBlocks {
  OpenTable() { BOOST_REQUIRE(Open()); }
  ~OpenTable() {
    BOOST_TEST(Check() == "");
    Close();
  }
};

using Model = std::map<uintptr_t, std::pair<size_t, Owner>>;

const void* Address(uintptr_t address) {
  return reinterpret_cast<const void*>(address);
}

void CheckSame(LargeBlocks& table, const Model& model) {
  BOOST_REQUIRE(table.Check() == "");
  BOOST_REQUIRE(table.count() == model.size());
  for (const auto& [address, figures] : model) {
    const LargeBlocks::Block* block = table.Find(Address(address));
    BOOST_REQUIRE(block != nullptr);
    BOOST_REQUIRE(block->address() == address);
    BOOST_REQUIRE(block->size == figures.first);
    BOOST_REQUIRE(block->owner == figures.second);
  }
}

// Up to `most` blocks come and go at random, at addresses that `address` makes.
template <class Address>
void CheckRandomly(size_t most, Address address) {
  OpenTable table;
  Model model;
  std::mt19937_64 random(1);
  for (size_t step = 0; step < 40 * most; ++step) {
    // Fills up, empties, and so on.
    const bool grows = step / (5 * most) % 2 == 0;
    const uintptr_t at = address(random);
    LargeBlocks::Block* found = table.Find(prof2cg::Address(at));
    BOOST_REQUIRE((found != nullptr) == model.contains(at));
    if (found != nullptr && !grows) {
      table.Remove(found);
      model.erase(at);
    } else if (found != nullptr) {
      const uintptr_t moved = address(random);
      if (moved != at && model.contains(moved)) continue;
      table.Replace(found, prof2cg::Address(moved), step, 5);
      model.erase(at);
      model[moved] = {step, 5};
    } else if (grows && model.size() < most) {
      const auto owner = static_cast<Owner>(random() % kMaxOwners);
      BOOST_REQUIRE(table.Add(prof2cg::Address(at), step, owner));
      model[at] = {step, owner};
    }
    if (step % (4 * most) == 0) CheckSame(table, model);
  }
  CheckSame(table, model);
}

BOOST_AUTO_TEST_CASE(ItKnowsWhatAMapKnows) {
  CheckRandomly(5'000, [](auto& random) {
    return uintptr_t{0x7f0000000000} + random() % 20'000 * 16;
  });
}

BOOST_AUTO_TEST_CASE(AddressesOfFarApartPagesDoNotPileUp) {
  CheckRandomly(2'000, [](auto& random) {
    return random() % 8'000 * (uintptr_t{1} << 21) + 16;
  });
}

BOOST_AUTO_TEST_CASE(RemovingFromAPileKeepsTheOthersFound) {
  CheckRandomly(
      200, [](auto& random) { return uintptr_t{16} + random() % 600 * 16; });
}

BOOST_AUTO_TEST_CASE(ItShrinksWithItsBlocks) {
  OpenTable table;
  const size_t fewest = table.slots();
  for (uintptr_t i = 1; i <= 100'000; ++i) table.Add(Address(i * 16), 1, 2);
  BOOST_TEST(table.slots() >= 200'000);
  for (uintptr_t i = 1; i <= 100'000; ++i) {
    table.Remove(table.Find(Address(i * 16)));
  }
  BOOST_TEST(table.slots() == fewest);
}

BOOST_AUTO_TEST_CASE(NullIsNeverInIt) {
  OpenTable table;
  BOOST_TEST(table.Find(nullptr) == nullptr);
  table.Add(Address(16), 1, 2);
  BOOST_TEST(table.Find(nullptr) == nullptr);
}

// A leak checker takes whatever looks like an address for a reference.
BOOST_AUTO_TEST_CASE(NoAddressOfABlockStandsInItsTable) {
  OpenTable table;
  const uintptr_t address = 0x7f0012345670;
  table.Add(Address(address), 8, 2);
  table.ForEach([&](const LargeBlocks::Block& block) {
    const auto* words = reinterpret_cast<const uintptr_t*>(&block);
    for (size_t i = 0; i < sizeof(block) / sizeof(*words); ++i) {
      BOOST_TEST(words[i] != address);
    }
  });
}

}  // namespace
}  // namespace prof2cg
