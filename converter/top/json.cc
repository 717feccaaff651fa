#include "converter/top/json.h"

#include <string_view>
#include <vector>

#include "converter/display/json_text.h"

namespace prof2cg {
namespace {

constexpr int kVersion = 1;

std::string_view OrderName(TopOrder order) {
  switch (order) {
    case TopOrder::kSelf:
      return "self";
    case TopOrder::kInclusive:
      return "inclusive";
    case TopOrder::kCalls:
      return "calls";
    case TopOrder::kName:
      return "name";
  }
  return "";
}

std::string_view OriginName(Origin origin) {
  switch (origin) {
    case Origin::kAbsent:
      return "";
    case Origin::kMeasured:
      return "measured";
    case Origin::kDerived:
      return "derived";
    case Origin::kEstimated:
      return "estimated";
  }
  return "";
}

class TopJsonWriter {
 public:
  explicit TopJsonWriter(const TopReport& report) : report_(report) {}

  Json Write() const;

 private:
  static bool IsKnown(Origin origin) { return origin != Origin::kAbsent; }

  Json Origins() const;
  Json Totals() const;
  Json Of(const TopFunction& function) const;
  static void AddContext(const TopContext& context, Json& json);
  Json Of(const TopCall& call) const;
  Json Of(const TopCalls& calls) const;
  Json Of(const TopSection& section) const;
  Json FidelityOf() const;
  Json ContradictionsOf() const;
  template <class Row>
  Json List(const std::vector<Row>& rows) const {
    Json list = Json::array();
    for (const Row& row : rows) list.push_back(Of(row));
    return list;
  }
  Json Of(const std::string& text) const { return JsonText(text); }
  Json Of(const TopPartMatches& matches) const {
    return {{"pattern", JsonText(matches.pattern)},
            {"functions", matches.functions}};
  }
  Json Of(const Oddity& oddity) const { return JsonOf(oddity); }

  const TopReport& report_;
};

Json TopJsonWriter::Write() const {
  Json json;
  json["schema"] = "prof2cg.top";
  json["version"] = kVersion;
  json["event"] = JsonOf(report_.event);
  json["other_events"] = List(report_.other_events);
  json["origins"] = Origins();
  json["totals"] = Totals();
  json["order"] = OrderName(report_.order);
  if (!report_.filter.empty()) json["filter"] = JsonText(report_.filter);
  json["matched"] = {{"functions", report_.matched},
                     {"self", report_.matched_self}};
  json["functions"] = List(report_.list);
  if (report_.has_sections) {
    json["sections"] = List(report_.sections);
    json["more_sections"] = report_.more_sections;
    json["part_matches"] = List(report_.part_matches);
  }
  json["fidelity"] = FidelityOf();
  json["oddities"] = List(report_.oddities);
  json["contradictions"] = ContradictionsOf();
  return json;
}

Json TopJsonWriter::Origins() const {
  Json json = Json::object();
  const auto add = [&](const char* name, Origin origin) {
    if (IsKnown(origin)) json[name] = OriginName(origin);
  };
  add("self", report_.origins.self);
  add("inclusive", report_.origins.inclusive);
  add("calls", report_.counts);
  add("call_inclusive", report_.origins.call_inclusive);
  add("call_self", report_.origins.call_self);
  add("call_calls", report_.call_counts);
  return json;
}

Json TopJsonWriter::Totals() const {
  Json json;
  json["functions"] = report_.functions;
  if (IsKnown(report_.counts)) {
    json["calls"] = report_.calls.total;
    json["primitive_calls"] = report_.calls.primitive;
  }
  json["self"] = report_.cost;
  return json;
}

void AddPlace(std::string_view name, std::string_view file, uint32_t line,
              Json& json) {
  json["name"] = JsonText(name);
  json["file"] = JsonText(file);
  if (line != 0) json["line"] = line;
}

Json TopJsonWriter::Of(const TopFunction& function) const {
  Json json;
  AddPlace(function.name, function.file, function.line, json);
  json["object"] = JsonText(function.object);
  if (IsKnown(report_.counts)) {
    json["calls"] = function.counts.total;
    json["primitive_calls"] = function.counts.primitive;
  }
  json["self"] = function.self;
  if (IsKnown(report_.origins.inclusive)) {
    json["inclusive"] = function.inclusive;
  }
  if (function.is_estimated) json["estimated"] = true;
  if (function.context) AddContext(*function.context, json);
  for (size_t number = 0; number < function.costs.size(); ++number) {
    const TopColumn& column = report_.columns[number];
    if (!column.is_of_other_event) continue;
    json["costs"][JsonText(column.name)] = function.costs[number];
  }
  return json;
}

void TopJsonWriter::AddContext(const TopContext& context, Json& json) {
  json["base"] = JsonText(context.base);
  json["level"] = context.level;
  json["callers"] = Json::array();
  for (const auto& [name, file, line] : context.callers) {
    AddPlace(name, file, line, json["callers"].emplace_back());
  }
}

Json TopJsonWriter::Of(const TopCall& call) const {
  Json json;
  json["function"] = call.is_outside ? Json() : Of(call.other);
  if (call.line != 0) json["line"] = call.line;
  if (IsKnown(report_.call_counts)) {
    json["calls"] = call.counts.total;
    json["primitive_calls"] = call.counts.primitive;
  }
  if (IsKnown(report_.origins.call_inclusive)) {
    json["inclusive"] = call.inclusive;
  }
  if (call.self) json["self"] = *call.self;
  if (call.is_estimated) json["estimated"] = true;
  return json;
}

Json TopJsonWriter::Of(const TopCalls& calls) const {
  Json json;
  json["calls"] = List(calls.calls);
  json["others"] = calls.others;
  if (calls.others_are_estimated) json["others_estimated"] = true;
  if (IsKnown(report_.call_counts)) {
    json["other_calls"] = calls.other_counts.total;
  }
  if (IsKnown(report_.origins.call_inclusive)) {
    json["other_inclusive"] = calls.other_inclusive;
  }
  return json;
}

Json TopJsonWriter::Of(const TopSection& section) const {
  Json json;
  json["function"] = Of(section.function);
  if (section.callers) json["callers"] = Of(*section.callers);
  if (section.callees) json["callees"] = Of(*section.callees);
  return json;
}

Json TopJsonWriter::FidelityOf() const {
  const Fidelity& fidelity = report_.fidelity;
  return {{"measured", fidelity.measured},
          {"derived", fidelity.derived},
          {"estimated", fidelity.estimated},
          {"lost", fidelity.lost},
          {"text", fidelity.Text()}};
}

Json TopJsonWriter::ContradictionsOf() const {
  const Contradictions& found = report_.contradictions;
  return {{"self_above_inclusive", found.self_above_inclusive},
          {"call_above_callee", found.call_above_callee},
          {"calls_above_callee", found.calls_above_callee},
          {"negative", found.negative},
          {"missing_self", found.missing_self}};
}

}  // namespace

std::string TopJson(const TopReport& report) {
  return JsonFile(TopJsonWriter(report).Write());
}

}  // namespace prof2cg
