#include "allocator/arena.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace prof2cg {
namespace {

struct OpenArenas : Arenas {
  explicit OpenArenas(size_t arenas) {
    BOOST_REQUIRE(Open(arenas * kArenaBytes));
  }
  ~OpenArenas() {
    BOOST_TEST(Check() == "");
    Close();
  }

  std::vector<void*> TakePools(size_t count) {
    std::vector<void*> pools(count);
    for (void*& pool : pools) pool = TakePool();
    return pools;
  }
  void GivePools(const std::vector<void*>& pools) {
    for (void* pool : pools) GivePool(pool);
  }
};

uintptr_t ArenaNumber(const void* pool) {
  return reinterpret_cast<uintptr_t>(pool) / kArenaBytes;
}

BOOST_AUTO_TEST_CASE(EachPoolIsItsTakersAlone) {
  OpenArenas arenas(20);
  std::mt19937 random(1);
  std::vector<void*> taken;
  std::set<void*> distinct;
  for (int step = 0; step < 20'000; ++step) {
    // Up and down, over the borders of arenas.
    const bool takes = random() % 100 < (step / 2000 % 2 == 0 ? 60u : 40u);
    if (takes) {
      void* pool = arenas.TakePool();
      BOOST_REQUIRE(pool != nullptr);
      BOOST_REQUIRE(arenas.Contains(pool));
      BOOST_REQUIRE(reinterpret_cast<uintptr_t>(pool) % kPoolBytes == 0);
      BOOST_REQUIRE(distinct.insert(pool).second);
      std::memset(pool, 1, kPoolBytes);
      taken.push_back(pool);
    } else if (!taken.empty()) {
      std::swap(taken[random() % taken.size()], taken.back());
      distinct.erase(taken.back());
      arenas.GivePool(taken.back());
      taken.pop_back();
    }
    if (step % 1000 == 0) BOOST_REQUIRE(arenas.Check() == "");
  }
  std::set<void*> visited;
  arenas.ForEachPool([&](void* pool) { visited.insert(pool); });
  BOOST_TEST((visited == distinct));
  arenas.GivePools(taken);
}

BOOST_AUTO_TEST_CASE(APoolComesFromTheFullestArena) {
  OpenArenas arenas(3);
  std::vector<void*> pools = arenas.TakePools(3 * kPoolsPerArena);
  // Leaves 5, 60 and 30 pools in use.
  std::map<uintptr_t, size_t> in_use;
  const std::map<uintptr_t, size_t> wanted = {
      {ArenaNumber(pools[0]), 5},
      {ArenaNumber(pools[kPoolsPerArena]), 60},
      {ArenaNumber(pools[2 * kPoolsPerArena]), 30}};
  for (void* pool : pools) {
    const uintptr_t arena = ArenaNumber(pool);
    if (++in_use[arena] > wanted.at(arena)) arenas.GivePool(pool);
  }
  for (size_t i = 60; i < kPoolsPerArena; ++i) {
    BOOST_TEST(ArenaNumber(arenas.TakePool()) ==
               ArenaNumber(pools[kPoolsPerArena]));
  }
  BOOST_TEST(ArenaNumber(arenas.TakePool()) ==
             ArenaNumber(pools[2 * kPoolsPerArena]));
}

BOOST_AUTO_TEST_CASE(EmptyArenasAreGivenBackButForTheSpare) {
  OpenArenas arenas(8);
  const std::vector<void*> pools = arenas.TakePools(8 * kPoolsPerArena);
  BOOST_TEST(arenas.in_use() == 8);
  arenas.GivePools(pools);
  BOOST_TEST(arenas.in_use() == kSpareArenas);
  BOOST_TEST(arenas.mapped() == 8);
  BOOST_TEST(arenas.released() == 8 - kSpareArenas);
  BOOST_TEST(arenas.TakePools(8 * kPoolsPerArena).back() != nullptr);
  BOOST_TEST(arenas.mapped() == 8 + 8 - kSpareArenas);
}

BOOST_AUTO_TEST_CASE(GoingToAndFroOverTheBorderMapsNothing) {
  OpenArenas arenas(8);
  arenas.TakePools(kPoolsPerArena);
  for (int i = 0; i < 100; ++i) arenas.GivePool(arenas.TakePool());
  BOOST_TEST(arenas.mapped() == 2);
  BOOST_TEST(arenas.released() == 0);
}

BOOST_AUTO_TEST_CASE(WhenTheReservationIsUsedUpThereIsNone) {
  OpenArenas arenas(2);
  std::vector<void*> pools = arenas.TakePools(2 * kPoolsPerArena);
  BOOST_TEST(std::count(pools.begin(), pools.end(), nullptr) == 0);
  BOOST_TEST(arenas.TakePool() == nullptr);
  arenas.GivePool(pools[7]);
  BOOST_TEST(arenas.TakePool() == pools[7]);
  BOOST_TEST(arenas.TakePool() == nullptr);
}

BOOST_AUTO_TEST_CASE(KeptPoolsAloneHoldAnArenaOnlyIfItIsSpare) {
  OpenArenas arenas(kSpareArenas + 1);
  std::vector<void*> pools = arenas.TakePools(2);
  for (const void* pool : pools) arenas.Keep(pool);
  BOOST_TEST(!arenas.HasOnlyKept(pools[0]));
  std::vector<void*> more = arenas.TakePools(kSpareArenas * kPoolsPerArena);
  BOOST_TEST(!arenas.HasOnlyKept(pools[0]));
  for (size_t i = 0; i + 2 < kPoolsPerArena; ++i) arenas.GivePool(more[i]);
  BOOST_TEST(arenas.HasOnlyKept(pools[0]));
  BOOST_TEST(!arenas.HasOnlyKept(more.back()));
  arenas.Unkeep(pools[1]);
  BOOST_TEST(!arenas.HasOnlyKept(pools[0]));
}

}  // namespace
}  // namespace prof2cg
