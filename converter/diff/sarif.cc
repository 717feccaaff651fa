#include "converter/diff/sarif.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "converter/diff/places.h"
#include "converter/diff/words.h"
#include "converter/display/json_text.h"
#include "converter/display/text_cells.h"
#include "converter/version.h"

namespace prof2cg {
namespace {

struct Rule {
  std::string_view id;
  std::string_view text;
};

// One for each Cause::Kind, in their order, one for what has no cause, and
// those of budgets.
constexpr Rule kRules[] = {
    {"self", "A function costs more itself."},
    {"more-calls", "A function is called more often."},
    {"new-call", "A call is new, or gone."},
    {"entry", "A function is called more often from outside the profile."},
    {"cycle", "Functions that call each other cost more."},
    {"unexplained", "Something costs more, without a single cause."},
    {"figure", "A figure differs."},
    {"budget", "A function costs more than its budget."},
    {"caller", "A function has a caller that it must not have."},
};
constexpr size_t kFigureRule = std::size(kRules) - 3;
constexpr size_t kBudgetRule = kFigureRule + 1;

size_t RuleOf(const DiffFinding& finding) {
  return finding.blame ? static_cast<size_t>(finding.blame->kind) : kFigureRule;
}

size_t RuleOf(const DiffBudget& budget) {
  return kBudgetRule + (budget.kind == DiffBudget::Kind::kRule);
}

std::string_view LevelOf(Answer answer) {
  switch (answer) {
    case Answer::kNotWorse:
      return "note";
    case Answer::kCannotTell:
      return "warning";
    case Answer::kWorse:
      return "error";
  }
  return "none";
}

bool IsDrive(std::string_view path) {
  return path.size() > 2 && path[1] == ':' &&
         (path[2] == '\\' || path[2] == '/');
}

// A path as a URI (RFC 3986): relative, or of scheme file where it is not.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const bool is_windows = IsDrive(path);
  std::string uri = is_windows              ? "file:///"
                    : path.starts_with('/') ? "file://"
                                            : "";
  for (const char c : path) {
    if (kPlain.find(c) != kPlain.npos) {
      uri += c;
    } else if (is_windows && c == '\\') {
      uri += '/';
    } else {
      const auto byte = static_cast<uint8_t>(c);
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return uri;
}

// FNV-1a, 64 bits: the same on every machine.
class Fingerprint {
 public:
  void Add(std::string_view text) {
    for (const char c : text) AddByte(static_cast<uint8_t>(c));
    AddByte(0xff);  // an end: no text has it
  }

  std::string Text() const {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) {
      text += kHex[hash_ >> shift & 15];
    }
    return text;
  }

 private:
  void AddByte(uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3; }

  uint64_t hash_ = 0xcbf29ce484222325;
};

std::string FingerprintOf(const DiffFinding& finding) {
  Fingerprint print;
  const auto add = [&](const DiffFunction& function) {
    print.Add(function.name);
    print.Add(function.file);
  };
  print.Add(std::to_string(static_cast<int>(finding.kind)));
  print.Add(finding.event.name);
  add(finding.function);
  if (finding.call) {
    add(finding.call->caller);
    add(finding.call->callee);
  }
  for (const DiffFunction& function : finding.path) add(function);
  return print.Text();
}

std::string FingerprintOf(const DiffBudget& budget) {
  Fingerprint print;
  print.Add("budget");
  print.Add(budget.text);
  return print.Text();
}

// No text of a profile as a link: "[text](target)", section 3.11.6.
std::string WithoutLinks(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "](") == 0) out += '\\';
    out += text[i];
  }
  return out;
}

std::string MessageOf(const DiffFinding& finding) {
  std::string text = SubjectText(finding) + ": " + finding.why + '.';
  if (finding.blame) text += ' ' + finding.blame->sentence;
  return WithoutLinks(text);
}

std::string MessageOf(const DiffBudget& budget) {
  return WithoutLinks(Quoted(budget.text) + ": " + budget.sentence + '.');
}

