#include "converter/readers/marshal.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal_show.h"
#include "converter/readers/marshal_writer.h"
#include "graph/error.h"

namespace prof2cg::marshal {
namespace {

static_assert(Cursor<MarshalCursor>);

std::string Show(std::string_view bytes, const ShowOptions& options = {}) {
  return ShowCopy<MarshalCursor>(bytes, options);
}

// The line of the error that `read` throws.
template <class Read>
std::string Refusal(Read read) {
  try {
    read();
  } catch (const Error& error) {
    return error.Line();
  }
  return "accepted";
}

std::string ShowError(const std::string& bytes) {
  return Refusal([&] { Show(bytes); });
}

std::string SkipError(std::string_view bytes) {
  return Refusal([&] {
    MarshalCursor cursor(bytes);
    cursor.Skip(cursor.Next());
  });
}

struct Row {
  std::string bytes;
  std::string expected;
};

void CheckRows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    BOOST_TEST(Show(row.bytes) == row.expected);
  }
}

BOOST_AUTO_TEST_SUITE(MarshalValues)

BOOST_AUTO_TEST_CASE(EveryTypeCodeIsRead) {
  CheckRows({
      {"N", "none"},
      {"T", "true"},
      {"F", "false"},
      {".", "other"},
      {"S", "other"},
      {Int(-7), "-7"},
      {Int64(int64_t{1} << 40), "1099511627776"},
      {Long({5, 1}, true), "-32773"},
      {Float(1.0), "#3ff0000000000000"},
      {TextFloat("1"), "#3ff0000000000000"},
      {'y' + Raw(1.0) + Raw(2.0), "other"},
      {"x" + TextFloat("1").substr(1) + TextFloat("2").substr(1), "other"},
      {Text("abc"), "3\"abc\""},
      {ShortSized('Z', "abc"), "3\"abc\""},
      {Sized('a', "abc"), "3\"abc\""},
      {Sized('A', "abc"), "3\"abc\""},
      {Unicode("na\xc3\xafve"), "6\"na\xc3\xafve\""},
      {Bytes("abc"), "3\"abc\""},
      {Interned("abc"), "3\"abc\""},
      {Tuple({Int(1), None()}), "(1 none)"},
      {ShortSized(')', "NT"), "(none true)"},
      {Tuple({}), "()"},
      {List({Int(1), List({})}), "[1 []]"},
      {Container('<', {Int(2), Int(1)}), "<1 2>"},
      {FrozenSet({Int(2)}), "<2>"},
      {Dict({Int(1), None(), Int(2), Dict({})}), "{1: none 2: {}}"},
      {":" + Int(1) + None() + Int(2), "other"},
  });
}

BOOST_AUTO_TEST_CASE(WhatIsSkippedIsPassedWhole) {
  const std::string objects[] = {
      Int(1),
      Float(1.0),
      TextFloat("-1e5"),
      Text("abc"),
      'y' + Raw(1.0) + Raw(2.0),
      "x" + TextFloat("1").substr(1) + TextFloat("2").substr(1),
      ":" + Int(1) + Tuple({Int(1)}) + None(),
      Tuple({List({Int(1)}), Text("abc")}),
      Dict({Tuple({Int(1)}), FrozenSet({Int(2)})}),
      Long({1, 2, 3, 4, 5, 6}, true),
  };
  for (const std::string& object : objects) {
    const std::string bytes = object + Int(42);
    MarshalCursor cursor(bytes);
    cursor.Skip(cursor.Next());
    BOOST_TEST(cursor.position() == object.size());
    BOOST_TEST(cursor.Next().integer == 42);
  }
}

BOOST_AUTO_TEST_CASE(IntegersBeyondSixtyFourBitsAreClamped) {
  CheckRows({
      {Long({}, false), "0"},
      {Long({0x7fff}, true), "-32767"},
      {Long({0x7fff, 0x7fff, 0x7fff, 0x7fff}, false), "1152921504606846975"},
      {Long({0x7fff, 0x7fff, 0x7fff, 0x7fff, 7}, false), "9223372036854775807"},
      {Long({0x7fff, 0x7fff, 0x7fff, 0x7fff, 7}, true), "-9223372036854775807"},
      {Long({0, 0, 0, 0, 8}, false), "9223372036854775807"},
      {Long({0, 0, 0, 0, 8}, true), "-9223372036854775808"},
      {Long({1, 0, 0, 0, 8}, true), "-9223372036854775808"},
      {Long({0, 0, 0, 0, 0, 1}, false), "9223372036854775807"},
      {Long({0, 0, 0, 0, 0, 0, 1}, true), "-9223372036854775808"},
  });
  BOOST_TEST(ShowError(Long({1, 0}, false)) ==
             "long integer with a bad digit, at byte 0");
  BOOST_TEST(ShowError(Long({0x8000, 1}, false)) ==
             "long integer with a bad digit, at byte 0");
  BOOST_TEST(ShowError('l' + Raw(INT32_MIN)).starts_with("truncated"));
}

