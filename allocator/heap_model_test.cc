// Random traces on the heap and on maps.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <map>
#include <ostream>
#include <random>
#include <vector>

#include "allocator/heap_fixture.h"
#include "allocator/owners_model.h"
#include "allocator/size_histograms.h"

namespace prof2cg {
namespace {

struct Variant {
  const char* name;
  HeapOptions options;
  bool counts_sizes = false;
};

std::ostream& operator<<(std::ostream& out, const Variant& variant) {
  return out << variant.name;
}

HeapOptions Of(size_t reservation_bytes) {
  HeapOptions options = kTestOptions;
  options.reservation_bytes = reservation_bytes;
  return options;
}

HeapOptions Annotating() {
  HeapOptions options = kTestOptions;
  options.valgrind = HeapOptions::Valgrind::kAnnotate;
  return options;
}

const Variant kVariants[] = {
    {"roomy", kTestOptions},
    {"counting sizes", kTestOptions, true},
    {"one arena, used up", Of(kArenaBytes)},
    {"no arenas", Of(0)},
    {"annotating", Annotating()},
};

struct Block {
  char* address;
  size_t size;
  Owner holder;
  char pattern;
};

class Trace {
 public:
  Trace(const Variant& variant, unsigned seed)
      : random_(seed), heap_(variant.options) {
    if (variant.counts_sizes) BOOST_REQUIRE(heap_->CountSizes(true));
  }
  ~Trace() {
    while (!blocks_.empty()) Free();
    CheckSame();
  }

  void Step() {
    current_owner = static_cast<Owner>(random_() % kTestOwners);
    const auto choice = random_() % 100;
    // Grows for a while, shrinks for a while.
    const bool grows = step_++ / 4'000 % 2 == 0;
    if (choice < (grows ? 55u : 25u) || blocks_.empty()) {
      Allocate();
    } else if (choice < 85) {
      Free();
    } else {
      Reallocate();
    }
    if (random_() % 5'000 == 0) Forget();
  }

  void CheckSame() {
    heap_.Check();
    for (Owner owner = 0; owner < kTestOwners; ++owner) {
      OwnerCounters counters = heap_.Counters(owner);
      counters.arenas = 0;
      BOOST_REQUIRE((counters == model_.Counters(owner)));
    }
    BOOST_REQUIRE((heap_->Totals() == model_.Totals()));
    if (heap_->Sizes(kUnrecorded) == nullptr) return;
    for (Owner owner = 0; owner < kTestOwners; ++owner) {
      BOOST_REQUIRE((*heap_->Sizes(owner) == sizes_[owner]));
    }
  }

 private:
  size_t AnySize() {
    switch (random_() % 10) {
      default:
        return random_() % 100;
      case 5:
      case 6:
      case 7:
        return random_() % 600;
      case 8:
        return random_() % 4'000;
      case 9:
        return random_() % 50 == 0 ? random_() % 1'000'000 : 0;
    }
  }

  void Allocate() {
    const size_t size = AnySize();
    const bool is_zeroed = random_() % 4 == 0;
    char* address =
        is_zeroed ? heap_.AllocateZeroed(1, size) : heap_.Allocate(size);
    BOOST_REQUIRE(address != nullptr);
    BOOST_REQUIRE(reinterpret_cast<uintptr_t>(address) % 16 == 0);
    BOOST_REQUIRE(heap_->last_block() == address);
    if (is_zeroed) BOOST_REQUIRE(Consists(address, size, 0));
    model_.Allocated(current_owner, size);
    sizes_[current_owner][BucketOf(size)] += 1;
    Block block{address, size, current_owner, static_cast<char>(random_())};
    if (random_() % 8 == 0) Disown(block);
    std::memset(address, block.pattern, size);
    blocks_.push_back(block);
  }

  void Disown(Block& block) {
    heap_->Disown(block.address);
    if (block.holder == kObserver) return;
    model_.DisownedLast(block.holder, block.size);
    sizes_[block.holder][BucketOf(block.size)] -= 1;
    sizes_[kObserver][BucketOf(block.size)] += 1;
    block.holder = kObserver;
  }

  void Free() {
    std::swap(blocks_[random_() % blocks_.size()], blocks_.back());
    const Block block = blocks_.back();
    blocks_.pop_back();
    BOOST_REQUIRE(Consists(block.address, block.size, block.pattern));
    heap_.Free(block.address);
    model_.Freed(block.holder, current_owner, block.size);
  }

  void Reallocate() {
    Block& block = blocks_[random_() % blocks_.size()];
    const size_t size = AnySize();
    block.address = heap_.Reallocate(block.address, size);
    BOOST_REQUIRE(block.address != nullptr);
    BOOST_REQUIRE(reinterpret_cast<uintptr_t>(block.address) % 16 == 0);
    BOOST_REQUIRE(
        Consists(block.address, std::min(block.size, size), block.pattern));
    std::memset(block.address, block.pattern, size);
    block.holder =
        model_.Reallocated(block.holder, current_owner, block.size, size);
    block.size = size;
  }

  void Forget() {
    heap_->ForgetOwners();
    model_.Forget();
    for (Block& block : blocks_) block.holder = kUnrecorded;
    sizes_.clear();
  }

  static bool Consists(const char* bytes, size_t size, char pattern) {
    return size == 0 || (bytes[0] == pattern &&
                         std::memcmp(bytes, bytes + 1, size - 1) == 0);
  }

  std::mt19937 random_;
  size_t step_ = 0;
  TestHeap heap_;
  OwnersModel model_;
  std::map<Owner, SizeHistogram> sizes_;
  std::vector<Block> blocks_;
};

BOOST_DATA_TEST_CASE(BlocksKeepTheirContentsAndAreCountedRight,
                     boost::unit_test::data::make(kVariants), variant) {
  for (unsigned seed = 0; seed < 3; ++seed) {
    Trace trace(variant, seed);
    for (int step = 0; step < 12'000; ++step) {
      trace.Step();
      if (step % 3'000 == 0) trace.CheckSame();
    }
  }
}

}  // namespace
}  // namespace prof2cg
