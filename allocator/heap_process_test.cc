// The heap and its process: memory that is given back, and children.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <fstream>
#include <random>
#include <utility>
#include <vector>

#include "allocator/heap_fixture.h"

namespace prof2cg {
namespace {

constexpr size_t kMiB = size_t{1} << 20;

size_t ResidentBytes() {
  size_t size = 0;
  size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

// Of 48 bytes, 64 MiB together, all written to.
std::vector<char*> FillMuch(TestHeap& heap) {
  std::vector<char*> blocks(64 * kMiB / 48);
  for (char*& block : blocks) {
    block = heap.Allocate(48);
    std::memset(block, 1, 48);
  }
  return blocks;
}

BOOST_AUTO_TEST_CASE(AfterAPeakItsMemoryIsGivenBack) {
  TestHeap heap;
  std::vector<char*> blocks = FillMuch(heap);
  std::shuffle(blocks.begin(), blocks.end(), std::mt19937(1));
  const size_t at_peak = ResidentBytes();
  for (char* block : blocks) heap.Free(block);
  const size_t after = ResidentBytes();
  BOOST_TEST(at_peak > after + 60 * kMiB);
  BOOST_TEST(heap->arenas_mapped() >= 64);
  BOOST_TEST(heap->arenas_released() >= heap->arenas_mapped() - kSpareArenas);
  // And taken again when it is needed.
  for (char* block : FillMuch(heap)) heap.Free(block);
}

// Holds what is left of a peak in few arenas, though it lies in all of them:
// what is allocated next goes where there is most already.
BOOST_AUTO_TEST_CASE(FullArenasAreFilledBeforeEmptyOnes) {
  TestHeap heap;
  std::vector<char*> blocks = FillMuch(heap);
  std::mt19937 random(1);
  for (int round = 0; round < 10; ++round) {
    // Whole pools come free in some places, more here than there.
    const size_t begin = random() % (blocks.size() / 2);
    for (size_t i = begin; i < begin + blocks.size() / 4; ++i) {
      heap.Free(std::exchange(blocks[i], nullptr));
    }
    std::erase(blocks, nullptr);
    for (size_t i = 0; i < 20'000; ++i) blocks.push_back(heap.Allocate(64));
  }
  const auto needed =
      static_cast<int64_t>(blocks.size() * (64 + sizeof(BlockTag)) / kMiB);
  BOOST_TEST(heap->small().arenas().in_use() <= 2 * needed + 2);
  for (char* block : blocks) heap.Free(block);
}

// The child's status: 0 if its heap is whole and counts for itself.
int UseInChild(TestHeap& heap, const std::vector<char*>& blocks) {
  heap->ForgetOwners();
  const OwnerCounters inherited = heap.Counters(kUnrecorded);
  if (inherited.live_blocks != static_cast<int64_t>(blocks.size())) return 1;
  current_owner = 3;
  for (char* block : blocks) {
    if (block[0] != 'x') return 2;
    heap.Free(block);
  }
  char* own = heap.Allocate(100);
  if (heap.Counters(3).live_blocks != 1) return 3;
  if (heap.Counters(2) != OwnerCounters()) return 4;
  if (!CheckHeap(*heap).empty()) return 5;
  heap.Free(own);
  return 0;
}

BOOST_AUTO_TEST_CASE(AForkedChildHasAHeapOfItsOwn) {
  TestHeap heap;
  std::vector<char*> blocks;
  for (size_t size = 1; size < 2'000; size += 7) {
    blocks.push_back(heap.Allocate(size));
    blocks.back()[0] = 'x';
  }
  const OwnerCounters before = heap.Counters(2);
  const pid_t child = fork();
  if (child == 0) _exit(UseInChild(heap, blocks));
  int status = 0;
  BOOST_TEST(waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
  BOOST_TEST((heap.Counters(2) == before));
  for (char* block : blocks) {
    BOOST_TEST(block[0] == 'x');
    heap.Free(block);
  }
}

}  // namespace
}  // namespace prof2cg
