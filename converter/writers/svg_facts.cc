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

// Before and now, one of them where they are equal.
std::string BothTexts(const std::string& base, const std::string& current) {
  return base == current ? current : base + " → " + current;
}

// Of a function's or call's row; of a difference, of both sides.
std::string CostText(const Picture& picture, EventId event,
                     CostTable Figures::*costs, size_t row, int64_t cost) {
  const Event& of = picture.profile->events[event];
  if (picture.difference == nullptr) return CostText(of, cost);
  const auto side = [&](const Figures& figures) {
    return CostText(of, (figures.*costs)[row][event.row()]);
  };
  return BothTexts(side(picture.difference->base),
                   side(picture.difference->current));
}

std::string CallsText(const Picture& picture,
                      std::vector<int64_t> Figures::*calls, size_t row,
                      int64_t total) {
  if (picture.difference == nullptr) return GroupDigits(total);
  return BothTexts(GroupDigits((picture.difference->base.*calls)[row]),
                   GroupDigits((picture.difference->current.*calls)[row]));
}

std::string_view WordOf(Presence presence) {
  switch (presence) {
    case Presence::kNew:
      return "new";
    case Presence::kGone:
      return "gone";
    case Presence::kBoth:
      return "";
  }
  return "";
}

// "" where the profile does not tell, and of a difference: of which side?
std::string ShareText(const Picture& picture, double share) {
  const bool is_known = std::isfinite(share) && picture.difference == nullptr;
  return is_known ? Percent(share) : "";
}

// "12.3 ms 24.0%"
std::string WithShare(std::string cost, const std::string& share) {
  return share.empty() ? cost : cost + " " + share;
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

std::string SelfOfNode(const Picture& picture, const PictureView& view,
                       size_t node) {
  return CostText(picture, view.event, &Figures::self,
                  picture.nodes[node].function.row(), view.nodes[node].self);
}
std::string TotalOfNode(const Picture& picture, const PictureView& view,
                        size_t node) {
  return CostText(picture, view.event, &Figures::inclusive,
                  picture.nodes[node].function.row(), view.nodes[node].total);
}
std::string CostOfEdge(const Picture& picture, const PictureView& view,
                       size_t edge) {
  return CostText(picture, view.event, &Figures::call_inclusive,
                  picture.edges[edge].call.row(), view.edges[edge].total);
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
  return CallsText(picture, &Figures::calls, f.row(),
                   GraphOf(picture).counts[f.row()].total);
}

std::string CallsOfEdge(const Picture& picture, size_t edge) {
  if (picture.profile->provenance.call_counts == Origin::kAbsent) return "";
  const CallId call = picture.edges[edge].call;
  return CallsText(picture, &Figures::call_calls, call.row(),
                   GraphOf(picture).calls[call.row()].counts.total);
}

std::string TrendOf(const Picture& picture, size_t node) {
  const std::string_view presence = WordOf(picture.nodes[node].presence);
  if (!presence.empty()) return std::string(presence);
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
    AddLine(lines, NameOf(event) + ": " +
                       WithShare(TotalOfNode(picture, view, node),
                                 ShareText(picture, figures.total_share)) +
                       ", self " +
                       WithShare(SelfOfNode(picture, view, node),
                                 ShareText(picture, figures.self_share)));
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
    AddLine(lines, NameOf(event) + ": " +
                       WithShare(CostOfEdge(picture, view, edge),
                                 ShareText(picture, figures.total_share)));
  }
  AddLine(lines, CountedCalls(CallsOfEdge(picture, edge)));
  AddLine(lines, WordOf(row.presence));
  if (row.is_estimated) AddLine(lines, "estimated");
  return lines;
}

std::string ViewsOfNode(const Drawing& drawing, size_t node) {
  const Picture& picture = *drawing.picture;
  std::vector<std::string> views;
  for (size_t v = 0; v < picture.views.size(); ++v) {
    const PictureView& view = picture.views[v];
    const NodeFigures& figures = view.nodes[node];
    const std::string fields[] = {
        std::to_string(HeatOf(figures.weight)),
        JsonNumber(figures.total_share),
        JsonString(SelfOfNode(picture, view, node)),
        JsonString(ShareText(picture, figures.self_share)),
        JsonString(TotalOfNode(picture, view, node)),
        JsonString(ShareText(picture, figures.total_share)),
        JsonLines(drawing.nodes[node].figures[v])};
    views.push_back(JsonArray(fields));
  }
  return JsonArray(views);
}

std::string ViewsOfEdge(const Drawing& drawing, size_t edge) {
  const Picture& picture = *drawing.picture;
  const PictureEdge& row = picture.edges[edge];
  const int64_t calls = GraphOf(picture).calls[row.call.row()].counts.total;
  const bool has_calls = !CallsOfEdge(picture, edge).empty() && calls > 0 &&
                         picture.difference == nullptr;
  std::vector<std::string> views;
  for (size_t v = 0; v < picture.views.size(); ++v) {
    const PictureView& view = picture.views[v];
    const EdgeFigures& figures = view.edges[edge];
    const Event& event = EventOf(picture, view);
    const auto share_of = [&](uint32_t node) {
      return JsonString(
          ShareText(picture, Ratio(figures.total, view.nodes[node].total)));
    };
    const std::string per_call =
        has_calls ? CostText(event, Ratio(figures.total, calls)) : "";
    const std::vector<TextBlock>& blocks = drawing.edges[edge].figures;
    const std::string fields[] = {
        std::to_string(HeatOf(figures.weight)),
        JsonNumber(figures.total_share),
        JsonString(CostOfEdge(picture, view, edge)),
        JsonString(ShareText(picture, figures.total_share)),
        JsonString(per_call),
        share_of(row.caller),
        share_of(row.callee),
        blocks.empty() ? "[]" : JsonLines(blocks[v]),
        JsonNumber(picture.theme.PenWidth(figures.breadth))};
    views.push_back(JsonArray(fields));
  }
  return JsonArray(views);
}

}  // namespace prof2cg
