// Files that are malformed, damaged or made to keep the reader busy.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/callgrind_files.h"

namespace prof2cg {
namespace {

// What is refused stands after `before`, where the error says it is.
struct Refused {
  std::string before;
  std::string bad;
  std::string message;
};

void CheckRefused(const std::vector<Refused>& rows) {
  for (const Refused& row : rows) {
    // Also where nothing follows, not even the end of the line.
    for (const char* rest : {"", "\n", "\r\n", "\nfn=z\n1 1\n"}) {
      BOOST_TEST(Refusal(row.before + row.bad + rest) ==
                 row.message + ", at byte " +
                     std::to_string(row.before.size()));
    }
  }
}

BOOST_AUTO_TEST_SUITE(CallgrindRefusals)

const std::string kEvents = "events: A B\n";

BOOST_AUTO_TEST_CASE(CostsWithoutEventsAreRefused) {
  constexpr char kNoEvents[] =
      "expected \"events:\" and names before any costs";
  CheckRefused({{"version: 1\nfn=f\n", "1 1", kNoEvents},
                {"version: 1\nevents:", "", "expected names of events"},
                {"version: 1\nevents: \t", "", "expected names of events"}});
  BOOST_TEST(Refusal("version: 1\n") ==
             std::string(kNoEvents) + ", at byte 11");
  BOOST_TEST(Refusal("") == std::string(kNoEvents) + ", at byte 0");
}

BOOST_AUTO_TEST_CASE(LinesOfNoKindAreRefused) {
  constexpr char kRefusal[] = "expected a line of a callgrind file";
  for (const char* line :
       {"f", "fn", "xy=3", "fm=f", "{\"a\": 1}",
        "\x7f"
        "ELF",
        "call=1 1", "Calls=1", "caf\xc3\xa9: x", "=", "(1) f"}) {
    CheckRefused({{kEvents, line, kRefusal}});
  }
  BOOST_TEST(Refusal(kEvents + std::string("\0a", 2)) ==
             std::string(kRefusal) + ", at byte 12");
}

BOOST_AUTO_TEST_CASE(MalformedNumbersAreRefused) {
  const std::string body = kEvents + "fn=f\n";
  constexpr char kBlank[] = "expected a blank between numbers";
  constexpr char kNumber[] = "expected a number";
  CheckRefused({
      {body + "1", "x", kBlank},
      {body + "1", ",5", kBlank},
      {body + "*", "1 1", kBlank},
      {body + "1 2", "x", kBlank},
      {body + "1 2.5", ".5", kBlank},
      {body + "1 2", "e5", kBlank},
      {body + "1 ", "x", kNumber},
      {body + "1 -", "x", kNumber},
      {body + "1 -", "-1", kNumber},
      {body + "1 0x", "g", kNumber},
      {body + "+", "", kNumber},
      {body + "-", " 1", kNumber},
      {body + "+", "*", kNumber},
      {body + "1 2 3 ", "4", "expected no more costs than events"},
      {body + "5 1\n-6", " 1", "a position below zero"},
      {kEvents + "summary: ", "x", kNumber},
      {kEvents + "totals: 1 2 ", "3", "expected no more costs than events"},
      {"positions: ", "", "expected \"line\" or \"instr\""},
      {"positions: instr line\n" + body + "0x10 ", "", kNumber},
  });
}

BOOST_AUTO_TEST_CASE(CallsOfNothingAreRefused) {
  const std::string body = kEvents + "fn=f\n";
  constexpr char kNoName[] = "expected \"cfn=\" before \"calls=\"";
  constexpr char kNoCosts[] =
      "expected the line and the costs of what was called";
  CheckRefused({
      {body + "calls=", "1 1", kNoName},
      {body + "cfn=g\ncalls=1 1\n1 1\nfn=h\ncalls=", "1 1", kNoName},
      {body + "cfn=g\ncalls=", "x", "expected a number"},
      {body + "cfn=g\ncalls=", "-1", "expected a number"},
      {body + "cfn=g\ncalls=1 1\n", "cfn=h", kNoCosts},
      {body + "cfn=g\ncalls=1 1\n", "fn=h", kNoCosts},
      {body + "cfn=g\ncalls=1 1\n\n# c\n", "totals: 1", kNoCosts},
      {body + "jump=1 1\n", "jump=1 1", kNoCosts},
  });
  BOOST_TEST(Refusal(body + "cfn=g\ncalls=1 1\n") ==
             std::string(kNoCosts) + ", at byte 33");
}

BOOST_AUTO_TEST_CASE(IdsWithoutANameAreRefused) {
  constexpr char kRefusal[] = "expected a name, for the id is new";
  const std::string body = kEvents + "fl=(1) a\nob=(2) a\nfn=(3) f\n";
  for (const char* line : {"fn=(1)", "cfn=(2)", "jfn=(4)", "fl=(2)", "fi=(3)",
                           "cfi=(4)", "jfi=(2)", "ob=(1)", "cob=(3)",
                           "fn=(4000000000)", "fl=(18446744073709551)"}) {
    CheckRefused(
        {{body + line, "", kRefusal}, {body + line + " ", "", kRefusal}});
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CallgrindDamage)

// A file with everything that the reader knows.
const std::string kMixed =
    "version: 1\ncreator: x\ncmd: y\nevent: A : a\nevent: C = A\n"
    "positions: instr line\nevents: A B_(us)\nsummary: 90 5000\n"
    "ob=(1) o\nfl=(1) a.c\nfn=(1) f\n0x10 1 5 1.5\n+1 +1 -5\n* * 0x10 1\n"
    "jfi=(2) b.c\njfn=(2) g\njump=1 +1 +1\n+1 *\njcnd=1/2 +1 *\n* *\n"
    "cob=(2) p\ncfi=(2)\ncfn=(2)\ncalls=3 0x20 1\n+3 -1 7 8\nfi=(2)\n5 5 1\n"
    "fe=(1)\nrcalls=1\n* * 1\ntotals: 90 5000\npart: 2\nevents: D A\n"
    "fn=(2)\n* 1 99999999999999999999\nthread: 3\n# end\nfn=h\n1 1 1";

BOOST_AUTO_TEST_CASE(AnIntactFileIsRead) {
  BOOST_TEST(Refusal(kMixed) == "accepted");
}

BOOST_AUTO_TEST_CASE(EveryTruncationIsReadOrRefused) {
  int refused = 0;
  for (size_t size = 0; size < kMixed.size(); ++size) {
    const std::string refusal = Refusal(kMixed.substr(0, size));
    if (refusal == "accepted") continue;
    ++refused;
    BOOST_TEST(refusal.find(", at byte ") != std::string::npos);
  }
  BOOST_TEST(refused > 150);  // the header, and within numbers and calls
}

BOOST_AUTO_TEST_CASE(EveryByteChangedIsReadOrRefused) {
  int refused = 0;
  std::string changed = kMixed;
  for (size_t place = 0; place < kMixed.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      changed[place] = static_cast<char>(kMixed[place] ^ 1 << bit);
      refused += Refusal(changed) != "accepted";
    }
    for (const char c : std::string_view("\0\n\r \t#0x-+*()=:\xff", 16)) {
      changed[place] = c;
      refused += Refusal(changed) != "accepted";
    }
    changed[place] = kMixed[place];
  }
  BOOST_TEST(refused > 1000);
}

BOOST_AUTO_TEST_SUITE_END()

// Small files that a reader without bounds works on for minutes, or that fill
// its memory.
BOOST_AUTO_TEST_SUITE(CallgrindBombs)

std::string Repeat(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

BOOST_AUTO_TEST_CASE(LargeIdsTakeNoMoreThanTheirNames) {
  std::string body = "events: A\n";
  for (const char* id : {"4000000000", "18446744073709551", "999999999"}) {
    const std::string fn = "fn=(" + std::string(id) + ")";
    body += fn + " f" + id + "\n1 1\n" + fn + "\n1 1\n";
  }
  const Profile profile = ReadCallgrind(body);
  BOOST_TEST(profile.functions.size() == 3);
  BOOST_TEST(profile.graph.self[2][0] == 2);
}

BOOST_AUTO_TEST_CASE(ManyEventsOfManyFunctionsAreRefused) {
  std::string text = "events:";
  for (int e = 0; e < 200; ++e) text += " e" + std::to_string(e);
  text += '\n';
  for (int f = 0; f < 20'000; ++f) text += "fn=" + std::to_string(f) + '\n';
  BOOST_TEST(Refusal(text).starts_with(
      "expected fewer events for so many functions and calls"));
}

BOOST_AUTO_TEST_CASE(ManyPartsAreRead) {
  const Profile profile =
      ReadCallgrind(Repeat("events: A B\nfn=f\n1 1 2\n", 30'000));
  BOOST_TEST(profile.graph.self[0][1] == 60'000);
}

BOOST_AUTO_TEST_CASE(DeepChainsAndRecursionAreRead) {
  constexpr int kDepth = 100'000;
  std::string chain = "events: A\n";
  for (int f = 0; f < kDepth; ++f) {
    chain += "fn=(" + std::to_string(f) + ") f" + std::to_string(f) +
             "\n1 1\ncfn=(" + std::to_string(f + 1) + ") f" +
             std::to_string(f + 1) + "\ncalls=1\n1 1\n";
  }
  BOOST_TEST(ReadCallgrind(chain).functions.size() == kDepth + 1);
  chain += "fn=(" + std::to_string(kDepth) + ")\ncfn=(0)\ncalls=1\n1 1\n";
  BOOST_TEST(OdditiesOf(ReadCallgrind(chain))
                 .starts_with("100001 functions recur through others"));
}

BOOST_AUTO_TEST_SUITE_END()

// Our own notes are believed in our own files, and only there.
BOOST_AUTO_TEST_SUITE(CallgrindOwnNotes)

const std::string kOwn = "# callgrind format\nversion: 1\ncreator: prof2cg 0\n";

BOOST_AUTO_TEST_CASE(NotesOfOtherFilesAreComments) {
  for (const char* note : {"#: function", "#: fn 1 g", "#: x", "#: "}) {
    BOOST_TEST(Refusal("events: A\nfn=(1) f\n1 1\n" + std::string(note)) ==
               "accepted");
  }
}

BOOST_AUTO_TEST_CASE(MalformedNotesAreRefused) {
  constexpr char kUnknown[] = "expected a note that I know";
  constexpr char kFigure[] = "expected a figure";
  const std::string body = kOwn + "events: A\n";
  const std::string call = body + "fn=(1) f\n1 1\ncfn=(1)\ncalls=1\n1 1\n";
  CheckRefused({
      {body + "#: x ", "1", kUnknown},
      {body + "#: naming x", "", kUnknown},
      {body + "#: unit A x", "", kUnknown},
      {body + "#: unit B ", "ns", "expected the name of an event"},
      {body + "#: origins m", "x", kUnknown},
      {body + "#: origins mm mm", "", kUnknown},
      {body + "#: fn ", "x f", "expected a number"},
      {body + "#: with-line 1 ", "x", "expected a number"},
      {body + "#: with-mark 1 ", "x", "expected a number"},
      {body + "#: function ", "1 1 1 1", kUnknown},
      {body + "#: measured ", "1 1 1 1", kUnknown},
      {call + "#: function 1 1", "", kFigure},
      {call + "#: function 1 1 1 ", "x", kFigure},
      {call + "#: function 1 1 1 1", " 1", "more figures than events"},
      {call + "#: estimated 1 1 1 ", "9223372036854775808", kFigure},
  });
}

// 1 is the outside of the profile, 4 has no mark, 9 nothing at all.
BOOST_AUTO_TEST_CASE(MarksOfWhatHasNoneAreLeftOut) {
  const Profile profile = ReadCallgrind(
      kOwn +
      "#: with-mark 1 3 4 9\nevents: A\nfn=(1) (outside the profile)\n1 0\n"
      "cfn=(2) f~\ncalls=1\n1 1\nfn=(2)\n1 1\nfn=(3) g~\n1 1\nfn=(4) h\n1 1\n");
  BOOST_REQUIRE(profile.functions.size() == 3);
  BOOST_TEST(profile.Check() == "");
  BOOST_TEST(profile.Name(FunctionId(0)) == "f~");
  BOOST_TEST(profile.Name(FunctionId(1)) == "g");
  BOOST_TEST(profile.Name(FunctionId(2)) == "h");
  BOOST_TEST(!profile.provenance.IsFunctionEstimated(0));
  BOOST_TEST(profile.provenance.IsFunctionEstimated(1));
  BOOST_TEST(profile.provenance.IsFunctionEstimated(2));
}

BOOST_AUTO_TEST_CASE(NotesThatMakeFunctionsEqualAddThemUp) {
  const Profile profile = ReadCallgrind(
      kOwn + "#: fn 3 f\nevents: A\nfn=(2) f\n1 1\nfn=(3) g\n1 2\n");
  BOOST_TEST(profile.functions.size() == 1);
  BOOST_TEST(profile.graph.self[0][0] == 3);
}

BOOST_AUTO_TEST_CASE(TheOutsideIsAFunctionIfItIsCalledOrCostsSomething) {
  const std::string outside =
      kOwn + "events: A\nob=<outside>\nfl=~\nfn=(1) (outside the profile)\n";
  const std::string call = "cfn=(2) f\ncalls=1\n0 5\nfn=(2)\n1 5\n";
  BOOST_TEST(ReadCallgrind(outside + "0 0\n" + call).functions.size() == 1);
  BOOST_TEST(ReadCallgrind(outside + "0 1\n" + call).functions.size() == 2);
  BOOST_TEST(ReadCallgrind(outside + "0 0\n" + call + "cfn=(1)\ncalls=1\n1 1\n")
                 .functions.size() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
