#include "graph/compare/gate.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "graph/error.h"

namespace prof2cg {
namespace {

Gate GateOf(std::initializer_list<const char*> thresholds) {
  Gate gate;
  for (const char* text : thresholds) SetThreshold(text, gate);
  return gate;
}

std::string ErrorOf(const char* text) {
  try {
    GateOf({text});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

BOOST_AUTO_TEST_SUITE(Thresholds)

BOOST_AUTO_TEST_CASE(EachTextSetsOneHalf) {
  const Gate gate = GateOf({"ns:5%", "calls:+100", "1.5%"});
  BOOST_CHECK(gate.Of("ns") == (Threshold{.05, 0}));
  BOOST_CHECK(gate.Of("calls") == (Threshold{.015, 100}));
  BOOST_CHECK(gate.Of("Ir") == (Threshold{.015, 0}));
}

BOOST_AUTO_TEST_CASE(TheirOrderDoesNotMatter) {
  const Gate gate = GateOf({"+7", "ns:+2ms", "ns:10%", "3%"});
  const Gate other = GateOf({"3%", "ns:10%", "ns:+2ms", "+7"});
  BOOST_CHECK(gate.Of("ns") == (Threshold{.1, 2000000}));
  BOOST_CHECK(other.Of("ns") == gate.Of("ns"));
  BOOST_CHECK(gate.Of("Ir") == (Threshold{.03, 7}));
  BOOST_CHECK(other.Of("Ir") == gate.Of("Ir"));
}

BOOST_AUTO_TEST_CASE(UnitsAreMultiples) {
  const struct {
    const char* text;
    int64_t expected;
    Unit unit;
  } kRows[] = {{"e:+3ns", 3, Unit::kNanoseconds},
               {"e:+3us", 3000, Unit::kNanoseconds},
               {"e:+3µs", 3000, Unit::kNanoseconds},
               {"e:+1.5ms", 1500000, Unit::kNanoseconds},
               {"e:+.5s", 500000000, Unit::kNanoseconds},
               {"e:+12B", 12, Unit::kBytes},
               {"e:+4kB", 4000, Unit::kBytes},
               {"e:+4KiB", 4096, Unit::kBytes},
               {"e:+4MB", 4000000, Unit::kBytes},
               {"e:+4MiB", 4194304, Unit::kBytes},
               {"e:+4GB", 4000000000, Unit::kBytes},
               {"e:+4GiB", 4294967296, Unit::kBytes}};
  for (const auto& row : kRows) {
    const Gate gate = GateOf({row.text});
    BOOST_TEST(gate.Of("e").absolute == row.expected, row.text);
    BOOST_CHECK(gate.thresholds.at("e").unit == row.unit);
  }
}

BOOST_AUTO_TEST_CASE(TheLastColonEndsTheEvent) {
  BOOST_TEST(GateOf({"cycles:u:7%"}).Of("cycles:u").relative == .07);
}

BOOST_AUTO_TEST_CASE(ErrorsTellWhatWasExpected) {
  for (const char* text :
       {"",        "ns",       "ns:",       "5",        "ns:5",   "5 %",
        "ns:%",    ":5%",      "ns:-5%",    "+",        "-5",     "ns:+",
        "ns:+-3",  "ns:+3 ms", "ns:+3m",    "ns:+3%",   "ns:5%%", "ns:nan%",
        "ns:inf%", "ns:+inf",  "ns:+1e400", "ns:+1e19", "+2ms",   "ns:++5"}) {
    const std::string error = ErrorOf(text);
    BOOST_TEST(error.starts_with("threshold " + std::string(text) + ": "),
               text);
    BOOST_TEST(error.ends_with("expected EVENT:5% or EVENT:+100, with units "
                               "ns:+2ms or alloc_bytes:+4KiB"),
               text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