BOOST_AUTO_TEST_CASE(FloatsWrittenAsTextAreRead) {
  CheckRows({
      {TextFloat("0.10000000000000001"), "#3fb999999999999a"},
      {TextFloat("-0"), "#8000000000000000"},
      {TextFloat("5e-324"), "#0000000000000001"},
      {TextFloat("1e+300"), "#7e37e43c8800759c"},
      {TextFloat("inf"), "#7ff0000000000000"},
      {TextFloat("-inf"), "#fff0000000000000"},
      {TextFloat("nan"), "#7ff8000000000000"},
      {TextFloat("1e999"), "#7ff0000000000000"},
      {TextFloat("-1e999"), "#fff0000000000000"},
      {TextFloat("1e-999"), "#0000000000000000"},
  });
  for (const char* text : {"", "x", "1x", "1e999x", " 1", "0x1p3", "1,5"}) {
    BOOST_TEST(ShowError(TextFloat(text)) ==
               "float whose text is no number, at byte 0");
  }
}

BOOST_AUTO_TEST_CASE(TextIsWtf8AndElseLatin1) {
  CheckRows({
      {Unicode("\xed\xb3\xa9"), "3\"\xed\xb3\xa9\""},  // a lone surrogate
      {Bytes("caf\xe9"), "4\"caf\xc3\xa9\""},
      {Bytes("caf\xc3\xa9"), "5\"caf\xc3\xa9\""},
      {Bytes("\xc0\x80"), "2\"\xc3\x80\xc2\x80\""},  // overlong
      {Text("\xc3\xa9"), "2\"\xc3\x83\xc2\xa9\""},   // one byte a character
      {Text(std::string_view("a\0b", 3)), std::string("3\"a\0b\"", 6)},
  });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MarshalReferences)

BOOST_AUTO_TEST_CASE(ContainersTakeTheirNumberBeforeTheirItems) {
  CheckRows({
      {List({Shared(Tuple({Shared(Text("a"))})), Ref(0), Ref(1)}),
       "[(1\"a\") (1\"a\") 1\"a\"]"},
      {List({Shared(FrozenSet({Shared(Int(5))})), Ref(0), Ref(1)}),
       "[<5> <5> 5]"},
      {List({Shared(Dict({Shared(Int(1)), Shared(List({}))})), Ref(2), Ref(1),
             Ref(0)}),
       "[{1: []} [] 1 {1: []}]"},
      {List({Shared(":" + Shared(Int(1)) + None() + None()), Ref(1), Ref(0)}),
       "[other 1 other]"},
  });
}

BOOST_AUTO_TEST_CASE(SingletonsTakeNoNumber) {
  CheckRows({
      {List({Shared("N"), Shared("T"), Shared("F"), Shared("."), Shared("S"),
             Shared(Int(1)), Ref(0)}),
       "[none true false other other 1 1]"},
      {List({Dict({Shared(Int(1)), None()}), Ref(0)}), "[{1: none} 1]"},
  });
}

BOOST_AUTO_TEST_CASE(EverythingElseTakesANumber) {
  const std::string objects[] = {
      Int(1),
      Int64(1),
      Long({1}, false),
      Float(1.0),
      TextFloat("1"),
      'y' + Raw(1.0) + Raw(2.0),
      "x" + TextFloat("1").substr(1) + TextFloat("2").substr(1),
      Text("a"),
      ShortSized('Z', "a"),
      Sized('a', "a"),
      Sized('A', "a"),
      Bytes("a"),
      Unicode("a"),
      Interned("a"),
      Tuple({}),
      ShortSized(')', ""),
      List({}),
      Dict({}),
      Container('<', {}),
      FrozenSet({}),
      ":" + None() + None() + None(),
  };
  for (const std::string& object : objects) {
    const std::string shown = Show(object);
    BOOST_TEST(Show(List({Shared(object), Shared(Int(9)), Ref(1), Ref(0)})) ==
               "[" + shown + " 9 9 " + shown + "]");
  }
}

