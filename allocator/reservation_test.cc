#include "allocator/reservation.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <random>
#include <set>
#include <vector>

namespace prof2cg {
namespace {

constexpr size_t kMiB = size_t{1} << 20;
constexpr size_t kGiB = size_t{1} << 30;

void* Address(uintptr_t address) { return reinterpret_cast<void*>(address); }

struct OpenReservation : Reservation {
  explicit OpenReservation(size_t bytes) { BOOST_REQUIRE(Open(bytes, kMiB)); }
  ~OpenReservation() { Close(); }
};

BOOST_AUTO_TEST_CASE(ItContainsItsUnitsAndNothingElse) {
  const OpenReservation reservation(64 * kMiB);
  // The same question, asked of a set of all its megabytes.
  std::set<uintptr_t> units;
  for (size_t i = 0; i < reservation.bytes(); i += kMiB) {
    units.insert((reservation.base() + i) / kMiB);
  }
  std::mt19937_64 random(1);
  std::vector<uintptr_t> addresses = {0, 1, UINTPTR_MAX};
  for (int i = 0; i < 10'000; ++i) {
    addresses.push_back(random());
    addresses.push_back(reservation.base() - 64 * kMiB +
                        random() % (192 * kMiB));
  }
  for (const intptr_t near : {-1, 0, 1}) {
    const auto distance = static_cast<uintptr_t>(near);
    addresses.push_back(reservation.base() + distance);
    addresses.push_back(reservation.base() + reservation.bytes() + distance);
  }
  for (const uintptr_t address : addresses) {
    const bool is_within = units.contains(address / kMiB);
    BOOST_REQUIRE(reservation.Contains(Address(address)) == is_within);
  }
}

// Nothing in it can be read yet, so that asking would end the program.
BOOST_AUTO_TEST_CASE(AskingReadsNoMemory) {
  const OpenReservation reservation(4 * kMiB);
  BOOST_TEST(reservation.Contains(Address(reservation.base())));
  unsigned char is_resident;
  BOOST_TEST(mincore(Address(reservation.base()), 1, &is_resident) == 0);
  BOOST_TEST((is_resident & 1) == 0);
}

BOOST_AUTO_TEST_CASE(ItBeginsAtAMultipleOfItsUnit) {
  const OpenReservation reservation(5 * kMiB + 1);
  BOOST_TEST(reservation.base() % kMiB == 0);
  BOOST_TEST(reservation.bytes() == 5 * kMiB);
}

BOOST_AUTO_TEST_CASE(LessThanAUnitIsNone) {
  Reservation reservation;
  BOOST_TEST(!reservation.Open(0, kMiB));
  BOOST_TEST(!reservation.Open(kMiB - 1, kMiB));
  BOOST_TEST(!reservation.is_open());
  BOOST_TEST(!reservation.Contains(&reservation));
  BOOST_TEST(!reservation.Contains(nullptr));
}

BOOST_AUTO_TEST_CASE(WhatIsReleasedReadsAsZerosAndIsUsable) {
  OpenReservation reservation(4 * kMiB);
  BOOST_TEST(reservation.Commit(reservation.base() + kMiB, kMiB));
  auto* const bytes = static_cast<char*>(Address(reservation.base() + kMiB));
  std::memset(bytes, 7, kMiB);
  reservation.Release(reservation.base() + kMiB, kMiB);
  BOOST_TEST(std::count(bytes, bytes + kMiB, 0) == kMiB);
  bytes[5] = 7;
  BOOST_TEST(bytes[5] == 7);
}

// The sanitizers need all of the address space themselves.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// What is reserved where there is room for `limit` more bytes of addresses.
size_t ReservedWithin(size_t limit) {
  int pipes[2];
  BOOST_REQUIRE(pipe(pipes) == 0);
  const pid_t child = fork();
  if (child == 0) {
    const rlimit addresses{limit, limit};
    setrlimit(RLIMIT_AS, &addresses);
    Reservation reservation;
    reservation.Open(256 * kGiB, kMiB);
    const size_t bytes = reservation.bytes();
    _exit(write(pipes[1], &bytes, sizeof(bytes)) == sizeof(bytes) ? 0 : 1);
  }
  size_t bytes = 0;
  BOOST_TEST(read(pipes[0], &bytes, sizeof(bytes)) == sizeof(bytes));
  int status = 0;
  waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
  close(pipes[0]);
  close(pipes[1]);
  return bytes;
}

BOOST_AUTO_TEST_CASE(ItTakesLessWhereThereIsLess) {
  BOOST_TEST(ReservedWithin(300 * kGiB) == 256 * kGiB);
  BOOST_TEST(ReservedWithin(200 * kGiB) == 64 * kGiB);
  BOOST_TEST(ReservedWithin(20 * kGiB) == 16 * kGiB);
  BOOST_TEST(ReservedWithin(10 * kGiB) == 4 * kGiB);
  BOOST_TEST(ReservedWithin(3 * kGiB) == 1 * kGiB);
  BOOST_TEST(ReservedWithin(kGiB / 2) == 0);
}

#endif

}  // namespace
}  // namespace prof2cg
