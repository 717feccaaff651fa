#include "converter/diff/draw_difference.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/diff/notes.h"
#include "converter/diff/words.h"
#include "converter/display/figures.h"
#include "converter/display/lines.h"
#include "converter/picture/draw.h"
#include "converter/picture/theme.h"
#include "graph/compare/split.h"

namespace prof2cg {
namespace {

// Where all that differs is less than this part of the total, it stays pale.
constexpr double kLeastScale = .01;

// A figure before and now.
struct BothSides {
  int64_t base = 0;
  int64_t current = 0;

  int64_t difference() const { return Difference(base, current); }
  bool differ() const { return base != current; }
};

// "100 → 300 calls"; of what only one side has, its own.
std::string CallsText(BothSides calls, Presence presence) {
  const int64_t shown =
      presence == Presence::kGone ? calls.base : calls.current;
  const bool shows_both = presence == Presence::kBoth && calls.differ();
  return (shows_both ? GroupDigits(calls.base) + " → " : "") +
         GroupDigits(shown) + (shown == 1 ? " call" : " calls");
}

// "4.00 ms → 6.00 ms"; of what only one side has, the word and its cost.
std::string CostText(const Event& event, BothSides costs, Presence presence) {
  const std::string base = FigureText(event, costs.base);
  const std::string current = FigureText(event, costs.current);
  switch (presence) {
    case Presence::kNew:
      return "new: " + current;
    case Presence::kGone:
      return "gone: " + base;
    case Presence::kBoth:
      return costs.differ() ? base + " → " + current : current;
  }
  return current;
}

// "+2.00 ms (+50.0 %)"; "" where nothing differs, or all does.
std::string DifferenceLine(const Event& event, BothSides costs,
                           Presence presence) {
  if (presence != Presence::kBoth || !costs.differ()) return "";
  std::string text = DifferenceText(event, costs.difference());
  if (costs.base > 0) {
    text += " (" + ChangeText(costs.base, costs.current) + ")";
  }
  return text;
}

class DifferenceDrawing {
 public:
  DifferenceDrawing(const JoinedGraph& graph, const Profile& joined,
                    Picture picture)
      : graph_(graph), joined_(joined), picture_(std::move(picture)) {
    picture_.difference = &graph;
  }

  Picture Run() && {
    for (PictureNode& node : picture_.nodes) {
      const FunctionPair& pair = graph_.functions[node.function.row()];
      node.presence = PresenceOf(pair.base.is_valid(), pair.current.is_valid());
    }
    for (PictureEdge& edge : picture_.edges) {
      edge.presence = PresenceOf(IsIn(graph_.base, edge.call.row()),
                                 IsIn(graph_.current, edge.call.row()));
    }
    for (PictureView& view : picture_.views) Compare(view);
    return std::move(picture_);
  }

 private:
  static Presence PresenceOf(bool is_in_base, bool is_in_current) {
    if (is_in_base == is_in_current) return Presence::kBoth;
    return is_in_current ? Presence::kNew : Presence::kGone;
  }

  static bool IsIn(const Figures& figures, size_t call) {
    return figures.call_calls[call] != 0 ||
           std::ranges::any_of(figures.call_inclusive[call],
                               [](int64_t cost) { return cost != 0; });
  }

  BothSides Of(CostTable Figures::*costs, size_t row, EventId event) const {
    return {(graph_.base.*costs)[row][event.row()],
            (graph_.current.*costs)[row][event.row()]};
  }
  BothSides Of(std::vector<int64_t> Figures::*calls, size_t row) const {
    return {(graph_.base.*calls)[row], (graph_.current.*calls)[row]};
  }
  BothSides InclusiveOf(size_t node, EventId event) const {
    const size_t row = picture_.nodes[node].function.row();
    return Of(&Figures::inclusive, row, event);
  }

