#include "converter/diff/json.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "converter/diff/sample_report.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

using nlohmann::json;

BOOST_AUTO_TEST_SUITE(DiffJsonTest)

// Throws where the text is not strictly JSON.
json Parse(const DiffReport& report) { return json::parse(DiffJson(report)); }

BOOST_AUTO_TEST_CASE(SchemaVersionAndVerdictComeFirst) {
  const std::string text = DiffJson(SampleReport());
  BOOST_TEST(
      text.starts_with("{\n \"schema\": \"prof2cg.diff\",\n"
                       " \"version\": 1,\n"
                       " \"verdict\": \"worse\",\n"));
  BOOST_TEST(text.ends_with("}\n"));
}

BOOST_AUTO_TEST_CASE(AFindingHasItsFiguresAndItsBlame) {
  const json finding = Parse(SampleReport())["findings"][1];
  const json parse_row = {{"name", "parse_row"},
                          {"file", "app/loader.py"},
                          {"line", 12},
                          {"side", "both"}};
  BOOST_TEST(finding["subject"] == "inclusive");
  BOOST_TEST(finding["function"]["name"] == "main");
  BOOST_TEST(finding["event"] == "alloc_bytes");
  BOOST_TEST(finding["verdict"] == "worse");
  BOOST_TEST(finding["reason"] == "more");
  BOOST_TEST(finding["difference"] == 2'048'000);
  BOOST_TEST(!finding.contains("call"));
  const json& blame = finding["blame"];
  BOOST_TEST(blame["kind"] == "more_calls");
  BOOST_TEST(blame["function"] == parse_row);
  BOOST_TEST(blame["call"]["callee"] == parse_row);
  BOOST_TEST(blame["call"]["new_lines"] == json::array({88}));
  BOOST_TEST(blame["call"]["gone_lines"] == json::array());
  BOOST_TEST(blame["current_cost"] == 1'536'000);
  BOOST_TEST(blame["explained"] == 1'024'000);
  BOOST_TEST(blame["steps"].size() == 3u);
  BOOST_TEST(blame["steps"][2]["calls"] == 1'024'000);
  BOOST_TEST(finding["others"].size() == 1u);
  BOOST_TEST(finding["others"][0]["function"]["name"] == "Loader.refresh");
}

BOOST_AUTO_TEST_CASE(PathsAreListsOfFunctions) {
  DiffReport report = SampleReport();
  DiffFinding& finding = report.findings[0];
  BOOST_TEST(!Parse(report)["findings"][0].contains("path"));
  BOOST_TEST(!Parse(report)["findings"][0]["blame"].contains("path"));
  finding.kind = Subject::Kind::kPath;
  finding.path = {kMain, kRefresh, kParseRow};
  finding.blame->path = {kMain, kRefresh};
  const json told = Parse(report)["findings"][0];
  BOOST_TEST(told["subject"] == "path");
  BOOST_TEST(told["path"].size() == 3u);
  BOOST_TEST(told["path"][0]["name"] == "main");
  BOOST_TEST(told["path"][2] == told["function"]);
  BOOST_TEST(told["blame"]["path"].size() == 2u);
}

BOOST_AUTO_TEST_CASE(TheRestOfTheReportIsThereToo) {
  const json diff = Parse(SampleReport());
  BOOST_TEST(diff["base"]["files"] ==
             json::array({"old1.pstats", "old2.pstats"}));
  BOOST_TEST(diff["current"]["unmatched_functions"] == 1);
  BOOST_TEST(diff["current"]["prefix"] == "/builds/17/");
  BOOST_TEST(diff["totals"][1]["event"]["unit"] == "bytes");
  BOOST_TEST(diff["totals"][1]["current_unmatched"] == .02);
  BOOST_TEST(diff["totals"][2]["judged"] == false);
  BOOST_TEST(diff["totals"][2]["common_factor"] == 1.25);
  BOOST_TEST(diff["equal"] == 117);
  BOOST_TEST(diff["probable_pairs"][0]["change"] == "renamed");
  BOOST_TEST(diff["probable_pairs"][0]["base"]["side"] == "base");
  BOOST_TEST(diff["oddities"][0]["count"] == 3);
}

