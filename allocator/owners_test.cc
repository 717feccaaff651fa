#include "allocator/owners.h"

#include <boost/test/unit_test.hpp>
#include <iterator>
#include <random>
#include <vector>

#include "allocator/owners_model.h"

namespace prof2cg {
namespace {

constexpr Owner kOwners = 12;

struct OpenOwners : Owners {
  OpenOwners() { BOOST_REQUIRE(Open(kOwners)); }
  ~OpenOwners() { Close(); }
};

void CheckSame(const Owners& owners, const OwnersModel& model) {
  BOOST_REQUIRE((owners.Totals() == model.Totals()));
  for (Owner owner = 0; owner < kOwners; ++owner) {
    BOOST_REQUIRE((owners.Counters(owner) == model.Counters(owner)));
  }
}

struct Block {
  Owner holder;
  size_t size;
};

// Does the same to both, and compares after each step.
class Pair {
 public:
  explicit Pair(unsigned seed) : random_(seed) {}

  void Step() {
    switch (random_() % 16) {
      default:
        Allocate();
        break;
      case 6:
      case 7:
      case 8:
      case 9:
      case 10:
      case 11:
        if (!blocks_.empty()) Free();
        break;
      case 12:
      case 13:
        if (!blocks_.empty()) Reallocate();
        break;
      case 14:
        Allocate();
        owners_.Disowned(blocks_.back().holder, blocks_.back().size);
        model_.DisownedLast(blocks_.back().holder, blocks_.back().size);
        blocks_.back().holder = kObserver;
        break;
      case 15:
        if (random_() % 20 == 0) Forget();
        break;
    }
    CheckSame(owners_, model_);
  }

 private:
  Owner AnyOwner() { return static_cast<Owner>(random_() % kOwners); }
  size_t AnySize() { return random_() % 5 == 0 ? 0 : random_() % 1000; }

  void Allocate() {
    // Disowning the observer's own is for the heap to leave out.
    Owner owner = AnyOwner();
    if (owner == kObserver) owner = kUnrecorded;
    blocks_.push_back({owner, AnySize()});
    owners_.Allocated(owner, blocks_.back().size);
    model_.Allocated(owner, blocks_.back().size);
  }

  void Free() {
    std::swap(blocks_[random_() % blocks_.size()], blocks_.back());
    const Block block = blocks_.back();
    blocks_.pop_back();
    const Owner by = AnyOwner();
    owners_.Freed(block.holder, by, block.size);
    model_.Freed(block.holder, by, block.size);
  }

  void Reallocate() {
    Block& block = blocks_[random_() % blocks_.size()];
    const Owner by = AnyOwner();
    const size_t size = AnySize();
    owners_.Reallocated(block.holder, by, block.size, size);
    block.holder = model_.Reallocated(block.holder, by, block.size, size);
    block.size = size;
  }

  void Forget() {
    owners_.Forget(static_cast<int64_t>(blocks_.size()));
    model_.Forget();
    for (Block& block : blocks_) block.holder = kUnrecorded;
  }

  std::mt19937 random_;
  OpenOwners owners_;
  OwnersModel model_;
  std::vector<Block> blocks_;
};

BOOST_AUTO_TEST_CASE(EveryCounterIsWhatALogSays) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    Pair pair(seed);
    for (int step = 0; step < 200; ++step) pair.Step();
  }
}

BOOST_AUTO_TEST_CASE(PeaksAreWhatEachHadWhenAllTogetherHadMost) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  owners.Allocated(3, 50);  // the peak: 150
  owners.Freed(2, 2, 100);
  owners.Allocated(3, 60);  // owner 3 has more than ever
  owners.Freed(3, 3, 60);
  BOOST_TEST(owners.Totals().peak_bytes == 150);
  BOOST_TEST(owners.Counters(2).peak_bytes == 100);
  BOOST_TEST(owners.Counters(3).peak_bytes == 50);
  BOOST_TEST(owners.Counters(3).peak_blocks == 1);
}

