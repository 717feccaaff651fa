// Each kind of damage is found: a check that cannot fail proves nothing.
#include "allocator/heap_check.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "allocator/heap_fixture.h"

namespace prof2cg {
namespace {

// What is found once `damage` has been done to a heap with some blocks of each
// kind, two of which are free.
class DamagedHeap {
 public:
  DamagedHeap() {
    BOOST_REQUIRE(heap_.Open(kTestOptions));
    current_owner = kFirstOwner;
    for (size_t size = 0; size < 2'000; size += 5) {
      blocks_.push_back(heap_.Allocate(backing_, size));
      blocks_.push_back(heap_.Allocate(backing_, size));
    }
    first_ = heap_.Allocate(backing_, 72);
    second_ = heap_.Allocate(backing_, 72);
    used_ = heap_.Allocate(backing_, 72);
    heap_.Free(backing_, first_);
    heap_.Free(backing_, second_);
    BOOST_REQUIRE(CheckHeap(heap_) == "");
  }
  ~DamagedHeap() {
    // The damaged heap is not asked to free anything.
    for (void* block : blocks_) {
      if (!heap_.Contains(block)) std::free(block);
    }
    heap_.Close();
    current_owner = kUnrecorded;
  }

  bool Finds(const std::string& words) {
    const std::string found = CheckHeap(heap_);
    BOOST_TEST_INFO(found);
    return found.find(words) != std::string::npos;
  }

  void* second() { return second_; }  // heads the free list of its pool,
  void* first() { return first_; }    // and this one follows
  void* used() { return used_; }
  Pool& pool() { return heap_.small().PoolOf(used_); }
  LargeBlocks& large() { return const_cast<LargeBlocks&>(heap_.large()); }
  Owners& owners() { return const_cast<Owners&>(heap_.owners()); }

 private:
  const Backing backing_ = {
      .context = nullptr,
      .malloc = [](void*, size_t size) { return std::malloc(size); },
      .calloc = [](void*, size_t n, size_t size) { return calloc(n, size); },
      .realloc = [](void*, void* p, size_t size) { return realloc(p, size); },
      .free = [](void*, void* p) { std::free(p); },
  };
  Heap heap_;
  std::vector<void*> blocks_;
  void* first_;
  void* second_;
  void* used_;
};

BOOST_AUTO_TEST_CASE(AWriteToAFreedBlockIsFound) {
  DamagedHeap heap;
  std::memset(heap.second(), 0x11, 8);
  BOOST_TEST(heap.Finds("a free list is broken"));
}

BOOST_AUTO_TEST_CASE(AFreedBlockThatWasClearedIsFound) {
  DamagedHeap heap;
  std::memset(heap.second(), 0, 72);
  BOOST_TEST(heap.Finds("a free list is broken"));
}

BOOST_AUTO_TEST_CASE(AFreeListThatRunsInACircleIsFound) {
  DamagedHeap heap;
  PlainLinks::Write(heap.first(), heap.second());
  BOOST_TEST(heap.Finds("a free list is broken"));
}

BOOST_AUTO_TEST_CASE(ABlockInUseOnTheFreeListIsFound) {
  DamagedHeap heap;
  PlainLinks::Write(heap.used(), PlainLinks::Read(heap.first()));
  PlainLinks::Write(heap.first(), heap.used());
  BOOST_TEST(heap.Finds("a free list is broken"));
}

BOOST_AUTO_TEST_CASE(ATagOfMoreThanTheBlockIsFound) {
  DamagedHeap heap;
  heap.pool().TagOf(heap.used()) = BlockTag(kFirstOwner, 81);
  BOOST_TEST(heap.Finds("a block's tag is damaged"));
}

BOOST_AUTO_TEST_CASE(ATagOfAnotherSizeIsFound) {
  DamagedHeap heap;
  heap.pool().TagOf(heap.used()) = BlockTag(kFirstOwner, 71);
  BOOST_TEST(heap.Finds("owner 2 has"));
}

BOOST_AUTO_TEST_CASE(ATagOfAnotherOwnerIsFound) {
  DamagedHeap heap;
  heap.pool().TagOf(heap.used()) = BlockTag(3, 72);
  BOOST_TEST(heap.Finds("owner 2 has"));
}

BOOST_AUTO_TEST_CASE(ATagOfAnOwnerThatCannotBeIsFound) {
  DamagedHeap heap;
  heap.pool().TagOf(heap.used()) = BlockTag(kTestOwners, 72);
  BOOST_TEST(heap.Finds("has an owner that there is not"));
}

BOOST_AUTO_TEST_CASE(APoolLostFromItsListIsFound) {
  DamagedHeap heap;
  heap.pool().is_available = false;
  BOOST_TEST(heap.Finds("not in the list of its class"));
}

BOOST_AUTO_TEST_CASE(AWrongLinkBetweenPoolsIsFound) {
  DamagedHeap heap;
  heap.pool().previous = &heap.pool();
  BOOST_TEST(heap.Finds("a pool is linked wrongly"));
}

BOOST_AUTO_TEST_CASE(AHeaderWrittenOverIsFound) {
  DamagedHeap heap;
  std::memset(static_cast<void*>(&heap.pool()), 1, sizeof(Pool));
  BOOST_TEST(heap.Finds("a pool has no size class"));
}

BOOST_AUTO_TEST_CASE(ALargeBlockOfAnotherSizeIsFound) {
  DamagedHeap heap;
  bool is_first = true;
  heap.large().ForEach([&](LargeBlocks::Block& block) {
    block.size += std::exchange(is_first, false);
  });
  BOOST_TEST(heap.Finds("owner 2 has"));
}

BOOST_AUTO_TEST_CASE(ALargeBlockMisplacedIsFound) {
  DamagedHeap heap;
  heap.large().ForEach(
      [](LargeBlocks::Block& block) { block.hidden_address ^= 0xff000; });
  BOOST_TEST(heap.Finds("a large block is not found where it is"));
}

BOOST_AUTO_TEST_CASE(CountsOfNoBlockAreFound) {
  DamagedHeap heap;
  heap.owners().Allocated(4, 8);
  BOOST_TEST(heap.Finds("owner 4 has 0 blocks of 0 bytes, not 1 of 8"));
}

}  // namespace
}  // namespace prof2cg
