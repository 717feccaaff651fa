// A heap for one test, on malloc.
#ifndef PROF2CG_ALLOCATOR_HEAP_FIXTURE_H_
#define PROF2CG_ALLOCATOR_HEAP_FIXTURE_H_

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdlib>
#include <set>
#include <string>

#include "allocator/heap.h"
#include "allocator/heap_check.h"

namespace prof2cg {

constexpr Owner kTestOwners = 12;

// malloc, which fails when asked to, and knows what it has handed out.
class TestBacking {
 public:
  TestBacking() = default;
  ~TestBacking() { BOOST_TEST(blocks_.empty()); }
  TestBacking(const TestBacking&) = delete;
  TestBacking& operator=(const TestBacking&) = delete;

  Backing backing() {
    return {
        .context = this,
        .malloc =
            [](void* self, size_t size) {
              return Self(self).Made(std::malloc(size + (size == 0)));
            },
        .calloc =
            [](void* self, size_t count, size_t size) {
              return Self(self).Made(std::calloc(count, size + (size == 0)));
            },
        .realloc =
            [](void* self, void* block, size_t size) {
              return Self(self).Resized(block, size + (size == 0));
            },
        .free = [](void* self, void* block) { Self(self).Free(block); },
    };
  }

  void set_fails(bool fails) { fails_ = fails; }
  bool Has(void* block) const { return blocks_.contains(block); }
  size_t blocks() const { return blocks_.size(); }

 private:
  static TestBacking& Self(void* self) {
    return *static_cast<TestBacking*>(self);
  }

  void* Made(void* block) {
    if (fails_) {
      std::free(block);
      return nullptr;
    }
    blocks_.insert(block);
    return block;
  }
  void* Resized(void* block, size_t size) {
    if (fails_) return nullptr;
    if (block != nullptr) BOOST_REQUIRE(blocks_.erase(block) == 1);
    return Made(std::realloc(block, size));
  }
  void Free(void* block) {
    if (block != nullptr) BOOST_REQUIRE(blocks_.erase(block) == 1);
    std::free(block);
  }

  bool fails_ = false;
  std::set<void*> blocks_;
};

constexpr HeapOptions kTestOptions = {.reservation_bytes = size_t{1} << 30,
                                      .max_owners = kTestOwners};

// Calls without their Backing; whole at its end.
class TestHeap {
 public:
  explicit TestHeap(const HeapOptions& options = kTestOptions) {
    BOOST_REQUIRE(heap_.Open(options));
    current_owner = kFirstOwner;
  }
  ~TestHeap() {
    BOOST_TEST(CheckHeap(heap_) == "");
    heap_.Close();
    current_owner = kUnrecorded;
  }
  TestHeap(const TestHeap&) = delete;
  TestHeap& operator=(const TestHeap&) = delete;

  char* Allocate(size_t size) {
    return static_cast<char*>(heap_.Allocate(backing_, size));
  }
  char* AllocateZeroed(size_t count, size_t size) {
    return static_cast<char*>(heap_.AllocateZeroed(backing_, count, size));
  }
  char* Reallocate(void* block, size_t size) {
    return static_cast<char*>(heap_.Reallocate(backing_, block, size));
  }
  void Free(void* block) { heap_.Free(backing_, block); }

  void Check() const { BOOST_REQUIRE(CheckHeap(heap_) == ""); }
  OwnerCounters Counters(Owner owner) const { return heap_.Counters(owner); }

  Heap* operator->() { return &heap_; }
  const Heap& operator*() const { return heap_; }
  TestBacking& below() { return below_; }
  const Backing& backing() const { return backing_; }

 private:
  TestBacking below_;
  const Backing backing_ = below_.backing();
  Heap heap_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_HEAP_FIXTURE_H_
