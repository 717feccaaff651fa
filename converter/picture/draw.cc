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
    AddClusters();
    AddBonds();
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
      node.is_estimated = profile_.provenance.IsFunctionEstimated(row);
    }
  }

  void AddEdges(const Selection& kept) {
    for (size_t row = 0; row < kept.calls.size(); ++row) {
      if (!kept.calls[row]) continue;
      const Call& call = profile_.graph.calls[row];
      picture_.edges.push_back(
          {node_of_[call.caller.row()], node_of_[call.callee.row()],
           CallId(row), Presence::kBoth, profile_.provenance.IsEstimated(row)});
    }
    std::ranges::sort(picture_.edges, {}, [](const PictureEdge& edge) {
      return std::tuple(edge.caller, edge.callee);
    });
  }

  void AddClusters() {
    switch (options_.cluster_by) {
      case ClusterBy::kNothing:
        return;
      case ClusterBy::kPackage:
        return ClusterByText(&Function::object);
      case ClusterBy::kFile:
        return ClusterByText(&Function::file);
      case ClusterBy::kFunction:
        if (profile_.separation) ClusterByFunction(*profile_.separation);
    }
  }

  void ClusterByText(StringId Function::*text) {
    absl::flat_hash_map<StringId, uint32_t> clusters;
    for (PictureNode& node : picture_.nodes) {
      const StringId name = profile_.functions[node.function.row()].*text;
      if (profile_.strings[name].empty()) continue;
      const auto next = static_cast<uint32_t>(picture_.clusters.size());
      const auto [found, is_new] = clusters.try_emplace(name, next);
      if (is_new) {
        picture_.clusters.push_back(Printable(profile_.strings[name]));
      }
      node.cluster = found->second;
    }
  }

  void ClusterByFunction(const Separation& separation) {
    ForEachFunction(separation, [&](uint32_t begin, uint32_t end) {
      const auto cluster = static_cast<uint32_t>(picture_.clusters.size());
      picture_.clusters.push_back(
          BaseText(profile_, picture_.nodes[begin].function, options_));
      for (uint32_t n = begin; n < end; ++n) {
        picture_.nodes[n].cluster = cluster;
      }
    });
  }

  void AddBonds() {
    if (!profile_.separation || options_.cluster_by == ClusterBy::kFunction) {
      return;
    }
    ForEachFunction(*profile_.separation, [&](uint32_t begin, uint32_t end) {
      for (uint32_t n = begin + 1; n < end; ++n) {
        picture_.bonds.push_back({n - 1, n});
      }
    });
  }

  // Calls use(begin, end) for the nodes of each function that has several:
  // separated functions stand by their bases, and so do the nodes.
  template <class Use>
  void ForEachFunction(const Separation& separation, Use use) {
    const auto base = [&](size_t n) {
      return separation[picture_.nodes[n].function].base;
    };
    const auto nodes = static_cast<uint32_t>(picture_.nodes.size());
    for (uint32_t begin = 0, end = 0; begin < nodes; begin = end) {
      while (end < nodes && base(end) == base(begin)) ++end;
      if (end - begin > 1) use(begin, end);
    }
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
    if (!picture_.bonds.empty()) {
      picture_.notes.push_back(
          "Dotted lines: one function, told apart by its callers");
    }
    if (HasEstimates()) {
      picture_.notes.push_back(
          "Dashes: estimated, since the input does not tell whole stacks");
    }
    picture_.notes.push_back("Fidelity: " + Summarize(profile_).Text());
  }

  bool HasEstimates() const {
    return std::ranges::any_of(picture_.nodes, &PictureNode::is_estimated) ||
           std::ranges::any_of(picture_.edges, &PictureEdge::is_estimated);
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
  Picture picture_;
};

}  // namespace

Picture Draw(const Profile& profile, const PictureOptions& options,
             bool all_events) {
  return Drawing(profile, options).Run(all_events);
}

}  // namespace prof2cg