BOOST_AUTO_TEST_CASE(InternedStringsOfPython2HaveNumbersOfTheirOwn) {
  CheckRows({
      {List({Interned("a"), Bytes("x"), Interned("b"), InternedRef(0),
             InternedRef(1)}),
       "[1\"a\" 1\"x\" 1\"b\" 1\"a\" 1\"b\"]"},
      // As Python 3 writes them: among all others.
      {List({Shared(Int(1)), Shared(Interned("\xc3\xa9")), Ref(1), Ref(0)}),
       "[1 2\"\xc3\xa9\" 2\"\xc3\xa9\" 1]"},
      // Without a number among the others, it leaves theirs alone.
      {List({Interned("a"), Shared(Int(1)), Ref(0), InternedRef(0)}),
       "[1\"a\" 1 1 1\"a\"]"},
  });
}

BOOST_AUTO_TEST_CASE(WhatIsReadAgainKeepsItsNumbers) {
  CheckRows({
      // 0 (1 "a", 2 ["b"]), again, then 3, then all by reference.
      {List({Shared(Tuple({Shared(Text("a")), Shared(List({Text("b")}))})),
             Ref(0), Shared(Int(3)), Ref(0), Ref(3), Ref(2), Ref(1)}),
       "[(1\"a\" [1\"b\"]) (1\"a\" [1\"b\"]) 3 (1\"a\" [1\"b\"]) 3 [1\"b\"] "
       "1\"a\"]"},
      // A reference within what is read by reference.
      {List({Shared(Tuple({Shared(Text("a")), Ref(1)})), Ref(0), Ref(1)}),
       "[(1\"a\" 1\"a\") (1\"a\" 1\"a\") 1\"a\"]"},
      {List({Shared(List({Interned("a"), Interned("b")})), Ref(0),
             Interned("c"), InternedRef(2)}),
       "[[1\"a\" 1\"b\"] [1\"a\" 1\"b\"] 1\"c\" 1\"c\"]"},
  });
}

BOOST_AUTO_TEST_CASE(SkippedContainersNumberTheirItems) {
  const std::string bytes =
      List({Tuple({Shared(Int(1)), Shared(Tuple({Shared(Int(2))}))}),
            Shared(Int(3)), Ref(3), Ref(1), Ref(0)});
  BOOST_TEST(Show(bytes, {.skip_every = 2}) == "[(2) 3 3 (2) 1]");
}

BOOST_AUTO_TEST_CASE(ReferencesIntoWhatIsStillOpenAreAllowed) {
  // 0 [1 [the outer list, 2], 3]: the outer list is entered before 2 and 3
  // were met, and numbers them; then they are met in their own place.
  const std::string bytes = Shared(
      List({Shared(List({Ref(0), Shared(Int(7))})), Shared(Int(8)), Ref(3)}));
  MarshalCursor cursor(bytes);
  const Value outer = cursor.Next();
  cursor.Enter(outer);
  cursor.Enter(cursor.Next());
  const Value again = cursor.Next();
  BOOST_TEST(again.is_reference);
  BOOST_TEST(again.size == 3u);
  const Mark mark = cursor.Enter(again);
  cursor.Skip(cursor.Next());
  BOOST_TEST(cursor.Next().integer == 8);
  BOOST_TEST(cursor.Next().integer == 8);
  cursor.Leave(mark);
  BOOST_TEST(cursor.Next().integer == 7);
  BOOST_TEST(cursor.Next().integer == 8);
  BOOST_TEST(cursor.Next().integer == 8);
}

BOOST_AUTO_TEST_CASE(ReferencesToNothingAreRefused) {
  BOOST_TEST(ShowError(Ref(0)) == "reference to object 0 of only 0, at byte 0");
  BOOST_TEST(ShowError(List({Shared(Int(1)), Ref(1)})) ==
             "reference to object 1 of only 1, at byte 10");
  BOOST_TEST(ShowError(List({Ref(0), Shared(Int(1))})) ==
             "reference to object 0 of only 0, at byte 5");
  BOOST_TEST(ShowError(Ref(UINT32_MAX)) ==
             "reference to object 4294967295 of only 0, at byte 0");
  BOOST_TEST(ShowError(List({Shared(Int(1)), InternedRef(0)})) ==
             "reference to object 0 of only 0, at byte 10");
}