  void Compare(PictureView& view) {
    const size_t e = view.event.row();
    view.base_total = graph_.base.self.Totals()[e];
    view.total = graph_.current.self.Totals()[e];
    const int64_t most = Scale(view);
    const Event& event = graph_.events[view.event];
    const std::string scale =
        ScaleCost(static_cast<double>(most), event.unit).Text();
    view.scale = {"-" + scale, "as before", "+" + scale};
    for (size_t n = 0; n < view.nodes.size(); ++n) {
      const BothSides costs = InclusiveOf(n, view.event);
      view.nodes[n].weight = WeightOf(costs, most);
      view.nodes[n].label = LabelOfNode(n, view.event, costs);
    }
    for (size_t i = 0; i < view.edges.size(); ++i) {
      const PictureEdge& edge = picture_.edges[i];
      const BothSides costs =
          Of(&Figures::call_inclusive, edge.call.row(), view.event);
      view.edges[i].weight = WeightOf(costs, most);
      view.edges[i].label = LabelOfEdge(edge, event, costs);
    }
  }

  // The difference that has the strongest colours.
  int64_t Scale(const PictureView& view) const {
    const auto whole =
        static_cast<double>(std::max(view.base_total, view.total));
    int64_t most = std::max<int64_t>(std::llround(kLeastScale * whole), 1);
    for (size_t n = 0; n < view.nodes.size(); ++n) {
      const int64_t difference = InclusiveOf(n, view.event).difference();
      most = std::max({most, difference, -std::max(difference, -INT64_MAX)});
    }
    return most;
  }

  // From 0, `most` less, by way of a half to 1, as much more.
  static double WeightOf(BothSides costs, int64_t most) {
    const double part =
        static_cast<double>(costs.difference()) / static_cast<double>(most);
    return std::clamp((1 + part) / 2, 0., 1.);
  }

  std::string LabelOfNode(size_t n, EventId id, BothSides costs) const {
    const PictureNode& node = picture_.nodes[n];
    const Event& event = graph_.events[id];
    const size_t row = node.function.row();
    std::string label = CostText(event, costs, node.presence);
    AddLine(label, DifferenceLine(event, costs, node.presence));
    const BothSides self = Of(&Figures::self, row, id);
    if (self.differ() && node.presence == Presence::kBoth) {
      AddLine(label, "self " + DifferenceText(event, self.difference()));
    }
    if (joined_.provenance.counts != Origin::kAbsent) {
      AddLine(label, CallsText(Of(&Figures::calls, row), node.presence));
    }
    return label;
  }

  std::string LabelOfEdge(const PictureEdge& edge, const Event& event,
                          BothSides costs) const {
    std::string label = edge.presence == Presence::kBoth && costs.differ()
                            ? DifferenceText(event, costs.difference())
                            : CostText(event, costs, edge.presence);
    if (joined_.provenance.call_counts != Origin::kAbsent) {
      AddLine(label, CallsText(Of(&Figures::call_calls, edge.call.row()),
                               edge.presence));
    }
    return label;
  }

  const JoinedGraph& graph_;
  const Profile& joined_;
  Picture picture_;
};

std::string TitleOf(const DiffReport& report) {
  return Unquoted(std::string(AnswerName(report.answer)) + ": base " +
                  FilesText(report.base) + " → current " +
                  FilesText(report.current));
}

std::vector<std::string> CaptionOf(const DiffReport& report,
                                   const std::string& cut) {
  std::vector<std::string> notes = {
      Unquoted(report.why),
      "Blue: less than before; orange: more, by inclusive cost; dashes: new or "
      "gone",
      cut};
  std::erase(notes, "");
  return notes;
}

}  // namespace

Picture DrawDifference(const JoinedGraph& graph, const Profile& joined,
                       const DiffReport& report, PictureOptions options,
                       bool all_events) {
  options.theme = DifferenceTheme();
  options.title = TitleOf(report);
  Picture picture = Draw(joined, options, all_events);
  picture.notes = CaptionOf(report, picture.cut);
  return DifferenceDrawing(graph, joined, std::move(picture)).Run();
}

}  // namespace prof2cg