BOOST_AUTO_TEST_CASE(WhatIsNotRecordedHasNoPartInThePeak) {
  OpenOwners owners;
  owners.Allocated(2, 10);
  owners.Allocated(kUnrecorded, 1'000);
  owners.Allocated(kObserver, 1'000);
  BOOST_TEST(owners.Totals().live_bytes == 10);
  BOOST_TEST(owners.Totals().peak_bytes == 10);
  BOOST_TEST(owners.Counters(kUnrecorded).live_bytes == 1'000);
  BOOST_TEST(owners.Counters(kUnrecorded).peak_bytes == 0);
}

BOOST_AUTO_TEST_CASE(ADisownedBlockWasNeverThere) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  owners.Freed(2, 2, 100);
  owners.Allocated(3, 60);
  const OwnerCounters before = owners.Counters(3);
  owners.Allocated(3, 500);  // a new peak, which must not remain
  BOOST_TEST(owners.Totals().peak_bytes == 560);
  owners.Disowned(3, 500);
  BOOST_TEST((owners.Counters(3) == before));
  BOOST_TEST(owners.Totals().peak_bytes == 100);
  BOOST_TEST(owners.Counters(2).peak_bytes == 100);
  // Nor does its free count.
  owners.Freed(kObserver, 3, 500);
  BOOST_TEST((owners.Counters(3) == before));
}

BOOST_AUTO_TEST_CASE(PeaksAddUpAlsoWhenAnOlderBlockIsDisowned) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  owners.Freed(2, 2, 100);
  owners.Allocated(3, 60);
  owners.Allocated(4, 70);  // the peak: 130
  owners.Disowned(3, 60);   // never was: that of 100 is the peak again
  owners.Freed(4, 3, 70);
  BOOST_TEST(owners.Totals().peak_bytes == 100);
  BOOST_TEST(owners.Counters(2).peak_bytes == 100);
  BOOST_TEST(owners.Counters(3).peak_bytes == 0);
  BOOST_TEST(owners.Counters(4).peak_bytes == 0);
}

BOOST_AUTO_TEST_CASE(TheCurrentOwnersShareOfAnOlderPeakStaysWhatItWas) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  owners.Allocated(3, 50);  // the peak, 150, with 2's block and 3's
  owners.Freed(2, 2, 100);  // notes it while 3 is the current one
  BOOST_TEST(owners.IsCurrent(3));
  owners.AllocatedByCurrent(20);
  BOOST_TEST(owners.FreedByCurrent(50));
  BOOST_TEST(owners.Counters(3).peak_bytes == 50);
  BOOST_TEST(owners.Counters(3).live_bytes == 20);
}

BOOST_AUTO_TEST_CASE(TheShortWayLeavesAPeakToTheLongOne) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  BOOST_TEST(!owners.FreedByCurrent(100));
  owners.Freed(2, 2, 100);
  owners.Allocated(2, 100);  // as many as at the peak, no more
  BOOST_TEST(owners.FreedByCurrent(100));
  BOOST_TEST(owners.Totals().peak_bytes == 100);
}

BOOST_AUTO_TEST_CASE(WhoIsNotRecordedGoesTheShortWay) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  owners.Allocated(kUnrecorded, 10);
  owners.AllocatedByCurrent(1'000);
  BOOST_TEST(owners.FreedByCurrent(10));
  BOOST_TEST(owners.Counters(kUnrecorded).live_bytes == 1'000);
  BOOST_TEST(owners.Totals().live_bytes == 100);
  // Frees another's block: a peak to note, though its own has none.
  owners.Freed(2, kUnrecorded, 100);
  BOOST_TEST(owners.Totals().live_bytes == 0);
  BOOST_TEST(owners.Totals().peak_bytes == 100);
}

BOOST_AUTO_TEST_CASE(AReallocationFlowsByTheDifferenceOnly) {
  OpenOwners owners;
  owners.Allocated(2, 100);
  owners.Reallocated(2, 3, 100, 130);
  BOOST_TEST(owners.Counters(3).alloc_bytes == 30);
  BOOST_TEST(owners.Counters(3).alloc_blocks == 0);
  BOOST_TEST(owners.Counters(3).reallocs == 1);
  BOOST_TEST(owners.Counters(3).live_bytes == 130);
  BOOST_TEST(owners.Counters(2).live_bytes == 0);
  owners.Reallocated(3, 2, 130, 40);
  BOOST_TEST(owners.Counters(2).freed_bytes == 90);
  BOOST_TEST(owners.Counters(2).freed_blocks == 0);
  BOOST_TEST(owners.Counters(2).live_bytes == 40);
}

}  // namespace
}  // namespace prof2cg