BOOST_AUTO_TEST_CASE(CyclesAreNotFollowedWhenSkipped) {
  const std::string bytes = Shared(List({Ref(0), Ref(0)})) + Int(42);
  MarshalCursor cursor(bytes);
  cursor.Skip(cursor.Next());
  BOOST_TEST(cursor.Next().integer == 42);
  BOOST_TEST(ShowError(bytes).starts_with("too much to show"));
}

BOOST_AUTO_TEST_CASE(MemosStandForSharedObjects) {
  const std::string bytes = List({Shared(Text("a")), Ref(0), Text("b"), Ref(0),
                                  Interned("c"), InternedRef(0)});
  MarshalCursor cursor(bytes);
  cursor.Enter(cursor.Next());
  BOOST_TEST(cursor.TakeMemo() == 0u);
  cursor.Memorize(cursor.Next(), 17);
  BOOST_TEST(cursor.TakeMemo() == 17u);
  BOOST_TEST(cursor.TakeMemo() == 0u);
  cursor.Memorize(cursor.Next(), 18);  // not shared: forgotten
  BOOST_TEST(cursor.TakeMemo() == 17u);
  cursor.Memorize(cursor.Next(), 19);
  BOOST_TEST(cursor.TakeMemo() == 19u);
  BOOST_TEST(cursor.TakeMemo() == 0u);  // at the end of the data
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MarshalCodeObjects)

std::string Ints(int count) {
  std::string ints;
  for (int i = 0; i < count; ++i) ints += Raw(i + 1);
  return ints;
}

// Code objects of function f in f.py, as each Python lays them out.
std::string CodeOfPython27(int32_t line, std::string consts) {
  return "c" + Ints(4) + Bytes("code") + consts + Tuple({}) + Tuple({}) +
         Tuple({}) + Tuple({}) + Interned("f.py") + Interned("f") + Raw(line) +
         Bytes("lnotab");
}
std::string CodeBefore311(int leading_ints, int32_t line, std::string consts) {
  return "c" + Ints(leading_ints) + Bytes("code") + consts + Tuple({}) +
         Shared(Tuple({})) + Ref(0) + Ref(0) + Text("f.py") + Text("f") +
         Raw(line) + Bytes("lnotab");
}
std::string CodeSince311(int32_t line, std::string consts) {
  return "c" + Ints(5) + Bytes("code") + consts + Tuple({}) +
         Tuple({Text("local")}) + Bytes(" ") + Text("f.py") + Text("f") +
         Text("outer.f") + Raw(line) + Bytes("lines") + Bytes("");
}

BOOST_AUTO_TEST_CASE(CodeIsNamedInEveryLayout) {
  constexpr char kName[] = "<code object f, file \"f.py\", line 7>";
  CheckRows({
      {CodeOfPython27(7, Tuple({})), kName},
      {CodeBefore311(5, 7, Tuple({})), kName},  // 3.0 to 3.7
      {CodeBefore311(6, 7, Tuple({})), kName},  // 3.8 to 3.10
      {CodeSince311(7, Tuple({})), kName},
      {CodeOfPython27(7, Tuple({CodeOfPython27(8, Tuple({}))})), kName},
      {CodeSince311(7, Tuple({CodeSince311(8, Tuple({})), None()})), kName},
  });
}

BOOST_AUTO_TEST_CASE(LineZeroReadsMinusOneAsInPython) {
  BOOST_TEST(Show(CodeSince311(0, Tuple({}))) ==
             "<code object f, file \"f.py\", line -1>");
}

BOOST_AUTO_TEST_CASE(CodeIsSkippedAndNumbersItsParts) {
  const std::string code = CodeSince311(7, Tuple({Shared(Int(5))}));
  const std::string bytes =
      List({Shared(code), Shared(Int(6)), Ref(0), Ref(1), Ref(2)});
  constexpr char kName[] = "<code object f, file \"f.py\", line 7>";
  BOOST_TEST(Show(bytes) == std::string("[") + kName + " 6 " + kName + " 5 6]");
  MarshalCursor cursor(bytes);
  cursor.Enter(cursor.Next());
  cursor.Skip(cursor.Next());
  BOOST_TEST(cursor.Next().integer == 6);
  BOOST_TEST(cursor.CodeName(cursor.Next()) == kName);
  BOOST_TEST(cursor.Next().integer == 5);
  BOOST_TEST(cursor.Next().integer == 6);
}

