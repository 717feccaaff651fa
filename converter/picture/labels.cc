#include "converter/picture/labels.h"

#include <cmath>
#include <cstdint>

#include "converter/display/figures.h"
#include "converter/display/fixed_text.h"
#include "converter/display/lines.h"
#include "converter/io/utf8.h"
#include "converter/names/callers_text.h"
#include "converter/names/function_name.h"
#include "converter/names/plain_name.h"
#include "converter/names/strip.h"
#include "converter/names/wrap.h"
#include "graph/passes/name_separated.h"

namespace prof2cg {
namespace {

// Some C++ names are books; gprof2dot cuts them here.
constexpr size_t kLongestName = 4096;
constexpr double kNanosecondsPerSecond = 1e9;
constexpr const char* kTimes = "×";

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

std::string StripName(std::string_view name, const PictureOptions& options) {
  std::string text = Printable(name);
  return options.strips_names ? StripParameters(text) : text;
}

std::string FitName(std::string text, const PictureOptions& options) {
  text = CutName(std::move(text));
  return options.wraps_names ? WrapName(text) : text;
}

// With the callers that tell it apart. Each name is stripped on its own: a
// bracket of one may lack a partner.
std::string WholeText(const Profile& profile, FunctionId function,
                      const PictureOptions& options) {
  const auto strip = [&](std::string_view name) {
    return StripName(name, options);
  };
  std::string text = strip(NameFunction(profile, profile.Base(function)).name);
  if (profile.separation) {
    text += ContextText(*profile.separation, profile.strings, function, strip);
  }
  return FitName(Printable(text), options);
}

std::string InUnits(double cost, Unit unit) {
  return ScaleCost(cost, unit).Text();
}

// Of time in seconds, as gprof2dot has it.
std::string Plain(int64_t cost, Unit unit, const TimeFormat& format) {
  const auto amount = static_cast<double>(cost);
  return unit == Unit::kNanoseconds
             ? format.Print(amount / kNanosecondsPerSecond)
             : InUnits(amount, unit);
}

std::string PerCall(int64_t cost, int64_t calls, Unit unit) {
  if (calls <= 0) return "";
  const double each = static_cast<double>(cost) / static_cast<double>(calls);
  return InUnits(each, unit) + "/call";
}

std::string SelfText(NodeLine line, int64_t calls, Unit unit,
                     const PictureOptions& options,
                     const NodeFigures& figures) {
  switch (line) {
    case NodeLine::kSelfTime:
      return Plain(figures.self, unit, options.time_format);
    case NodeLine::kSelf:
      return InUnits(static_cast<double>(figures.self), unit);
    case NodeLine::kSelfPerCall:
      return PerCall(figures.self, calls, unit);
    default:
      return PercentText(figures.self_share);
  }
}

std::string TotalText(NodeLine line, int64_t calls, Unit unit,
                      const PictureOptions& options,
                      const NodeFigures& figures) {
  switch (line) {
    case NodeLine::kTotalTime:
      return Plain(figures.total, unit, options.time_format);
    case NodeLine::kTotal:
      return InUnits(static_cast<double>(figures.total), unit);
    case NodeLine::kTotalPerCall:
      return PerCall(figures.total, calls, unit);
    default:
      return PercentText(figures.total_share);
  }
}

bool IsOfSelf(NodeLine line) {
  return line == NodeLine::kSelfTime || line == NodeLine::kSelfShare ||
         line == NodeLine::kSelf || line == NodeLine::kSelfPerCall;
}

std::string ShareOf(const EdgeFigures& part, const NodeFigures& whole,
                    const char* of) {
  if (!(part.total_share >= 0) || !(whole.total_share > 0)) return "";
  return PercentText(part.total_share / whole.total_share) + " of " + of;
}

}  // namespace

std::string PercentText(double share) {
  return FixedText(share * 100, 2) + "%";
}

std::string NameText(std::string_view name, const PictureOptions& options) {
  return FitName(StripName(name, options), options);
}

std::string BaseText(const Profile& profile, FunctionId function,
                     const PictureOptions& options) {
  return NameText(NameFunction(profile, profile.Base(function)).name, options);
}

void LabelNode(const Profile& profile, const PictureOptions& options,
               PictureNode& node) {
  const FunctionName named = NameFunction(profile, node.function);
  const std::string_view base =
      profile.strings[profile.Base(node.function).name];
  node.place = Printable(named.process);
  AddLine(node.place, Printable(named.module));
  node.label = node.place;
  AddLine(node.label, WholeText(profile, node.function, options));
  for (const std::string& caller : CallerTexts(profile, node.function)) {
    node.callers.push_back(Printable(caller));
  }
  if (profile.naming != Naming::kModuleLineName) {
    node.name = NameText(base, options);
    return;
  }
  const std::string_view file = profile.File(node.function);
  const uint32_t line = profile.functions[node.function.row()].line;
  node.name = NameText(PlainName(base), options);
  node.place =
      file == kBuiltInFile ? "built-in" : Printable(PythonModule(file));
  if (line != 0) node.place += ":" + std::to_string(line);
  node.tooltip = Printable(file);
}

std::string NodeLineText(const Profile& profile, EventId event,
                         const PictureOptions& options, NodeLine line,
                         FunctionId function, const NodeFigures& figures) {
  const Unit unit = profile.events[event].unit;
  const int64_t calls = profile.graph.counts[function.row()].total;
  if (!IsOfSelf(line)) {
    if (std::isnan(figures.total_share)) return "";
    return TotalText(line, calls, unit, options, figures);
  }
  if (std::isnan(figures.self_share)) return "";
  const std::string text = SelfText(line, calls, unit, options, figures);
  return text.empty() ? "" : "(" + text + ")";
}

std::string CallsText(const Profile& profile, FunctionId function) {
  if (profile.provenance.counts == Origin::kAbsent) return "";
  const int64_t calls = profile.graph.counts[function.row()].total;
  const bool is_left_out =
      calls == 0 && profile.share_by == ShareBy::kCallCounts;
  return is_left_out ? "" : std::to_string(calls) + kTimes;
}

std::string CallsText(const Profile& profile, CallId call) {
  if (profile.provenance.call_counts == Origin::kAbsent) return "";
  const int64_t calls = profile.graph.calls[call.row()].counts.total;
  return std::to_string(calls) + kTimes;
}

void LabelNodeFigures(const Profile& profile, EventId event,
                      const PictureOptions& options, const PictureNode& node,
                      NodeFigures& figures) {
  for (const NodeLine line : options.node_lines) {
    AddLine(figures.label, NodeLineText(profile, event, options, line,
                                        node.function, figures));
  }
  const bool has_samples = profile.events[event].unit != Unit::kNanoseconds;
  if (options.shows_samples && has_samples) {
    AddLine(figures.label, std::to_string(figures.self) + kTimes);
  }
  AddLine(figures.label, CallsText(profile, node.function));
}

std::string EdgeLineText(const Profile& profile, EventId event, EdgeLine line,
                         CallId call, const EdgeFigures& figures,
                         const NodeFigures& caller, const NodeFigures& callee) {
  if (line == EdgeLine::kCalls) return CallsText(profile, call);
  if (std::isnan(figures.total_share)) return "";
  const Unit unit = profile.events[event].unit;
  const int64_t calls = profile.graph.calls[call.row()].counts.total;
  switch (line) {
    case EdgeLine::kTotal:
      return InUnits(static_cast<double>(figures.total), unit);
    case EdgeLine::kTotalPerCall:
      return PerCall(figures.total, calls, unit);
    case EdgeLine::kShareOfCaller:
      return ShareOf(figures, caller, "caller");
    case EdgeLine::kShareOfCallee:
      return ShareOf(figures, callee, "callee");
    default:
      return PercentText(figures.total_share);
  }
}

void LabelEdge(const Profile& profile, EventId event,
               const PictureOptions& options, const PictureEdge& edge,
               const NodeFigures& caller, const NodeFigures& callee,
               EdgeFigures& figures) {
  for (const EdgeLine line : options.edge_lines) {
    AddLine(figures.label, EdgeLineText(profile, event, line, edge.call,
                                        figures, caller, callee));
  }
}

}  // namespace prof2cg
