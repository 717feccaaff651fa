// The instrumented heap beside malloc: see README.md.
#include "allocator/heap.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

namespace prof2cg {
namespace {

constexpr int kRounds = 7;
constexpr size_t kSteps = 2'000'000;
constexpr Owner kOwners = 500;  // contexts that take turns

const Backing kMalloc = {
    .context = nullptr,
    .malloc = [](void*, size_t size) { return std::malloc(size); },
    .calloc = [](void*, size_t n, size_t size) { return std::calloc(n, size); },
    .realloc = [](void*, void* p, size_t size) { return realloc(p, size); },
    .free = [](void*, void* p) { std::free(p); },
};

constinit Heap heap;

// Called through pointers, as Python calls both.
struct Allocator {
  const char* name;
  void* (*allocate)(size_t size);
  void* (*reallocate)(void* block, size_t size);
  void (*free)(void* block);
  bool counts_sizes;
};

constexpr Allocator kAllocators[] = {
    {"malloc", [](size_t size) { return std::malloc(size); },
     [](void* p, size_t size) { return std::realloc(p, size); },
     [](void* p) { std::free(p); }, false},
    {"heap", [](size_t size) { return heap.Allocate(kMalloc, size); },
     [](void* p, size_t size) { return heap.Reallocate(kMalloc, p, size); },
     [](void* p) { heap.Free(kMalloc, p); }, false},
    {"heap, sizes", [](size_t size) { return heap.Allocate(kMalloc, size); },
     [](void* p, size_t size) { return heap.Reallocate(kMalloc, p, size); },
     [](void* p) { heap.Free(kMalloc, p); }, true},
};

// Frees what is in the slot, unless it is empty; then allocates `size` bytes
// there, unless that is kNothing. Or reallocates.
struct Step {
  static constexpr uint32_t kNothing = UINT32_MAX;
  uint32_t slot;
  uint32_t size;
  bool reallocates = false;
};

struct Trace {
  const char* name;
  size_t slots;
  std::vector<Step> steps;
};

// What programs in Python ask for: floats and small ints, strings, tuples,
// objects and their dictionaries, now and then a table.
uint32_t PythonSize(std::mt19937& random) {
  constexpr struct {
    int share;
    uint32_t least, most;
  } kMix[] = {{12, 24, 32},  {14, 40, 56},  {40, 49, 80},  {20, 64, 128},
              {8, 104, 240}, {4, 232, 512}, {2, 513, 4096}};
  int rest = static_cast<int>(random() % 100);
  for (const auto& part : kMix) {
    rest -= part.share;
    if (rest < 0) {
      return part.least +
             static_cast<uint32_t>(random() % (part.most - part.least + 1));
    }
  }
  return 56;
}

// A program at work: of `slots` objects one after another is replaced.
Trace Steady(const char* name, size_t slots) {
  std::mt19937 random(1);
  Trace trace{name, slots, {}};
  for (size_t i = 0; i < kSteps; ++i) {
    trace.steps.push_back(
        {static_cast<uint32_t>(random() % slots), PythonSize(random)});
  }
  return trace;
}

// Temporaries: a few deep, the last first.
Trace Temporaries() {
  std::mt19937 random(2);
  Trace trace{"temporaries", 16, {}};
  uint32_t depth = 0;
  while (trace.steps.size() < kSteps) {
    if (depth < 16 && (depth == 0 || random() % 2 == 0)) {
      trace.steps.push_back({depth++, PythonSize(random)});
    } else {
      trace.steps.push_back({--depth, Step::kNothing});
    }
  }
  return trace;
}

// All at once, then freed in the order of `order`: 1, -1 or 0 for any.
Trace BuildAndDrop(const char* name, int order) {
  std::mt19937 random(3);
  const size_t slots = kSteps / 2;
  Trace trace{name, slots, {}};
  std::vector<uint32_t> drops(slots);
  for (uint32_t i = 0; i < slots; ++i) {
    trace.steps.push_back({i, PythonSize(random)});
    drops[i] = i;
  }
  if (order < 0) std::reverse(drops.begin(), drops.end());
  if (order == 0) std::shuffle(drops.begin(), drops.end(), random);
  for (const uint32_t slot : drops) {
    trace.steps.push_back({slot, Step::kNothing});
  }
  return trace;
}

// Lists that grow by an eighth at a time, as Python's do.
Trace Growing() {
  Trace trace{"growing lists", 100, {}};
  std::vector<uint32_t> sizes(trace.slots, 0);
  std::mt19937 random(4);
  while (trace.steps.size() < kSteps / 4) {
    const auto slot = static_cast<uint32_t>(random() % trace.slots);
    uint32_t& size = sizes[slot];
    size += size / 8 + 32;
    if (size > 20'000) size = 64;
    trace.steps.push_back({slot, size, true});
  }
  return trace;
}

// One object of a size that nothing else has, again and again.
Trace Lone() {
  Trace trace{"one at a time", 1, {}};
  for (size_t i = 0; i < kSteps; ++i) trace.steps.push_back({0, 300});
  return trace;
}

double Nanoseconds(const Allocator& allocator, const Trace& trace) {
  static std::vector<void*> slots;
  slots.assign(trace.slots, nullptr);
  heap.CountSizes(allocator.counts_sizes);
  const auto begin = std::chrono::steady_clock::now();
  uint32_t step_number = 0;
  for (const Step& step : trace.steps) {
    current_owner = kFirstOwner + (++step_number / 8) % kOwners;
    void*& slot = slots[step.slot];
    if (step.reallocates) {
      slot = allocator.reallocate(slot, step.size);
      continue;
    }
    if (slot != nullptr) allocator.free(slot);
    slot = nullptr;
    if (step.size != Step::kNothing) {
      slot = allocator.allocate(step.size);
      std::memset(slot, 1, 16);  // as an object's header
    }
  }
  for (void* slot : slots) {
    if (slot != nullptr) allocator.free(slot);
  }
  const std::chrono::duration<double, std::nano> elapsed =
      std::chrono::steady_clock::now() - begin;
  return elapsed.count() / static_cast<double>(trace.steps.size());
}

void Compare(const Trace& trace) {
  constexpr size_t kCount = std::size(kAllocators);
  double least[kCount];
  std::fill_n(least, kCount, 1e9);
  for (int round = 0; round < kRounds; ++round) {
    for (size_t i = 0; i < kCount; ++i) {
      least[i] = std::min(least[i], Nanoseconds(kAllocators[i], trace));
    }
  }
  std::printf("| %-26s | %6.1f |", trace.name, least[0]);
  for (size_t i = 1; i < kCount; ++i) {
    std::printf(" %6.1f | %4.2f |", least[i], least[i] / least[0]);
  }
  std::printf("\n");
  std::fflush(stdout);
}

int Run() {
  if (!heap.Open({})) return 2;
  std::printf(
      "| ns per step                | malloc |   heap | of m | sizes  | of m "
      "|\n"
      "|---|---|---|---|---|---|\n");
  Compare(Steady("steady, 1 000 objects", 1'000));
  Compare(Steady("steady, 100 000 objects", 100'000));
  Compare(Steady("steady, 1 000 000 objects", 1'000'000));
  Compare(Temporaries());
  Compare(BuildAndDrop("build, drop in order", 1));
  Compare(BuildAndDrop("build, drop the last first", -1));
  Compare(BuildAndDrop("build, drop in any order", 0));
  Compare(Growing());
  Compare(Lone());
  return 0;
}

}  // namespace
}  // namespace prof2cg

int main() { return prof2cg::Run(); }
