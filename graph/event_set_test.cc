#include "graph/event_set.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace prof2cg {
namespace {

const Event kTime{"ns", "Time [ns]", Unit::kNanoseconds};
const Event kBytes{"bytes", "Bytes", Unit::kBytes};

BOOST_AUTO_TEST_CASE(EventsStandInTheOrderOfTheirColumns) {
  const EventSet events({kTime, kBytes});
  BOOST_REQUIRE_EQUAL(events.size(), 2);
  BOOST_CHECK(events[EventId(0)] == kTime);
  BOOST_CHECK(events[EventId(1)] == kBytes);
  BOOST_CHECK(std::vector<Event>(events.begin(), events.end()) ==
              (std::vector{kTime, kBytes}));
}

BOOST_AUTO_TEST_CASE(EventIsFoundByItsWholeShortName) {
  const EventSet events({kTime, kBytes});
  BOOST_CHECK(events.Find("ns") == EventId(0));
  BOOST_CHECK(events.Find("bytes") == EventId(1));
  for (const char* other : {"", "n", "nsx", "NS", "Bytes", "Time [ns]"}) {
    BOOST_TEST(!events.Find(other).has_value(), other);
  }
}

BOOST_AUTO_TEST_CASE(EmptySetHasNoEvent) {
  BOOST_TEST(EventSet().size() == 0);
  BOOST_TEST(!EventSet().Find("ns").has_value());
}

BOOST_AUTO_TEST_CASE(SetsDifferByOrderAndByEveryPartOfAnEvent) {
  const EventSet events({kTime, kBytes});
  BOOST_CHECK(events == EventSet({kTime, kBytes}));
  BOOST_CHECK(events != EventSet({kBytes, kTime}));
  BOOST_CHECK(events != EventSet({kTime}));
  BOOST_CHECK(EventSet({kTime}) !=
              EventSet({{"us", "Time [ns]", Unit::kNanoseconds}}));
  BOOST_CHECK(EventSet({kTime}) !=
              EventSet({{"ns", "Time", Unit::kNanoseconds}}));
  BOOST_CHECK(EventSet({kTime}) !=
              EventSet({{"ns", "Time [ns]", Unit::kCount}}));
}

BOOST_AUTO_TEST_CASE(OnlyCountsThatAProgramMakesItselfAreDeterministic) {
  for (const Event& event :
       {Event{"alloc_blocks", "", Unit::kCount}, kBytes,
        Event{"Ir", "", Unit::kCount},
        Event{"live_blocks", "", Unit::kCount, Kind::kLive}}) {
    BOOST_TEST(IsDeterministic(event), event.name);
  }
  for (const char* name :
       {"samples", "cycles:u", "page-faults", "page_faults", "time"}) {
    BOOST_TEST(!IsDeterministic({name, "", Unit::kCount}), name);
  }
  BOOST_TEST(!IsDeterministic(kTime));
}

BOOST_AUTO_TEST_CASE(WhatFallsOnOthersIsNotStable) {
  BOOST_TEST(IsStable({"alloc_bytes", "", Unit::kBytes}));
  BOOST_TEST(IsStable({"Ir", "", Unit::kCount}));
  BOOST_TEST(!IsStable(kTime));
  BOOST_TEST(!IsStable({"freed_bytes", "", Unit::kBytes}));
  BOOST_TEST(!IsStable({"peak_bytes", "", Unit::kBytes, Kind::kPeak}));
}

}  // namespace
}  // namespace prof2cg
