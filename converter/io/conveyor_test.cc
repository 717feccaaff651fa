#include "converter/io/conveyor.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace prof2cg {
namespace {

// Long enough for the other thread to run ahead as far as it may.
void Pause() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

// Hands over `values`, one each; now and then the owner, or the worker, is
// late.
std::vector<int> Taken(const std::vector<int>& values, bool is_owner_late,
                       bool is_worker_late) {
  std::vector<int> taken;
  Conveyor<int> conveyor([&](int& value) {
    if (is_worker_late && value % 16 == 0) Pause();
    taken.push_back(std::exchange(value, 0));
  });
  for (const int value : values) {
    BOOST_TEST(conveyor.filling() == 0);  // as it was left
    conveyor.filling() = value;
    if (is_owner_late && value % 16 == 0) Pause();
    conveyor.HandOver();
  }
  conveyor.Finish();
  return taken;
}

BOOST_AUTO_TEST_CASE(ValuesAreTakenInTheirOrderWhoeverIsLate) {
  std::vector<int> values;
  for (int value = 1; value <= 200; ++value) values.push_back(value);
  for (const bool is_owner_late : {false, true}) {
    for (const bool is_worker_late : {false, true}) {
      BOOST_TEST(Taken(values, is_owner_late, is_worker_late) == values,
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(NothingHandedOverIsNothingTaken) {
  BOOST_TEST(Taken({}, false, false).empty());
}

BOOST_AUTO_TEST_CASE(WhatTheWorkerThrowsReachesTheOwner) {
  for (int bad = 1; bad <= 20; ++bad) {
    Conveyor<int> conveyor([&](int& value) {
      if (value == bad) throw std::length_error("");
    });
    const auto hand_over_all = [&] {
      for (int value = 1; value <= 20; ++value) {
        conveyor.filling() = value;
        conveyor.HandOver();
      }
      conveyor.Finish();
    };
    BOOST_CHECK_THROW(hand_over_all(), std::length_error);
  }
}

// An owner who fails does not finish.
BOOST_AUTO_TEST_CASE(AConveyorMayBeLeftWhileValuesAreOnTheirWay) {
  int taken = 0;
  {
    Conveyor<int> conveyor([&](int&) {
      Pause();
      ++taken;
    });
    for (int value = 0; value < 5; ++value) conveyor.HandOver();
  }
  BOOST_TEST(taken == 5);
}

}  // namespace
}  // namespace prof2cg
