#include "converter/diff/junit.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "converter/diff/sample_report.h"
#include "converter/io/xml_tree.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffJunitTest)

BOOST_AUTO_TEST_CASE(TheVerdictAndEachFindingAreTests) {
  const XmlElement suites = ParseXml(DiffJunit(SampleReport()));
  BOOST_TEST(suites.name == "testsuites");
  const XmlElement& suite = suites.children.at(0);
  for (const XmlElement* counts : {&suites, &suite}) {
    BOOST_TEST(counts->Get("tests") == "6");
    BOOST_TEST(counts->Get("failures") == "3");
    BOOST_TEST(counts->Get("skipped") == "1");
    BOOST_TEST(counts->Get("errors") == "0");
  }
  BOOST_REQUIRE(suite.children.size() == 6u);
  BOOST_TEST(suite.children[0].Get("name") == "verdict");
  BOOST_TEST(suite.children[0].children.at(0).name == "failure");
}

BOOST_AUTO_TEST_CASE(WhatIsWorseHasFailedWithItsCause) {
  const XmlElement suites = ParseXml(DiffJunit(SampleReport()));
  const XmlElement& test = suites.children.at(0).children.at(2);
  BOOST_TEST(test.Get("classname") == "alloc_bytes");
  BOOST_TEST(test.Get("name") == "alloc_bytes of `main` (`app/main.py:3`)");
  BOOST_TEST(test.Get("file") == "app/loader.py");
  BOOST_TEST(test.Get("line") == "88");
  const XmlElement& failure = test.children.at(0);
  BOOST_TEST(failure.name == "failure");
  BOOST_TEST(failure.Get("type") == "worse");
  BOOST_TEST(
      failure.Get("message").starts_with("`parse_row` is called 3.0 × "));
  BOOST_TEST(failure.text ==
             "`main` → `Loader.refresh` → `parse_row`\n"
             "3.0 ×, more than 5 %; alloc_bytes is counted exactly\n"
             "and 1 more by the same cause: alloc_bytes of `Loader.refresh`");
}

BOOST_AUTO_TEST_CASE(WhatCannotBeToldIsSkippedAndOthersPass) {
  const XmlElement suites = ParseXml(DiffJunit(SampleReport()));
  const XmlElement& suite = suites.children.at(0);
  const XmlElement& skipped = suite.children.at(3).children.at(0);
  BOOST_TEST(skipped.name == "skipped");
  BOOST_TEST(skipped.Get("message").starts_with("+8.0 %, but it may be "));
  BOOST_TEST(suite.children.at(4).children.empty());
  BOOST_TEST(suite.children.at(5).children.empty());
}

BOOST_AUTO_TEST_CASE(WhereAllIsEqualTheVerdictPasses) {
  const XmlElement suites = ParseXml(DiffJunit(EqualReport()));
  BOOST_TEST(suites.Get("tests") == "1");
  BOOST_TEST(suites.Get("failures") == "0");
  BOOST_TEST(suites.children.at(0).children.at(0).children.empty());
}

BOOST_AUTO_TEST_CASE(BudgetsAndRulesAreTestsAtTheirLines) {
  const DiffReport report = ReportOfBudgets();
  const XmlElement suites = ParseXml(DiffJunit(report));
  const XmlElement& suite = suites.children.at(0);
  BOOST_TEST(suite.Get("tests") == "9");
  BOOST_TEST(suite.Get("failures") == "4");
  BOOST_TEST(suite.Get("skipped") == "2");
  BOOST_REQUIRE(suite.children.size() == 9u);
  const char* results[] = {"failure", "", "skipped"};
  for (size_t i = 0; i < report.budgets.size(); ++i) {
    const XmlElement& test = suite.children[1 + i];
    BOOST_TEST(test.Get("classname") == (i == 2 ? "rule" : "budget"));
    BOOST_TEST(test.Get("name") == report.budgets[i].text);
    BOOST_TEST(test.Get("file") == "prof2cg.toml");
    BOOST_TEST(test.Get("line") == std::to_string(report.budgets[i].line));
    BOOST_TEST(test.children.size() == (i == 1 ? 0u : 1u));
    if (i == 1) continue;
    BOOST_TEST(test.children.at(0).name == results[i]);
    BOOST_TEST(test.children.at(0).Get("message") ==
               report.budgets[i].sentence);
  }
}

// Expat takes nothing that is not well-formed.
BOOST_AUTO_TEST_CASE(AnyNameMakesTheSameTests) {
  for (const std::string& name : HostileNames()) {
    const XmlElement suites = ParseXml(DiffJunit(HostileReport(name)));
    BOOST_TEST(suites.children.size() == 1u);
    const XmlElement& suite = suites.children[0];
    BOOST_REQUIRE(suite.children.size() == 9u);
    for (const XmlElement& test : suite.children) {
      BOOST_TEST(test.name == "testcase");
      BOOST_TEST(test.children.size() <= 1u);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
