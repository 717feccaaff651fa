#include "graph/compare/probable_pairs.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/compare/match_functions.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// "a.py:10 f" is a function on line 10.
using Functions = std::vector<std::string>;
// {"a.py:10 f", "b.py:1 g"} is a call of g by f.
using Calls = std::vector<std::pair<std::string, std::string>>;

class Program {
 public:
  Program(const Functions& functions) : functions_(functions) {}
  Program(const Calls& calls) : calls_(calls) {}

  Program Called(const std::string& function, int64_t times) const {
    Program program = *this;
    program.counts_[function] = times;
    return program;
  }

  Profile Build() const {
    SampleProfile sample;
    std::map<std::string, FunctionId> known;
    const auto find = [&](const std::string& text) {
      const auto [found, is_new] = known.try_emplace(text);
      if (is_new) found->second = Add(text, sample);
      return found->second;
    };
    for (const std::string& f : functions_) find(f);
    for (const auto& [caller, callee] : calls_) {
      const FunctionId from = find(caller);
      sample.Call(from, find(callee), {1, 1}, {0}, {0});
    }
    return sample.Build();
  }

 private:
  FunctionId Add(const std::string& text, SampleProfile& sample) const {
    const size_t colon = text.find(':'), space = text.find(' ');
    const auto line = std::stoul(text.substr(colon + 1));
    const auto count = counts_.find(text);
    const int64_t times = count == counts_.end() ? 0 : count->second;
    return sample.Add(text.substr(space + 1), text.substr(0, colon),
                      static_cast<uint32_t>(line), {times, times}, {0}, {0});
  }

  Functions functions_;
  Calls calls_;
  std::map<std::string, int64_t> counts_;
};

