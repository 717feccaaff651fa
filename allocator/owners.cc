#include "allocator/owners.h"

#include <algorithm>

namespace prof2cg {

constinit thread_local Owner current_owner = kUnrecorded;

bool Owners::Open(Owner max_owners) {
  if (!rows_.Open(max_owners)) return false;
  row_ = &rows_[current_];
  return true;
}

void Owners::Close() {
  rows_.Close();
  *this = Owners();
}

void Owners::NoteNewPeak() {
  int64_t& headroom = recorded_headroom();
  peak_bytes_ -= headroom;
  headroom = 0;
  ++peak_;
  if (IsRecorded(current_)) NoteShare(*row_);
}

void Owners::Reallocated(Owner holder, Owner by, size_t from, size_t to) {
  const Owner charged = Charged(holder, by);
  Row& row = rows_[charged];
  row.reallocs += 1;
  if (holder == charged) {
    Resized(charged, static_cast<int64_t>(to) - static_cast<int64_t>(from));
    return;
  }
  // Freed and allocated, but for flow. The peak is no other: in between live is
  // lower.
  const auto kept = static_cast<int64_t>(std::min(from, to));
  Freed(holder, charged, from);
  Allocated(charged, to);
  row.freed_blocks -= 1;
  row.freed_bytes -= kept;
  row.taken_blocks += 1;
  row.taken_bytes += kept;
}

void Owners::Resized(Owner owner, int64_t more_bytes) {
  if (!IsCurrent(owner)) Switch(owner);
  if (more_bytes > 0) {
    row_->came_bytes += more_bytes;
  } else {
    NotePeak();
    row_->dropped_bytes -= more_bytes;
  }
  headroom_ -= more_bytes;
}

void Owners::Disowned(Owner holder, size_t size) {
  const auto bytes = static_cast<int64_t>(size);
  Row& row = rows_[holder];
  if (IsRecorded(holder)) {
    // A peak that was reached is not noted: if it is new, this block should not
    // be in it.
    NoteShare(row);
    recorded_headroom() += bytes;
  }
  row.came_blocks -= 1;
  row.came_bytes -= bytes;
  Row& observers = rows_[kObserver];
  observers.came_blocks += 1;
  observers.came_bytes += bytes;
}

void Owners::Forget(int64_t blocks) {
  const int64_t bytes = Totals().live_bytes + rows_[kUnrecorded].live_bytes() +
                        rows_[kObserver].live_bytes();
  rows_.Clear();
  recorded_headroom() = 0;
  peak_bytes_ = 0;
  peak_ = 0;
  rows_[kUnrecorded].came_blocks = blocks;
  rows_[kUnrecorded].came_bytes = bytes;
}

OwnerCounters Owners::Counters(Owner owner) const {
  const Row& row = rows_[owner];
  OwnerCounters counters = {
      .alloc_blocks = row.came_blocks - row.taken_blocks,
      .alloc_bytes = row.came_bytes - row.taken_bytes,
      .freed_blocks = row.dropped_blocks + row.freed_blocks,
      .freed_bytes = row.dropped_bytes + row.freed_bytes,
      .reallocs = row.reallocs,
      .arenas = row.arenas,
      .live_blocks = row.live_blocks(),
      .live_bytes = row.live_bytes(),
      .peak_blocks = row.peak_blocks,
      .peak_bytes = row.peak_bytes,
  };
  const bool is_at_peak = recorded_headroom() < 0;
  if (IsRecorded(owner) && (is_at_peak || row.seen_peak != peak_)) {
    counters.peak_blocks = counters.live_blocks;
    counters.peak_bytes = counters.live_bytes;
  }
  return counters;
}

LiveTotals Owners::Totals() const {
  const int64_t live_bytes = peak_bytes_ - recorded_headroom();
  return {.live_bytes = live_bytes,
          .peak_bytes = std::max(live_bytes, peak_bytes_)};
}

}  // namespace prof2cg
