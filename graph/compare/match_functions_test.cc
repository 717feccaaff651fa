#include "graph/compare/match_functions.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

struct Place {
  std::string name;
  uint32_t line = 0;
  std::string file = "a.py";
  std::string object = "";
};

Profile OfPlaces(const std::vector<Place>& places) {
  SampleProfile sample;
  for (const Place& place : places) {
    sample.Add(place.name, place.file, place.line, {}, {0}, {0}, place.object);
  }
  return sample.Build();
}

// The pairs as "base line > current line", "-" for none.
std::string Show(const std::vector<Place>& places_before,
                 const std::vector<Place>& places_after) {
  const Profile base = OfPlaces(places_before);
  const Profile current = OfPlaces(places_after);
  const auto line = [](const Profile& profile, FunctionId f) {
    return f.is_valid() ? std::to_string(profile.functions[f.row()].line)
                        : std::string("-");
  };
  std::string text;
  for (const FunctionPair& pair : MatchFunctions(base, current)) {
    if (!text.empty()) text += ", ";
    text += line(base, pair.base) + " > " + line(current, pair.current);
  }
  return text;
}

// Few names on few lines of few files, each place once.
std::vector<Place> RandomPlaces(std::mt19937& random) {
  constexpr std::string_view kNames[] = {"f", "g", "__init__", "<lambda>"};
  std::vector<Place> places;
  for (uint32_t line = 1; line < 200; ++line) {
    if (random() % 4 != 0) continue;
    places.push_back({std::string(kNames[random() % std::size(kNames)]), line,
                      random() % 2 == 0 ? "a.py" : "b.py",
                      random() % 2 == 0 ? "" : "package"});
  }
  return places;
}

bool AreAllMatched(const std::vector<FunctionPair>& pairs) {
  return std::ranges::all_of(pairs, &FunctionPair::is_matched);
}

BOOST_AUTO_TEST_SUITE(MatchedFunctions)

BOOST_AUTO_TEST_CASE(EveryFunctionOfBothSidesIsThereOnceInOrder) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const Profile base = OfPlaces(RandomPlaces(random));
    const Profile current = OfPlaces(RandomPlaces(random));
    const std::vector<FunctionPair> pairs = MatchFunctions(base, current);
    std::vector<bool> seen(current.functions.size());
    uint32_t last = 0;
    for (size_t i = 0; i < pairs.size(); ++i) {
      const auto [b, c] = pairs[i];
      BOOST_TEST((i < base.functions.size() ? b == FunctionId(i)
                                            : !b.is_valid() && c.is_valid()));
      if (!b.is_valid() && i > base.functions.size())
        BOOST_TEST(c.row() > last);
      if (!c.is_valid()) continue;
      BOOST_TEST(!seen[c.row()]);
      seen[c.row()] = true;
      last = c.row();
    }
    BOOST_TEST(std::ranges::count(seen, false) == 0);
  }
}

// And as many of them as can be: none of a name and file is left on both sides.
BOOST_AUTO_TEST_CASE(PairsShareNameAndFileAndLeaveNoneOnBothSides) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const Profile base = OfPlaces(RandomPlaces(random));
    const Profile current = OfPlaces(RandomPlaces(random));
    const auto pairs = MatchFunctions(base, current);
    for (const auto& [b, c] : pairs) {
      if (b.is_valid() && c.is_valid()) {
        BOOST_TEST(base.Name(b) == current.Name(c));
        BOOST_TEST(base.File(b) == current.File(c));
      }
      if (!b.is_valid()) continue;
      for (const FunctionPair& other : pairs) {
        if (c.is_valid() || other.base.is_valid()) continue;
        BOOST_TEST((base.Name(b) != current.Name(other.current) ||
                    base.File(b) != current.File(other.current)));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(AProfileMatchesItselfRowByRow) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Profile profile = RandomProfile(50, 0, seed);
    const auto pairs = MatchFunctions(profile, profile);
    BOOST_TEST(pairs.size() == profile.functions.size());
    for (const auto& [b, c] : pairs) BOOST_TEST((b == c));
  }
}

