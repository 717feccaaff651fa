#include "graph/string_table.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_CASE(EmptyStringIsIdZero) {
  StringTable table;
  BOOST_TEST(table.size() == 1);
  BOOST_TEST(table[StringId(0)] == "");
  BOOST_CHECK(table.Intern("") == StringId(0));
  BOOST_CHECK(table.Intern(std::string_view()) == StringId(0));
  BOOST_TEST(table.size() == 1);
}

BOOST_AUTO_TEST_CASE(IdsCountFirstAppearances) {
  StringTable table;
  BOOST_CHECK(table.Intern("main") == StringId(1));
  BOOST_CHECK(table.Intern("fib") == StringId(2));
  BOOST_CHECK(table.Intern("main") == StringId(1));
  BOOST_CHECK(table.Intern("Main") == StringId(3));
  BOOST_TEST(table.size() == 4);
  BOOST_TEST(table[StringId(1)] == "main");
  BOOST_TEST(table[StringId(2)] == "fib");
}

BOOST_AUTO_TEST_CASE(EveryByteTellsTextsApart) {
  using namespace std::string_view_literals;
  StringTable table;
  const std::string_view texts[] = {
      "a"sv,           "a\0"sv,  "a\0b"sv,
      "a\0c"sv,        "\0"sv,   "\0\0"sv,
      "caf\xc3\xa9"sv, "cafe"sv, "caf\xed\xb3\xa9"sv,
      "\xff"sv};
  uint32_t row = 0;
  for (const std::string_view text : texts) {
    BOOST_TEST(table.Intern(text).row() == ++row);
    BOOST_TEST(table[StringId(row)] == text);
  }
}

BOOST_AUTO_TEST_CASE(TextIsCopied) {
  StringTable table;
  std::string text = "main";
  const StringId id = table.Intern(text);
  text = "fib!";
  BOOST_TEST(table[id] == "main");
}

BOOST_AUTO_TEST_CASE(ViewsStayWhereTheyAreWhileTheTableGrowsAndMoves) {
  StringTable table;
  std::vector<std::string_view> views;
  const auto text = [](size_t i) { return "name " + std::to_string(i); };
  constexpr size_t kTexts = 20'000;
  for (size_t i = 0; i < kTexts; ++i) {
    views.push_back(table[table.Intern(text(i))]);
  }
  StringTable moved = std::move(table);
  StringTable assigned;
  assigned.Intern("gone");
  assigned = std::move(moved);
  BOOST_TEST(assigned.size() == kTexts + 1);
  for (size_t i = 0; i < kTexts; ++i) {
    BOOST_REQUIRE_EQUAL(views[i], text(i));
    BOOST_REQUIRE(assigned[StringId(i + 1)].data() == views[i].data());
    BOOST_REQUIRE_EQUAL(assigned.Intern(text(i)).row(), i + 1);
  }
  BOOST_TEST(assigned.Intern("new").row() == kTexts + 1);
}

// Lengths from one byte to more than the largest chunk, in any order.
BOOST_AUTO_TEST_CASE(RandomTextsAreKeptAsAMapKeepsThem) {
  constexpr int kTexts = 3000;
  std::mt19937 random(1);
  StringTable table;
  std::map<std::string, uint32_t> rows{{"", 0}};
  std::vector<std::string> texts{""};
  for (int i = 0; i < kTexts; ++i) {
    const size_t size = i % 500 == 250 ? 1'500'000 : random() % (1 << i % 14);
    const std::string text(size, static_cast<char>(random()));
    const auto [place, is_new] = rows.try_emplace(text, texts.size());
    if (is_new) texts.push_back(text);
    BOOST_REQUIRE_EQUAL(table.Intern(text).row(), place->second);
  }
  BOOST_REQUIRE_EQUAL(table.size(), texts.size());
  for (size_t row = 0; row < texts.size(); ++row) {
    BOOST_REQUIRE(table[StringId(row)] == texts[row]);
  }
}

BOOST_AUTO_TEST_CASE(ManyAtOnceHaveTheIdsOfOneByOne) {
  constexpr size_t kAtOnce = 37;
  std::mt19937 random(1);
  StringTable one_by_one, at_once;
  std::vector<std::string> texts(kAtOnce);
  std::vector<StringId> ids(kAtOnce);
  for (int round = 0; round < 100; ++round) {
    for (std::string& text : texts) text = std::to_string(random() % 1000);
    at_once.Intern(texts, ids);
    for (size_t i = 0; i < kAtOnce; ++i) {
      BOOST_REQUIRE(ids[i] == one_by_one.Intern(texts[i]));
      BOOST_REQUIRE(at_once[ids[i]] == texts[i]);
    }
  }
  BOOST_REQUIRE_EQUAL(at_once.size(), one_by_one.size());
}

// 112 MB: more chunks than an int has bits, whatever they grow by.
BOOST_AUTO_TEST_CASE(HundredsOfChunksAreKept) {
  StringTable table;
  for (char c = 1; c <= 80; ++c) {
    for (const size_t size : {700'000, 700'001}) {
      const std::string text(size, c);
      BOOST_REQUIRE(table[table.Intern(text)] == text);
    }
  }
  BOOST_TEST(table.size() == 161);
}

}  // namespace
}  // namespace prof2cg