BOOST_AUTO_TEST_CASE(FiguresAreExact) {
  constexpr int64_t kOdd = 9'007'199'254'740'993;  // no double has it
  DiffReport report = SampleReport();
  report.findings[0].base = -kOdd;
  report.findings[0].current = kOdd;
  report.totals[0].base = INT64_MIN;
  report.totals[0].current = INT64_MAX;
  const json diff = Parse(report);
  BOOST_TEST(diff["findings"][0]["base"] == -kOdd);
  BOOST_TEST(diff["findings"][0]["difference"] == 2 * kOdd);
  BOOST_TEST(diff["totals"][0]["base"] == INT64_MIN);
  BOOST_TEST(diff["totals"][0]["difference"] == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(NumbersThatAreNoneAreNull) {
  DiffReport report = SampleReport();
  report.findings[0].detectable = std::numeric_limits<double>::infinity();
  report.findings[0].p = std::numeric_limits<double>::quiet_NaN();
  const json finding = Parse(report)["findings"][0];
  BOOST_TEST(finding["detectable"].is_null());
  BOOST_TEST(finding["p"].is_null());
}

BOOST_AUTO_TEST_CASE(BudgetsAreToldAsTheyAreWritten) {
  const DiffReport report = ReportOfBudgets();
  const json parsed = Parse(report);
  BOOST_TEST(parsed["config"] == "prof2cg.toml");
  BOOST_TEST_REQUIRE(parsed["budgets"].size() == 3u);
  const json& broken = parsed["budgets"][0];
  BOOST_TEST(broken["text"] == "calls parse_row <= 2 per call of main");
  BOOST_TEST(broken["kind"] == "budget");
  BOOST_TEST(broken["line"] == 5);
  BOOST_TEST(broken["kept"] == false);
  BOOST_TEST(broken["sentence"] == report.budgets[0].sentence);
  BOOST_TEST(parsed["budgets"][1]["kept"] == true);
  BOOST_TEST(parsed["budgets"][2]["kind"] == "rule");
  BOOST_TEST(parsed["budgets"][2]["kept"].is_null());
}

BOOST_AUTO_TEST_CASE(EveryKindHasAWordOfItsOwn) {
  DiffReport report = SampleReport();
  const auto words = [&](auto set, size_t count, auto get) {
    std::set<std::string> seen;
    for (size_t i = 0; i < count; ++i) {
      set(i);
      seen.insert(
          get(Parse(report)["findings"][0]).template get<std::string>());
    }
    return seen.size();
  };
  DiffFinding& f = report.findings[0];
  BOOST_TEST(words([&](size_t i) { f.kind = static_cast<Subject::Kind>(i); },
                   Subject::kKinds,
                   [](const json& j) { return j["subject"]; }) ==
             Subject::kKinds);
  BOOST_TEST(words([&](size_t i) { f.reason = static_cast<Reason>(i); }, 10,
                   [](const json& j) { return j["reason"]; }) == 10u);
  BOOST_TEST(words([&](size_t i) { f.answer = static_cast<Answer>(i); }, 3,
                   [](const json& j) { return j["verdict"]; }) == 3u);
  BOOST_TEST(
      words([&](size_t i) { f.blame->kind = static_cast<Cause::Kind>(i); }, 6,
            [](const json& j) { return j["blame"]["kind"]; }) == 6u);
}

BOOST_AUTO_TEST_CASE(AnyNameMakesAsciiThatParsesBack) {
  for (const std::string& name : HostileNames()) {
    const std::string text = DiffJson(HostileReport(name));
    BOOST_TEST(IsAscii(text));
    const json function = json::parse(text)["findings"][0]["function"];
    BOOST_TEST(function["name"] == function["file"]);
    bool is_strict = IsWtf8(name);
    for (size_t i = 0; i < name.size();) {
      const CodePoint c = DecodeWtf8(name, i);
      is_strict &= !IsSurrogate(c.value);
      i += c.bytes;
    }
    if (is_strict) BOOST_TEST(function["name"].get<std::string>() == name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
