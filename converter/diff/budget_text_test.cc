#include "converter/diff/budget_text.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "graph/error.h"

namespace prof2cg {
namespace {

using Kind = Budget::Kind;

template <class Parse>
void CheckRefuses(Parse parse, const std::string& text,
                  const std::string& why) {
  try {
    parse(text);
    BOOST_ERROR(text + " is taken");
  } catch (const Error& error) {
    const std::string message = error.what();
    BOOST_TEST(message.find('\'' + text + '\'') != message.npos, message);
    BOOST_TEST(message.find(why) != message.npos, message);
    BOOST_TEST(message.find("; expected ") != message.npos, message);
  }
}

BOOST_AUTO_TEST_SUITE(BudgetSentences)

BOOST_AUTO_TEST_CASE(AmountsHaveTheUnitTheyAreWrittenIn) {
  const BudgetText plain = ParseBudget("calls json.loads <= 12");
  BOOST_CHECK(plain.kind == Kind::kAmount);
  BOOST_TEST(plain.event == "calls");
  BOOST_TEST(plain.function == "json.loads");
  BOOST_TEST(plain.limit == 12);
  BOOST_CHECK(!plain.unit);

  for (const char* text :
       {"alloc_bytes render <= 1.5KiB", " alloc_bytes  render<=1.5 KiB "}) {
    const BudgetText bytes = ParseBudget(text);
    BOOST_TEST(bytes.event == "alloc_bytes");
    BOOST_TEST(bytes.function == "render");
    BOOST_TEST(bytes.limit == 1536);
    BOOST_CHECK(bytes.unit == Unit::kBytes);
  }
}

BOOST_AUTO_TEST_CASE(FactorsAreOfTheBase) {
  for (const char* text :
       {"ns render <= 1.05 x base", "ns render <= 1.05x base",
        "ns render <= 1.05 × base", "ns render <= 1.05 * base"}) {
    const BudgetText budget = ParseBudget(text);
    BOOST_CHECK(budget.kind == Kind::kOfBase);
    BOOST_TEST(budget.limit == 1.05);
    BOOST_TEST(budget.function == "render");
  }
}

BOOST_AUTO_TEST_CASE(AmountsMayBePerCall) {
  const BudgetText budget =
      ParseBudget("ns <built-in method time.sleep> <= 2ms per call of a b");
  BOOST_CHECK(budget.kind == Kind::kPerCall);
  BOOST_TEST(budget.function == "<built-in method time.sleep>");
  BOOST_TEST(budget.per_call_of == "a b");
  BOOST_TEST(budget.limit == 2e6);
  BOOST_TEST(budget.limit_text == "2ms");
  BOOST_CHECK(budget.unit == Unit::kNanoseconds);
}

BOOST_AUTO_TEST_CASE(WhatIsNoSentenceIsRefused) {
  const auto refuses = [](const char* text, const char* why) {
    CheckRefuses(ParseBudget, text, why);
  };
  refuses("", "no <=");
  refuses("calls f < 2", "no <=");
  refuses("calls <= 2", "no event and function");
  refuses("calls f <=", "no number");
  refuses("calls f <= many", "no number");
  refuses("calls f <= -1", "no number");
  refuses("calls f <= inf", "no number");
  refuses("calls f <= nan x base", "no number");
  refuses("calls f <= 2 furlongs", "unknown unit 'furlongs'");
  refuses("calls f <= 2 x", "unknown unit 'x'");
  refuses("calls f <= 2 x best", "unknown unit 'x best'");
  refuses("calls f <= 2 per call", "unknown unit 'per call'");
  refuses("calls f <= 2 per call of", "unknown unit");
  refuses("calls f <= 2 x base per call of g", "unknown unit 'x base'");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(RuleSentences)

BOOST_AUTO_TEST_CASE(PathIsWhereNoCallerMayBe) {
  const CallerRuleText rule =
      ParseCallerRule("no new callers of db.execute under template/**");
  BOOST_TEST(rule.callee == "db.execute");
  BOOST_TEST(rule.path == "template/**");
  const CallerRuleText anywhere = ParseCallerRule("no new callers of *.sleep");
  BOOST_TEST(anywhere.callee == "*.sleep");
  BOOST_TEST(anywhere.path == "");
}

BOOST_AUTO_TEST_CASE(WhatIsNoSentenceIsRefused) {
  for (const char* text : {"", "callers of f", "no new callers of",
                           "no new callers f", "no new callees of f"}) {
    CheckRefuses(ParseCallerRule, text, "does not begin with");
  }
  CheckRefuses(ParseCallerRule, "no new callers of  under a", "no function");
  CheckRefuses(ParseCallerRule, "no new callers of f under ", "no path");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
