#include "allocator/recorder/clock.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdint>
#include <thread>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(AClock)

BOOST_AUTO_TEST_CASE(AgreesWithTheSystems) {
  for (const ClockSource source :
       {ClockSource::kMonotonic, ClockSource::kTsc}) {
    if (source == ClockSource::kTsc && !Clock::HasTsc()) continue;
    Clock clock(source);
    const auto system_start = std::chrono::steady_clock::now();
    const uint64_t start = clock.Now();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const uint64_t ticks = clock.Now() - start;
    const std::chrono::nanoseconds passed =
        std::chrono::steady_clock::now() - system_start;
    const double ns = static_cast<double>(ticks) * clock.NanosecondsPerTick();
    BOOST_TEST(ns <= static_cast<double>(passed.count()) * 1.001);
    BOOST_TEST(ns >= 50e6 * 0.999);
  }
}

BOOST_AUTO_TEST_CASE(KnowsItsRateAtOnce) {
  if (!Clock::HasTsc()) return;
  Clock young(ClockSource::kTsc);
  const double first = young.NanosecondsPerTick();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  BOOST_TEST(young.NanosecondsPerTick() == first,
             boost::test_tools::tolerance(0.002));
}

BOOST_AUTO_TEST_CASE(OfItsOwnReadingsIsExact) {
  Clock clock(ClockSource::kSteps, 3);
  BOOST_TEST(clock.Now() == 3);
  BOOST_TEST(clock.Now() == 6);
  clock.Advance(100, 40);
  BOOST_TEST(clock.Now() == 109);
  BOOST_TEST(clock.CpuNanoseconds(CLOCK_THREAD_CPUTIME_ID) == 40);
  BOOST_TEST(clock.NanosecondsPerTick() == 1);
}

BOOST_AUTO_TEST_CASE(OfAThreadStandsStillWhileItSleeps) {
  const Clock clock;
  const int64_t before = clock.CpuNanoseconds(CLOCK_THREAD_CPUTIME_ID);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const int64_t slept = clock.CpuNanoseconds(CLOCK_THREAD_CPUTIME_ID) - before;
  BOOST_TEST(slept >= 0);
  BOOST_TEST(slept < 25'000'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