BOOST_AUTO_TEST_CASE(OrderOfRowsAndAnInsertionAboveMakeNoDifference) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Place> places = RandomPlaces(random);
    std::vector<size_t> order(places.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::shuffle(order, random);
    std::vector<Place> moved;
    for (const size_t row : order) {
      moved.push_back(places[row]);
      moved.back().line += 37;
    }
    const auto pairs = MatchFunctions(OfPlaces(places), OfPlaces(moved));
    BOOST_TEST(AreAllMatched(pairs));
    for (const auto& [b, c] : pairs) BOOST_TEST(order[c.row()] == b.row());
  }
}

// Functions of one name alone cannot tell it; those around them do.
BOOST_AUTO_TEST_CASE(ANewClassAboveTakesNoMethodsFromThoseBelow) {
  BOOST_TEST(Show({{"__init__", 10}, {"parse", 20}, {"__init__", 50}},
                  {{"__init__", 10},
                   {"__init__", 50},
                   {"parse", 60},
                   {"__init__", 90}}) == "10 > 50, 20 > 60, 50 > 90, - > 10");
  BOOST_TEST(
      Show(
          {{"__init__", 10}, {"__init__", 50}, {"parse", 60}, {"__init__", 90}},
          {{"__init__", 10}, {"parse", 20}, {"__init__", 50}}) ==
      "10 > -, 50 > 10, 60 > 20, 90 > 50");
}

BOOST_AUTO_TEST_CASE(AClassThatCameIsNotTakenForOneThatWent) {
  BOOST_TEST(Show({{"__init__", 10}, {"parse", 20}, {"__init__", 50}},
                  {{"__init__", 5}, {"__init__", 40}, {"parse", 50}}) ==
             "10 > 40, 20 > 50, 50 > 5");
}

BOOST_AUTO_TEST_CASE(WithoutOthersTheNearestLinesArePaired) {
  BOOST_TEST(Show({{"<lambda>", 10}, {"<lambda>", 40}},
                  {{"<lambda>", 11}, {"<lambda>", 20}, {"<lambda>", 41}}) ==
             "10 > 11, 40 > 41, - > 20");
  BOOST_TEST(Show({{"f", 0}}, {{"f", 7}}) == "0 > 7");
}

BOOST_AUTO_TEST_CASE(OfSeveralObjectsTheSameIsPairedFirst) {
  BOOST_TEST(Show({{"free", 1, "", "libc.so"}, {"free", 2, "", "ld.so"}},
                  {{"free", 3, "", "ld.so"}, {"free", 4, "", "libc.so"}}) ==
             "1 > 4, 2 > 3");
  BOOST_TEST(Show({{"free", 1, "", "libc-2.31.so"}, {"free", 2, "", "ld.so"}},
                  {{"free", 3, "", "ld.so"},
                   {"free", 4, "", "libc-2.36.so"}}) == "1 > 4, 2 > 3");
  BOOST_TEST(Show({{"free", 1, "", "libc.so"},
                   {"free", 2, "", "libc.so"},
                   {"free", 3, "", "ld.so"}},
                  {{"free", 1, "", "ld.so"},
                   {"free", 5, "", "libc.so"},
                   {"free", 6, "", "libc.so"}}) == "1 > 5, 2 > 6, 3 > 1");
}

BOOST_AUTO_TEST_CASE(AnotherNameOrFileIsAnotherFunction) {
  BOOST_TEST(Show({{"f", 1}, {"g", 2}}, {{"f", 1, "b.py"}, {"h", 2}}) ==
             "1 > -, 2 > -, - > 1, - > 2");
}

// 100 000 lambdas a side must not take 100 000² steps.
BOOST_AUTO_TEST_CASE(ManyOfOneNameArePairedInTheirOrder) {
  std::vector<Place> places;
  for (uint32_t line = 1; line <= 100'000; ++line) {
    places.push_back({"<lambda>", line});
  }
  const Profile base = OfPlaces(places);
  places.push_back({"<lambda>", 100'001});
  const auto pairs = MatchFunctions(base, OfPlaces(places));
  BOOST_REQUIRE(pairs.size() == 100'001u);
  BOOST_TEST((pairs.back() == FunctionPair{FunctionId(), FunctionId(100'000)}));
  BOOST_TEST((pairs.front() == FunctionPair{FunctionId(0), FunctionId(0)}));
}

BOOST_AUTO_TEST_CASE(AnEmptySideMatchesNothing) {
  BOOST_TEST(Show({}, {}) == "");
  BOOST_TEST(Show({{"f", 1}}, {}) == "1 > -");
  BOOST_TEST(Show({}, {{"f", 1}}) == "- > 1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