// "a.py f > b.py f, a.py g > a.py h".
std::string Find(const Program& before, const Program& after) {
  const Profile base = before.Build(), current = after.Build();
  const auto show = [](const Profile& profile, FunctionId f) {
    return std::string(profile.File(f)) + " " + std::string(profile.Name(f));
  };
  std::string text;
  for (const ProbablePair& pair :
       FindProbablePairs(base, current, MatchFunctions(base, current))) {
    if (!text.empty()) text += ", ";
    text += show(base, pair.base) + " > " + show(current, pair.current);
    const bool has_moved = base.Name(pair.base) == current.Name(pair.current);
    BOOST_TEST((pair.change == (has_moved ? ProbablePair::Change::kMoved
                                          : ProbablePair::Change::kRenamed)));
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(ProbablePairs)

BOOST_AUTO_TEST_CASE(TheOnlyOneOfANameHasMoved) {
  BOOST_TEST(Find(Functions{"a.py:1 main", "a.py:9 parse"},
                  Functions{"a.py:1 main", "b.py:5 parse"}) ==
             "a.py parse > b.py parse");
}

BOOST_AUTO_TEST_CASE(ANameOfAnyFileTellsNothingAlone) {
  BOOST_TEST(Find(Functions{"a.py:9 <lambda>"}, Functions{"b.py:5 <lambda>"}) ==
             "");
  BOOST_TEST(Find(Functions{"a.py:9 __init__", "c.py:1 __init__"},
                  Functions{"b.py:5 __init__", "c.py:1 __init__"}) == "");
}

BOOST_AUTO_TEST_CASE(OfSeveralThatWithTheSameNeighboursHasMoved) {
  BOOST_TEST(Find(Calls{{"m.py:1 main", "a.py:1 close"},
                        {"a.py:1 close", "m.py:2 flush"},
                        {"m.py:3 other", "b.py:1 close"},
                        {"b.py:1 close", "m.py:4 free"}},
                  Calls{{"m.py:1 main", "x.py:1 close"},
                        {"x.py:1 close", "m.py:2 flush"},
                        {"m.py:3 other", "y.py:1 close"},
                        {"y.py:1 close", "m.py:4 free"}}) ==
             "a.py close > x.py close, b.py close > y.py close");
}

BOOST_AUTO_TEST_CASE(OfSeveralThatAreAlikeNoneIsClear) {
  BOOST_TEST(Find(Calls{{"m.py:1 main", "a.py:1 close"},
                        {"a.py:1 close", "m.py:2 flush"}},
                  Calls{{"m.py:1 main", "x.py:1 close"},
                        {"x.py:1 close", "m.py:2 flush"},
                        {"m.py:1 main", "y.py:1 close"},
                        {"y.py:1 close", "m.py:2 flush"}}) == "");
}

BOOST_AUTO_TEST_CASE(OfSeveralThatInAFileOfTheSameNameOrCalledAsOftenIsIt) {
  const Calls before = {{"m.py:1 main", "a/io.py:1 close"},
                        {"a/io.py:1 close", "m.py:2 flush"}};
  const Calls after = {{"m.py:1 main", "x/net.py:1 close"},
                       {"x/net.py:1 close", "m.py:2 flush"},
                       {"m.py:1 main", "x/io.py:1 close"},
                       {"x/io.py:1 close", "m.py:2 flush"}};
  BOOST_TEST(Find(before, after) == "a/io.py close > x/io.py close");
  BOOST_TEST(Find(Program(before).Called("a/io.py:1 close", 5),
                  Program(after).Called("x/net.py:1 close", 5)) == "");
  Calls elsewhere = before;
  elsewhere[0].second = elsewhere[1].first = "a/old.py:1 close";
  BOOST_TEST(Find(Program(elsewhere).Called("a/old.py:1 close", 5),
                  Program(after)
                      .Called("x/net.py:1 close", 5)
                      .Called("x/io.py:1 close", 6)) ==
             "a/old.py close > x/net.py close");
}

BOOST_AUTO_TEST_CASE(FunctionsThatMoveTogetherKnowEachOtherByName) {
  BOOST_TEST(Find(Calls{{"a.py:1 <module>", "a.py:2 f"},
                        {"a.py:2 f", "a.py:3 g"},
                        {"a.py:1 <module>", "a.py:3 g"}},
                  Calls{{"b.py:1 <module>", "b.py:2 f"},
                        {"b.py:2 f", "b.py:3 g"},
                        {"b.py:1 <module>", "b.py:3 g"}}) ==
             "a.py <module> > b.py <module>, a.py f > b.py f, a.py g > b.py g");
}

BOOST_AUTO_TEST_CASE(AnotherNameWithTheSameNeighboursIsTheSameFunction) {
  BOOST_TEST(Find(Calls{{"a.py:1 main", "a.py:9 parse"},
                        {"a.py:9 parse", "a.py:20 row"},
                        {"a.py:9 parse", "a.py:9 parse"}},
                  Calls{{"a.py:1 main", "a.py:9 read"},
                        {"a.py:9 read", "a.py:20 row"},
                        {"a.py:9 read", "a.py:9 read"}}) ==
             "a.py parse > a.py read");
}

BOOST_AUTO_TEST_CASE(TheSameCallerAloneIsEnoughOnlyNearThePlace) {
  const auto calls = [](const char* callee) {
    return Calls{{"a.py:1 main", callee}, {"a.py:1 main", "a.py:5 known"}};
  };
  const auto moved = [](const char* callee) {
    return Calls{{"a.py:101 main", callee},
                 {"a.py:101 main", "a.py:105 known"}};
  };
  BOOST_TEST(Find(calls("a.py:9 f"), calls("a.py:10 g")) == "a.py f > a.py g");
  BOOST_TEST(Find(calls("a.py:9 f"), calls("a.py:109 g")) == "");
  BOOST_TEST(Find(calls("a.py:9 f"), moved("a.py:109 g")) == "a.py f > a.py g");
}

BOOST_AUTO_TEST_CASE(SeveralAreToldApartByTheirPlaces) {
  BOOST_TEST(
      Find(Calls{{"a.py:1 main", "a.py:10 f"}, {"a.py:1 main", "a.py:40 g"}},
           Calls{{"a.py:1 main", "a.py:40 y"}, {"a.py:1 main", "a.py:10 x"}}) ==
      "a.py f > a.py x, a.py g > a.py y");
}

BOOST_AUTO_TEST_CASE(WithoutCommonNeighboursNothingIsRenamed) {
  BOOST_TEST(Find(Functions{"a.py:9 f"}, Functions{"a.py:9 g"}) == "");
  BOOST_TEST(
      Find(Calls{{"a.py:1 main", "a.py:5 known"}, {"a.py:1 main", "a.py:9 f"}},
           Calls{{"a.py:1 main", "a.py:5 known"},
                 {"a.py:5 known", "a.py:9 g"}}) == "");
}

BOOST_AUTO_TEST_CASE(WhatIsMatchedIsInNoOtherPair) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Profile base = RandomProfile(40, 100, 2 * seed);
    const Profile current = RandomProfile(40, 100, 2 * seed + 1);
    const std::vector<FunctionPair> pairs = MatchFunctions(base, current);
    std::vector<bool> in_base(base.functions.size());
    std::vector<bool> in_current(current.functions.size());
    for (const FunctionPair& pair : pairs) {
      if (!pair.is_matched()) continue;
      in_base[pair.base.row()] = in_current[pair.current.row()] = true;
    }
    FunctionId last(0);
    for (const ProbablePair& pair : FindProbablePairs(base, current, pairs)) {
      BOOST_TEST(!in_base[pair.base.row()]);
      BOOST_TEST(!in_current[pair.current.row()]);
      in_base[pair.base.row()] = in_current[pair.current.row()] = true;
      BOOST_TEST((last <= pair.base));
      last = pair.base;
    }
  }
}

// Every pair of two of them would be 100 000 000.
BOOST_AUTO_TEST_CASE(AmongTooManyNothingIsClear) {
  Functions before, after;
  for (int line = 1; line <= 10'000; ++line) {
    before.push_back("a.py:" + std::to_string(line) + " f");
    after.push_back("b.py:" + std::to_string(line) + " f");
  }
  BOOST_TEST(Find(before, after) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
