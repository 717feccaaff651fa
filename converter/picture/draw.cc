#include "converter/picture/draw.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/io/utf8.h"
#include "converter/names/choose.h"
#include "converter/picture/find_figures.h"
#include "converter/picture/labels.h"
#include "converter/picture/link.h"
#include "converter/picture/select.h"
#include "graph/passes/shares.h"

namespace prof2cg {
namespace {

class Drawing {
 public:
  Drawing(const Profile& profile, const PictureOptions& options)
      : profile_(profile), options_(options) {
    picture_.profile = &profile;
    picture_.theme = options.theme;
    picture_.title = options.title;
  }

  Picture Run(bool all_events) && {
    const EventId asked = ChooseEvent(profile_, options_.event);
    const Shares shares = FindShares(profile_, asked, options_.total_by);
    const PictureSelection selection =
        SelectForPicture(profile_, shares, options_);
    most_self_ = selection.most_self;
    AddNodes(selection.kept);
    AddEdges(selection.kept);
    AddNotes(asked, selection);
    AddView(asked, shares);
    for (size_t e = 0; all_events && e < profile_.events.size(); ++e) {
      const EventId event(e);
      if (event == asked) continue;
      Shares others = FindShares(profile_, event, options_.total_by);
      if (others.inclusive_total == 0) ShareNothing(others);
      most_self_ = MostSelf(others);
      AddView(event, others);
    }
    return std::move(picture_);
  }

 private:
  void AddNodes(const Selection& kept) {
    node_of_.resize(profile_.functions.size());
    for (size_t row = 0; row < kept.functions.size(); ++row) {
      if (!kept.functions[row]) continue;
      node_of_[row] = static_cast<uint32_t>(picture_.nodes.size());
      PictureNode& node = picture_.nodes.emplace_back();
      node.function = FunctionId(row);
      LabelNode(profile_, options_, node);
      node.link = SourceLink(profile_, node.function, options_.link);
      node.cluster = ClusterOf(node.function);
    }
  }

  void AddEdges(const Selection& kept) {
    for (size_t row = 0; row < kept.calls.size(); ++row) {
      if (!kept.calls[row]) continue;
      const Call& call = profile_.graph.calls[row];
      picture_.edges.push_back({node_of_[call.caller.row()],
                                node_of_[call.callee.row()], CallId(row)});
    }
    std::ranges::sort(picture_.edges, {}, [](const PictureEdge& edge) {
      return std::tuple(edge.caller, edge.callee);
    });
  }

  uint32_t ClusterOf(FunctionId function) {
    if (options_.cluster_by == ClusterBy::kNothing) {
      return PictureNode::kNoCluster;
    }
    const Function& row = profile_.functions[function.row()];
    const StringId name =
        options_.cluster_by == ClusterBy::kFile ? row.file : row.object;
    if (profile_.strings[name].empty()) return PictureNode::kNoCluster;
    const auto next = static_cast<uint32_t>(picture_.clusters.size());
    const auto [found, is_new] = clusters_.try_emplace(name, next);
    if (is_new) picture_.clusters.push_back(Printable(profile_.strings[name]));
    return found->second;
  }

  void AddNotes(EventId event, const PictureSelection& selection) {
    const auto of = [](size_t part, size_t whole) {
      return std::to_string(part) + " of " + std::to_string(whole);
    };
    picture_.notes.push_back(
        of(picture_.nodes.size(), profile_.functions.size()) +
        " functions and " +
        of(picture_.edges.size(), profile_.graph.calls.size()) + " calls");
    picture_.cut = selection.cut;
    if (!selection.cut.empty()) picture_.notes.push_back(selection.cut);
    if (!AreSharesRecorded(profile_, event, options_.total_by)) {
      picture_.notes.push_back(
          "Inclusive shares are by call ratios; --total=callstacks takes those "
          "of the source");
    }
    picture_.notes.push_back("Fidelity: " + Summarize(profile_).Text());
  }

  double MostSelf(const Shares& shares) const {
    double most = 0;
    for (const PictureNode& node : picture_.nodes) {
      most = std::max(most, shares.self[node.function.row()]);
    }
    return most;
  }

  void AddView(EventId event, const Shares& shares) {
    PictureView& view = picture_.views.emplace_back();
    view.event = event;
    view.total = shares.inclusive_total;
    for (const PictureNode& node : picture_.nodes) {
      NodeFigures& figures = view.nodes.emplace_back(
          FindFigures(profile_, event, shares, node.function));
      if (options_.colors_by_self) {
        figures.weight = Ratio(figures.self_share, most_self_);
      }
      LabelNodeFigures(profile_, event, options_, node, figures);
    }
    for (const PictureEdge& edge : picture_.edges) {
      EdgeFigures& figures =
          view.edges.emplace_back(FindFigures(profile_, shares, edge.call));
      LabelEdge(profile_, event, options_, edge, view.nodes[edge.caller],
                view.nodes[edge.callee], figures);
    }
  }

  const Profile& profile_;
  const PictureOptions& options_;
  double most_self_ = 0;
  std::vector<uint32_t> node_of_;  // a row per function
  absl::flat_hash_map<StringId, uint32_t> clusters_;
  Picture picture_;
};

}  // namespace

Picture Draw(const Profile& profile, const PictureOptions& options,
             bool all_events) {
  return Drawing(profile, options).Run(all_events);
}

}  // namespace prof2cg
