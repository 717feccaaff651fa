// A program with known faults, for the test of what Valgrind's tools see.
//
//   valgrind_program bypass|annotate leak|misuse|peak
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string_view>
#include <vector>

#include "allocator/heap.h"
#include "allocator/heap_check.h"

namespace prof2cg {
namespace {

constinit Heap heap;

constexpr Backing kMalloc = {
    .context = nullptr,
    .malloc = [](void*, size_t size) { return std::malloc(size); },
    .calloc = [](void*, size_t n, size_t size) { return std::calloc(n, size); },
    .realloc = [](void*, void* p, size_t n) { return std::realloc(p, n); },
    .free = [](void*, void* block) { std::free(block); },
};

// Neither inlined nor found to have no effect.
[[gnu::noipa]] char* Allocate(size_t size) {
  return static_cast<char*>(heap.Allocate(kMalloc, size));
}
[[gnu::noipa]] void Free(void* block) { heap.Free(kMalloc, block); }
[[gnu::noipa]] void Use(const volatile char* byte) { (void)*byte; }
[[gnu::noipa]] void Change(volatile char* byte) { *byte = 1; }

[[gnu::noipa]] void LeakFortyBytes() { Allocate(40); }
[[gnu::noipa]] void LeakHundredBytes() { Allocate(100); }

void Leak() {
  for (int i = 0; i < 100; ++i) LeakFortyBytes();
  for (int i = 0; i < 50; ++i) LeakHundredBytes();
  // What is used and freed is no leak, wherever it lies and moves.
  std::vector<char*> blocks;
  for (size_t size = 0; size < 2'000; size += 3)
    blocks.push_back(Allocate(size));
  for (char*& block : blocks) {
    block = static_cast<char*>(heap.Reallocate(kMalloc, block, 300));
    std::memset(block, 1, 300);
    block = static_cast<char*>(heap.Reallocate(kMalloc, block, 280));
  }
  for (char* block : blocks) Free(block);
}

void Misuse() {
  char* block = Allocate(40);
  Change(block + 40);
  Use(block + 40);
  Free(block);
  Use(block + 8);
}

// Says what the peak is.
void Peak() {
  static char* blocks[50'000];  // not on the heap that is measured
  for (size_t i = 0; i < std::size(blocks); ++i) {
    blocks[i] = Allocate(100 + i % 400);
  }
  for (char* block : blocks) Free(block);
  std::printf("%lld\n", static_cast<long long>(heap.Totals().peak_bytes));
}

int Run(std::string_view mode, std::string_view what) {
  HeapOptions options{.max_owners = 16};
  if (mode == "annotate") {
    options.valgrind = HeapOptions::Valgrind::kAnnotate;
  }
  heap.Open(options);
  current_owner = kFirstOwner;
  if (what == "leak") Leak();
  if (what == "misuse") Misuse();
  if (what == "peak") Peak();
  current_owner = kUnrecorded;
  std::fputs(CheckHeap(heap).c_str(), stderr);
  return 0;
}

}  // namespace
}  // namespace prof2cg

int main(int argc, char** argv) {
  return argc == 3 ? prof2cg::Run(argv[1], argv[2]) : 2;
}
