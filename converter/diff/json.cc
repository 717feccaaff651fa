#include "converter/diff/json.h"

#include <cmath>
#include <string_view>
#include <vector>

#include "converter/diff/words.h"
#include "converter/display/json_text.h"

namespace prof2cg {
namespace {

std::string_view KeyOf(DiffFunction::Side side) {
  constexpr std::string_view kKeys[] = {"both", "base", "current"};
  return kKeys[static_cast<size_t>(side)];
}

std::string_view KeyOf(Subject::Kind kind) {
  constexpr std::string_view kKeys[] = {"total", "self", "inclusive",
                                        "calls", "call", "path"};
  return kKeys[static_cast<size_t>(kind)];
}

std::string_view KeyOf(Reason reason) {
  switch (reason) {
    case Reason::kEqual:
      return "equal";
    case Reason::kLess:
      return "less";
    case Reason::kWithinThreshold:
      return "within_threshold";
    case Reason::kBelowShare:
      return "below_share";
    case Reason::kMore:
      return "more";
    case Reason::kSignificant:
      return "significant";
    case Reason::kMayBeChance:
      return "may_be_chance";
    case Reason::kTooFewRepeats:
      return "too_few_repeats";
    case Reason::kScatters:
      return "scatters";
    case Reason::kCommonFactor:
      return "common_factor";
    case Reason::kUnmatched:
      return "unmatched";
  }
  return "";
}

std::string_view KeyOf(ProbablePair::Change change) {
  return change == ProbablePair::Change::kMoved ? "moved" : "renamed";
}

template <class Item, class Make>
Json ListOf(const std::vector<Item>& items, Make make) {
  Json json = Json::array();
  for (const Item& item : items) json.push_back(make(item));
  return json;
}

Json NumberOf(double number) {
  return std::isfinite(number) ? Json(number) : Json();
}

Json JsonOf(const DiffFunction& function) {
  Json json = {{"name", JsonText(function.name)},
               {"file", JsonText(function.file)}};
  if (function.line != 0) json["line"] = function.line;
  json["side"] = KeyOf(function.side);
  return json;
}

Json JsonOf(const std::vector<DiffFunction>& path) {
  return ListOf(path, [](const DiffFunction& f) { return JsonOf(f); });
}

Json JsonOf(const DiffCall& call) {
  return {{"caller", JsonOf(call.caller)},
          {"callee", JsonOf(call.callee)},
          {"new_lines", call.new_lines},
          {"gone_lines", call.gone_lines}};
}

Json JsonOf(const DiffStep& step) {
  return {{"function", JsonOf(step.function)},
          {"difference", step.difference},
          {"calls", step.split.calls},
          {"mix", step.split.mix},
          {"unit", step.split.unit}};
}

Json JsonOf(const DiffBlame& blame) {
  Json json;
  json["kind"] = CauseKey(blame.kind);
  json["function"] = JsonOf(blame.function);
  if (blame.call) json["call"] = JsonOf(*blame.call);
  json["base_calls"] = blame.base_calls;
  json["current_calls"] = blame.current_calls;
  json["base_cost"] = blame.base_cost;
  json["current_cost"] = blame.current_cost;
  json["explained"] = blame.explained;
  json["sentence"] = JsonText(blame.sentence);
  if (!blame.path.empty()) json["path"] = JsonOf(blame.path);
  json["steps"] =
      ListOf(blame.steps, [](const DiffStep& step) { return JsonOf(step); });
  return json;
}

Json JsonOf(const DiffFinding& finding) {
  Json json;
  json["subject"] = KeyOf(finding.kind);
  if (finding.kind != Subject::Kind::kTotal) {
    json["function"] = JsonOf(finding.function);
  }
  if (finding.call) json["call"] = JsonOf(*finding.call);
  if (!finding.path.empty()) json["path"] = JsonOf(finding.path);
  json["event"] = JsonText(finding.event.name);
  json["verdict"] = AnswerKey(finding.answer);
  json["reason"] = KeyOf(finding.reason);
  json["why"] = JsonText(finding.why);
  json["base"] = finding.base;
  json["current"] = finding.current;
  json["difference"] = DifferenceOf(finding);
  json["p"] = NumberOf(finding.p);
  json["detectable"] = NumberOf(finding.detectable);
  if (finding.blame) json["blame"] = JsonOf(*finding.blame);
  json["others"] =
      ListOf(finding.others, [](const DiffFinding& f) { return JsonOf(f); });
  return json;
}

Json JsonOf(const DiffSide& side, std::string_view prefix) {
  return {{"files", ListOf(side.files, JsonText)},
          {"command", JsonText(side.command)},
          {"functions", side.functions},
          {"unmatched_functions", side.unmatched_functions},
          {"folded_functions", side.folded_functions},
          {"least", NumberOf(side.least_told)},
          {"prefix", JsonText(prefix)}};
}

Json JsonOf(const DiffTotal& total) {
  return {{"event", JsonOf(total.event)},
          {"judged", total.is_judged},
          {"base", total.base},
          {"current", total.current},
          {"difference", Difference(total.base, total.current)},
          {"base_unmatched", NumberOf(total.base_unmatched)},
          {"current_unmatched", NumberOf(total.current_unmatched)},
          {"common_factor", NumberOf(total.common_factor)}};
}

Json JsonOf(const DiffBudget& budget) {
  const bool is_rule = budget.kind == DiffBudget::Kind::kRule;
  Json json = {{"kind", is_rule ? "rule" : "budget"},
               {"text", JsonText(budget.text)},
               {"kept", !budget.is_broken()},
               {"sentence", JsonText(budget.sentence)}};
  if (budget.answer == Answer::kCannotTell) json["kept"] = nullptr;
  if (budget.line != 0) json["line"] = budget.line;
  return json;
}

Json JsonOf(const DiffPair& pair) {
  return {{"base", JsonOf(pair.base)},
          {"current", JsonOf(pair.current)},
          {"change", KeyOf(pair.change)}};
}

}  // namespace

std::string DiffJson(const DiffReport& report) {
  Json json;
  json["schema"] = "prof2cg.diff";
  json["version"] = 1;
  json["verdict"] = AnswerKey(report.answer);
  json["why"] = JsonText(report.why);
  json["base"] = JsonOf(report.base, report.base_prefix);
  json["current"] = JsonOf(report.current, report.current_prefix);
  json["alpha"] = NumberOf(report.alpha);
  json["totals"] =
      ListOf(report.totals, [](const DiffTotal& t) { return JsonOf(t); });
  json["findings"] =
      ListOf(report.findings, [](const DiffFinding& f) { return JsonOf(f); });
  json["equal"] = report.equal;
  json["config"] = JsonText(report.config);
  json["budgets"] =
      ListOf(report.budgets, [](const DiffBudget& b) { return JsonOf(b); });
  json["probable_pairs"] = ListOf(report.probable_pairs,
                                  [](const DiffPair& p) { return JsonOf(p); });
  json["oddities"] =
      ListOf(report.oddities, [](const Oddity& o) { return JsonOf(o); });
  return JsonFile(json);
}

}  // namespace prof2cg
