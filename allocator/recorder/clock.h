// What time it is, at the price of one instruction where the machine allows.
#ifndef PROF2CG_ALLOCATOR_RECORDER_CLOCK_H_
#define PROF2CG_ALLOCATOR_RECORDER_CLOCK_H_

#include <time.h>

#include <cstdint>

namespace prof2cg {

enum class ClockSource : uint8_t {
  // The processor's time-stamp counter, if it is constant and never stops
  // (HasTsc). A reading takes 13 ns that mostly hide behind other work; of the
  // monotonic clock it takes 35 ns that do not.
  kTsc,
  // CLOCK_MONOTONIC, in nanoseconds.
  kMonotonic,
  // Its own readings: each is `step` nanoseconds later than the one before. For
  // tests that know every figure; with step 0, for recordings without time.
  kSteps,
};

// Ticks since some moment. How long a tick takes is known the better the longer
// the clock has been there: it is compared with CLOCK_MONOTONIC over all of its
// life.
class Clock {
 public:
  explicit Clock(ClockSource source = ClockSource::kMonotonic,
                 uint64_t step = 1);

  ClockSource source() const { return source_; }
  // Whether the time-stamp counter can be relied upon here.
  static bool HasTsc();

  [[gnu::always_inline]] uint64_t Now() {
#ifdef __x86_64__
    if (source_ == ClockSource::kTsc) [[likely]] {
      return __builtin_ia32_rdtsc();
    }
#endif
    return Read();
  }

  // Good to 0.1 % at worst: waits until the clock is 100 µs old. Measured anew
  // when the clock is twice as old as the last time.
  double NanosecondsPerTick();

  // How long that thread has run on a processor; negative if it has ended. A
  // system call: 400 ns.
  int64_t CpuNanoseconds(clockid_t thread) const;

  // Lets time pass, and the thread run for part of it: kSteps only.
  void Advance(uint64_t wall_ns, int64_t cpu_ns);

 private:
  struct Instant {
    uint64_t ticks;
    int64_t ns;
  };
  uint64_t Read();
  // What both clocks say at the same time.
  static Instant ReadBoth();

  ClockSource source_;
  uint64_t step_;
  uint64_t steps_ns_ = 0;
  int64_t steps_cpu_ns_ = 0;
  Instant start_;
  uint64_t remeasure_at_ = 0;  // ticks
  double ns_per_tick_ = 1;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_CLOCK_H_
