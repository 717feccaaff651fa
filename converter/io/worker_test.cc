#include "converter/io/worker.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(JobsAreDoneInTheirOrderAndSeenAfterWaiting) {
  std::vector<int> done;
  Worker worker;
  for (int i = 0; i < 1000; ++i) {
    worker.Start([&done, i] { done.push_back(i); });
  }
  worker.Wait();
  BOOST_REQUIRE_EQUAL(done.size(), 1000);
  for (int i = 0; i < 1000; ++i) BOOST_REQUIRE_EQUAL(done[i], i);
}

BOOST_AUTO_TEST_CASE(TheOwnerGoesOnBesideTheJob) {
  std::atomic<bool> owner_goes_on = false;
  Worker worker;
  worker.Start([&] {
    while (!owner_goes_on) std::this_thread::yield();
  });
  owner_goes_on = true;
  worker.Wait();
}

BOOST_AUTO_TEST_CASE(WhatAJobThrowsIsThrownOnceAtTheNextCall) {
  Worker worker;
  worker.Start([] { throw std::runtime_error("first"); });
  BOOST_CHECK_EXCEPTION(worker.Wait(), std::runtime_error, [](const auto& e) {
    return e.what() == std::string("first");
  });
  worker.Wait();
  worker.Start([] { throw std::runtime_error("second"); });
  bool is_third_started = false;
  BOOST_CHECK_THROW(worker.Start([&] { is_third_started = true; }),
                    std::runtime_error);
  worker.Wait();
  BOOST_TEST(!is_third_started);
}

BOOST_AUTO_TEST_CASE(TheEndWaitsForTheJob) {
  std::atomic<bool> is_done = false;
  {
    Worker worker;
    worker.Start([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      is_done = true;
    });
  }
  BOOST_TEST(is_done);
  const Worker unused;
}

}  // namespace
}  // namespace prof2cg
