// Dumps that are malformed, damaged or made to keep the reader busy.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal_writer.h"
#include "converter/readers/pstats.h"
#include "converter/readers/pstats_dumps.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(PstatsRefusals)

// What is refused stands after `before`, where the error says it is. What
// follows it makes no difference.
struct Refused {
  std::string before;
  std::string bad;
  std::string message;
};

void CheckRefused(const std::vector<Refused>& rows) {
  for (const Refused& row : rows) {
    BOOST_TEST(Refusal(row.before + row.bad + std::string(50, '0')) ==
               row.message + ", at byte " + std::to_string(row.before.size()));
  }
}

BOOST_AUTO_TEST_CASE(OtherThanADictIsRefused) {
  for (const std::string& object :
       {None(), Int(1), Text("{"), Tuple({}), List({Dict({})}), FrozenSet({}),
        Code("a.py", "f", 1)}) {
    CheckRefused({{"", object, "expected a dict"}});
  }
}

BOOST_AUTO_TEST_CASE(AKeyThatIsNoFunctionIsRefused) {
  constexpr char kNoTuple[] = "expected a function's tuple";
  constexpr char kWrongSize[] = "expected a function as (file, line, name)";
  CheckRefused({
      {"{", Int(1), kNoTuple},
      {"{", Text("f"), kNoTuple},
      {"{", None(), kNoTuple},
      {"{", FrozenSet({}), kNoTuple},
      {"{", Tuple({}), kWrongSize},
      {"{", Tuple({Text("a.py"), Int(1)}), kWrongSize},
      {"{", Tuple({Text("a.py"), Int(1), Text("f"), Int(1)}), kWrongSize},
      {"{" + OpenTuple(3), None(), "expected a name"},
      {"{" + OpenTuple(3), Int(1), "expected a name"},
      {"{" + OpenTuple(3) + Text("a.py"), Text("1"), "expected a line number"},
      {"{" + OpenTuple(3) + Text("a.py"), Float(1), "expected a line number"},
      {"{" + OpenTuple(3) + Text("a.py"), Bool(true), "expected a line number"},
      {"{" + OpenTuple(3) + Text("a.py") + Int(1), Tuple({}),
       "expected a name"},
      {"{" + OpenTuple(1), Int(1), "expected a marker's name"},
  });
}

BOOST_AUTO_TEST_CASE(AnEntryWithoutFiveFiguresIsRefused) {
  constexpr char kRefusal[] = "expected a function's five figures";
  const std::string key = "{" + Key("f");
  CheckRefused({
      {key, Null(), kRefusal},
      {key, None(), kRefusal},
      {key, Int(1), kRefusal},
      {key, Dict({}), kRefusal},
      {key, CallerStats(1, 1, 0, 0), kRefusal},
      {key, List({Int(1), Int(1), Float(0), Float(0), Dict({})}), kRefusal},
      {key, Tuple({Int(1), Int(1), Float(0), Float(0), Dict({}), Int(1)}),
       kRefusal},
  });
}

BOOST_AUTO_TEST_CASE(FiguresOfTheWrongKindAreRefused) {
  const std::string entry = "{" + Key("f") + OpenTuple(5);
  const std::string counts = entry + Int(1) + Int(1);
  CheckRefused({
      {entry, Float(1), "expected a count"},
      {entry, None(), "expected a count"},
      {entry, Text("1"), "expected a count"},
      {entry, Tuple({Int(1)}), "expected a count"},
      {entry + Int(1), Float(1), "expected a count"},
      {counts, None(), "expected a time"},
      {counts, Text("1.0"), "expected a time"},
      {counts + Float(1), Dict({}), "expected a time"},
      {counts + Float(1) + Float(1), None(), "expected a dict of callers"},
      {counts + Float(1) + Float(1), List({}), "expected a dict of callers"},
      {counts + Float(1) + Float(1), Tuple({}), "expected a dict of callers"},
  });
}

BOOST_AUTO_TEST_CASE(MalformedCallersAreRefused) {
  constexpr char kWrongSize[] = "expected a caller's four figures";
  const std::string callers = "{" + Key("f") + OpenStats() + "{";
  const std::string caller = callers + Key("g");
  CheckRefused({
      {callers, Int(1), "expected a function as (file, line, name)"},
      {callers, Tuple({Text("__sampled__")}),
       "expected a function as (file, line, name)"},
      {caller, Null(), "expected a count"},
      {caller, None(), "expected a count"},
      {caller, Float(1), "expected a count"},
      {caller, List({Int(1), Int(1), Float(0), Float(0)}), "expected a count"},
      {caller, Tuple({}), kWrongSize},
      {caller, Tuple({Int(1), Int(1), Float(0)}), kWrongSize},
      {caller, Tuple({Int(1), Int(1), Float(0), Float(0), Dict({})}),
       kWrongSize},
      {caller + OpenTuple(4), Float(1), "expected a count"},
      {caller + OpenTuple(4) + Int(1), Float(1), "expected a count"},
      {caller + OpenTuple(4) + Int(1) + Int(1), None(), "expected a time"},
      {caller + OpenTuple(8) + Int(1) + Int(1) + Float(1) + Float(1), Float(1),
       "expected a count"},
  });
}

