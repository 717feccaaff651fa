#include "allocator/recorder/clock.h"

#include <algorithm>
#include <fstream>
#include <string>

#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace prof2cg {
namespace {

constexpr int64_t kShortestBaseline = 100'000;  // ns; reading takes about 50

int64_t Nanoseconds(clockid_t clock) {
  timespec time;
  if (clock_gettime(clock, &time) != 0) return -1;
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// Linux drops the counter from the list when it has seen it go wrong.
bool KernelTrustsTsc() {
  std::ifstream list(
      "/sys/devices/system/clocksource/clocksource0/available_clocksource");
  std::string name;
  bool is_known = false;
  while (list >> name) {
    if (name == "tsc") return true;
    is_known = true;
  }
  return !is_known;
}

}  // namespace

Clock::Clock(ClockSource source, uint64_t step)
    : source_(source), step_(step), start_(ReadBoth()) {}

bool Clock::HasTsc() {
#ifdef __x86_64__
  // "Invariant TSC": the rate is constant, also in all states of sleep.
  constexpr uint32_t kPowerManagement = 0x80000007, kInvariant = 1 << 8;
  uint32_t a, b, c, d;
  return __get_cpuid(kPowerManagement, &a, &b, &c, &d) != 0 &&
         (d & kInvariant) != 0 && KernelTrustsTsc();
#else
  return false;
#endif
}

uint64_t Clock::Read() {
  if (source_ == ClockSource::kSteps) return steps_ns_ += step_;
  return static_cast<uint64_t>(Nanoseconds(CLOCK_MONOTONIC));
}

// The shortest of a few tries: an interrupt may come between the readings.
Clock::Instant Clock::ReadBoth() {
#ifdef __x86_64__
  Instant best{};
  uint64_t shortest = UINT64_MAX;
  for (int i = 0; i < 5; ++i) {
    const uint64_t before = __builtin_ia32_rdtsc();
    const int64_t ns = Nanoseconds(CLOCK_MONOTONIC);
    const uint64_t took = __builtin_ia32_rdtsc() - before;
    if (took < shortest) best = {before + took / 2, ns};
    shortest = std::min(shortest, took);
  }
  return best;
#else
  return {};
#endif
}

double Clock::NanosecondsPerTick() {
  if (source_ != ClockSource::kTsc || Now() < remeasure_at_) {
    return ns_per_tick_;
  }
  Instant now = ReadBoth();
  while (now.ns - start_.ns < kShortestBaseline) now = ReadBoth();
  const uint64_t age = now.ticks - start_.ticks;
  remeasure_at_ = now.ticks + age;
  ns_per_tick_ =
      static_cast<double>(now.ns - start_.ns) / static_cast<double>(age);
  return ns_per_tick_;
}

int64_t Clock::CpuNanoseconds(clockid_t thread) const {
  return source_ == ClockSource::kSteps ? steps_cpu_ns_ : Nanoseconds(thread);
}

void Clock::Advance(uint64_t wall_ns, int64_t cpu_ns) {
  steps_ns_ += wall_ns;
  steps_cpu_ns_ += cpu_ns;
}

}  // namespace prof2cg
