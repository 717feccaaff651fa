#include "graph/compare/line_shifts.h"

#include <boost/test/unit_test.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

using Places = std::vector<std::pair<std::string_view, uint32_t>>;

Profile OfPlaces(const Places& places) {
  SampleProfile sample;
  for (const auto& [file, line] : places) {
    sample.Add("f", file, line, {}, {0}, {0});
  }
  return sample.Build();
}

// Each function of both is that in the same row of the other.
struct Shifted {
  Shifted(const Places& before, const Places& after)
      : base(OfPlaces(before)), current(OfPlaces(after)) {
    for (size_t f = 0; f < before.size(); ++f) {
      pairs.push_back({FunctionId(f), FunctionId(f)});
    }
  }
  int64_t Expected(std::string_view file, uint32_t line) {
    const StringId id = base.strings.Intern(file);
    return LineShifts(base, current, pairs).Expected(id, line);
  }

  Profile base;
  Profile current;
  std::vector<FunctionPair> pairs;
};

BOOST_AUTO_TEST_SUITE(ShiftsOfLines)

BOOST_AUTO_TEST_CASE(ALineMovesWithTheNearestFunctionOfItsFile) {
  Shifted shifted({{"a.py", 10}, {"a.py", 30}, {"b.py", 10}},
                  {{"a.py", 15}, {"a.py", 130}, {"b.py", 8}});
  BOOST_TEST(shifted.Expected("a.py", 1) == 6);
  BOOST_TEST(shifted.Expected("a.py", 10) == 15);
  BOOST_TEST(shifted.Expected("a.py", 19) == 24);
  BOOST_TEST(shifted.Expected("a.py", 20) == 25);  // as near to that above
  BOOST_TEST(shifted.Expected("a.py", 21) == 121);
  BOOST_TEST(shifted.Expected("a.py", 500) == 600);
  BOOST_TEST(shifted.Expected("b.py", 1) == -1);
  BOOST_TEST(shifted.Expected("b.py", 50) == 48);
  BOOST_TEST(shifted.Expected("c.py", 50) == 50);
}

BOOST_AUTO_TEST_CASE(UnknownLinesAndUnmatchedFunctionsTellNothing) {
  Shifted shifted({{"a.py", 0}, {"a.py", 20}, {"a.py", 30}},
                  {{"a.py", 9}, {"a.py", 0}, {"a.py", 40}});
  BOOST_TEST(shifted.Expected("a.py", 10) == 20);
  const auto knows = [&] {
    return LineShifts(shifted.base, shifted.current, shifted.pairs)
        .Know(shifted.base.strings.Intern("a.py"));
  };
  BOOST_TEST(knows());
  shifted.pairs[2] = {FunctionId(2), FunctionId()};
  BOOST_TEST(!knows());
  BOOST_TEST(shifted.Expected("a.py", 10) == 10);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
