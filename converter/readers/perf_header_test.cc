#include "converter/readers/perf_header.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace prof2cg {
namespace {

// "thread|event|period|frame"
std::string Show(std::string_view line) {
  const PerfHeader header = ParsePerfHeader(line);
  std::string text(header.thread);
  text += "|" + std::string(header.event) + "|";
  if (header.period) text += std::to_string(*header.period);
  return text + "|" + std::string(header.frame);
}

BOOST_AUTO_TEST_SUITE(PerfHeaders)

BOOST_AUTO_TEST_CASE(HaveWhatFieldsWereChosen) {
  const struct {
    std::string_view line;
    std::string_view shown;
  } rows[] = {
      {"w  6485 79231.571069:   10101010   cpu-clock: ",
       "w  6485|cpu-clock|10101010|"},
      {"w 6485/6486 [001] 79231.571069: cpu-clock:uH:",
       "w 6485/6486|cpu-clock||"},
      {"w 6485 79231.571069: 250000 cycles:ppp:", "w 6485|cycles|250000|"},
      {"w  6485 [000] d..2. 1.5: 1 cpu/cycles/:", "w  6485|cpu/cycles/|1|"},
      {"w 6485  cycles:", "w 6485|cycles||"},
      {"w 6485 77 cycles:", "w 6485 77|cycles||"},
      {"w 6485 1.5: ", "w 6485|||"},
      {"w 6485", "w 6485|||"},
      {"w", "w|||"},
      {"cycles:", "|cycles||"},
      {"", "|||"},
  };
  for (const auto& [line, shown] : rows) BOOST_TEST(Show(line) == shown, line);
}

BOOST_AUTO_TEST_CASE(OfCommandsWithBlanksAndNumbersAreToldApartByTheTime) {
  BOOST_TEST(Show("w (a) 2  6485 [001] 79231.571069: 5 cycles:") ==
             "w (a) 2  6485|cycles|5|");
  BOOST_TEST(Show("kworker/0:1-events 12 5.000001: 5 cycles:") ==
             "kworker/0:1-events 12|cycles|5|");
  BOOST_TEST(Show("swapper 0 [000] 5.0: 5 cycles:") == "swapper 0|cycles|5|");
  BOOST_TEST(Show(":-1 -1 [000] 5.0: 5 cycles:") == ":-1 -1|cycles|5|");
}

BOOST_AUTO_TEST_CASE(OfTracepointsHaveAnEventOfTwoPartsAndAPayload) {
  BOOST_TEST(Show("perf 12 [000] 5.000001: sched:sched_switch: "
                  "prev_comm=perf prev_pid=12 ==> next_comm: a:") ==
             "perf 12|sched:sched_switch||");
}

BOOST_AUTO_TEST_CASE(OfSamplesWithoutCallChainsHaveTheFunction) {
  BOOST_TEST(Show("   w (a)  6501 79234.431390:   45 page-faults:  "
                  "7f70075b97ad _dl_start+0x3d (/usr/lib/ld.so.2)") ==
             "w (a)  6501|page-faults|45|7f70075b97ad _dl_start+0x3d "
             "(/usr/lib/ld.so.2)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
