#include "converter/diff/github.h"

#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "converter/diff/sample_report.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(DiffGithub)

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t start = 0; start < text.size();) {
    const size_t end = text.find('\n', start);
    BOOST_REQUIRE(end != text.npos);
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::string Decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    out += static_cast<char>(
        std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return out;
}

struct Command {
  std::string name;
  std::map<std::string, std::string> properties;
  std::string message;
};

// As the runner reads it (actions/runner, src/Runner.Common/ActionCommand.cs).
Command Parse(std::string_view line) {
  BOOST_REQUIRE(line.starts_with("::"));
  const size_t end = line.find("::", 2);
  BOOST_REQUIRE(end != line.npos);
  std::string_view head = line.substr(2, end - 2);
  Command command{.name = std::string(head.substr(0, head.find(' '))),
                  .properties = {},
                  .message = Decoded(line.substr(end + 2))};
  head.remove_prefix(command.name.size() + 1);
  while (!head.empty()) {
    const size_t comma = std::min(head.find(','), head.size());
    const std::string_view property = head.substr(0, comma);
    const size_t equals = property.find('=');
    BOOST_REQUIRE(equals != property.npos);
    command.properties[std::string(property.substr(0, equals))] =
        Decoded(property.substr(equals + 1));
    head.remove_prefix(std::min(comma + 1, head.size()));
  }
  return command;
}

BOOST_AUTO_TEST_CASE(WhatIsWorseIsAnErrorAtItsCause) {
  const std::vector<std::string> lines =
      Lines(DiffAnnotations(SampleReport(), "app"));
  BOOST_REQUIRE(lines.size() == 3u);
  BOOST_TEST(lines[0] ==
             "::error file=loader.py,line=88,title=calls of `parse_row`%3A 3.0 "
             "×::`parse_row` is called 3.0 × as often from `Loader.refresh` "
             "(1 000 → 3 000 calls; new call at `app/loader.py:88`).%0A3.0 ×, "
             "more than 5 %25; calls are counted exactly");
  const Command warning = Parse(lines[2]);
  BOOST_TEST(warning.name == "warning");
  BOOST_TEST(warning.properties.at("line") == "40");
  BOOST_TEST(warning.properties.at("title") == "ns of `render` itself: +8.0 %");
}

BOOST_AUTO_TEST_CASE(TenOfAKindAreWrittenAndOthersCountedInOneNotice) {
  const std::vector<std::string> lines =
      Lines(DiffAnnotations(LongReport(12, 11)));
  BOOST_REQUIRE(lines.size() == 21u);
  BOOST_TEST(Parse(lines[9]).name == "error");
  BOOST_TEST(Parse(lines[10]).name == "warning");
  BOOST_TEST(lines[20] ==
             "::notice title=prof2cg diff::2 more findings are worse, 1 more "
             "cannot be told");
  BOOST_TEST(Lines(DiffAnnotations(LongReport(11, 10))).back() ==
             "::notice title=prof2cg diff::1 more finding is worse");
  BOOST_TEST(Lines(DiffAnnotations(LongReport(10, 10))).size() == 20u);
}

BOOST_AUTO_TEST_CASE(BrokenBudgetsAreErrorsAndCountAmongThem) {
  DiffReport report = LongReport(10, 0);
  report.budgets = ReportOfBudgets().budgets;
  report.config = "/src/prof2cg.toml";
  const std::vector<std::string> lines = Lines(DiffAnnotations(report, "/src"));
  BOOST_REQUIRE(lines.size() == 12u);
  const Command broken = Parse(lines[0]);
  BOOST_TEST(broken.name == "error");
  BOOST_TEST(broken.properties.at("file") == "prof2cg.toml");
  BOOST_TEST(broken.properties.at("line") == "5");
  BOOST_TEST(broken.properties.at("title") ==
             "`calls parse_row <= 2 per call of main`");
  BOOST_TEST(broken.message == report.budgets[0].sentence);
  BOOST_TEST(lines[10] ==
             "::warning file=prof2cg.toml,line=8,title=`no new callers of "
             "parse_row`::`base.snapshot` does not list all callers");
  BOOST_TEST(lines[11] ==
             "::notice title=prof2cg diff::1 more finding is worse");
}

BOOST_AUTO_TEST_CASE(WhereNothingIsWorseNothingIsWritten) {
  BOOST_TEST(DiffAnnotations(EqualReport()) == "");
}

BOOST_AUTO_TEST_CASE(NoNameAddsACommandOrAProperty) {
  for (const std::string& name : HostileNames()) {
    const DiffReport report = HostileReport(name);
    const std::vector<std::string> lines = Lines(DiffAnnotations(report));
    BOOST_REQUIRE(lines.size() == 5u);
    for (const std::string& line : lines) {
      BOOST_TEST(IsPrintable(line));
      const Command command = Parse(line);
      BOOST_TEST((command.name == "error" || command.name == "warning"));
      const bool has_place = command.properties.contains("file");
      BOOST_TEST(command.properties.size() == (has_place ? 3u : 1u));
      BOOST_TEST(command.properties.contains("title"));
      if (has_place) {
        BOOST_TEST(command.properties.at("file") == Printable(name));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(OutputsAreVerdictWorstAndReport) {
  BOOST_TEST(GithubOutputs(SampleReport(), "a/diff.md") ==
             "verdict=worse\n"
             "worst=calls of `parse_row`: 3.0 ×\n"
             "report=a/diff.md\n");
  DiffReport broken = ReportOfBudgets();
  broken.findings.clear();
  BOOST_TEST(GithubOutputs(broken, "") ==
             "verdict=worse\n"
             "worst=`parse_row` is called 3.0 times per call of `main`: the "
             "budget is 2\n"
             "report=\n");
  BOOST_TEST(GithubOutputs(EqualReport(), "") ==
             "verdict=not_worse\nworst=\nreport=\n");
}

BOOST_AUTO_TEST_CASE(NoNameAddsAnOutput) {
  for (const std::string& name : HostileNames()) {
    const std::vector<std::string> lines =
        Lines(GithubOutputs(HostileReport(name), name));
    BOOST_REQUIRE(lines.size() == 3u);
    BOOST_TEST(lines[0] == "verdict=worse");
    BOOST_TEST(lines[1].starts_with("worst="));
    BOOST_TEST(lines[2] == "report=" + Printable(name));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
