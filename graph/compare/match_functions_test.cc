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

// And as many of them as can be: none of a name and file is left on both sides,
// but where <lambda> is no name.
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
      if (!b.is_valid() || base.Name(b) == "<lambda>") continue;
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

BOOST_AUTO_TEST_CASE(ALambdaIsTheSameBehindTheSameFunction) {
  // More lines before it, and one that came or went before.
  BOOST_TEST(Show({{"f", 10}, {"<lambda>", 12}},
                  {{"f", 10}, {"<lambda>", 15}}) == "10 > 10, 12 > 15");
  BOOST_TEST(Show({{"f", 10}, {"<lambda>", 12}, {"g", 20}, {"<lambda>", 23}},
                  {{"f", 10}, {"g", 20}, {"<lambda>", 21}}) ==
             "10 > 10, 12 > -, 20 > 20, 23 > 21");
  // With its function, beyond another.
  BOOST_TEST(Show({{"f", 10}, {"<lambda>", 12}, {"g", 20}, {"<lambda>", 22}},
                  {{"g", 10}, {"<lambda>", 15}, {"f", 20}, {"<lambda>", 23}}) ==
             "10 > 20, 12 > 23, 20 > 10, 22 > 15");
}

BOOST_AUTO_TEST_CASE(ALambdaThatWentIsNotOneThatCameElsewhere) {
  for (const char* name :
       {"<lambda>", "<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>"}) {
    BOOST_TEST(Show({{"f", 10}, {name, 12}, {"g", 20}},
                    {{"f", 10}, {"g", 20}, {name, 25}}) ==
               "10 > 10, 12 > -, 20 > 20, - > 25");
    BOOST_TEST(Show({{"h", 1}, {"f", 10}, {name, 12}},
                    {{"h", 1}, {"g", 30}, {name, 31}}) ==
               "1 > 1, 10 > -, 12 > -, - > 30, - > 31");
  }
  // Where a name tells.
  BOOST_TEST(Show({{"f", 10}, {"do", 12}, {"g", 20}},
                  {{"f", 10}, {"g", 20}, {"do", 25}}) ==
             "10 > 10, 12 > 25, 20 > 20");
}

// f stands before g; a comprehension is called in one of them, by way of sum if
// need be, and calls parse if need be.
struct Comprehension {
  bool is_in_g = false;
  bool is_by_sum = false;
  bool parses = true;
  uint32_t line = 12;  // 0: no lines are known
};

Profile With(const Comprehension& some) {
  const bool has_lines = some.line != 0;
  SampleProfile sample;
  const auto add = [&](const char* name, uint32_t line) {
    return sample.Add(name, "a.py", has_lines ? line : 0, {1, 1}, {1}, {1});
  };
  const FunctionId f = add("f", 10), g = add("g", 20), parse = add("parse", 1);
  const FunctionId sum = sample.Add("sum", "~", 0, {1, 1}, {1}, {1});
  const FunctionId it = add("<listcomp>", some.line);
  const FunctionId caller = some.is_in_g ? g : f;
  sample.Call(caller, some.is_by_sum ? sum : it, {1, 1}, {1}, {1});
  if (some.is_by_sum) sample.Call(sum, it, {1, 1}, {1}, {1});
  if (some.parses) sample.Call(it, parse, {1, 1}, {1}, {1});
  return sample.Build();
}

bool IsMatched(const Comprehension& before, const Comprehension& after) {
  return AreAllMatched(MatchFunctions(With(before), With(after)));
}

BOOST_AUTO_TEST_CASE(CallersAndCalleesTellAComprehensionThatMoved) {
  BOOST_TEST(IsMatched({}, {.is_in_g = true, .line = 25}));
  BOOST_TEST(!IsMatched({.parses = false},
                        {.is_in_g = true, .parses = false, .line = 25}));
  BOOST_TEST(!IsMatched(
      {.is_by_sum = true, .parses = false},
      {.is_in_g = true, .is_by_sum = true, .parses = false, .line = 25}));
}

BOOST_AUTO_TEST_CASE(WithoutLinesOnlyOtherCallersTellThemApart) {
  BOOST_TEST(IsMatched({.line = 0}, {.is_in_g = true, .line = 0}));
  BOOST_TEST(!IsMatched({.parses = false, .line = 0},
                        {.is_in_g = true, .parses = false, .line = 0}));
  BOOST_TEST(IsMatched(
      {.is_by_sum = true, .parses = false, .line = 0},
      {.is_in_g = true, .is_by_sum = true, .parses = false, .line = 25}));
}

// The second is too small for the snapshot.
BOOST_AUTO_TEST_CASE(NumbersOfASnapshotAreThoseInTheOrderOfLines) {
  Profile snapshot =
      OfPlaces({{"__init__", 0}, {"__init__", 3}, {"f", 0}, {"<lambda>", 2}});
  snapshot.provenance.least_told = .001;
  const Profile current = OfPlaces({{"__init__", 10},
                                    {"__init__", 20},
                                    {"__init__", 30},
                                    {"f", 40},
                                    {"<lambda>", 41},
                                    {"<lambda>", 50}});
  using Pairs = std::vector<FunctionPair>;
  const FunctionId none;
  const auto id = [](size_t row) { return FunctionId(row); };
  BOOST_CHECK((MatchFunctions(snapshot, current) == Pairs{{id(0), id(0)},
                                                          {id(1), id(2)},
                                                          {id(2), id(3)},
                                                          {id(3), id(5)},
                                                          {none, id(1)},
                                                          {none, id(4)}}));
  const Pairs back = MatchFunctions(current, snapshot);
  BOOST_CHECK((back[2] == FunctionPair{id(2), id(1)}));
  BOOST_CHECK((back[5] == FunctionPair{id(5), id(3)}));
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
