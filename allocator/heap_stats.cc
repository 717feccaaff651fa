#include "allocator/heap_stats.h"

#include <cstdarg>
#include <cstdio>

namespace prof2cg {
namespace {

[[gnu::format(printf, 2, 3)]] void Append(std::string& text, const char* format,
                                          ...) {
  char line[160];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof(line), format, arguments);
  va_end(arguments);
  text += line;
}

ClassStats Sum(const HeapStats& stats) {
  ClassStats sum;
  for (const ClassStats& part : stats.classes) {
    sum.pools += part.pools;
    sum.blocks += part.blocks;
    sum.capacity += part.capacity;
    sum.request_bytes += part.request_bytes;
  }
  return sum;
}

double Percent(size_t part, size_t whole) {
  return whole == 0
             ? 0
             : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

HeapStats Measure(const Heap& heap) {
  HeapStats stats;
  stats.reserved_bytes = heap.small().arenas().reservation().bytes();
  stats.arenas = heap.small().arenas().in_use();
  stats.arenas_mapped = heap.arenas_mapped();
  stats.arenas_released = heap.arenas_released();
  heap.small().ForEachPool([&](const Pool& pool) {
    ClassStats& part = stats.classes[pool.size_class()];
    part.pools += 1;
    part.blocks += pool.used();
    part.capacity += pool.capacity();
    pool.ForEachUsed([&](BlockTag tag) { part.request_bytes += tag.size(); });
  });
  stats.large_blocks = heap.large().count();
  heap.large().ForEach([&](const LargeBlocks::Block& block) {
    stats.large_bytes += block.size;
  });
  return stats;
}

std::string ToText(const HeapStats& stats) {
  const ClassStats small = Sum(stats);
  const size_t arena_bytes = static_cast<size_t>(stats.arenas) * kArenaBytes;
  std::string text;
  Append(text, "reserved  %zu MiB of addresses\n", stats.reserved_bytes >> 20);
  Append(text, "arenas    %lld MiB: %lld mapped so far, %lld given back\n",
         static_cast<long long>(arena_bytes >> 20),
         static_cast<long long>(stats.arenas_mapped),
         static_cast<long long>(stats.arenas_released));
  Append(text, "small     %zu blocks, %zu bytes: %.1f %% of the arenas\n",
         small.blocks, small.request_bytes,
         Percent(small.request_bytes, arena_bytes));
  Append(text, "large     %zu blocks, %zu bytes\n", stats.large_blocks,
         stats.large_bytes);
  if (small.pools == 0) return text;
  text += "\nblock  pools     blocks  in use  asked for\n";
  for (size_t size_class = 0; size_class < kSizeClasses; ++size_class) {
    const ClassStats& part = stats.classes[size_class];
    if (part.pools == 0) continue;
    const size_t block_bytes = BlockBytes(size_class);
    Append(text, "%5zu %6zu %10zu %5.1f %% %8.1f %%\n", block_bytes, part.pools,
           part.blocks, Percent(part.blocks, part.capacity),
           Percent(part.request_bytes, part.blocks * block_bytes));
  }
  return text;
}

}  // namespace prof2cg
