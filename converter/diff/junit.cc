#include "converter/diff/junit.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "converter/diff/notes.h"
#include "converter/diff/places.h"
#include "converter/diff/words.h"
#include "converter/display/lines.h"
#include "converter/io/text_buffer.h"
#include "converter/io/xml_text.h"

namespace prof2cg {
namespace {

struct TestCase {
  std::string group;
  std::string name;
  std::optional<SourcePlace> place = {};
  Answer answer = Answer::kNotWorse;
  std::string message = {};  // in a line
  std::string detail = {};
};

class JunitWriter {
 public:
  std::string Write(const DiffReport& report);

 private:
  void WriteHead(const std::vector<TestCase>& tests);
  void WriteCase(const TestCase& test);
  void WriteResult(const TestCase& test);
  void Attribute(std::string_view name, std::string_view value);
  void Count(std::string_view name, int64_t count) {
    Attribute(name, std::to_string(count));
  }

  TextBuffer out_;
};

void JunitWriter::Attribute(std::string_view name, std::string_view value) {
  out_.Write(' ');
  out_.Write(name);
  out_.Write("=\"");
  WriteXml(out_, value);
  out_.Write('"');
}

TestCase CaseOf(const DiffFinding& finding) {
  TestCase test{.group = finding.event.name,
                .name = SubjectText(finding),
                .place = PlaceOf(finding),
                .answer = finding.answer,
                .message = finding.why};
  // What tells functions of one name apart.
  const std::string place = QuotedPlace(finding);
  if (!place.empty()) test.name += " (" + place + ')';
  if (finding.blame) {
    test.message = finding.blame->sentence;
    AddLine(test.detail, PathText(*finding.blame));
  }
  AddLine(test.detail, finding.why);
  AddLine(test.detail, OthersText(finding));
  return test;
}

TestCase CaseOf(const DiffReport& report, const DiffBudget& budget) {
  return {.group = budget.kind == DiffBudget::Kind::kRule ? "rule" : "budget",
          .name = budget.text,
          .place = PlaceOf(report, budget),
          .answer = budget.answer,
          .message = budget.sentence};
}

std::vector<TestCase> CasesOf(const DiffReport& report) {
  std::vector<TestCase> tests = {{.group = "prof2cg diff",
                                  .name = "verdict",
                                  .answer = report.answer,
                                  .message = report.why}};
  for (const DiffBudget& budget : report.budgets) {
    tests.push_back(CaseOf(report, budget));
  }
  for (const DiffFinding& finding : report.findings) {
    tests.push_back(CaseOf(finding));
  }
  return tests;
}

void JunitWriter::WriteHead(const std::vector<TestCase>& tests) {
  const auto count = [&](Answer answer) {
    return std::ranges::count(tests, answer, &TestCase::answer);
  };
  for (const std::string_view tag : {"<testsuites", "<testsuite"}) {
    out_.Write(tag);
    Attribute("name", "prof2cg diff");
    Count("tests", std::ssize(tests));
    Count("failures", count(Answer::kWorse));
    Count("errors", 0);
    Count("skipped", count(Answer::kCannotTell));
    out_.Write(">\n");
  }
}

void JunitWriter::WriteResult(const TestCase& test) {
  const bool has_failed = test.answer == Answer::kWorse;
  out_.Write(has_failed ? "<failure" : "<skipped");
  if (has_failed) Attribute("type", "worse");
  Attribute("message", test.message);
  out_.Write('>');
  WriteXml(out_, test.detail);
  out_.Write(has_failed ? "</failure>" : "</skipped>");
}

void JunitWriter::WriteCase(const TestCase& test) {
  out_.Write("<testcase");
  Attribute("classname", test.group);
  Attribute("name", test.name);
  if (test.place) {
    Attribute("file", test.place->file);
    Count("line", test.place->line);
  }
  out_.Write('>');
  if (test.answer != Answer::kNotWorse) WriteResult(test);
  out_.Write("</testcase>\n");
}

std::string JunitWriter::Write(const DiffReport& report) {
  out_.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  const std::vector<TestCase> tests = CasesOf(report);
  WriteHead(tests);
  for (const TestCase& test : tests) WriteCase(test);
  out_.Write("</testsuite>\n</testsuites>\n");
  return std::string(out_.text());
}

}  // namespace

std::string DiffJunit(const DiffReport& report) {
  return JunitWriter().Write(report);
}

}  // namespace prof2cg
