// What becomes of the names and units of events.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "converter/readers/callgrind_files.h"

namespace prof2cg {
namespace {

// "NAME (LONG NAME) UNIT COST" per event, where each cost is 7.
std::string EventsOf(std::string_view header, std::string_view names) {
  std::string costs;
  for (const char c : names) {
    if (c == ' ') costs += " 7";
  }
  const Profile profile =
      ReadCallgrind(std::string(header) + "events:" + std::string(names) +
                    "\nfn=f\n1" + costs + "\n");
  constexpr std::string_view kUnits[] = {"ns", "bytes", "count"};
  std::string text;
  for (size_t e = 0; e < profile.events.size(); ++e) {
    const Event& event = profile.events[EventId(e)];
    text += event.name + " (" + event.long_name + ") " +
            std::string(kUnits[static_cast<size_t>(event.unit)]) + ' ' +
            std::to_string(profile.graph.self[0][e]) + '\n';
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(CallgrindEvents)

BOOST_AUTO_TEST_CASE(LongNamesStandAboveOrBelowTheNames) {
  BOOST_TEST(EventsOf("event: A : Long name\n", " A B") ==
             "A (Long name) count 7\nB (B) count 7\n");
  BOOST_TEST(ReadCallgrind("events: A\nfn=f\n1 1\nevent:A:  b: c \r\n")
                 .events[EventId(0)]
                 .long_name == "b: c");
}

BOOST_AUTO_TEST_CASE(FormulasAreLeftOutAndCounted) {
  const Profile profile =
      ReadCallgrind("event: C = A + 2 B : Sum\nevents: A B\nfn=f\n1 1 2\n");
  BOOST_TEST(profile.events.size() == 2);
  BOOST_TEST(OdditiesOf(profile) ==
             "1 event is a formula of others: left out\n");
}

BOOST_AUTO_TEST_CASE(ValgrindsEventsHaveTheirLongNames) {
  BOOST_TEST(EventsOf("", " Ir DLmw sysCount") ==
             "Ir (Instructions) count 7\n"
             "DLmw (Last-level data write misses) count 7\n"
             "sysCount (System calls) count 7\n");
  BOOST_TEST(EventsOf("event: Ir : Mine\n", " Ir") == "Ir (Mine) count 7\n");
}

BOOST_AUTO_TEST_CASE(TimesThatSayTheirUnitBecomeNanoseconds) {
  const struct {
    std::string_view name;
    std::string_view event;
  } rows[] = {
      {"ns", "ns (Time [ns]) ns 7\n"},
      {"Nanoseconds", "Nanoseconds (Time [ns]) ns 7\n"},
      {"us", "ns (Time [ns]) ns 7000\n"},
      {"Microseconds", "ns (Time [ns]) ns 7000\n"},
      {"ms", "ns (Time [ns]) ns 7000000\n"},
      {"Time_(10ns)", "Time (Time [ns]) ns 70\n"},
      {"Time_(\xc2\xb5s)", "Time (Time [ns]) ns 7000\n"},
      {"Time_(\xce\xbcs)", "Time (Time [ns]) ns 7000\n"},
      {"Time_(us)", "Time (Time [ns]) ns 7000\n"},
      {"cpu(ns)", "cpu (cpu [ns]) ns 7\n"},
      {"wall_time(seconds)", "wall_time (wall time [ns]) ns 7000000000\n"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(EventsOf("", " " + std::string(row.name)) == row.event);
  }
}

BOOST_AUTO_TEST_CASE(BytesAreBytesAndOthersCounts) {
  BOOST_TEST(EventsOf("", " bytes Memory_(bytes)") ==
             "bytes (Bytes) bytes 7\nMemory (Memory [bytes]) bytes 7\n");
  // Not certain: seconds or samples, 10^6 or 2^20.
  for (const char* name : {"s", "Ticks", "Time", "nsec2", "kns", "KB"}) {
    const std::string text(name);
    BOOST_TEST(EventsOf("", " " + text) == text + " (" + text + ") count 7\n");
  }
}

BOOST_AUTO_TEST_CASE(TicksOfYappiAreMicroseconds) {
  BOOST_TEST(EventsOf("creator: yappi\n", " Ticks") ==
             "ns (Time [ns]) ns 7000\n");
}

BOOST_AUTO_TEST_CASE(ScaledCostsKeepTheirFractionsAndTheirSign) {
  BOOST_TEST(FiguresOf(ReadBody("fn=f\n1 1.25\n1 -3\nfn=g\n1 "
                                "9223372036854775807\n",
                                "events: us\n")) ==
             "f - -: 0/0 self -1750 inclusive -1750\n"
             "g - -: 0/0 self 9223372036854775807 inclusive "
             "9223372036854775807\n");
}

BOOST_AUTO_TEST_CASE(NamesBecomeIdentifiersOfTheirOwn) {
  BOOST_TEST(EventsOf("", " alloc_space(MB) 2nd % a-b a+b a_b") ==
             "alloc_space_MB (alloc_space(MB)) count 7\n"
             "_2nd (2nd) count 7\n"
             "event (%) count 7\n"
             "a_b (a-b) count 7\n"
             "a_b_2 (a+b) count 7\n"
             "a_b_3 (a_b) count 7\n");
}

BOOST_AUTO_TEST_CASE(TooManyEventsAreRefused) {
  const auto refusal = [](int count) {
    std::string names;
    for (int e = 0; e < count; ++e) names += " e" + std::to_string(e);
    return Refusal("version: 1\nevents:" + names + "\nfn=f\n1 1\n");
  };
  BOOST_TEST(refusal(200) == "accepted");
  BOOST_TEST(refusal(201) == "more than 200 events, at byte 11");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
