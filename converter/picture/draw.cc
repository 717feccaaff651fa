#include "converter/picture/draw.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/io/utf8.h"
#include "converter/names/choose.h"
#include "converter/picture/labels.h"
#include "converter/picture/link.h"
#include "converter/picture/select.h"
#include "graph/passes/prune.h"
#include "graph/passes/shares.h"
#include "graph/passes/shares_by_call_ratios.h"

namespace prof2cg {
namespace {

// A profiler that measured inclusive costs knows them better than any rule.
Shares FindShares(const Profile& profile, EventId event, TotalBy by) {
  const Origin inclusive = profile.provenance.events[event.row()].inclusive;
  const bool is_recorded =
      inclusive == Origin::kMeasured || by == TotalBy::kCallStacks;
  return is_recorded ? SharesAsRecorded(profile, event)
                     : SharesByCallRatios(profile, event);
}

int64_t CostOf(double share, int64_t total) {
  return share >= 0 ? std::llround(share * static_cast<double>(total)) : 0;
}

double KnownOr(double share, double otherwise) {
  return share >= 0 ? share : otherwise;
}

class Drawing {
 public:
  Drawing(const Profile& profile, const PictureOptions& options)
      : profile_(profile), options_(options) {
    picture_.profile = &profile;
    picture_.theme = options.theme;
    picture_.title = options.title.empty() ? profile.command : options.title;
  }

  Picture Run(bool all_events) && {
    const EventId asked = ChooseEvent(profile_, options_.event);
    const Shares shares = FindShares(profile_, asked, options_.total_by);
    const PictureSelection selection =
        SelectForPicture(profile_, shares, options_);
    most_self_ = selection.most_self;
    AddNodes(selection.kept);
    AddEdges(selection.kept);
    AddNotes(selection);
    AddView(asked, shares);
    for (size_t e = 0; all_events && e < profile_.events.size(); ++e) {
      const EventId event(e);
      if (event == asked) continue;
      const Shares others = FindShares(profile_, event, options_.total_by);
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

  void AddNotes(const PictureSelection& selection) {
    const auto of = [](size_t part, size_t whole) {
      return std::to_string(part) + " of " + std::to_string(whole);
    };
    picture_.notes.push_back(
        of(picture_.nodes.size(), profile_.functions.size()) +
        " functions and " +
        of(picture_.edges.size(), profile_.graph.calls.size()) + " calls");
    if (!selection.cut.empty()) picture_.notes.push_back(selection.cut);
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
      NodeFigures& figures = view.nodes.emplace_back();
      FillNode(event, shares, node, figures);
    }
    for (const PictureEdge& edge : picture_.edges) {
      EdgeFigures& figures = view.edges.emplace_back();
      const double share = shares.calls[edge.call.row()];
      figures.total_share = share;
      figures.total = CostOf(share, shares.inclusive_total);
      figures.weight =
          KnownOr(CallWeight(profile_.graph, shares, edge.call.row()), 0);
      LabelEdge(profile_, event, options_, edge, view.nodes[edge.caller],
                view.nodes[edge.callee], figures);
    }
  }

  void FillNode(EventId event, const Shares& shares, const PictureNode& node,
                NodeFigures& figures) const {
    const uint32_t row = node.function.row();
    figures.self_share = shares.self[row];
    figures.total_share = shares.inclusive[row];
    figures.self = profile_.graph.self[row][event.row()];
    figures.total = CostOf(figures.total_share, shares.inclusive_total);
    figures.weight = options_.colors_by_self
                         ? Ratio(KnownOr(figures.self_share, 0), most_self_)
                         : KnownOr(figures.total_share, 0);
    LabelNodeFigures(profile_, event, options_, node, figures);
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
