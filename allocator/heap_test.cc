#include "allocator/heap.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "allocator/heap_fixture.h"

namespace prof2cg {
namespace {

HeapOptions Options(size_t reservation_bytes) {
  HeapOptions options = kTestOptions;
  options.reservation_bytes = reservation_bytes;
  return options;
}

bool IsAligned(const void* block) {
  return reinterpret_cast<uintptr_t>(block) % 16 == 0;
}

// Also before main and without memory: it is constant data.
constinit Heap unopened;

BOOST_AUTO_TEST_CASE(BeforeItIsOpenAllGoesToTheBackingUncounted) {
  TestBacking below;
  const Backing backing = below.backing();
  void* block = unopened.Allocate(backing, 10);
  BOOST_TEST(below.Has(block));
  block = unopened.Reallocate(backing, block, 2'000);
  void* zeroed = unopened.AllocateZeroed(backing, 3, 5);
  BOOST_TEST(below.blocks() == 2);
  unopened.Disown(block);
  unopened.ForgetOwners();
  BOOST_TEST(!unopened.CountSizes(true));
  unopened.Free(backing, block);
  unopened.Free(backing, zeroed);
  BOOST_TEST(!unopened.Contains(block));
  BOOST_TEST(CheckHeap(unopened) == "");
}

BOOST_AUTO_TEST_CASE(EverySizeIsAlignedWholeAndCounted) {
  TestHeap heap;
  std::vector<char*> blocks;
  int64_t bytes = 0;
  for (size_t size = 0; size <= 1'100; ++size) {
    char* block = heap.Allocate(size);
    BOOST_REQUIRE(IsAligned(block));
    BOOST_REQUIRE(heap->Contains(block) == (size <= kLargestSmall));
    BOOST_REQUIRE(heap.below().Has(block) == (size > kLargestSmall));
    std::memset(block, static_cast<int>(size % 251), size);
    blocks.push_back(block);
    bytes += static_cast<int64_t>(size);
  }
  heap.Check();
  BOOST_TEST(heap.Counters(kFirstOwner).live_bytes == bytes);
  for (size_t size = 0; size <= 1'100; ++size) {
    const auto pattern = static_cast<char>(size % 251);
    BOOST_REQUIRE(std::count(blocks[size], blocks[size] + size, pattern) ==
                  static_cast<ptrdiff_t>(size));
    heap.Free(blocks[size]);
  }
  BOOST_TEST(heap.Counters(kFirstOwner).live_blocks == 0);
  BOOST_TEST(heap->Totals().peak_bytes == bytes);
}

BOOST_AUTO_TEST_CASE(NothingIsABlockWithAnAddressOfItsOwn) {
  TestHeap heap;
  std::set<void*> blocks;
  for (int i = 0; i < 3'000; ++i) blocks.insert(heap.Allocate(0));
  blocks.insert(heap.AllocateZeroed(0, 100));
  blocks.insert(heap.AllocateZeroed(100, 0));
  BOOST_TEST(blocks.size() == 3'002);
  BOOST_TEST(!blocks.contains(nullptr));
  char* emptied = heap.Reallocate(heap.Allocate(40), 0);
  BOOST_TEST(!blocks.contains(emptied));
  heap.Free(emptied);
  for (void* block : blocks) heap.Free(block);
}

BOOST_AUTO_TEST_CASE(NullMayBeFreedAndReallocated) {
  TestHeap heap;
  heap.Free(nullptr);
  char* block = heap.Reallocate(nullptr, 24);
  BOOST_TEST(heap.Counters(kFirstOwner).alloc_blocks == 1);
  BOOST_TEST(heap.Counters(kFirstOwner).reallocs == 0);
  heap.Free(block);
}

BOOST_AUTO_TEST_CASE(ZeroedBlocksAreZeroThoughTheirMemoryWasUsed) {
  TestHeap heap;
  for (const size_t size : {1, 16, 100, 512, 513, 5'000}) {
    char* used = heap.Allocate(size);
    std::memset(used, 1, size);
    heap.Free(used);
    char* zeroed = heap.AllocateZeroed(1, size);
    BOOST_TEST(std::count(zeroed, zeroed + size, 0) ==
               static_cast<ptrdiff_t>(size));
    heap.Free(zeroed);
  }
}

BOOST_AUTO_TEST_CASE(AProductThatOverflowsIsNoBlock) {
  TestHeap heap;
  BOOST_TEST(heap.AllocateZeroed(SIZE_MAX / 8 + 1, 8) == nullptr);
  BOOST_TEST(heap.AllocateZeroed(SIZE_MAX, SIZE_MAX) == nullptr);
  BOOST_TEST(heap.Counters(kFirstOwner).alloc_blocks == 0);
}

BOOST_AUTO_TEST_CASE(ABlockShrinksInPlaceUnlessThatWastesAQuarter) {
  TestHeap heap;
  for (size_t from = 1; from <= kLargestSmall; ++from) {
    const size_t block_bytes = (from + 15) / 16 * 16;
    for (size_t to = 0; to <= block_bytes; to += 3) {
      char* block = heap.Allocate(from);
      char* resized = heap.Reallocate(block, to);
      const bool saves = ClassOf(to) < ClassOf(from);
      const bool wastes = 4 * to <= 3 * block_bytes;
      BOOST_REQUIRE((resized == block) == !(saves && wastes));
      heap.Free(resized);
    }
  }
}

BOOST_AUTO_TEST_CASE(ShrinkingAlwaysWorks) {
  TestHeap heap(Options(kArenaBytes));
  std::vector<char*> blocks;
  do {
    blocks.push_back(heap.Allocate(500));
  } while (heap->Contains(blocks.back()));
  heap.below().set_fails(true);
  BOOST_TEST(heap.Reallocate(blocks[0], 20) == blocks[0]);
  heap.below().set_fails(false);
  BOOST_TEST(heap.Counters(kFirstOwner).freed_bytes == 480);
  for (char* block : blocks) heap.Free(block);
}

BOOST_AUTO_TEST_CASE(OwnershipMovesToWhoReallocates) {
  TestHeap heap;
  for (const size_t size : {100, 2'000}) {
    current_owner = 2;
    char* block = heap.Allocate(size);
    current_owner = 3;
    block = heap.Reallocate(block, size + 1);  // in place, or wherever
    BOOST_TEST(heap.Counters(2).live_bytes == 0);
    BOOST_TEST(heap.Counters(3).live_bytes == static_cast<int64_t>(size + 1));
    heap.Free(block);
    BOOST_TEST(heap.Counters(3).live_bytes == 0);
  }
  BOOST_TEST(heap.Counters(3).alloc_bytes == 2);
  BOOST_TEST(heap.Counters(3).reallocs == 2);
}

BOOST_AUTO_TEST_CASE(BlocksCrossTheBorderOfLargeOnesWithTheirContents) {
  TestHeap heap;
  char* block = heap.Allocate(400);
  std::memset(block, 7, 400);
  for (const size_t size : {512, 513, 5'000, 400, 100'000, 512, 1}) {
    block = heap.Reallocate(block, size);
    const size_t kept = std::min<size_t>(size, 400);
    BOOST_TEST(std::count(block, block + kept, 7) ==
               static_cast<ptrdiff_t>(kept));
    std::memset(block, 7, size);
  }
  BOOST_TEST(heap->Contains(block));
  BOOST_TEST(heap.below().blocks() == 0);
  heap.Free(block);
}

BOOST_AUTO_TEST_CASE(ForeignBlocksStayForeignAndUncounted) {
  TestHeap heap;
  const Backing& backing = heap.backing();
  void* first = backing.malloc(backing.context, 24);
  void* second = backing.malloc(backing.context, 5'000);
  first = heap.Reallocate(first, 48);
  second = heap.Reallocate(second, 10);
  BOOST_TEST(heap.below().Has(first));
  BOOST_TEST(heap.below().Has(second));
  heap->Disown(first);
  heap.Free(first);
  heap.Free(second);
  BOOST_TEST((heap.Counters(kFirstOwner) == OwnerCounters()));
}

BOOST_AUTO_TEST_CASE(WhenTheReservationIsUsedUpTheBackingServes) {
  TestHeap heap(Options(kArenaBytes));
  std::vector<char*> blocks;
  for (int i = 0; i < 10'000; ++i) blocks.push_back(heap.Allocate(200));
  BOOST_TEST(heap->Contains(blocks.front()));
  BOOST_TEST(!heap->Contains(blocks.back()));
  BOOST_TEST(heap.Counters(kFirstOwner).live_bytes == 2'000'000);
  heap.Check();
  std::shuffle(blocks.begin(), blocks.end(), std::mt19937(1));
  for (char* block : blocks) heap.Free(block);
  BOOST_TEST(heap.Counters(kFirstOwner).live_bytes == 0);
  // What has come back serves again.
  char* block = heap.Allocate(200);
  BOOST_TEST(heap->Contains(block));
  heap.Free(block);
}

BOOST_AUTO_TEST_CASE(WhenMemoryIsOutNothingIsCounted) {
  TestHeap heap(Options(0));
  char* block = heap.Allocate(100);
  const OwnerCounters before = heap.Counters(kFirstOwner);
  heap.below().set_fails(true);
  BOOST_TEST(heap.Allocate(100) == nullptr);
  BOOST_TEST(heap.AllocateZeroed(10, 100) == nullptr);
  BOOST_TEST(heap.Reallocate(block, 1'000) == nullptr);
  heap.below().set_fails(false);
  BOOST_TEST((heap.Counters(kFirstOwner) == before));
  heap.Free(block);
}

BOOST_AUTO_TEST_CASE(AFailedReallocationLeavesTheBlockAsItWas) {
  TestHeap heap;
  char* block = heap.Allocate(100);
  std::memset(block, 7, 100);
  const OwnerCounters before = heap.Counters(kFirstOwner);
  heap.below().set_fails(true);
  BOOST_TEST(heap.Reallocate(block, 10'000) == nullptr);
  heap.below().set_fails(false);
  BOOST_TEST((heap.Counters(kFirstOwner) == before));
  BOOST_TEST(std::count(block, block + 100, 7) == 100);
  heap.Free(block);
}

BOOST_AUTO_TEST_CASE(EachArenaIsChargedToWhoNeededIt) {
  TestHeap heap(Options(8 * kArenaBytes));
  std::vector<char*> blocks;
  for (Owner owner = 2; owner < 6; ++owner) {
    current_owner = owner;
    // One arena's worth, but for the tags.
    for (size_t bytes = 0; bytes < kArenaBytes; bytes += 512) {
      blocks.push_back(heap.Allocate(512));
    }
  }
  int64_t arenas = 0;
  for (Owner owner = 2; owner < 6; ++owner) {
    BOOST_TEST(heap.Counters(owner).arenas >= 1);
    arenas += heap.Counters(owner).arenas;
  }
  BOOST_TEST(arenas == heap->arenas_mapped());
  for (char* block : blocks) heap.Free(block);
}

BOOST_AUTO_TEST_CASE(ADisownedBlockWasNeverThere) {
  for (const bool counts_sizes : {false, true}) {
    for (const size_t size : {40, 4'000}) {
      TestHeap heap;
      heap->CountSizes(counts_sizes);
      heap.Free(heap.Allocate(size));  // has its pool, and a peak
      const OwnerCounters before = heap.Counters(kFirstOwner);
      const LiveTotals totals = heap->Totals();
      char* kept = heap.Allocate(2 * size);
      heap->Disown(kept);
      BOOST_TEST((heap.Counters(kFirstOwner) == before));
      BOOST_TEST((heap->Totals() == totals));
      heap->Disown(kept);  // is the observer's already
      if (counts_sizes) {
        BOOST_TEST((*heap->Sizes(kFirstOwner))[BucketOf(2 * size)] == 0);
      }
      heap.Free(kept);
      BOOST_TEST((heap.Counters(kFirstOwner) == before));
      BOOST_TEST(heap.Counters(kObserver).freed_blocks == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(TheLastBlockIsWhatWasHandedOutLast) {
  TestHeap heap;
  char* small = heap.Allocate(10);
  BOOST_TEST(heap->last_block() == small);
  char* large = heap.AllocateZeroed(10, 1'000);
  BOOST_TEST(heap->last_block() == large);
  small = heap.Reallocate(small, 100);
  BOOST_TEST(heap->last_block() == nullptr);
  heap.Free(small);
  heap.Free(large);
}

BOOST_AUTO_TEST_CASE(ForgottenOwnersHaveNothing) {
  TestHeap heap;
  std::vector<char*> blocks;
  for (Owner owner = 0; owner < kTestOwners; ++owner) {
    current_owner = owner;
    for (const size_t size : {30, 300, 3'000}) {
      blocks.push_back(heap.Allocate(size));
    }
  }
  heap->ForgetOwners();
  heap.Check();
  for (Owner owner = 1; owner < kTestOwners; ++owner) {
    BOOST_TEST((heap.Counters(owner) == OwnerCounters()));
  }
  BOOST_TEST(heap.Counters(kUnrecorded).live_bytes == kTestOwners * 3'330);
  BOOST_TEST((heap->Totals() == LiveTotals()));
  // Owners' numbers mean others now; these frees are theirs nonetheless.
  current_owner = 5;
  for (char* block : blocks) heap.Free(block);
  BOOST_TEST(heap.Counters(5).freed_bytes == kTestOwners * 3'330);
  BOOST_TEST(heap.Counters(5).live_bytes == 0);
}

BOOST_AUTO_TEST_CASE(SizesAreCountedWhileThatIsOn) {
  TestHeap heap;
  heap.Free(heap.Allocate(5));
  BOOST_TEST(heap->Sizes(kFirstOwner) == nullptr);
  BOOST_TEST(heap->CountSizes(true));
  for (const size_t size : {0, 1, 2, 3, 4, 511, 512, 5'000}) {
    heap.Free(heap.Allocate(size));
  }
  heap.Free(heap.Reallocate(heap.Allocate(5), 600));  // counts as 5
  const SizeHistogram sizes = *heap->Sizes(kFirstOwner);
  SizeHistogram expected{};
  expected[0] = 1;              // 0
  expected[1] = 1;              // 1
  expected[2] = 2;              // 2 and 3
  expected[BucketOf(4)] = 2;    // 4 and 5
  expected[BucketOf(511)] = 1;  // 256 to 511
  expected[BucketOf(512)] = 1;  // 512 to 1023
  expected[BucketOf(5'000)] = 1;
  BOOST_TEST(sizes == expected, boost::test_tools::per_element());
  BOOST_TEST(LeastSize(BucketOf(5'000)) == 4'096);
  BOOST_TEST(heap->CountSizes(false));
  BOOST_TEST(heap->Sizes(kFirstOwner) == nullptr);
}

// Turns are taken as under the interpreter's lock; each thread frees what the
// one before it allocated.
BOOST_AUTO_TEST_CASE(ThreadsInTurnAreChargedEachForItsOwn) {
  TestHeap heap;
  std::mutex lock;
  std::vector<char*> blocks;
  const auto work = [&](Owner owner) {
    current_owner = owner;
    for (int turn = 0; turn < 200; ++turn) {
      const std::lock_guard guard(lock);
      for (char* block : blocks) heap.Free(block);
      blocks.clear();
      for (size_t i = 0; i < 50; ++i)
        blocks.push_back(heap.Allocate(i * owner));
    }
  };
  std::vector<std::thread> threads;
  for (Owner owner = 2; owner < 10; ++owner) threads.emplace_back(work, owner);
  for (std::thread& thread : threads) thread.join();
  heap.Check();
  int64_t freed_blocks = 0;
  for (Owner owner = 2; owner < 10; ++owner) {
    BOOST_TEST(heap.Counters(owner).alloc_blocks == 200 * 50);
    BOOST_TEST(heap.Counters(owner).alloc_bytes == 200 * 1'225 * owner);
    freed_blocks += heap.Counters(owner).freed_blocks;
  }
  BOOST_TEST(freed_blocks == 8 * 200 * 50 - 50);
  for (char* block : blocks) heap.Free(block);
}

BOOST_AUTO_TEST_CASE(BlocksMayBeFreedInAnyOrder) {
  std::mt19937 random(1);
  for (const size_t size : {16, 100, 512}) {
    TestHeap heap;
    std::vector<char*> blocks(5'000);
    for (int order = 0; order < 4; ++order) {
      for (char*& block : blocks) block = heap.Allocate(size);
      if (order == 1) std::reverse(blocks.begin(), blocks.end());
      if (order >= 2) std::shuffle(blocks.begin(), blocks.end(), random);
      for (char* block : blocks) heap.Free(block);
      heap.Check();
      BOOST_TEST(heap->small().arenas().in_use() <= kSpareArenas);
    }
  }
}

BOOST_AUTO_TEST_CASE(KeptPoolsHoldNoArenaButTheSpare) {
  TestHeap heap;
  // A pool of each class in an arena of its own, then nothing.
  std::vector<char*> fillers;
  std::vector<char*> lone;
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    lone.push_back(heap.Allocate(BlockBytes(size_class)));
    for (size_t i = 0; i < kArenaBytes / 512; ++i) {
      fillers.push_back(heap.Allocate(512));
    }
  }
  BOOST_TEST(heap->small().arenas().in_use() > 30);
  for (char* block : fillers) heap.Free(block);
  for (char* block : lone) heap.Free(block);
  BOOST_TEST(heap->small().arenas().in_use() <= kSpareArenas);
}

}  // namespace
}  // namespace prof2cg
