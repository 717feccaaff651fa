#include "converter/writers/svg_facts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string_view>
#include <vector>

#include "converter/display/figures.h"
#include "converter/display/lines.h"
#include "converter/writers/svg_text.h"

namespace prof2cg {
namespace {

const Event& EventOf(const Picture& picture, const PictureView& view) {
  return picture.profile->events[view.event];
}

std::string CostText(const Event& event, double cost) {
  return ScaleCost(cost, event.unit).Text();
}
std::string CostText(const Event& event, int64_t cost) {
  return CostText(event, static_cast<double>(cost));
}

// "" where the profile does not tell.
std::string ShareText(double share) {
  return std::isfinite(share) ? Percent(share) : "";
}

double Ratio(int64_t part, int64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

std::string JsonNumber(double number) {
  if (!std::isfinite(number)) return "null";
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", number);
  return text;
}

std::string JsonLines(const TextBlock& block) {
  std::vector<std::string> lines;
  for (const std::string& line : block.lines) lines.push_back(JsonString(line));
  return JsonArray(lines);
}

const CallGraph& GraphOf(const Picture& picture) {
  return picture.profile->graph;
}

std::string CountedCalls(const std::string& calls) {
  return calls.empty() ? "" : calls + (calls == "1" ? " call" : " calls");
}

}  // namespace

size_t HeatOf(double weight) {
  if (!(weight > 0)) return 0;  // nor where it is not a number
  return static_cast<size_t>(
      std::lround(std::min(weight, 1.) * (Legend::kSteps - 1)));
}

std::string FileAndLine(const Picture& picture, size_t node) {
  const FunctionId f = picture.nodes[node].function;
  const Function& function = picture.profile->functions[f.row()];
  std::string text(picture.profile->File(f));
  if (!text.empty() && function.line != 0) {
    text += ':' + std::to_string(function.line);
  }
  return text;
}

std::string CallsOfNode(const Picture& picture, size_t node) {
  if (picture.profile->provenance.counts == Origin::kAbsent) return "";
  const FunctionId f = picture.nodes[node].function;
  return GroupDigits(GraphOf(picture).counts[f.row()].total);
}

std::string CallsOfEdge(const Picture& picture, size_t edge) {
  if (picture.profile->provenance.call_counts == Origin::kAbsent) return "";
  const CallId call = picture.edges[edge].call;
  return GroupDigits(GraphOf(picture).calls[call.row()].counts.total);
}

std::string TrendOf(const Picture& picture, size_t node) {
  switch (picture.nodes[node].trend) {
    case Trend::kGrew:
      return "grew";
    case Trend::kShrank:
      return "shrank";
    case Trend::kNone:
      return "";
  }
  return "";
}

std::string TitleOfNode(const Picture& picture, size_t node) {
  const FunctionId f = picture.nodes[node].function;
  std::string lines(picture.profile->Name(f));
  AddLine(lines, FileAndLine(picture, node));
  AddLine(lines, TrendOf(picture, node));
  for (const PictureView& view : picture.views) {
    const NodeFigures& figures = view.nodes[node];
    const Event& event = EventOf(picture, view);
    AddLine(lines, NameOf(event) + ": " + CostText(event, figures.total) + " " +
                       ShareText(figures.total_share) + ", self " +
                       CostText(event, figures.self) + " " +
                       ShareText(figures.self_share));
  }
  AddLine(lines, CountedCalls(CallsOfNode(picture, node)));
  if (picture.nodes[node].is_estimated) AddLine(lines, "estimated");
  return lines;
}

std::string TitleOfEdge(const Picture& picture, size_t edge) {
  const PictureEdge& row = picture.edges[edge];
  std::string lines =
      picture.nodes[row.caller].name + " → " + picture.nodes[row.callee].name;
  std::ranges::replace(lines, '\n', ' ');
  for (const PictureView& view : picture.views) {
    const EdgeFigures& figures = view.edges[edge];
    const Event& event = EventOf(picture, view);
    AddLine(lines, NameOf(event) + ": " + CostText(event, figures.total) + " " +
                       ShareText(figures.total_share));
  }
  AddLine(lines, CountedCalls(CallsOfEdge(picture, edge)));
  if (row.is_estimated) AddLine(lines, "estimated");
  return lines;
}

std::string ViewsOfNode(const Drawing& drawing, size_t node) {
  const Picture& picture = *drawing.picture;
  std::vector<std::string> views;
  for (size_t v = 0; v < picture.views.size(); ++v) {
    const NodeFigures& figures = picture.views[v].nodes[node];
    const Event& event = EventOf(picture, picture.views[v]);
    const std::string fields[] = {std::to_string(HeatOf(figures.weight)),
                                  JsonNumber(figures.total_share),
                                  JsonString(CostText(event, figures.self)),
                                  JsonString(ShareText(figures.self_share)),
                                  JsonString(CostText(event, figures.total)),
                                  JsonString(ShareText(figures.total_share)),
                                  JsonLines(drawing.nodes[node].figures[v])};
    views.push_back(JsonArray(fields));
  }
  return JsonArray(views);
}

std::string ViewsOfEdge(const Drawing& drawing, size_t edge) {
  const Picture& picture = *drawing.picture;
  const PictureEdge& row = picture.edges[edge];
  const int64_t calls = GraphOf(picture).calls[row.call.row()].counts.total;
  const bool has_calls = !CallsOfEdge(picture, edge).empty() && calls > 0;
  std::vector<std::string> views;
  for (size_t v = 0; v < picture.views.size(); ++v) {
    const PictureView& view = picture.views[v];
    const EdgeFigures& figures = view.edges[edge];
    const Event& event = EventOf(picture, view);
    const auto share_of = [&](uint32_t node) {
      return JsonString(
          ShareText(Ratio(figures.total, view.nodes[node].total)));
    };
    const std::string per_call =
        has_calls ? CostText(event, Ratio(figures.total, calls)) : "";
    const std::vector<TextBlock>& blocks = drawing.edges[edge].figures;
    const std::string fields[] = {
        std::to_string(HeatOf(figures.weight)),
        JsonNumber(figures.total_share),
        JsonString(CostText(event, figures.total)),
        JsonString(ShareText(figures.total_share)),
        JsonString(per_call),
        share_of(row.caller),
        share_of(row.callee),
        blocks.empty() ? "[]" : JsonLines(blocks[v]),
        JsonNumber(picture.theme.PenWidth(figures.weight))};
    views.push_back(JsonArray(fields));
  }
  return JsonArray(views);
}

}  // namespace prof2cg