BOOST_AUTO_TEST_CASE(LaterCodeHasTheLayoutOfTheFirst) {
  BOOST_TEST(ShowError(List({CodeSince311(7, Tuple({})),
                             CodeOfPython27(7, Tuple({}))})) != "accepted");
}

BOOST_AUTO_TEST_CASE(TrialOfALayoutLeavesNoNumbersBehind) {
  // What the layouts of later versions make of it takes numbers, too.
  const std::string bytes =
      List({Shared(Int(1)), CodeOfPython27(7, Tuple({Shared(Int(2))})),
            Shared(Int(3)), Ref(2), Ref(1), Ref(0), InternedRef(1)});
  BOOST_TEST(Show(bytes) ==
             "[1 <code object f, file \"f.py\", line 7> 3 3 2 1 1\"f\"]");
}

BOOST_AUTO_TEST_CASE(MalformedCodeIsRefused) {
  constexpr char kRefusal[] =
      "code object of no known Python version, or malformed, at byte 0";
  BOOST_TEST(ShowError("c") == kRefusal);
  BOOST_TEST(ShowError("c" + Ints(5) + Bytes("code") + List({})) == kRefusal);
  BOOST_TEST(ShowError(Shared(CodeSince311(7, Tuple({})).substr(0, 40))) ==
             kRefusal);
  BOOST_TEST(ShowError(Shared("c" + Ints(5) + Ref(0))) == kRefusal);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MarshalDamage)

// An object with everything in it.
std::string Mixed() {
  return Shared(Dict({
      Shared(Tuple({Shared(Text("f.py")), Int(12), Interned("name")})),
      Tuple({Int(1), Long({1, 2, 3}, true), Float(0.5), TextFloat("1e-6"),
             Dict({Ref(1), List({Unicode("\xc3\xa9"), InternedRef(0)})})}),
      FrozenSet({None(), Bool(true), Int64(1)}),
      ":" + Int(1) + None() + None(),
      'y' + Raw(1.0) + Raw(2.0),
      Code("f.py", "f", 3),
  }));
}

BOOST_AUTO_TEST_CASE(EveryTruncationIsRefused) {
  const std::string bytes = Mixed();
  BOOST_TEST(!Show(bytes).empty());
  for (size_t size = 0; size < bytes.size(); ++size) {
    BOOST_TEST_CONTEXT("the first " << size << " bytes") {
      const std::string head = bytes.substr(0, size);
      BOOST_CHECK_THROW(Show(head), Error);
      BOOST_CHECK_THROW(Show(head, {.with_memos = true}), Error);
      BOOST_TEST(SkipError(head) != "accepted");
    }
  }
}

BOOST_AUTO_TEST_CASE(ChangedBytesAreReadOrRefused) {
  const std::string bytes = Mixed();
  std::minstd_rand random(1);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string changed = bytes;
    for (int i = 0; i < 1 + round % 3; ++i) {
      changed[random() % changed.size()] = static_cast<char>(random() >> 8);
    }
    for (const ShowOptions options :
         {ShowOptions{}, ShowOptions{.skip_every = 2},
          ShowOptions{.with_memos = true}}) {
      refused += Refusal([&] { Show(changed, options); }) != "accepted";
    }
  }
  BOOST_TEST(refused > 1000);
}

BOOST_AUTO_TEST_CASE(HugeSizesAreNotBelieved) {
  for (const char code : {'(', '[', '<', '>', 's', 't', 'u', 'a', 'A'}) {
    for (const int32_t size : {1000, INT32_MAX, INT32_MIN, -1}) {
      const std::string bytes = code + Raw(size) + std::string(7, 'x');
      BOOST_TEST(ShowError(bytes) ==
                 "truncated or corrupt: " + std::to_string(size) +
                     " items or bytes are announced, but only 7 bytes are "
                     "left, at byte 0");
    }
  }
  for (const int32_t digits : {4, -4, INT32_MAX, INT32_MIN}) {
    BOOST_TEST(ShowError('l' + Raw(digits) + std::string(7, 'x'))
                   .starts_with("truncated or corrupt"));
  }
  for (const char* code : {")", "z", "Z", "f"}) {
    BOOST_TEST(ShowError(code + std::string("\xff")) ==
               "truncated or corrupt: 255 items or bytes are announced, but "
               "only 0 bytes are left, at byte 0");
  }
}

