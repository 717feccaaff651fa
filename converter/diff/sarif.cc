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

// One for each Cause::Kind, in their order, and one for what has no cause.
constexpr Rule kRules[] = {
    {"self", "A function costs more itself."},
    {"more-calls", "A function is called more often."},
    {"new-call", "A call is new, or gone."},
    {"entry", "A function is called more often from outside the profile."},
    {"cycle", "Functions that call each other cost more."},
    {"unexplained", "Something costs more, without a single cause."},
    {"figure", "A figure differs."},
};

size_t RuleOf(const DiffFinding& finding) {
  return finding.blame ? static_cast<size_t>(finding.blame->kind)
                       : std::size(kRules) - 1;
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

class SarifWriter {
 public:
  SarifWriter(const DiffReport& report, std::string_view root)
      : report_(report), root_(root) {}

  Json Write() const;

 private:
  static bool IsToldOf(const DiffFinding& finding) {
    return finding.answer != Answer::kNotWorse || finding.blame;
  }
  Json Driver() const;
  Json Results() const;
  Json ResultOf(const DiffFinding& finding) const;
  Json LocationOf(const DiffFinding& finding) const;
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

Json SarifWriter::LocationOf(const DiffFinding& finding) const {
  SourcePlace place{.line = 1};
  if (!report_.current.files.empty()) place.file = report_.current.files[0];
  place = PlaceOf(finding, root_).value_or(place);
  const std::string uri = UriOf(place.file);
  Json artifact = {{"uri", uri}};
  if (!uri.starts_with("file:")) artifact["uriBaseId"] = "%SRCROOT%";
  return {{"physicalLocation",
           {{"artifactLocation", artifact},
            {"region", {{"startLine", place.line}}}}}};
}

Json SarifWriter::ResultOf(const DiffFinding& finding) const {
  const size_t rule = RuleOf(finding);
  // GitHub tells alerts apart by this name alone.
  const std::string print = FingerprintOf(finding);
  return {{"ruleId", kRules[rule].id},
          {"ruleIndex", rule},
          {"level", LevelOf(finding.answer)},
          {"message", {{"text", JsonText(MessageOf(finding))}}},
          {"locations", Json::array({LocationOf(finding)})},
          {"partialFingerprints", {{"primaryLocationLineHash", print + ":1"}}}};
}

Json SarifWriter::Results() const {
  Json results = Json::array();
  for (const DiffFinding& finding : report_.findings) {
    if (results.size() == kSarifResults) break;
    if (IsToldOf(finding)) results.push_back(ResultOf(finding));
  }
  return results;
}

Json SarifWriter::Invocation() const {
  Json notifications = Json::array();
  const auto add = [&](std::string_view level, const std::string& text) {
    notifications.push_back(
        {{"level", level}, {"message", {{"text", JsonText(text)}}}});
  };
  add("note", std::string(AnswerName(report_.answer)) + ": " + report_.why);
  const auto left_out = std::ranges::count_if(report_.findings, IsToldOf) -
                        static_cast<int64_t>(kSarifResults);
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
