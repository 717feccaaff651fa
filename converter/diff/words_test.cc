#include "converter/diff/words.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>

#include "converter/diff/sample_report.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffWords)

BOOST_AUTO_TEST_CASE(ChangesArePercentWhenSmallAndFactorsWhenLarge) {
  const struct {
    int64_t base;
    int64_t current;
    std::string text;
  } rows[] = {
      {100, 112, "+12.0 %"}, {100, 88, "-12.0 %"},
      {100, 199, "+99.0 %"}, {100, 200, "2.0 ×"},
      {100, 1234, "12.3 ×"}, {1, 12'345, "12 345 ×"},
      {100, 0, "-100 %"},    {1'000'000, 1'000'001, "+<0.1 %"},
      {0, 5, "from 0"},      {5, 5, "same"},
      {0, 0, "same"},        {-5, 5, ""},
      {5, -5, ""},           {1, INT64_MAX, "1 000 000 000 000 000 000 ×"},
  };
  for (const auto& [base, current, text] : rows) {
    BOOST_TEST(ChangeText(base, current) == text);
  }
}

BOOST_AUTO_TEST_CASE(RatiosAreComparedWithAnAdverb) {
  BOOST_TEST(ComparedText(3, "often") == "3.0 × as often");
  BOOST_TEST(ComparedText(1.12, "often") == "12.0 % more often");
  BOOST_TEST(ComparedText(.8, "often") == "20.0 % less often");
  BOOST_TEST(ComparedText(1.5, "much") == "50.0 % more");
  BOOST_TEST(ComparedText(1.0001, "much") == "as much as before");
}

BOOST_AUTO_TEST_CASE(CountsAreExactAndSingularWhereTheyAreOne) {
  BOOST_TEST(AmountText(Calls(), int64_t{1}) == "1 call");
  BOOST_TEST(AmountText(Calls(), int64_t{1'234'567}) == "1 234 567 calls");
  BOOST_TEST(AmountText(Time(), int64_t{0}) == "0 ns");
  BOOST_TEST(AmountText(Time(), int64_t{4'000'000}) == "4.00 ms");
  BOOST_TEST(AmountText(AllocBytes(), int64_t{0}) == "0 B");
  BOOST_TEST(AmountText(AllocBytes(), 1536.) == "1.50 KiB");
  const Event blocks{"alloc_blocks", "Blocks", Unit::kCount};
  BOOST_TEST(AmountText(blocks, int64_t{12'000}) == "12 000 alloc_blocks");
  BOOST_TEST(AmountText(blocks, 2.5) == "2.50 alloc_blocks");
  BOOST_TEST(DifferenceText(Calls(), 1200) == "+1 200");
  BOOST_TEST(DifferenceText(Time(), -1500) == "-1.50 µs");
}

BOOST_AUTO_TEST_CASE(DifferencesSaturate) {
  BOOST_TEST(Difference(-1, INT64_MAX) == INT64_MAX);
  BOOST_TEST(Difference(1, INT64_MIN) == INT64_MIN);
  BOOST_TEST(Difference(INT64_MIN, INT64_MIN) == 0);
}

BOOST_AUTO_TEST_CASE(AQuotedTextIsOnePartOfItsSentenceWhateverItIs) {
  for (const std::string& name : HostileNames()) {
    const std::string sentence = "a " + Quoted(name) + " b";
    BOOST_TEST(IsPrintable(sentence));
    BOOST_TEST(sentence.size() < 700u);
    const std::vector<QuotedPart> parts = QuotedParts(sentence);
    BOOST_REQUIRE(parts.size() == 3u);
    BOOST_TEST(parts[0].text == "a ");
    BOOST_TEST(parts[1].is_name);
    BOOST_TEST(parts[2].text == " b");
    if (name.size() < kLongestName && name.find('`') == name.npos) {
      BOOST_TEST(parts[1].text == Printable(name));
    }
  }
}

BOOST_AUTO_TEST_CASE(EventsThatAreNoIdentifiersAreQuoted) {
  BOOST_TEST(EventName(AllocBytes()) == "alloc_bytes");
  BOOST_TEST(EventName({"", "", Unit::kCount}) == "``");
  BOOST_TEST(EventName({"a b", "", Unit::kCount}) == "`a b`");
}

BOOST_AUTO_TEST_CASE(SubjectsAreNamedByTheirKind) {
  DiffFinding f{.function = kRender, .event = Time()};
  BOOST_TEST(SubjectText(f) == "ns in all");
  BOOST_TEST(QuotedSubject(f) == "(all)");
  f.kind = Subject::Kind::kSelf;
  BOOST_TEST(SubjectText(f) == "ns of `render` itself");
  BOOST_TEST(MeasureName(f) == "self ns");
  f.kind = Subject::Kind::kInclusive;
  BOOST_TEST(SubjectText(f) == "ns of `render`");
  BOOST_TEST(MeasureName(f) == "incl ns");
  f.kind = Subject::Kind::kCall;
  f.call = DiffCall{kRender, kSort, {44, 50}, {}};
  BOOST_TEST(SubjectText(f) == "ns of `list.sort` from `render`");
  BOOST_TEST(QuotedSubject(f) == "`render` → `list.sort`");
  BOOST_TEST(QuotedPlace(f) == "`app/page.py:44`");
}

BOOST_AUTO_TEST_CASE(PathsAreNamedByTheirFunctions) {
  DiffFinding f{.kind = Subject::Kind::kPath,
                .function = kParseRow,
                .path = {kMain, kRefresh, kParseRow},
                .event = Time()};
  BOOST_TEST(QuotedSubject(f) == "`main > Loader.refresh > parse_row`");
  BOOST_TEST(SubjectText(f) == "ns of `main > Loader.refresh > parse_row`");
  BOOST_TEST(MeasureName(f) == "ns");
  BOOST_TEST(QuotedPlace(f) == "`app/loader.py:12`");
}

BOOST_AUTO_TEST_CASE(OfLongPathsBothEndsAreNamed) {
  std::vector<DiffFunction> path;
  for (const char name : std::string("abcdefg")) {
    path.push_back({std::string(1, name)});
  }
  BOOST_TEST(QuotedPath(path) == "`a > b > c > d > e > f > g`");
  path.push_back({"h"});
  BOOST_TEST(QuotedPath(path) == "`a > b > … > e > f > g > h`");
  for (DiffFunction& function : path) function.name.append(1000, 'x');
  BOOST_TEST(QuotedPath(path).size() < 2 * kLongestName);
}

BOOST_AUTO_TEST_CASE(NewAndGoneFunctionsAreCalledSo) {
  DiffFinding f{.function = kRender, .base = 0, .current = 5};
  BOOST_TEST(ChangeOf(f) == "from 0");
  f.function.side = DiffFunction::Side::kCurrent;
  BOOST_TEST(ChangeOf(f) == "new");
  std::swap(f.base, f.current);
  BOOST_TEST(ChangeOf(f) == "-100 %");
  f.function.side = DiffFunction::Side::kBase;
  BOOST_TEST(ChangeOf(f) == "gone");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
