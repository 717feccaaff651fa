// The grammar of callgrind files, line by line.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/callgrind_files.h"

namespace prof2cg {
namespace {

void CheckBody(std::string_view body, std::string_view figures,
               std::string_view oddities = "") {
  const Profile profile = ReadBody(body);
  BOOST_TEST(FiguresOf(profile) == figures);
  BOOST_TEST(OdditiesOf(profile) == oddities);
}

BOOST_AUTO_TEST_SUITE(CallgrindReader)

BOOST_AUTO_TEST_CASE(AFunctionHasNameFileObjectAndSelfCost) {
  CheckBody("ob=lib.so\nfl=a.c\nfn=f\n3 10\n5 20\n",
            "f a.c lib.so: 0/0 self 30 inclusive 30\n");
}

BOOST_AUTO_TEST_CASE(ACallHasACountACostAndTheLineOfItsSite) {
  CheckBody("fl=a.c\nfn=f\n3 10\ncfn=g\ncalls=2 7\n4 50\nfn=g\n7 50\n",
            "f a.c -: 0/0 self 10 inclusive 60\n"
            "g a.c -: 2/2 self 50 inclusive 50\n"
            "f > g at 4: 2/2 50\n");
}

BOOST_AUTO_TEST_CASE(CallsFromOneLineAddUpThoseOfOthersDoNot) {
  CheckBody(
      "fn=f\ncfn=g\ncalls=2 7\n4 50\ncalls=1 7\n4 5\ncalls=1 7\n9 1\n"
      "fn=g\n7 56\nfn=f\ncfn=g\ncalls=1\n9 2\n",
      "f - -: 0/0 self 0 inclusive 58\n"
      "g - -: 5/5 self 56 inclusive 58\n"
      "f > g at 4: 3/3 55\n"
      "f > g at 9: 2/2 3\n");
}

BOOST_AUTO_TEST_CASE(FunctionsStandInTheOrderOfTheirBodies) {
  CheckBody(
      "fn=f\n1 1\ncfn=h\ncalls=1\n1 1\ncfn=g\ncalls=1\n1 1\n"
      "fn=g\n1 1\n",
      "f - -: 0/0 self 1 inclusive 3\n"
      "g - -: 1/1 self 1 inclusive 1\n"
      "h - -: 1/1 self 0 inclusive 1\n"
      "f > h at 1: 1/1 1\n"
      "f > g at 1: 1/1 1\n");
}

BOOST_AUTO_TEST_CASE(IdsStandForNamesOfTheirKind) {
  CheckBody(
      "ob=(1) lib\nfl=(1) a.c\nfn=(1) f\n1 1\n"
      "cob=(2) sub\ncfi=(2) b.c\ncfn=(2) g\ncalls=1 1\n2 5\n"
      "ob=(2)\nfl=(2)\nfn=(2)\n1 5\n",
      "f a.c lib: 0/0 self 1 inclusive 6\n"
      "g b.c sub: 1/1 self 5 inclusive 5\n"
      "f > g at 2: 1/1 5\n");
}

BOOST_AUTO_TEST_CASE(AFunctionsIdIsTheFunctionWhateverFileIsNamedLater) {
  CheckBody("fl=(1) a.c\nfn=(1) f\n1 1\nfl=(2) b.c\nfn=(1)\n1 2\n",
            "f a.c -: 0/0 self 3 inclusive 3\n");
  // Without ids, or where the id is defined again, the file tells them apart.
  for (const char* name : {"f", "(1) f"}) {
    const std::string fn = "fn=" + std::string(name) + '\n';
    CheckBody("fl=a.c\n" + fn + "1 1\nfl=b.c\n" + fn + "1 2\n",
              "f a.c -: 0/0 self 1 inclusive 1\n"
              "f b.c -: 0/0 self 2 inclusive 2\n");
  }
}

BOOST_AUTO_TEST_CASE(AFunctionThatWasOnlyNamedIsWhereItsBodyIs) {
  CheckBody(
      "fl=(1) a.c\nfl=(2) b.c\nfn=(1) f\nfn=(2) g\n"
      "fl=(1)\nfn=(1)\n1 1\ncfi=(2)\ncfn=(2)\ncalls=1\n1 1\n",
      "f a.c -: 0/0 self 1 inclusive 2\n"
      "g b.c -: 1/1 self 0 inclusive 1\n"
      "f > g at 1: 1/1 1\n");
}

BOOST_AUTO_TEST_CASE(CostsOfInlinedCodeAreTheFunctions) {
  CheckBody(
      "fl=a.c\nfn=f\n1 1\nfi=h.h\n2 10\ncfn=g\ncalls=1 1\n3 4\n"
      "fe=a.c\n4 100\nfi=h.h\n5 5\nfn=e\n1 2\n",
      "f a.c -: 0/0 self 116 inclusive 120\n"
      "e a.c -: 0/0 self 2 inclusive 2\n"
      "g h.h -: 1/1 self 0 inclusive 4\n"
      "f > g at 3: 1/1 4\n");
}

BOOST_AUTO_TEST_CASE(CalledFilesAndObjectsHoldForOneCall) {
  for (const char* cfi : {"cfi", "cfl", "cfe"}) {
    CheckBody("ob=o\nfl=a.c\nfn=f\ncob=p\n" + std::string(cfi) +
                  "=b.c\ncfn=g\ncalls=1\n1 1\ncfn=g\ncalls=1\n1 2\n",
              "f a.c o: 0/0 self 0 inclusive 3\n"
              "g b.c p: 1/1 self 0 inclusive 1\n"
              "g a.c o: 1/1 self 0 inclusive 2\n"
              "f > g at 1: 1/1 1\n"
              "f > g at 1: 1/1 2\n");
  }
}

BOOST_AUTO_TEST_CASE(ACallWithoutANameIsOfTheFunctionCalledLast) {
  CheckBody("fn=f\ncfi=b.c\ncfn=g\ncalls=1\n1 1\ncalls=2\n2 4\n",
            "f - -: 0/0 self 0 inclusive 5\n"
            "g b.c -: 3/3 self 0 inclusive 5\n"
            "f > g at 1: 1/1 1\n"
            "f > g at 2: 2/2 4\n");
}

BOOST_AUTO_TEST_CASE(RelativePositionsCountFromTheLastCostLine) {
  CheckBody(
      "fn=f\n10 1\ncfn=g\ncalls=1 +90\n+5 1\ncalls=1 *\n* 2\n"
      "jump=1 +7\n+1\ncalls=1 0x5\n-6 4\ncalls=1 1\n0x20 8\n",
      "f - -: 0/0 self 1 inclusive 16\n"
      "g - -: 4/4 self 0 inclusive 15\n"
      "f > g at 15: 2/2 3\n"
      "f > g at 10: 1/1 4\n"
      "f > g at 32: 1/1 8\n");
}

BOOST_AUTO_TEST_CASE(PositionsMayBeInstructionsLinesOrBoth) {
  const auto lines = [](std::string_view positions, std::string_view place) {
    return FiguresOf(ReadCallgrind(
        "positions: " + std::string(positions) + "\nevents: A\nfn=f\ncfn=g\n" +
        "calls=1 0 0\n" + std::string(place) + " 7\n"));
  };
  const auto figures = [](std::string_view line) {
    return "f - -: 0/0 self 0 inclusive 7\n"
           "g - -: 1/1 self 0 inclusive 7\n"
           "f > g at " +
           std::string(line) + ": 1/1 7\n";
  };
  BOOST_TEST(lines("line", "12") == figures("12"));
  BOOST_TEST(lines("instr", "0x401000") == figures("0"));
  BOOST_TEST(lines("instr line", "0x401000 12") == figures("12"));
  BOOST_TEST(lines("instr line", "+16 *") == figures("0"));
}

BOOST_AUTO_TEST_CASE(JumpsAreSkippedWithTheLineBehindThem) {
  CheckBody(
      "fl=(1) a.c\nfn=f\n1 1\njump=3 +2\n+1\n"
      "jcnd=1/2 +2\n*\njfi=(2) b.c\njfn=(9) f2\njump=1 4\n3\n"
      "4 10\nfl=(2)\nfn=(9)\n1 5\n",
      "f a.c -: 0/0 self 11 inclusive 11\n"
      "f2 b.c -: 0/0 self 5 inclusive 5\n");
}

BOOST_AUTO_TEST_CASE(CostsThatAreMissingAreZero) {
  BOOST_TEST(FiguresOf(ReadBody("fn=f\n1 5\n1\n2 1 2 3\ncfn=g\ncalls=1\n1\n",
                                "events: A B C\n")) ==
             "f - -: 0/0 self 6 2 3 inclusive 6 2 3\n"
             "g - -: 1/1 self 0 0 0 inclusive 0 0 0\n"
             "f > g at 1: 1/1 0 0 0\n");
}

BOOST_AUTO_TEST_CASE(PartsAddUpByTheNamesOfTheirEvents) {
  const Profile profile = ReadCallgrind(
      "part: 1\nevents: A B\nfl=(1) a.c\nfn=(1) f\n9 1 2\n"
      "cfn=(2) g\ncalls=1\n9 5 6\n\ntotals: 1 2\n"
      // Ids that are not defined again, and a position that begins at 0.
      "part: 2\nevents: C B\nfn=(1)\n+3 10 20\ncfn=(2)\ncalls=2\n+6 50 60\n"
      // Others of the same numbers, events as before.
      "part: 3\npositions: line\nfl=(1) a.c\nfn=(1) g\n1 100\n");
  BOOST_TEST(FiguresOf(profile) ==
             "f a.c -: 0/0 self 1 22 10 inclusive 6 88 60\n"
             "g a.c -: 3/3 self 0 0 100 inclusive 5 66 50\n"
             "f > g at 9: 3/3 5 66 50\n");
  const std::vector<std::string> names = {"A", "B", "C"};
  for (size_t e = 0; e < names.size(); ++e) {
    BOOST_TEST(profile.events[EventId(e)].name == names[e]);
  }
}

BOOST_AUTO_TEST_CASE(AnEventThatIsNamedTwiceAddsUp) {
  BOOST_TEST(FiguresOf(ReadBody("fn=f\n1 100 7\n", "events: A A\n")) ==
             "f - -: 0/0 self 107 inclusive 107\n");
}

BOOST_AUTO_TEST_CASE(HeaderLinesStandInAnyOrder) {
  const Profile profile = ReadCallgrind(
      "events: A\nsummary: 7\n# comment\ncmd:  ./app -x \nevent: A : Long\n\n"
      "positions: line\ncreator: x\nversion: 1\npid: 7\nthread: 2\npart: 3\n"
      "desc: Trigger: end\narch: arm\ntimeframe (BB): 1-2\ncmd: other\n"
      "fn=f\n1 7\ntotals: 7\n");
  BOOST_TEST(FiguresOf(profile) == "f - -: 0/0 self 7 inclusive 7\n");
  BOOST_TEST(OdditiesOf(profile) == "");
  BOOST_TEST(profile.command == "./app -x ");
  BOOST_TEST(profile.events[EventId(0)].long_name == "Long");
  BOOST_TEST((profile.naming == Naming::kObjectName));
}

BOOST_AUTO_TEST_CASE(UnknownHeaderLinesAreSkippedAndCounted) {
  CheckBody("flavour: sweet\nfn=f\n1 7\nhttp-proxy: x\n",
            "f - -: 0/0 self 7 inclusive 7\n",
            "2 header lines are of no known kind: skipped\n");
}

BOOST_AUTO_TEST_CASE(LooseFilesAreReadAsTheyAreMeant) {
  const std::string figures = "f a.c -: 0/0 self 33 inclusive 33\n";
  const std::string plain = "events: A\nfl=a.c\nfn=f\n1 11\n\n# c\n2 22\n";
  std::string with_returns;
  for (const char c : plain) {
    with_returns += c == '\n' ? "\r\n" : std::string(1, c);
  }
  for (const std::string& text :
       {plain, with_returns, "\xef\xbb\xbf" + plain, "\n\n" + plain,
        plain.substr(0, plain.size() - 1),
        std::string("events:  A \nfl=a.c\nfn=f\n  1 \t 11 \n \t \n2\t22"),
        std::string("events: A\nfl=a.c\nfn=f\n1 0xb\n0x2 0x16\n")}) {
    const Profile profile = ReadCallgrind(text);
    BOOST_TEST(FiguresOf(profile) == figures);
    BOOST_TEST(OdditiesOf(profile) == "");
  }
}

BOOST_AUTO_TEST_CASE(NamesMayHoldAnything) {
  for (const std::string name :
       {"(below main)", "(1x)foo", "(1 foo", "()", "a::b(int, c<d>)", " f ",
        "f'2", "fn=g", "1 2", "caf\xc3\xa9", "(99999999999999999999) f",
        "(-1) f", "???"}) {
    const Profile profile = ReadBody("fn=" + name + "\n1 1\n");
    BOOST_TEST(profile.Name(FunctionId(0)) == name);
    const Profile compressed = ReadBody("fn=(3)  " + name + "\n1 1\nfn=(3)\n");
    const size_t first = name.find_first_not_of(' ');
    BOOST_TEST(compressed.Name(FunctionId(0)) == name.substr(first));
    BOOST_TEST(compressed.functions.size() == 1);
  }
  BOOST_TEST(ReadBody("fn=caf\xe9\n1 1\n").Name(FunctionId(0)) ==
             "caf\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(FilesAndObjectsThatWereNotFoundAreNone) {
  CheckBody("ob=(1) ???\nfl=???\nfn=f\n1 1\n",
            "f - -: 0/0 self 1 inclusive 1\n");
}

BOOST_AUTO_TEST_CASE(CostsMayBeNegative) {
  CheckBody("fn=f\n1 -5\n1 2\ncfn=g\ncalls=1\n1 -10\n",
            "f - -: 0/0 self -3 inclusive -13\n"
            "g - -: 1/1 self 0 inclusive -10\n"
            "f > g at 1: 1/1 -10\n");
}

BOOST_AUTO_TEST_CASE(FractionsAreRoundedAndCounted) {
  CheckBody("fn=f\n1 400.5\nfn=g\n1 0.4\nfn=h\n1 -1.75\n",
            "f - -: 0/0 self 401 inclusive 401\n"
            "g - -: 0/0 self 0 inclusive 0\n"
            "h - -: 0/0 self -2 inclusive -2\n",
            "3 costs have fractions: rounded\n");
}

BOOST_AUTO_TEST_CASE(NumbersThatDoNotFitAreTakenAsTheLargest) {
  CheckBody(
      "fn=f\n1 18446744073709551615\n1 1\nfn=g\n"
      "1 -99999999999999999999\nfn=h\n1 9223372036854775807\n"
      "cfn=i\ncalls=9999999999999999999 1\n1 0x10000000000000000\n",
      "f - -: 0/0 self 9223372036854775807 inclusive "
      "9223372036854775807\n"
      "g - -: 0/0 self -9223372036854775807 inclusive "
      "-9223372036854775807\n"
      "h - -: 0/0 self 9223372036854775807 inclusive "
      "9223372036854775807\n"
      "i - -: 9223372036854775807/9223372036854775807 self 0 inclusive "
      "9223372036854775807\n"
      "h > i at 1: 9223372036854775807/9223372036854775807 "
      "9223372036854775807\n",
      "4 numbers have more than 63 bits: taken as the largest\n");
}

BOOST_AUTO_TEST_CASE(CallsThatWereNotCountedAreCalls) {
  CheckBody("fn=f\n1 1\ncfn=g\ncalls=0 1\n1 9\n",
            "f - -: 0/0 self 1 inclusive 10\n"
            "g - -: 0/0 self 0 inclusive 9\n"
            "f > g at 1: 0/0 9\n");
}

BOOST_AUTO_TEST_CASE(CostsOutsideOfFunctionsAreKeptAndCounted) {
  CheckBody("1 5\nfl=a.c\nfn=f\n1 1\nob=o\n2 7\n",
            "- - -: 0/0 self 5 inclusive 5\n"
            "f a.c -: 0/0 self 1 inclusive 1\n"
            "- a.c o: 0/0 self 7 inclusive 7\n",
            "2 costs stand outside of functions: kept as those of one without "
            "a name\n");
}

BOOST_AUTO_TEST_CASE(ASummaryThatIsNotTheSumIsCounted) {
  constexpr char kWrong[] =
      "1 event has another total in the file's summary than its costs add up "
      "to: the costs count\n";
  const auto oddities = [](std::string_view summary) {
    return OdditiesOf(ReadBody("fn=f\n1 1000000 50\n",
                               "events: A B\n" + std::string(summary) + '\n'));
  };
  BOOST_TEST(oddities("summary: 1000000 50") == "");
  BOOST_TEST(oddities("summary: 1000100 52") == "");
  BOOST_TEST(oddities("summary: 1002000 50") == kWrong);
  BOOST_TEST(oddities("totals: 1000000 60") == kWrong);
  // What stands last counts, and all parts together.
  BOOST_TEST(oddities("summary: 1\ntotals: 1000000 50") == "");
  BOOST_TEST(OdditiesOf(ReadCallgrind("events: A\nsummary: 10\nfn=f\n1 10\n"
                                      "events: A\nsummary: 20\nfn=f\n1 30\n"))
                 .starts_with("1 event has another total"));
}

BOOST_AUTO_TEST_CASE(FiguresOfFunctionsAreDerivedOnesAndSelfOfCallsAbsent) {
  const Profile profile = ReadBody("fn=f\n1 1\ncfn=f\ncalls=3\n1 1\n");
  const Provenance& provenance = profile.provenance;
  BOOST_TEST((provenance.counts == Origin::kDerived));
  BOOST_TEST((provenance.call_counts == Origin::kMeasured));
  BOOST_TEST((provenance.events[0].self == Origin::kMeasured));
  BOOST_TEST((provenance.events[0].inclusive == Origin::kDerived));
  BOOST_TEST((provenance.events[0].call_inclusive == Origin::kMeasured));
  BOOST_TEST((provenance.events[0].call_self == Origin::kAbsent));
  BOOST_TEST(profile.graph.call_self.rows() == 0);
}

BOOST_AUTO_TEST_CASE(FunctionsThatRecurThroughOthersAreCounted) {
  CheckBody(
      "fn=m\n1 1\ncfn=f\ncalls=1\n1 30\n"
      "fn=f\n1 10\ncfn=g\ncalls=2\n1 35\ncfn=f\ncalls=4\n1 9\n"
      "fn=g\n1 20\ncfn=f\ncalls=1\n1 9\n",
      "m - -: 0/0 self 1 inclusive 31\n"
      "f - -: 6/1 self 10 inclusive 30\n"
      "g - -: 2/2 self 20 inclusive 30\n"
      "m > f at 1: 1/1 30\n"
      "f > g at 1: 2/2 35\n"
      "f > f at 1: 4/0 9\n"
      "g > f at 1: 1/0 9\n",
      "1 function recurs through others: its inclusive cost and its "
      "primitive calls are at most what is shown\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
