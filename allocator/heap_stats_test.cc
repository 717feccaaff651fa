#include "allocator/heap_stats.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "allocator/heap_fixture.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(TheyAddUpToWhatOwnersHave) {
  TestHeap heap;
  std::vector<char*> blocks;
  size_t bytes = 0;
  for (size_t size = 0; size < 3'000; size += 3) {
    blocks.push_back(heap.Allocate(size));
    bytes += size;
  }
  const HeapStats stats = Measure(*heap);
  size_t count = stats.large_blocks;
  size_t measured = stats.large_bytes;
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    const ClassStats& part = stats.classes[size_class];
    BOOST_TEST(part.pools == 1);
    BOOST_TEST(part.blocks <= part.capacity);
    BOOST_TEST(part.request_bytes <= part.blocks * BlockBytes(size_class));
    count += part.blocks;
    measured += part.request_bytes;
  }
  BOOST_TEST(count == blocks.size());
  BOOST_TEST(measured == bytes);
  BOOST_TEST(stats.arenas == 1);
  for (char* block : blocks) heap.Free(block);
}

BOOST_AUTO_TEST_CASE(TheTextSaysWhatThereIs) {
  TestHeap heap;
  const std::vector<char*> blocks = {heap.Allocate(40), heap.Allocate(48),
                                     heap.Allocate(5'000)};
  BOOST_TEST(ToText(Measure(*heap)) ==
             "reserved  1024 MiB of addresses\n"
             "arenas    1 MiB: 1 mapped so far, 0 given back\n"
             "small     2 blocks, 88 bytes: 0.0 % of the arenas\n"
             "large     1 blocks, 5000 bytes\n"
             "\n"
             "block  pools     blocks  in use  asked for\n"
             "   48      1          2   0.6 %     91.7 %\n");
  for (char* block : blocks) heap.Free(block);
}

BOOST_AUTO_TEST_CASE(AHeapWithoutArenasHasOnlyLargeBlocks) {
  HeapOptions options = kTestOptions;
  options.reservation_bytes = 0;
  TestHeap heap(options);
  char* block = heap.Allocate(40);
  BOOST_TEST(ToText(Measure(*heap)) ==
             "reserved  0 MiB of addresses\n"
             "arenas    0 MiB: 0 mapped so far, 0 given back\n"
             "small     0 blocks, 0 bytes: 0.0 % of the arenas\n"
             "large     1 blocks, 40 bytes\n");
  heap.Free(block);
}

}  // namespace
}  // namespace prof2cg
