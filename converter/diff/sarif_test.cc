#include "converter/diff/sarif.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "converter/diff/sample_report.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

using nlohmann::json;

BOOST_AUTO_TEST_SUITE(DiffSarifTest)

json RunOf(const DiffReport& report, const std::string& root = "") {
  return json::parse(DiffSarif(report, root))["runs"][0];
}

// What the standard's schema and GitHub ask for.
void Check(const json& sarif) {
  BOOST_TEST(sarif["version"] == "2.1.0");
  BOOST_TEST(sarif["$schema"].is_string());
  BOOST_REQUIRE(sarif["runs"].size() == 1u);
  const json& run = sarif["runs"][0];
  const json& driver = run["tool"]["driver"];
  BOOST_TEST(driver["name"] == "prof2cg");
  std::set<std::string> ids;
  for (const json& rule : driver["rules"]) {
    BOOST_TEST(ids.insert(rule["id"].get<std::string>()).second);
    for (const char* text : {"shortDescription", "fullDescription", "help"}) {
      BOOST_TEST(rule[text]["text"].is_string());
    }
  }
  BOOST_REQUIRE(run["results"].is_array());
  for (const json& result : run["results"]) {
    const size_t rule = result["ruleIndex"].get<size_t>();
    BOOST_TEST(driver["rules"].at(rule)["id"] == result["ruleId"]);
    BOOST_TEST(std::set<std::string>({"error", "warning", "note"})
                   .contains(result["level"].get<std::string>()));
    BOOST_TEST(!result["message"]["text"].get<std::string>().empty());
    BOOST_REQUIRE(result["locations"].size() == 1u);
    const json& place = result["locations"][0]["physicalLocation"];
    const auto uri = place["artifactLocation"]["uri"].get<std::string>();
    BOOST_TEST(uri.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz"
                                     "0123456789-._~/%:") == uri.npos);
    BOOST_TEST(place["region"]["startLine"].get<int64_t>() >= 1);
    BOOST_TEST(result["partialFingerprints"]["primaryLocationLineHash"]
                   .get<std::string>()
                   .size() == 18u);
  }
}

BOOST_AUTO_TEST_CASE(ReportsHaveAllThatReadersAskFor) {
  Check(json::parse(DiffSarif(SampleReport())));
  Check(json::parse(DiffSarif(EqualReport())));
  for (const std::string& name : HostileNames()) {
    const std::string text = DiffSarif(HostileReport(name));
    BOOST_TEST(IsAscii(text));
    Check(json::parse(text));
  }
}

BOOST_AUTO_TEST_CASE(AResultIsWhereTheCauseIs) {
  const json result = RunOf(SampleReport())["results"][0];
  const json expected = json::parse(R"({
      "ruleId": "more-calls", "ruleIndex": 1, "level": "error",
      "message": {"text":
          "calls of `parse_row`: 3.0 ×, more than 5 %; calls are counted exactly. `parse_row` is called 3.0 × as often from `Loader.refresh` (1 000 → 3 000 calls; new call at `app/loader.py:88`)."},
      "locations": [{"physicalLocation": {
          "artifactLocation": {"uri": "app/loader.py",
                               "uriBaseId": "%SRCROOT%"},
          "region": {"startLine": 88}}}]})");
  json actual = result;
  actual.erase("partialFingerprints");
  BOOST_TEST(actual == expected);
}

BOOST_AUTO_TEST_CASE(LevelsAreErrorWarningAndNote) {
  const json results = RunOf(SampleReport())["results"];
  BOOST_REQUIRE(results.size() == 4u);  // of what is to be said something
  BOOST_TEST(results[1]["level"] == "error");
  BOOST_TEST(results[2]["level"] == "warning");
  BOOST_TEST(results[2]["ruleId"] == "figure");
  BOOST_TEST(results[3]["level"] == "note");
  BOOST_TEST(results[3]["ruleId"] == "new-call");
}

