// Who allocates, and what each of them has: flow, live and the share of the
// peak.
#ifndef PROF2CG_ALLOCATOR_OWNERS_H_
#define PROF2CG_ALLOCATOR_OWNERS_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "allocator/mapped_table.h"

namespace prof2cg {

// Whom a block is charged to: a calling context of the recorder.
using Owner = uint32_t;

// Nobody is recording. Its blocks are counted, but not in the process's live
// and peak, which are over recorded owners only: those from kFirstOwner on.
inline constexpr Owner kUnrecorded = 0;
// The recorder itself. What happens to its blocks is counted in its own row and
// nowhere else, whoever does it; what it does to others' blocks is charged to
// kUnrecorded.
inline constexpr Owner kObserver = 1;
inline constexpr Owner kFirstOwner = 2;
// One more than the largest there may be: a block's tag has 22 bits for it.
inline constexpr Owner kMaxOwners = Owner{1} << 22;

// Who allocates, frees and reallocates now on this thread. Must be below the
// max_owners that Owners was opened with. Of the thread's static block: one
// instruction reads it, also in a library that was loaded late.
extern constinit thread_local Owner current_owner
    [[gnu::tls_model("initial-exec")]];

// Bytes are those that were asked for.
struct OwnerCounters {
  // Flow: charged to the owner who does it. A reallocation is one of `reallocs`
  // and adds only the difference to alloc_bytes or freed_bytes.
  int64_t alloc_blocks = 0;
  int64_t alloc_bytes = 0;
  int64_t freed_blocks = 0;
  int64_t freed_bytes = 0;
  int64_t reallocs = 0;
  int64_t arenas = 0;  // mapped, or mapped again, for a block of this owner
  // Live: charged to the owner who allocated the block, or last reallocated it.
  int64_t live_blocks = 0;
  int64_t live_bytes = 0;
  // What was live when the process's live bytes first were at their peak.
  int64_t peak_blocks = 0;
  int64_t peak_bytes = 0;

  friend bool operator==(const OwnerCounters&, const OwnerCounters&) = default;
};

// What all recorded owners have together, in bytes. Blocks: add them up.
struct LiveTotals {
  int64_t live_bytes = 0;
  int64_t peak_bytes = 0;

  friend bool operator==(const LiveTotals&, const LiveTotals&) = default;
};

// Laws, at any time:
// - Over all owners but kObserver, Σ alloc − Σ freed = Σ live, blocks and
//   bytes; the same holds for kObserver alone.
// - Over recorded owners, Σ live = the totals' live, and Σ peak = their peak.
//
// Everything is O(1), the peak too: whenever live bytes have reached a new
// peak, the peak's number goes up, and a row that is about to change first
// notes what it had at the peak that it has not seen. Rows that have not
// changed since need no notes: what they have is what they had. A new peak is
// noted when live is about to fall, not at once: what grows on has no peak yet,
// and the last change can be undone.
//
// Most changes are those of one owner to its own blocks, many in a row. Its row
// is the current one: that has always seen the last peak, and headroom_ is what
// counts its bytes. So three additions are all that such a change takes, and a
// look at whether there is a peak to note.
class Owners {
 public:
  constexpr Owners() = default;

  // Whom it is charged to that `by` does something to a block of `holder`.
  static Owner Charged(Owner holder, Owner by) {
    if (holder == kObserver) return kObserver;
    return by == kObserver ? kUnrecorded : by;
  }

  // Owners from 0 to max_owners - 1. False if there is no room for the table.
  bool Open(Owner max_owners);
  void Close();
  bool is_open() const { return rows_.is_open(); }
  Owner max_owners() const { return static_cast<Owner>(rows_.size()); }

  // Whether the owner's row is the current one; and makes it so.
  bool IsCurrent(Owner owner) const { return owner == current_; }
  void Switch(Owner owner) {
    if (IsRecorded(owner) != IsRecorded(current_)) {
      std::swap(headroom_, idle_headroom_);
    }
    current_ = owner;
    row_ = &rows_[owner];
    if (IsRecorded(owner)) NoteShare(*row_);
  }

  // A block of one byte or more is the current owner's from now on.
  void AllocatedByCurrent(size_t size) {
    row_->came_blocks += 1;
    row_->came_bytes += static_cast<int64_t>(size);
    headroom_ -= static_cast<int64_t>(size);
  }
  // The current owner frees a block of its own. False, and nothing is done, if
  // that takes Freed.
  bool FreedByCurrent(size_t size) {
    if (headroom_ < 0) [[unlikely]]
      return false;
    headroom_ += static_cast<int64_t>(size);
    row_->dropped_blocks += 1;
    row_->dropped_bytes += static_cast<int64_t>(size);
    return true;
  }