BOOST_AUTO_TEST_CASE(DeepNestingIsRefused) {
  constexpr char kRefusal[] = "objects nested too deep, at byte ";
  std::string lists, dicts, slices;
  for (int i = 0; i < 1000000; ++i) lists += ")\1";
  for (int i = 0; i < 1000000; ++i) dicts += "{N";
  for (int i = 0; i < 1000000; ++i) slices += ":";
  BOOST_TEST(SkipError(lists).starts_with(kRefusal));
  BOOST_TEST(SkipError(dicts).starts_with(kRefusal));
  BOOST_TEST(SkipError(slices).starts_with(kRefusal));
  // Code within the constants of code, a million times.
  std::string codes;
  const std::string opening = "c" + std::string(20, '\1') + Bytes("") + ")\1";
  for (int i = 0; i < 1000000; ++i) codes += opening;
  BOOST_TEST(SkipError(codes) != "accepted");
}

BOOST_AUTO_TEST_CASE(NullWithinAContainerIsRefused) {
  BOOST_TEST(SkipError(Tuple({Int(1), Null()})) ==
             "NULL within a container, at byte 10");
  BOOST_TEST(SkipError(Dict({Int(1), Null()})) ==
             "dict that ends after a key, at byte 6");
  BOOST_TEST(SkipError(Shared(FrozenSet({Null()}))) ==
             "NULL within a container, at byte 5");
}

BOOST_AUTO_TEST_CASE(UnknownTypeCodesAreNamed) {
  BOOST_TEST(ShowError("?") == "unknown marshal type code 0x3f, at byte 0");
  BOOST_TEST(ShowError(List({Int(1), "\1"})) ==
             "unknown marshal type code 0x01, at byte 10");
  BOOST_TEST(ShowError("\xf2" + Raw(0)) ==
             "unknown marshal type code 0x72, at byte 0");
  BOOST_TEST(ShowError("}" + Null()) ==
             "frozendict, of marshal version 6 (Python 3.15), is not "
             "supported, at byte 0");
}

BOOST_AUTO_TEST_CASE(WhatFollowsTheObjectIsNotLookedAt) {
  BOOST_TEST(Show(Int(1) + "\xff\xff") == "1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MarshalOfPython)

boost::test_tools::assertion_result HasPython(boost::unit_test::test_unit_id) {
  return access(kPython, X_OK) == 0;
}

BOOST_AUTO_TEST_CASE(RandomObjectsAreWhatPythonMarshalled,
                     *boost::unit_test::precondition(HasPython)) {
  constexpr int kSeeds = 3;
  constexpr int kObjects = 150;
  constexpr int kVersions = 5;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    const std::vector<Sample> samples = MakeSamples(seed, kObjects);
    BOOST_TEST(samples.size() == size_t{kObjects} * kVersions);
    for (size_t i = 0; i < samples.size(); ++i) {
      const Sample& sample = samples[i];
      BOOST_TEST_CONTEXT("seed " << seed << ", object " << i / kVersions
                                 << ", version " << i % kVersions) {
        BOOST_TEST(Show(sample.bytes) == sample.shown);
        BOOST_TEST(Show(sample.bytes, {.with_memos = true}) == sample.shown);
        BOOST_TEST(Show(sample.bytes, {.skip_every = kSampleSkips}) ==
                   sample.shown_skipping);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(RealDumpsOfEveryVersionNameTheirCode) {
  // The program itself, whose code object is a function's name.
  constexpr char kCode[] = "<code object <module>, file \"script.py\", line 1>";
  for (const char* version :
       {"2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"}) {
    BOOST_TEST_CONTEXT("Python " << version) {
      const std::string shown =
          Show(ReadTestFile(std::string("testdata/pstats/profile-command-py") +
                            version + ".pstats"));
      BOOST_TEST(shown.find(kCode) != shown.npos);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg::marshal