BOOST_AUTO_TEST_CASE(BudgetsThatAreNotKeptAreResultsAtTheirLines) {
  DiffReport report = ReportOfBudgets();
  report.config = "/src/ci/prof2cg.toml";
  const json results = RunOf(report, "/src")["results"];
  BOOST_REQUIRE(results.size() == 6u);
  json broken = results[0];
  broken.erase("partialFingerprints");
  BOOST_TEST(broken == json::parse(R"({
      "ruleId": "budget", "ruleIndex": 7, "level": "error",
      "message": {"text": "`calls parse_row <= 2 per call of main`: `parse_row` is called 3.0 times per call of `main`: the budget is 2."},
      "locations": [{"physicalLocation": {
          "artifactLocation": {"uri": "ci/prof2cg.toml",
                               "uriBaseId": "%SRCROOT%"},
          "region": {"startLine": 5}}}]})"));
  BOOST_TEST(results[1]["ruleId"] == "caller");
  BOOST_TEST(results[1]["level"] == "warning");
  report.budgets[0].line = 9;
  report.budgets[0].sentence = "another";
  BOOST_TEST(RunOf(report)["results"][0]["partialFingerprints"] ==
             results[0]["partialFingerprints"]);
}

std::string UriOf(const std::string& file, const std::string& root = "") {
  DiffReport report = SampleReport();
  report.findings = {SlowerRender()};
  report.findings[0].function.file = file;
  const json place =
      RunOf(report, root)["results"][0]["locations"][0]["physicalLocation"];
  const json& artifact = place["artifactLocation"];
  const auto uri = artifact["uri"].get<std::string>();
  BOOST_TEST(artifact.contains("uriBaseId") != uri.starts_with("file:"));
  return uri;
}

BOOST_AUTO_TEST_CASE(FilesAreRelativeWithinTheRootAndEscaped) {
  BOOST_TEST(UriOf("app/a b.py") == "app/a%20b.py");
  BOOST_TEST(UriOf("/src/app/a.py", "/src") == "app/a.py");
  BOOST_TEST(UriOf("/src/app/a.py") == "file:///src/app/a.py");
  BOOST_TEST(UriOf("C:\\app\\a.py") == "file:///C%3A/app/a.py");
  BOOST_TEST(UriOf("é%41:#?\n") == "%C3%A9%2541%3A%23%3F%0A");
}

BOOST_AUTO_TEST_CASE(WhatHasNoPlaceIsInTheProfile) {
  BOOST_TEST(UriOf("~") == "new1.pstats");
}

BOOST_AUTO_TEST_CASE(FingerprintsDependOnTheSubjectAlone) {
  const auto print = [](const DiffReport& report, size_t i) {
    return RunOf(report)["results"][i]["partialFingerprints"].dump();
  };
  DiffReport report = SampleReport();
  const std::string first = print(report, 0);
  BOOST_TEST(first != print(report, 1));
  report.findings[0].current = 4000;
  report.findings[0].function.line = 99;
  report.findings[0].blame.reset();
  BOOST_TEST(print(report, 0) == first);
  report.findings[0].path = {kMain, kParseRow};
  const std::string of_path = print(report, 0);
  BOOST_TEST(of_path != first);
  report.findings[0].path[0] = kRefresh;
  BOOST_TEST(print(report, 0) != of_path);
  report.findings[0].path.clear();
  report.findings[0].function.name = "parse_rows";
  BOOST_TEST(print(report, 0) != first);
}

BOOST_AUTO_TEST_CASE(NoNameBecomesALink) {
  DiffReport report = SampleReport();
  report.findings = {SlowerRender()};
  report.findings[0].function.name = "[a](https://example.org)";
  const json result = RunOf(report)["results"][0];
  BOOST_TEST(result["message"]["text"].get<std::string>().starts_with(
      "ns of `[a\\](https://example.org)` itself: "));
}

BOOST_AUTO_TEST_CASE(FiveThousandResultsAreWrittenAndOthersCounted) {
  const json run = RunOf(LongReport(5003, 0));
  BOOST_TEST(run["results"].size() == kSarifResults);
  const json& notifications =
      run["invocations"][0]["toolExecutionNotifications"];
  BOOST_TEST(notifications.at(1)["message"]["text"] ==
             "3 results are left out");
  BOOST_TEST(
      RunOf(LongReport(2, 0))["invocations"][0]["toolExecutionNotifications"]
          .size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