Json LocationOf(const SourcePlace& place) {
  const std::string uri = UriOf(place.file);
  Json artifact = {{"uri", uri}};
  if (!uri.starts_with("file:")) artifact["uriBaseId"] = "%SRCROOT%";
  return {{"physicalLocation",
           {{"artifactLocation", artifact},
            {"region", {{"startLine", place.line}}}}}};
}

// Of a DiffFinding or a DiffBudget.
template <class Told>
Json ResultOf(const Told& told, const SourcePlace& place) {
  const size_t rule = RuleOf(told);
  // GitHub tells alerts apart by this name alone.
  const std::string print = FingerprintOf(told);
  return {{"ruleId", kRules[rule].id},
          {"ruleIndex", rule},
          {"level", LevelOf(told.answer)},
          {"message", {{"text", JsonText(MessageOf(told))}}},
          {"locations", Json::array({LocationOf(place)})},
          {"partialFingerprints", {{"primaryLocationLineHash", print + ":1"}}}};
}

class SarifWriter {
 public:
  SarifWriter(const DiffReport& report, std::string_view root)
      : report_(report), root_(root) {}

  Json Write() const;

 private:
  static bool IsToldOf(const DiffFinding& finding) {
    return finding.answer != Answer::kNotWorse || finding.blame;
  }
  static bool IsToldOf(const DiffBudget& budget) {
    return budget.answer != Answer::kNotWorse;
  }
  Json Driver() const;
  Json Results() const;
  SourcePlace PlaceToShow(const DiffFinding& finding) const;
  int64_t CountOfResults() const;
  Json Invocation() const;

  const DiffReport& report_;
  std::string_view root_;
};

Json SarifWriter::Driver() const {
  Json rules = Json::array();
  for (const Rule& rule : kRules) {
    rules.push_back({{"id", rule.id},
                     {"shortDescription", {{"text", rule.text}}},
                     {"fullDescription", {{"text", rule.text}}},
                     {"help", {{"text", rule.text}}},
                     {"defaultConfiguration", {{"level", "error"}}}});
  }
  return {{"name", "prof2cg"}, {"version", kVersion}, {"rules", rules}};
}

SourcePlace SarifWriter::PlaceToShow(const DiffFinding& finding) const {
  SourcePlace place{.line = 1};
  if (!report_.current.files.empty()) place.file = report_.current.files[0];
  return PlaceOf(finding, root_).value_or(place);
}

Json SarifWriter::Results() const {
  Json results = Json::array();
  const auto add = [&](const auto& told, const SourcePlace& place) {
    if (results.size() < kSarifResults)
      results.push_back(ResultOf(told, place));
  };
  for (const DiffBudget& budget : report_.budgets) {
    if (IsToldOf(budget)) add(budget, PlaceOf(report_, budget, root_));
  }
  for (const DiffFinding& finding : report_.findings) {
    if (IsToldOf(finding)) add(finding, PlaceToShow(finding));
  }
  return results;
}

int64_t SarifWriter::CountOfResults() const {
  const auto is_told = [](const auto& told) { return IsToldOf(told); };
  return std::ranges::count_if(report_.budgets, is_told) +
         std::ranges::count_if(report_.findings, is_told);
}

Json SarifWriter::Invocation() const {
  Json notifications = Json::array();
  const auto add = [&](std::string_view level, const std::string& text) {
    notifications.push_back(
        {{"level", level}, {"message", {{"text", JsonText(text)}}}});
  };
  add("note", std::string(AnswerName(report_.answer)) + ": " + report_.why);
  const int64_t left_out =
      CountOfResults() - static_cast<int64_t>(kSarifResults);
  if (left_out > 0) {
    add("warning",
        Counted{left_out, "result is", "results are"}.Text() + " left out");
  }
  return {{"executionSuccessful", true},
          {"toolExecutionNotifications", notifications}};
}

Json SarifWriter::Write() const {
  Json run;
  run["tool"] = {{"driver", Driver()}};
  run["invocations"] = Json::array({Invocation()});
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = Results();
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({run})}};
}

}  // namespace

std::string DiffSarif(const DiffReport& report, std::string_view root) {
  return JsonFile(SarifWriter(report, root).Write());
}

}  // namespace prof2cg
