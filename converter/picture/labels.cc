#include "converter/picture/labels.h"

#include <cmath>
#include <cstdint>
#include <cstdio>

#include "converter/display/figures.h"
#include "converter/io/utf8.h"
#include "converter/names/function_name.h"
#include "converter/names/strip.h"
#include "converter/names/wrap.h"

namespace prof2cg {
namespace {

// Some C++ names are books; gprof2dot cuts them here.
constexpr size_t kLongestName = 4096;
constexpr double kNanosecondsPerSecond = 1e9;
constexpr std::string_view kTimes = "×";

void AddLine(std::string& lines, std::string_view line) {
  if (!lines.empty()) lines += '\n';
  lines += line;
}

std::string InBrackets(const std::string& text) { return "(" + text + ")"; }

std::string CutName(std::string name) {
  size_t characters = 0;
  for (size_t i = 0; i < name.size();) {
    const size_t bytes = DecodeWtf8(name, i).bytes;
    if (++characters == kLongestName) {
      name.resize(i);
      return name + "…";
    }
    i += bytes;
  }
  return name;
}

// Figures of one event as text.
class Amounts {
 public:
  Amounts(const Profile& profile, EventId event, const PictureOptions& options)
      : unit_(profile.events[event].unit), options_(options) {}

  std::string WithUnit(int64_t cost) const {
    return ScaleCost(static_cast<double>(cost), unit_).Text();
  }
  // Seconds, as gprof2dot has them; anything else with its unit.
  std::string Plain(int64_t cost) const {
    if (unit_ != Unit::kNanoseconds) return WithUnit(cost);
    return options_.time_format.Print(static_cast<double>(cost) /
                                      kNanosecondsPerSecond);
  }
  // "" where there is no call.
  std::string PerCall(int64_t cost, int64_t calls) const {
    if (calls <= 0) return "";
    return ScaleCost(static_cast<double>(cost) / static_cast<double>(calls),
                     unit_)
               .Text() +
           "/call";
  }
  bool IsTime() const { return unit_ == Unit::kNanoseconds; }

 private:
  const Unit unit_;
  const PictureOptions& options_;
};

// "" where the figure is unknown.
std::string TextOf(NodeLine line, const Amounts& amounts, int64_t calls,
                   const NodeFigures& figures) {
  const bool has_self = !std::isnan(figures.self_share);
  const bool has_total = !std::isnan(figures.total_share);
  switch (line) {
    case NodeLine::kSelfTime:
      return has_self ? InBrackets(amounts.Plain(figures.self)) : "";
    case NodeLine::kSelfShare:
      return has_self ? InBrackets(PercentText(figures.self_share)) : "";
    case NodeLine::kTotalTime:
      return has_total ? amounts.Plain(figures.total) : "";
    case NodeLine::kTotalShare:
      return has_total ? PercentText(figures.total_share) : "";
    case NodeLine::kSelf:
      return has_self ? InBrackets(amounts.WithUnit(figures.self)) : "";
    case NodeLine::kTotal:
      return has_total ? amounts.WithUnit(figures.total) : "";
    case NodeLine::kSelfPerCall: {
      const std::string text = amounts.PerCall(figures.self, calls);
      return has_self && !text.empty() ? InBrackets(text) : "";
    }
    case NodeLine::kTotalPerCall:
      return has_total ? amounts.PerCall(figures.total, calls) : "";
  }
  return "";
}

std::string ShareOf(const EdgeFigures& part, const NodeFigures& whole,
                    const char* of) {
  if (!(part.total_share >= 0) || !(whole.total_share > 0)) return "";
  return PercentText(part.total_share / whole.total_share) + " of " + of;
}

}  // namespace

std::string PercentText(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f%%", share * 100);
  return text;
}

std::string NameText(std::string_view name, const PictureOptions& options) {
  std::string text = Printable(name);
  if (options.strips_names) text = StripParameters(text);
  text = CutName(std::move(text));
  return options.wraps_names ? WrapName(text) : text;
}

void LabelNode(const Profile& profile, const PictureOptions& options,
               PictureNode& node) {
  const FunctionName named = NameFunction(profile, node.function);
  node.place = Printable(named.module);
  node.label = node.place;
  AddLine(node.label, NameText(named.name, options));
  if (profile.naming != Naming::kModuleLineName) {
    node.name = NameText(named.name, options);
    return;
  }
  node.name = NameText(profile.Name(node.function), options);
  const uint32_t line = profile.functions[node.function.row()].line;
  node.place = Printable(PythonModule(profile.File(node.function)));
  if (line != 0) node.place += ":" + std::to_string(line);
  node.tooltip = Printable(profile.File(node.function));
}

void LabelNodeFigures(const Profile& profile, EventId event,
                      const PictureOptions& options, const PictureNode& node,
                      NodeFigures& figures) {
  const Amounts amounts(profile, event, options);
  const int64_t calls = profile.graph.counts[node.function.row()].total;
  for (const NodeLine line : options.node_lines) {
    const std::string text = TextOf(line, amounts, calls, figures);
    if (!text.empty()) AddLine(figures.label, text);
  }
  if (options.shows_samples && !amounts.IsTime()) {
    AddLine(figures.label, std::to_string(figures.self) + std::string(kTimes));
  }
  if (profile.provenance.counts != Origin::kAbsent) {
    AddLine(figures.label, std::to_string(calls) + std::string(kTimes));
  }
}

void LabelEdge(const Profile& profile, EventId event,
               const PictureOptions& options, const PictureEdge& edge,
               const NodeFigures& caller, const NodeFigures& callee,
               EdgeFigures& figures) {
  const Amounts amounts(profile, event, options);
  const int64_t calls = profile.graph.calls[edge.call.row()].counts.total;
  const bool has_total = !std::isnan(figures.total_share);
  const bool has_calls = profile.provenance.call_counts != Origin::kAbsent;
  const auto text_of = [&](EdgeLine line) -> std::string {
    switch (line) {
      case EdgeLine::kTotalShare:
        return has_total ? PercentText(figures.total_share) : "";
      case EdgeLine::kCalls:
        return has_calls ? std::to_string(calls) + std::string(kTimes) : "";
      case EdgeLine::kTotal:
        return has_total ? amounts.WithUnit(figures.total) : "";
      case EdgeLine::kTotalPerCall:
        return has_total && has_calls ? amounts.PerCall(figures.total, calls)
                                      : "";
      case EdgeLine::kShareOfCaller:
        return ShareOf(figures, caller, "caller");
      case EdgeLine::kShareOfCallee:
        return ShareOf(figures, callee, "callee");
    }
    return "";
  };
  for (const EdgeLine line : options.edge_lines) {
    const std::string text = text_of(line);
    if (!text.empty()) AddLine(figures.label, text);
  }
}

}  // namespace prof2cg
