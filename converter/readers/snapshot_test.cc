#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "converter/readers/reader.h"
#include "converter/readers/reading.h"
#include "graph/profile_contents.h"

namespace prof2cg {
namespace {

Profile Read(std::string_view text) {
  return FindReader("snapshot")->read(text);
}

std::string Refusal(std::string_view text) {
  return RefusalOf([&] { Read(text); });
}

// Before the line of totals.
const std::string kHeader =
    "snapshot 1\n"
    "naming object\n"
    "event a count A\n"
    "event b bytes \"B [bytes]\"\n";
const std::string kWhole = kHeader +
                           "total 5/4 30 7\n"
                           "\n"
                           "x.c lib\n"
                           "  f 2/1 10/30 0/7\n"
                           "    g y.c 2 20 7\n"
                           "    f 1 9 9\n"
                           "y.c\n"
                           "  g ~3 20 7\n";

// `tail` where kHeader ends.
std::string RefusalOfTail(const std::string& tail) {
  return Refusal(kHeader + tail);
}

// "line 5: expected …, found …, at byte 60".
std::string Expected(int line, const std::string& expected,
                     const std::string& found, size_t in_tail) {
  return "line " + std::to_string(line) + ": expected " + expected +
         ", found \"" + found + "\", at byte " +
         std::to_string(kHeader.size() + in_tail);
}

BOOST_AUTO_TEST_SUITE(SnapshotReader)

BOOST_AUTO_TEST_CASE(FiguresAreReadAsTheyStandThere) {
  const Profile profile = Read(kWhole);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(OdditiesOf(profile) == "");
  BOOST_TEST((profile.events == EventSet({{"a", "A", Unit::kCount},
                                          {"b", "B [bytes]", Unit::kBytes}})));
  const FunctionKey f = {"f", "x.c", "lib", 0};
  const FunctionKey g = {"g", "y.c", "", 0};
  const Contents expected = {
      {{f, {{2, 1}, {10, 0}, {30, 7}}}, {g, {{3, 3}, {20, 7}, {20, 7}}}},
      {{{f, g, 0}, {{2, 2}, {20, 7}, {}, false}},
       {{f, f, 0}, {{1, 1}, {9, 9}, {}, false}}}};
  BOOST_CHECK(ContentsOf(profile) == expected);
  BOOST_TEST(!profile.provenance.IsFunctionEstimated(0));
  BOOST_TEST(profile.provenance.IsFunctionEstimated(1));
}

BOOST_AUTO_TEST_CASE(WithoutEventsCallsAreTheOnlyOne) {
  const Profile profile = Read(
      "snapshot 1\nnaming module-line\ntotal 7/6\n"
      "lib/a.py\n  f 3\n    g 4/3\n  g 4/3\n");
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.events.begin()->name == "calls");
  BOOST_TEST(profile.graph.self[0][0] == 3);
  BOOST_TEST(profile.graph.self[1][0] == 4);
  BOOST_CHECK(profile.provenance.events[0].inclusive == Origin::kAbsent);
}

BOOST_AUTO_TEST_CASE(NumbersTellFunctionsOfOneNameApart) {
  const Profile profile = Read(
      "snapshot 1\nnaming object\ntotal 3\nx\n  f 1\n    f#2 2\n  f#2 2\n");
  BOOST_TEST(profile.functions.size() == 2);
  BOOST_TEST(profile.functions[1].line == 2);
  BOOST_TEST(OdditiesOf(profile) ==
             "1 function has a number instead of its line\n");
}

BOOST_AUTO_TEST_CASE(EndsOfLinesCommentsAndEmptyLinesDoNotMatter) {
  std::string text = "\xef\xbb\xbf# a comment\r\n";
  for (const char c : kWhole) {
    text += c == '\n' ? std::string("  \r\n\r\n# \"\r\n") : std::string(1, c);
  }
  BOOST_CHECK(ContentsOf(Read(text)) == ContentsOf(Read(kWhole)));
}

BOOST_AUTO_TEST_CASE(TotalsThatAreNoSumsAreTold) {
  std::string text = kWhole;
  text.replace(text.find("30 7"), 4, "31 8");
  BOOST_TEST(
      OdditiesOf(Read(text)) ==
      "2 totals are not the sums of their functions: the file was merged "
      "or edited\n");
}

BOOST_AUTO_TEST_CASE(EscapesAreBytes) {
  const Profile profile = Read(
      "snapshot 1\nnaming object\ntotal 0\n\"\"\n"
      "  \"a b\\\"\\\\\\x0a\\xe9\\x00#\"#3 0\n");
  BOOST_CHECK((KeyOf(profile, FunctionId(0)) ==
               FunctionKey(std::string("a b\"\\\n\xe9\0#", 9), "", "", 3)));
}

BOOST_AUTO_TEST_CASE(WhatIsWrongIsToldWithItsPlace) {
  const std::string total = "total 0 0 0\n";
  BOOST_TEST(RefusalOfTail("total 1 2\n") ==
             Expected(5, "the sum of a cost", "", 9));
  BOOST_TEST(RefusalOfTail("total 1 2 3 4\n") ==
             Expected(5, "the end of the line", "4", 12));
  BOOST_TEST(RefusalOfTail("total 1 2 9223372036854775808\n") ==
             Expected(5, "the sum of a cost", "9223372036854775808", 10));
  BOOST_TEST(
      RefusalOfTail("x\n") ==
      Expected(5, "\"least\", \"uncounted\", \"event\" or \"total\"", "x", 0));
  BOOST_TEST(
      RefusalOfTail("event a count A\n") ==
      Expected(5, "another event than those before", "event a count A", 0));
  BOOST_TEST(RefusalOfTail("event c seconds C\n") ==
             Expected(5, "a unit: ns, bytes or count", "seconds C", 8));
  BOOST_TEST(RefusalOfTail(total + "  f 0 0 0\n") ==
             Expected(6, "a file before its functions", "  f 0 0 0", 12));
  BOOST_TEST(RefusalOfTail(total + "x\n    f 0 0 0\n") ==
             Expected(7, "a function before its calls", "    f 0 0 0", 14));
  BOOST_TEST(
      RefusalOfTail(total + "x\n   f 0 0 0\n") ==
      Expected(7, "0, 2 or 4 blanks at the beginning", "   f 0 0 0", 14));
  BOOST_TEST(RefusalOfTail(total + "x\n  f 0 0/ 0\n") ==
             Expected(7, "the cost of a function", "0/ 0", 20));
  BOOST_TEST(RefusalOfTail(total + "x\n  f\n") ==
             Expected(7, "a number of calls", "", 17));
  BOOST_TEST(RefusalOfTail(total + "x\n  7 0 0 0\n") ==
             Expected(7, "a function", "7 0 0 0", 16));
  BOOST_TEST(RefusalOfTail(total + "x\n  f#0 0 0 0\n") ==
             Expected(7, "the number of a function", "0 0 0 0", 18));
  BOOST_TEST(RefusalOfTail(total + "x\n  \"f 0 0 0\n") ==
             Expected(7, "a text with a quote at its end", "\"f 0 0 0", 16));
  BOOST_TEST(
      RefusalOfTail(total + "x\n  \"\\n\" 0 0 0\n") ==
      Expected(7, "\\\", \\\\ or \\x and two digits", "\\n\" 0 0 0", 17));
  BOOST_TEST(RefusalOfTail(total + "x\n  \"f\"g 0 0 0\n") ==
             Expected(7, "a blank", "g 0 0 0", 19));
  BOOST_TEST(RefusalOfTail(total + "<<<<<<< HEAD\n") ==
             Expected(6, "no merge conflict: make the snapshot anew",
                      "<<<<<<< HEAD", 12));
  BOOST_TEST(RefusalOfTail("") ==
             "line 5: expected \"total\", found the end, at byte " +
                 std::to_string(kHeader.size()));
  BOOST_TEST(Refusal("snapshot 2\n") ==
             "line 1: expected version 1 of snapshots, found \"snapshot 2\", "
             "at byte 0");
}

BOOST_AUTO_TEST_CASE(NoFileMakesHugeTables) {
  std::string text = "snapshot 1\nnaming object\n";
  for (int i = 0; i < 101; ++i)
    text += "event e" + std::to_string(i) + " ns x\n";
  BOOST_TEST(Refusal(text).find("no more than 100 events") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(EveryTruncationIsReadOrRefused) {
  for (size_t size = 0; size < kWhole.size(); ++size) {
    const std::string refusal = Refusal(kWhole.substr(0, size));
    if (refusal == "accepted") {
      BOOST_TEST(Read(kWhole.substr(0, size)).Check() == "");
    } else {
      BOOST_TEST(refusal.find("at byte") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(SnapshotsAreFoundByTheirVersion) {
  const Reader& reader = *FindReader("snapshot");
  for (const std::string text :
       {"snapshot 1\n", "# a\n\n# b\r\nsnapshot 1\r\n", "snapshot 2"}) {
    BOOST_TEST(reader.sniff(text), text);
  }
  for (const std::string text :
       {"", "# snapshot 1\n", "snapshot\n", "snapshots 1\n", "snapshot x\n",
        "a\nsnapshot 1\n", "snapshot;f 1\n"}) {
    BOOST_TEST(!reader.sniff(text), text);
  }
}

BOOST_AUTO_TEST_CASE(WhatIsLeftOutIsToldInPercent) {
  const auto least = [](const std::string& line) {
    return Read(kHeader + line + "total 0 0 0\n").provenance.least_told;
  };
  BOOST_TEST(least("").value() == 0);
  BOOST_TEST(least("least 0.1\n").value() == .001);
  BOOST_TEST(least("least 1e1\n").value() == .1);
  for (const char* wrong : {"least", "least x", "least -1", "least nan",
                            "least inf", "least 1 2", "least 1%"}) {
    const std::string refusal = RefusalOfTail(std::string(wrong) + '\n');
    BOOST_TEST(refusal.starts_with("line 5: expected "), refusal);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
