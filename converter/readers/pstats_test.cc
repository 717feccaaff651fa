#include "converter/readers/pstats.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <string>

#include "converter/readers/marshal_writer.h"
#include "converter/readers/pstats_dumps.h"
#include "graph/profile.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(PstatsFigures)

BOOST_AUTO_TEST_CASE(AFunctionHasPrimitiveCallsFirstACallerAllCalls) {
  CheckRead({Key("f"),
             Stats(1, 4, 0.5, 2,
                   {Key("f"), CallerStats(3, 1, 0.25, 1.5),  //
                    Key("g"), CallerStats(1, 1, 0.25, 2)}),
             Key("g"), Stats(1, 1, 1, 3)},
            "f: 4 calls, 1 primitive, self 500000000, inclusive 2000000000\n"
            "g: 1 calls, 1 primitive, self 1000000000, inclusive 3000000000\n"
            "f > f: 3 calls, 1 primitive, self 250000000, "
            "inclusive 1500000000\n"
            "g > f: 1 calls, 1 primitive, self 250000000, "
            "inclusive 2000000000\n");
}

BOOST_AUTO_TEST_CASE(SecondsAreRoundedToNanoseconds) {
  const struct {
    double seconds;
    int64_t ns;
  } rows[] = {
      {0.0, 0},
      {-0.0, 0},
      {1e-9, 1},
      {0.4e-9, 0},
      {0.6e-9, 1},
      {5e-324, 0},
      {0.1, 100000000},
      {1.000000001, 1000000001},
      {123456.789012345, 123456789012345},
      {4611686018.0, 4611686018000000000},
      // A clock that was set back; Python shows it, too.
      {-1e-9, -1},
      {-0.6e-9, -1},
      {-0.4e-9, 0},
      {-2.5, -2500000000},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.seconds << " s") {
      const Profile profile =
          Read(Dict({Key("f"), Stats(1, 1, row.seconds, row.seconds)}));
      BOOST_TEST(profile.graph.self[0][0] == row.ns);
      BOOST_TEST(profile.graph.inclusive[0][0] == row.ns);
      BOOST_TEST(profile.provenance.oddities.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(TimesThatNothingCanTakeAreZeroAndCounted) {
  const double times[] = {std::nan(""), -std::nan(""), kInfinity,   -kInfinity,
                          1e300,        -1e300,        4611686018.5};
  for (const double time : times) {
    BOOST_TEST_CONTEXT(time << " s") {
      const Profile profile =
          Read(Dict({Key("f"), Stats(1, 1, time, 1,
                                     {Key("f"), CallerStats(1, 1, 1, time)})}));
      BOOST_TEST(FiguresOf(profile) ==
                 "f: 1 calls, 1 primitive, self 0, inclusive 1000000000\n"
                 "f > f: 1 calls, 1 primitive, self 1000000000, inclusive 0\n");
      BOOST_TEST(OdditiesOf(profile) ==
                 "2 times are no numbers or beyond 146 years: taken as 0\n");
      BOOST_TEST(profile.provenance.lost == 2);
    }
  }
}

BOOST_AUTO_TEST_CASE(UnknownCountsAreZeroAndCounted) {
  const Profile profile = Read(
      Dict({Key("f"), Stats(-1, -1, 1, 1, {Key("g"), CallerStats(-1, 5, 1, 1)}),
            Key("g"), Stats(0, 7, 1, 1, {Key("f"), Int(-3)})}));
  BOOST_TEST(FiguresOf(profile) ==
             "f: 0 calls, 0 primitive, self 1000000000, inclusive 1000000000\n"
             "g: 7 calls, 0 primitive, self 1000000000, inclusive 1000000000\n"
             "g > f: 0 calls, 5 primitive, self 1000000000, "
             "inclusive 1000000000\n"
             "f > g: 0 calls, 0 primitive, self 0, inclusive 0, estimated\n");
  BOOST_TEST(OdditiesOf(profile) ==
             "4 call counts are unknown (negative): taken as 0\n"
             "1 call has a count but no cost: shared out by counts, as an "
             "estimate\n");
  BOOST_TEST(profile.provenance.lost == 4);
}

BOOST_AUTO_TEST_CASE(IntegersAndTruthsStandForTimesAndCounts) {
  CheckRead({Key("f"),
             Tuple({Bool(true), Int64(3), Int(2), Bool(true),
                    Dict({Key("f"), Tuple({Long({2}, false), Int(0),
                                           TextFloat("1e-09"), Int64(4)})})})},
            "f: 3 calls, 1 primitive, self 2000000000, inclusive 1000000000\n"
            "f > f: 2 calls, 0 primitive, self 1, inclusive 4000000000\n");
}

BOOST_AUTO_TEST_CASE(HugeCountsAreClampedNotWrapped) {
  const std::string huge = Long({0, 0, 0, 0, 0, 1}, false);
  CheckRead(
      {Key("f"),
       Tuple({huge, huge, Float(0), Float(0),
              Dict({Key("f"), Tuple({huge, huge, Float(4e9), Float(-4e9),  //
                                     huge, huge, Float(4e9), Float(-4e9),  //
                                     huge, huge, Float(4e9), Float(-4e9)})})})},
      "f: 9223372036854775807 calls, 9223372036854775807 primitive, self 0, "
      "inclusive 0\n"
      "f > f: 9223372036854775807 calls, 9223372036854775807 primitive, "
      "self 9223372036854775807, inclusive -9223372036854775808\n",
      "1 caller has several figures (an old merge): summed\n");
}

BOOST_AUTO_TEST_CASE(ANumberBeyondSixtyFourBitsIsNoTime) {
  const std::string huge = Long({0, 0, 0, 0, 0, 1}, true);
  CheckRead({Key("f"), Tuple({Int(1), Int(1), huge, Int(0), Dict({})})},
            "f: 1 calls, 1 primitive, self 0, inclusive 0\n",
            "1 time is no number or beyond 146 years: taken as 0\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(PstatsCallers)

BOOST_AUTO_TEST_CASE(BareCountsShareTheCostOut) {
  // 10 ns over three equal calls, each taking from what the others left.
  CheckRead({Key("f"), Stats(3, 3, 10e-9, 100e-9,
                             {Key("a"), Int(1), Key("b"), Int(1),  //
                              Key("c"), Int(1)})},
            "f: 3 calls, 3 primitive, self 10, inclusive 100\n"
            "a: 0 calls, 0 primitive, self 0, inclusive 0\n"
            "b: 0 calls, 0 primitive, self 0, inclusive 0\n"
            "c: 0 calls, 0 primitive, self 0, inclusive 0\n"
            "a > f: 1 calls, 1 primitive, self 3, inclusive 33, estimated\n"
            "b > f: 1 calls, 1 primitive, self 3, inclusive 33, estimated\n"
            "c > f: 1 calls, 1 primitive, self 4, inclusive 34, estimated\n",
            "3 callers have no entry of their own: kept without cost\n"
            "3 calls have a count but no cost: shared out by counts, as an "
            "estimate\n");
}

BOOST_AUTO_TEST_CASE(CallsFromOutsideKeepTheirShareOfTheCost) {
  CheckRead({Key("f"), Stats(2, 8, 80e-9, 160e-9, {Key("f"), Int(6)})},
            "f: 8 calls, 2 primitive, self 80, inclusive 160\n"
            "f > f: 6 calls, 6 primitive, self 60, inclusive 120, estimated\n",
            "1 call has a count but no cost: shared out by counts, as an "
            "estimate\n");
}

BOOST_AUTO_TEST_CASE(CallersThatCountMoreThanTheCalleeShareAllOfIt) {
  CheckRead({Key("f"),
             Stats(1, 1, 9e-9, -9e-9,
                   {Key("f"), Int(2), Key("g"), Int(0),  //
                    Key("h"), Int(1)}),
             Key("g"), AnyStats(), Key("h"), AnyStats()},
            "f: 1 calls, 1 primitive, self 9, inclusive -9\n"
            "g: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "h: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "f > f: 2 calls, 2 primitive, self 6, inclusive -6, estimated\n"
            "g > f: 0 calls, 0 primitive, self 0, inclusive 0, estimated\n"
            "h > f: 1 calls, 1 primitive, self 3, inclusive -3, estimated\n",
            "3 calls have a count but no cost: shared out by counts, as an "
            "estimate\n");
}

BOOST_AUTO_TEST_CASE(SharesAddUpHoweverHugeTheCounts) {
  const std::string counts[] = {Int64(INT64_MAX - 5), Int(10), Int(10),
                                Int64(INT64_MAX), Int64(INT64_MAX)};
  Items callers;
  for (const std::string& count : counts) {
    callers.push_back(Key("g" + std::to_string(callers.size())));
    callers.push_back(count);
  }
  const Profile profile = Read(Dict({Key("f"), Stats(1, 1, 1, 4e9, callers)}));
  int64_t self = 0, inclusive = 0;
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    BOOST_TEST(profile.graph.call_self[c][0] >= 0);
    BOOST_TEST(profile.graph.call_inclusive[c][0] >= 0);
    self += profile.graph.call_self[c][0];
    inclusive += profile.graph.call_inclusive[c][0];
  }
  BOOST_TEST(self == 1000000000);
  BOOST_TEST(inclusive == 4000000000000000000);
}

BOOST_AUTO_TEST_CASE(OnlyTheCallersWithBareCountsAreEstimates) {
  CheckRead({Key("f"),
             Stats(4, 4, 4e-9, 4e-9,
                   {Key("f"), CallerStats(1, 1, 3e-9, 3e-9),  //
                    Key("g"), Int(2)}),
             Key("g"), Stats(1, 1, 0, 0, {Key("f"), CallerStats(1, 1, 0, 0)})},
            "f: 4 calls, 4 primitive, self 4, inclusive 4\n"
            "g: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "f > f: 1 calls, 1 primitive, self 3, inclusive 3\n"
            "g > f: 2 calls, 2 primitive, self 2, inclusive 2, estimated\n"
            "f > g: 1 calls, 1 primitive, self 0, inclusive 0\n",
            "1 call has a count but no cost: shared out by counts, as an "
            "estimate\n");
}

BOOST_AUTO_TEST_CASE(FiguresOfAnOldMergeAreSummed) {
  CheckRead({Key("f"),
             Stats(6, 9, 0, 0,
                   {Key("f"), Tuple({Int(1), Int(2), Float(3), Int(4), Int(10),
                                     Int(20), Float(30), Int(40)})})},
            "f: 9 calls, 6 primitive, self 0, inclusive 0\n"
            "f > f: 11 calls, 22 primitive, self 33000000000, "
            "inclusive 44000000000\n",
            "1 caller has several figures (an old merge): summed\n");
}

BOOST_AUTO_TEST_CASE(ACallerWithoutAnEntryIsKeptWithoutCost) {
  CheckRead({Key("f"), Stats(1, 1, 0, 0, {Key("g"), CallerStats(1, 1, 0, 0)})},
            "f: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "g: 0 calls, 0 primitive, self 0, inclusive 0\n"
            "g > f: 1 calls, 1 primitive, self 0, inclusive 0\n",
            "1 caller has no entry of its own: kept without cost\n");
}

BOOST_AUTO_TEST_CASE(ACallerGivenTwiceAddsUp) {
  // Python has the last one only; but no Python writes that.
  CheckProfile(
      Read(Dict({Key("f"), Stats(3, 3, 0, 0,
                                 {Key("f"), CallerStats(1, 1, 1e-9, 2e-9),  //
                                  Key("f"), CallerStats(2, 1, 3e-9, 4e-9)})})),
      "f: 3 calls, 3 primitive, self 0, inclusive 0\n"
      "f > f: 3 calls, 2 primitive, self 4, inclusive 6\n");
}

BOOST_AUTO_TEST_CASE(ReferencesStandForCallersAndTheirFigures) {
  // 0: f, 1: its file, 2: its name; 3: g; 4: a caller's figures.
  CheckRead({Shared(Tuple({Shared(Text("a.py")), Int(1), Shared(Text("f"))})),
             Stats(1, 1, 0, 0,
                   {Shared(Tuple({Ref(1), Int(2), Text("g")})),
                    Shared(CallerStats(2, 1, 3e-9, 4e-9)), Ref(0), Ref(4)}),
             Ref(3), Stats(1, 1, 0, 0, {Ref(3), Ref(4)})},
            "f: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "g: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "g > f: 2 calls, 1 primitive, self 3, inclusive 4\n"
            "f > f: 2 calls, 1 primitive, self 3, inclusive 4\n"
            "g > g: 2 calls, 1 primitive, self 3, inclusive 4\n");
}

BOOST_AUTO_TEST_CASE(OneDictMayBeTheCallersOfSeveralFunctions) {
  CheckRead({Key("f"),
             Tuple({Int(1), Int(1), Float(0), Float(0),
                    Shared(Dict({Key("f"), CallerStats(1, 1, 0, 0)}))}),
             Key("g"), Tuple({Int(1), Int(1), Float(0), Float(0), Ref(0)})},
            "f: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "g: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "f > f: 1 calls, 1 primitive, self 0, inclusive 0\n"
            "f > g: 1 calls, 1 primitive, self 0, inclusive 0\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(PstatsEntries)

BOOST_AUTO_TEST_CASE(OfTwoEntriesTheLastCountsWithItsCallers) {
  // Python has no more than the last one; it writes no such dump.
  CheckProfile(
      Read(Dict(
          {Key("f"), Stats(9, 9, 9, 9, {Key("f"), Int(9), Key("g"), Int(9)}),
           Key("g"), Stats(1, 1, 0, 0, {Key("f"), CallerStats(1, 1, 0, 0)}),
           Key("f"), Stats(2, 2, 2, 2, {Key("g"), CallerStats(2, 2, 1, 1)})})),
      "f: 2 calls, 2 primitive, self 2000000000, inclusive 2000000000\n"
      "g: 1 calls, 1 primitive, self 0, inclusive 0\n"
      "f > g: 1 calls, 1 primitive, self 0, inclusive 0\n"
      "g > f: 2 calls, 2 primitive, self 1000000000, inclusive 1000000000\n",
      "1 entry is given twice: the last one counts\n"
      "2 calls have a count but no cost: shared out by counts, as an "
      "estimate\n");
}

BOOST_AUTO_TEST_CASE(AMarkerOfASampledProfileIsNoFunction) {
  const std::string marker = Tuple({Text("__sampled__")});
  const std::string note =
      "1 sampled profile: its counts are samples, not calls\n";
  const std::string figures =
      "f: 3 calls, 0 primitive, self 0, inclusive 300000000\n";
  CheckRead({Key("f"), Stats(0, 3, 0, 0.3), marker, Bool(true)}, figures, note);
  CheckRead({marker, List({Int(1)}), Key("f"), Stats(0, 3, 0, 0.3)}, figures,
            note);
  CheckRead({marker, Shared(None()), marker, Bool(true)}, "", note);
}

BOOST_AUTO_TEST_CASE(OtherMarkersArePassed) {
  CheckRead({Tuple({Text("__version__")}), Dict({Int(1), List({Int(2)})}),
             Key("f"), AnyStats()},
            "f: 1 calls, 1 primitive, self 0, inclusive 0\n");
}

BOOST_AUTO_TEST_CASE(AnEmptyDumpIsAnEmptyProfile) {
  CheckRead({}, "");
  BOOST_TEST(FiguresOf(Read(Shared(Dict({})))) == "");
}

BOOST_AUTO_TEST_CASE(WhatFollowsTheDictIsNotLookedAt) {
  BOOST_TEST(FiguresOf(Read(Dict({Key("f"), AnyStats()}) + "\xff{(")) ==
             "f: 1 calls, 1 primitive, self 0, inclusive 0\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(PstatsNames)

struct Name {
  std::string key;
  std::string file;
  uint32_t line;
  std::string name;
};

BOOST_AUTO_TEST_CASE(AKeyIsFileLineAndName) {
  const Name rows[] = {
      {Tuple({Text("/srv/a.py"), Int(7), Text("f")}), "/srv/a.py", 7, "f"},
      {Tuple({Text("~"), Int(0), Text("<built-in method len>")}), "~", 0,
       "<built-in method len>"},
      {Tuple({Text(""), Int(0), Text("")}), "", 0, ""},
      {Tuple({Bytes("caf\xe9.py"), Int64(1), Interned("f")}), "caf\xc3\xa9.py",
       1, "f"},
      {Tuple({Unicode("caf\xed\xb3\xa9.py"), Long({1, 1}, false), Text("f")}),
       "caf\xed\xb3\xa9.py", 32769, "f"},
      {Tuple({Text("a.py"), Int(-1), Text("f")}), "a.py", 0, "f"},
      {Tuple({Text("a.py"), Int64(INT64_MAX), Text("f")}), "a.py", INT32_MAX,
       "f"},
      // As `python -m profile` has the program.
      {Tuple({Text("profile"), Int(0), Code("b.py", "<module>", 1)}), "profile",
       0, "<code object <module>, file \"b.py\", line 1>"},
  };
  for (const Name& row : rows) {
    BOOST_TEST_CONTEXT(row.file << " " << row.name) {
      const Profile profile = Read(Dict({row.key, AnyStats()}));
      BOOST_REQUIRE(profile.functions.size() == 1u);
      BOOST_TEST(profile.File(FunctionId(0)) == row.file);
      BOOST_TEST(profile.functions[0].line == row.line);
      BOOST_TEST(profile.Name(FunctionId(0)) == row.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(AnotherFileLineOrNameIsAnotherFunction) {
  const Profile profile =
      Read(Dict({Tuple({Text("a.py"), Int(1), Text("f")}), AnyStats(),
                 Tuple({Text("a.py"), Int(2), Text("f")}), AnyStats(),
                 Tuple({Text("b.py"), Int(1), Text("f")}), AnyStats(),
                 Tuple({Text("a.py"), Int(1), Text("g")}), AnyStats()}));
  BOOST_TEST(profile.functions.size() == 4u);
  BOOST_TEST(OdditiesOf(profile) == "");
}

BOOST_AUTO_TEST_CASE(TheObjectOfAFunctionIsItsPackage) {
  const Profile profile =
      Read(Dict({Tuple({Shared(Text("/usr/lib/python3.11/json/decoder.py")),
                        Int(1), Text("f")}),
                 AnyStats(), Tuple({Ref(0), Int(2), Text("g")}), AnyStats(),
                 Tuple({Text("~"), Int(0), Text("<len>")}), AnyStats()}));
  const auto object = [&](size_t f) {
    return profile.strings[profile.functions[f].object];
  };
  BOOST_TEST(object(0) == "json");
  BOOST_TEST(object(1) == "json");
  BOOST_TEST(object(2) == "<built-in>");
}

BOOST_AUTO_TEST_CASE(OneCodeObjectMayNameSeveralFunctions) {
  const Profile profile =
      Read(Dict({Tuple({Text("a.py"), Int(1), Shared(Code("b.py", "f", 1))}),
                 AnyStats(), Tuple({Text("a.py"), Int(2), Ref(0)}), AnyStats(),
                 Tuple({Text("a.py"), Int(3), Ref(0)}), AnyStats()}));
  for (size_t f = 0; f < 3; ++f) {
    BOOST_TEST(profile.Name(FunctionId(f)) ==
               "<code object f, file \"b.py\", line 1>");
    BOOST_TEST(profile.functions[f].line == f + 1);
  }
}

BOOST_AUTO_TEST_CASE(NamesOfPython2AreReferredToByTheirOwnNumbers) {
  const Profile profile =
      Read(Dict({Tuple({Interned("a.py"), Int(1), Interned("f")}), AnyStats(),
                 Tuple({InternedRef(0), Int(2), InternedRef(1)}), AnyStats()}));
  BOOST_TEST(profile.File(FunctionId(1)) == "a.py");
  BOOST_TEST(profile.Name(FunctionId(1)) == "f");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