  // A block is `owner`'s from now on.
  void Allocated(Owner owner, size_t size) {
    if (!IsCurrent(owner)) Switch(owner);
    // Live bytes do not grow: what was there at their peak is without it.
    if (size == 0) NotePeak();
    AllocatedByCurrent(size);
  }
  // `by` frees a block of `holder`.
  void Freed(Owner holder, Owner by, size_t size) {
    const auto bytes = static_cast<int64_t>(size);
    Row& row = rows_[holder];
    if (IsRecorded(holder)) {
      int64_t& headroom = recorded_headroom();
      if (headroom < 0) [[unlikely]]
        NoteNewPeak();
      NoteShare(row);
      headroom += bytes;
    }
    // What others do to the observer's blocks it has done.
    if (holder == by || holder == kObserver) {
      row.dropped_blocks += 1;
      row.dropped_bytes += bytes;
      return;
    }
    row.gone_blocks += 1;
    row.gone_bytes += bytes;
    Row& charged = rows_[Charged(holder, by)];
    charged.freed_blocks += 1;
    charged.freed_bytes += bytes;
  }

  // `by` changes the size of a block of `holder`; it is now Charged(holder,
  // by)'s.
  void Reallocated(Owner holder, Owner by, size_t from, size_t to);

  // Undoes Allocated(holder, size), and counts the block as the observer's. If
  // it was the last change, all is as though the observer had allocated it.
  void Disowned(Owner holder, size_t size);

  void MappedArena(Owner by) { rows_[by].arenas += 1; }

  // All that is live is kUnrecorded's, who has allocated just that: `blocks`,
  // the observer's included. Nothing else has ever happened. The memory of all
  // rows is given back.
  void Forget(int64_t blocks);

  // As of now, its share of the peak included.
  OwnerCounters Counters(Owner owner) const;
  LiveTotals Totals() const;

 private:
  // What comes and goes changes the first cache line. Nothing is kept that
  // follows from the rest: each addition is felt. Blocks and bytes do not
  // alternate: gcc would load them in pairs that were stored one by one, for
  // which processors have no short cut.
  struct alignas(128) Row {
    uint64_t seen_peak;  // the number of the peak that has been noted
    // Blocks that became the owner's, that the owner freed, and that others
    // freed or took; their sizes then.
    int64_t came_blocks, dropped_blocks, gone_blocks, peak_blocks;
    int64_t came_bytes, dropped_bytes, gone_bytes, peak_bytes;
    // Others' blocks that the owner freed.
    int64_t freed_blocks, freed_bytes;
    // Of what came, by reallocating others' blocks, and so much of their sizes
    // as had been there before.
    int64_t taken_blocks, taken_bytes;
    int64_t reallocs;
    int64_t arenas;

    int64_t live_blocks() const {
      return came_blocks - dropped_blocks - gone_blocks;
    }
    int64_t live_bytes() const {
      return came_bytes - dropped_bytes - gone_bytes;
    }
  };

  static constexpr int64_t kUnlimited = INT64_MAX / 2;

  static bool IsRecorded(Owner owner) { return owner >= kFirstOwner; }
  // Of recorded owners, whoever is the current one.
  int64_t& recorded_headroom() {
    return IsRecorded(current_) ? headroom_ : idle_headroom_;
  }
  int64_t recorded_headroom() const {
    return IsRecorded(current_) ? headroom_ : idle_headroom_;
  }

  // One of the owner's blocks has changed its size.
  void Resized(Owner owner, int64_t more_bytes);

  // To be called before recorded owners' live bytes fall.
  void NotePeak() {
    if (recorded_headroom() < 0) [[unlikely]]
      NoteNewPeak();
  }
  [[gnu::noinline]] void NoteNewPeak();
  // To be called before a recorded owner's row changes, if it is not the
  // current one: notes what it had at the peak.
  void NoteShare(Row& row) const {
    if (row.seen_peak != peak_) [[unlikely]] {
      row.seen_peak = peak_;
      row.peak_blocks = row.live_blocks();
      row.peak_bytes = row.live_bytes();
    }
  }

  Owner current_ = kUnrecorded;
  Row* row_ = nullptr;  // the current owner's
  // How far recorded owners' live bytes are below their peak. Less than 0: they
  // have reached a new one, not noted yet. While the current owner is not
  // recorded, the idle one is that, and this is never near 0.
  int64_t headroom_ = kUnlimited;
  int64_t idle_headroom_ = 0;
  MappedTable<Row> rows_;
  int64_t peak_bytes_ = 0;
  uint64_t peak_ = 0;  // how often there was a new one
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_OWNERS_H_