BOOST_AUTO_TEST_CASE(ADictThatEndsAfterAMarkersNameIsRefused) {
  CheckRefused({{"{" + Tuple({Text("__sampled__")}), Null() + Null(),
                 "dict that ends after a key"}});
}

BOOST_AUTO_TEST_CASE(ReferencesToTheWrongKindAreRefused) {
  // 0: f, 1: its file, 2: its name.
  const std::string key =
      Shared(Tuple({Shared(Text("a.py")), Int(1), Shared(Text("f"))}));
  const std::string entry = "{" + key + AnyStats();
  const std::string callers = entry + Key("g") + OpenStats();
  constexpr char kNoFunction[] = "expected a function's tuple";
  CheckRefused({
      {entry, Ref(1), kNoFunction},
      {entry, Ref(3), "reference to object 3 of only 3"},
      {entry + OpenTuple(3), Ref(0), "expected a name"},
      {entry + OpenTuple(3) + Text("b.py"), Ref(1), "expected a line number"},
      {"{" + key, Ref(0), "expected a function's five figures"},
      {"{" + key + OpenTuple(5), Ref(2), "expected a count"},
      {"{" + key + OpenTuple(5) + Int(1) + Int(1), Ref(2), "expected a time"},
      {callers, Ref(0), "expected a dict of callers"},
      {callers + "{", Ref(1), kNoFunction},
      {callers + "{" + Ref(0), Ref(0), "expected a caller's four figures"},
      // A function whose key holds the key itself, not yet complete.
      {"{" + Shared(OpenTuple(3)), Ref(0), "expected a name"},
  });
  // The callers are the whole dump: its first entry is no call.
  const std::string whole = Shared("{" + Key("f") + OpenStats() + Ref(0));
  BOOST_TEST(Refusal(whole).starts_with("expected a caller's four figures"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(PstatsDamage)

// A dump with everything that the reader knows.
std::string Mixed() {
  return Shared(Dict({
      Shared(Tuple({Shared(Text("a.py")), Int(12), Interned("f")})),
      Tuple({Int(1), Long({3}, false), Float(0.5), TextFloat("1e-6"),
             Dict({Ref(1), Int(2), Tuple({Ref(2), Int(7), InternedRef(0)}),
                   Shared(CallerStats(4, 3, 0.25, 0.5))})}),
      Tuple({Unicode("caf\xc3\xa9.py"), Int(1), Bytes("caf\xe9")}),
      Stats(1, 1, 1, 1,
            {Ref(1), Ref(3),  //
             Shared(Tuple({Ref(2), Int64(9), Code("a.py", "g", 3)})),
             Tuple({Int(1), Int(1), Float(0), Float(0),  //
                    Bool(true), Int(-1), Float(kInfinity), Int(0)})}),
      Ref(1),
      AnyStats(),  // again
      Tuple({Text("__sampled__")}),
      Bool(true),
  }));
}

BOOST_AUTO_TEST_CASE(AnIntactDumpIsRead) {
  BOOST_TEST(Refusal(Mixed()) == "accepted");
}

BOOST_AUTO_TEST_CASE(EveryTruncationIsRefused) {
  const std::string bytes = Mixed();
  for (size_t size = 0; size < bytes.size(); ++size) {
    BOOST_TEST_CONTEXT("the first " << size << " bytes") {
      BOOST_TEST(Refusal(bytes.substr(0, size)).find(", at byte ") !=
                 std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(EveryByteChangedIsReadOrRefused) {
  constexpr std::string_view kCodes = "0NFTS.iIlgfyxstRuaAzZ()[<>{rc:";
  const std::string bytes = Mixed();
  int refused = 0;
  std::string changed = bytes;
  const auto read_with = [&](size_t place, int byte) {
    changed[place] = static_cast<char>(byte);
    refused += Refusal(changed) != "accepted";
  };
  for (size_t place = 0; place < bytes.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) read_with(place, bytes[place] ^ 1 << bit);
    for (const int byte : {0x00, 0x7f, 0xff}) read_with(place, byte);
    for (const char code : kCodes) {
      read_with(place, code);
      read_with(place, code | 0x80);
    }
    changed[place] = bytes[place];
  }
  BOOST_TEST(refused > 5000);
}

BOOST_AUTO_TEST_SUITE_END()

// Small files that a reader without bounds works on for minutes, or that fill
// its memory.
BOOST_AUTO_TEST_SUITE(PstatsBombs)

constexpr char kTooOften[] = "the same objects are referred to too often";
constexpr int kMany = 30000;

std::string Repeat(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

std::string LongText() { return Bytes(std::string(kMany * 10, '\xe9')); }

BOOST_AUTO_TEST_CASE(OneDictOfCallersOfManyFunctionsIsRefused) {
  const std::string callers = '{' + Repeat(Key("f") + Int(1), kMany) + Null();
  BOOST_TEST(Refusal("{" + Key("f") + OpenStats() + Shared(callers) +
                     Repeat(Key("f") + OpenStats() + Ref(0), kMany))
                 .starts_with("the same callers are referred to too often"));
}

BOOST_AUTO_TEST_CASE(OneLongMergeOfManyCallersIsRefused) {
  const std::string merge = OpenTuple(4 * kMany) + Repeat("TTTT", kMany);
  BOOST_TEST(Refusal("{" + Key("f") + OpenStats() + "{" + Shared(Key("f")) +
                     Shared(merge) + Repeat(Ref(0) + Ref(1), kMany))
                 .starts_with(kTooOften));
}

BOOST_AUTO_TEST_CASE(OneLongKeyOfManyEntriesIsRefused) {
  const std::string code =
      CodeOf(OpenTuple(10 * kMany) + Repeat(None(), 10 * kMany), Text("a.py"),
             Text("f"), 1);
  const std::string key = Tuple({Text("profile"), Int(0), code});
  BOOST_TEST(Refusal("{" + Shared(key) + AnyStats() +
                     Repeat(Ref(0) + AnyStats(), kMany))
                 .starts_with(kTooOften));
}

BOOST_AUTO_TEST_CASE(OneLongCodeObjectOfManyKeysIsPassed) {
  const std::string code =
      CodeOf(OpenTuple(10 * kMany) + Repeat(None(), 10 * kMany), Text("a.py"),
             Text("f"), 1);
  BOOST_TEST(
      Refusal(
          "{" + Tuple({Text("profile"), Int(0), Shared(code)}) + AnyStats() +
          Repeat(Tuple({Text("profile"), Int(0), Ref(0)}) + AnyStats(), kMany) +
          Null()) == "accepted");
}

BOOST_AUTO_TEST_CASE(OneLongNameOfManyCallersIsRefused) {
  const std::string callers =
      Dict({Tuple({LongText(), Int(1), Text("f")}), Int(1)});
  BOOST_TEST(Refusal("{" + Key("f") + OpenStats() + Shared(callers) +
                     Repeat(Key("f") + OpenStats() + Ref(0), kMany))
                 .starts_with(kTooOften));
}

BOOST_AUTO_TEST_CASE(OneLongFileOfManyCodeObjectsIsRefused) {
  std::string dump =
      "{" + Tuple({Shared(LongText()), Int(1), Text("f")}) + AnyStats();
  for (int line = 1; line <= kMany; ++line) {
    dump += Tuple({Text("profile"), Int(0),
                   CodeOf(Tuple({}), Ref(0), Text("f"), line)}) +
            AnyStats();
  }
  BOOST_TEST(Refusal(dump + Null())
                 .starts_with("the names of code objects are longer than all "
                              "of the file"));
}

BOOST_AUTO_TEST_CASE(OneLongNumberOfManyFiguresIsRefused) {
  const std::string digits =
      'l' + Raw(int32_t{10 * kMany}) + std::string(20 * kMany, '\1');
  BOOST_TEST(Refusal("{" + Tuple({Text("marker")}) + Shared(digits) +
                     Repeat(Key("f") + Tuple({Ref(0), Ref(0), Ref(0), Ref(0),
                                              Dict({})}),
                            kMany) +
                     Null())
                 .starts_with(kTooOften));
}

BOOST_AUTO_TEST_CASE(OneLongFileOfManySkippedCodeObjectsIsPassed) {
  const std::string code = CodeOf(Tuple({}), Ref(0), Text("f"), 1);
  BOOST_TEST(Refusal("{" + Tuple({Shared(LongText())}) + OpenTuple(kMany) +
                     Repeat(code, kMany) + Null()) == "accepted");
}

BOOST_AUTO_TEST_CASE(OneLongNameOfManyMarkersIsPassed) {
  BOOST_TEST(Refusal("{" + Tuple({Shared(LongText())}) + None() +
                     Repeat(Tuple({Ref(0)}) + None(), kMany) + Null()) ==
             "accepted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
