// What owners.h should count, done slowly and obviously: a log, replayed for
// each question.
#ifndef PROF2CG_ALLOCATOR_OWNERS_MODEL_H_
#define PROF2CG_ALLOCATOR_OWNERS_MODEL_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "allocator/owners.h"

namespace prof2cg {

class OwnersModel {
 public:
  void Allocated(Owner owner, size_t size) {
    log_.push_back({{owner, 1, Signed(size)}});
    flow_[owner].alloc_blocks += 1;
    flow_[owner].alloc_bytes += Signed(size);
  }

  void Freed(Owner holder, Owner by, size_t size) {
    log_.push_back({{holder, -1, -Signed(size)}});
    OwnerCounters& flow = flow_[Charged(holder, by)];
    flow.freed_blocks += 1;
    flow.freed_bytes += Signed(size);
  }

  // Returns whose the block is now.
  Owner Reallocated(Owner holder, Owner by, size_t from, size_t to) {
    const Owner charged = Charged(holder, by);
    log_.push_back({{holder, -1, -Signed(from)}, {charged, 1, Signed(to)}});
    OwnerCounters& flow = flow_[charged];
    flow.reallocs += 1;
    flow.alloc_bytes += std::max<int64_t>(Signed(to) - Signed(from), 0);
    flow.freed_bytes += std::max<int64_t>(Signed(from) - Signed(to), 0);
    return charged;
  }

  // The last call was Allocated(holder, size): it never was.
  void DisownedLast(Owner holder, size_t size) {
    log_.pop_back();
    flow_[holder].alloc_blocks -= 1;
    flow_[holder].alloc_bytes -= Signed(size);
    Allocated(kObserver, size);
  }

  void Forget() {
    OwnerCounters all;
    for (const auto& [owner, held] : HeldAfter(log_.size())) {
      all.alloc_blocks += held.blocks;
      all.alloc_bytes += held.bytes;
    }
    log_ = {{{kUnrecorded, all.alloc_blocks, all.alloc_bytes}}};
    flow_ = {{kUnrecorded, all}};
  }

  OwnerCounters Counters(Owner owner) const {
    const auto flow = flow_.find(owner);
    OwnerCounters counters =
        flow == flow_.end() ? OwnerCounters() : flow->second;
    const Amount live = HeldAfter(log_.size())[owner];
    counters.live_blocks = live.blocks;
    counters.live_bytes = live.bytes;
    if (owner >= kFirstOwner) {
      const Amount peak = HeldAfter(StepsToPeak())[owner];
      counters.peak_blocks = peak.blocks;
      counters.peak_bytes = peak.bytes;
    }
    return counters;
  }

  LiveTotals Totals() const {
    return {.live_bytes = RecordedBytes(HeldAfter(log_.size())),
            .peak_bytes = RecordedBytes(HeldAfter(StepsToPeak()))};
  }

 private:
  struct Amount {
    int64_t blocks = 0;
    int64_t bytes = 0;
  };
  struct Change {
    Owner owner;
    int64_t blocks;
    int64_t bytes;
  };
  using Step = std::vector<Change>;  // at once
  using Held = std::map<Owner, Amount>;

  static int64_t Signed(size_t size) { return static_cast<int64_t>(size); }

  static Owner Charged(Owner holder, Owner by) {
    if (holder == kObserver) return kObserver;
    return by == kObserver ? kUnrecorded : by;
  }

  static void Do(const Step& step, Held& held) {
    for (const Change& change : step) {
      held[change.owner].blocks += change.blocks;
      held[change.owner].bytes += change.bytes;
    }
  }

  Held HeldAfter(size_t steps) const {
    Held held;
    for (size_t i = 0; i < steps; ++i) Do(log_[i], held);
    return held;
  }

  static int64_t RecordedBytes(const Held& held) {
    int64_t bytes = 0;
    for (const auto& [owner, amount] : held) {
      if (owner >= kFirstOwner) bytes += amount.bytes;
    }
    return bytes;
  }

  // Until recorded owners' bytes first were the most they ever were.
  size_t StepsToPeak() const {
    Held held;
    int64_t most = 0;
    size_t steps = 0;
    for (size_t i = 0; i < log_.size(); ++i) {
      Do(log_[i], held);
      const int64_t bytes = RecordedBytes(held);
      if (bytes > most) {
        most = bytes;
        steps = i + 1;
      }
    }
    return steps;
  }

  std::vector<Step> log_;
  std::map<Owner, OwnerCounters> flow_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_OWNERS_MODEL_H_
