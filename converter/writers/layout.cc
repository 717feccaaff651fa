#include "converter/writers/layout.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>

#include "converter/writers/graphviz_graph.h"

namespace prof2cg {
namespace {

constexpr double kPointsPerInch = 72;

std::string Inches(double points) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", points / kPointsPerInch);
  return text;
}

// Text that takes the given room. Graphviz has labels of edges and clusters
// with text only, and without fonts it takes a line of Courier for 1.2 times as
// high as its font and a character for .6 times as wide.
constexpr double kFillerFont = 4;
std::string Filler(Size size) {
  const double lines = std::ceil(size.height / (1.2 * kFillerFont));
  const double columns = std::ceil(size.width / (.5999 * kFillerFont));
  std::string text(static_cast<size_t>(columns), 'x');
  for (double line = 1; line < lines; ++line) text += "\\n";
  return text;
}

// From some hundred nodes on dot's time would grow with their square and more.
// What it takes are the steps of its network simplex, for ranks (nslimit1) and
// then for places within them (nslimit), and its rounds of crossing fewer edges
// (mclimit): all limits are factors that do nothing up to 1000 nodes. 3000
// nodes with 4900 calls so take 4 s instead of 23, and their edges become a
// sixth longer; 10 000 take half a minute. What else there is to set makes a
// picture of 300 nodes no faster: splines=polyline, and other searchsizes than
// 30 make either it or its edges longer.
struct Limits {
  explicit Limits(size_t nodes) {
    const double n = static_cast<double>(std::max<size_t>(nodes, 1));
    places = std::min(4e6 / n / n, 1e6);
    ranks = 10 * places;
    rounds = std::min(1., 1e3 / n);
  }
  double places;  // steps per node
  double ranks;   // the same
  double rounds;  // of the usual
};

bool IsEmpty(Size size) { return size.width == 0; }

std::string Straightness(double weight) {
  return std::to_string(1 + std::lround(8 * std::clamp(weight, 0., 1.)));
}

class Placing {
 public:
  Placing(const Picture& picture, const Sizes& sizes)
      : picture_(picture), sizes_(sizes) {}

  Layout Place() {
    SetDefaults();
    AddNodes();
    AddClusters();
    AddEdges();
    graph_.LayOut("dot");
    return Read();
  }

 private:
  void SetDefaults() {
    // Else each cluster has ranks of its own, and callers are anywhere.
    if (!picture_.clusters.empty()) {
      graph_.SetDefault(AGRAPH, "newrank", "true");
    }
    graph_.SetDefault(AGRAPH, "ranksep", Inches(30));
    graph_.SetDefault(AGRAPH, "nodesep", Inches(14));
    const Limits limits(picture_.nodes.size());
    graph_.SetDefault(AGRAPH, "nslimit", std::to_string(limits.places));
    graph_.SetDefault(AGRAPH, "nslimit1", std::to_string(limits.ranks));
    graph_.SetDefault(AGRAPH, "mclimit", std::to_string(limits.rounds));
    graph_.SetDefault(AGNODE, "shape", "box");
    graph_.SetDefault(AGNODE, "fixedsize", "true");
    graph_.SetDefault(AGNODE, "label", "");
    for (const int kind : {AGRAPH, AGEDGE}) {
      graph_.SetDefault(kind, "fontname", "Courier");
      graph_.SetDefault(kind, "fontsize", std::to_string(kFillerFont));
    }
  }

  void AddNodes() {
    Agsym_t* const width = graph_.SetDefault(AGNODE, "width", "1");
    Agsym_t* const height = graph_.SetDefault(AGNODE, "height", "1");
    for (const Size& size : sizes_.nodes) {
      nodes_.push_back(graph_.AddNode());
      graph_.Set(nodes_.back(), width, Inches(size.width));
      graph_.Set(nodes_.back(), height, Inches(size.height));
    }
  }

  void AddClusters() {
    Agsym_t* const label = graph_.SetDefault(AGRAPH, "label", "");
    clusters_.resize(picture_.clusters.size());
    for (size_t n = 0; n < picture_.nodes.size(); ++n) {
      const uint32_t c = picture_.nodes[n].cluster;
      if (c == PictureNode::kNoCluster) continue;
      if (clusters_[c] == nullptr) {
        clusters_[c] = graph_.AddSubgraph("cluster" + std::to_string(c));
        graph_.Set(clusters_[c], label, Filler(sizes_.titles[c]));
      }
      graph_.AddTo(clusters_[c], nodes_[n]);
    }
  }

  void AddEdges() {
    Agsym_t* const label = graph_.SetDefault(AGEDGE, "label", "");
    Agsym_t* const arrow = graph_.SetDefault(AGEDGE, "arrowsize", "1");
    // Heavy edges are short and straight.
    Agsym_t* const weight = graph_.SetDefault(AGEDGE, "weight", "1");
    const std::vector<EdgeFigures>& figures = picture_.views.front().edges;
    for (size_t e = 0; e < picture_.edges.size(); ++e) {
      const PictureEdge& edge = picture_.edges[e];
      edges_.push_back(
          graph_.AddEdge(nodes_[edge.caller], nodes_[edge.callee]));
      // Ten points at 1.
      graph_.Set(edges_[e], arrow, std::to_string(sizes_.arrows[e] / 10));
      graph_.Set(edges_[e], weight, Straightness(figures[e].weight));
      const Size size = sizes_.labels[e];
      if (!IsEmpty(size)) graph_.Set(edges_[e], label, Filler(size));
    }
  }

  Layout Read() {
    Layout layout;
    const boxf& all = GD_bb(graph_.root());
    height_ = all.UR.y;
    layout.size = {all.UR.x, all.UR.y};
    for (size_t n = 0; n < nodes_.size(); ++n) {
      layout.nodes.push_back({At(ND_coord(nodes_[n])), sizes_.nodes[n]});
    }
    for (size_t e = 0; e < edges_.size(); ++e) {
      layout.edges.push_back(ReadCurve(edges_[e]));
      const textlabel_t* const label = ED_label(edges_[e]);
      layout.labels.push_back(
          {label == nullptr ? Point{} : At(label->pos), sizes_.labels[e]});
    }
    for (Agraph_t* const cluster : clusters_) {
      layout.clusters.push_back(cluster == nullptr ? Box()
                                                   : At(GD_bb(cluster)));
    }
    return layout;
  }

  Curve ReadCurve(Agedge_t* edge) const {
    const splines* const found = ED_spl(edge);
    if (found == nullptr || found->size == 0) return StraightLine(edge);
    const bezier& spline = found->list[0];
    Curve curve;
    for (int i = 0; i < spline.size; ++i) {
      curve.points.push_back(At(spline.list[i]));
    }
    curve.tip = spline.eflag != 0 ? At(spline.ep) : curve.points.back();
    return curve;
  }

  // Where dot found no way.
  Curve StraightLine(Agedge_t* edge) const {
    const Point from = At(ND_coord(agtail(edge)));
    const Point to = At(ND_coord(aghead(edge)));
    return {{from, from, to, to}, to};
  }

  // Graphviz has its origin at the bottom.
  Box At(const boxf& box) const {
    return {At(pointf{(box.LL.x + box.UR.x) / 2, (box.LL.y + box.UR.y) / 2}),
            {box.UR.x - box.LL.x, box.UR.y - box.LL.y}};
  }
  Point At(pointf point) const { return {point.x, height_ - point.y}; }

  const Picture& picture_;
  const Sizes& sizes_;
  GraphvizGraph graph_{"dot_layout"};
  std::vector<Agnode_t*> nodes_;
  std::vector<Agedge_t*> edges_;
  std::vector<Agraph_t*> clusters_;  // null: without nodes
  double height_ = 0;
};

}  // namespace

Layout LayOut(const Picture& picture, const Sizes& sizes) {
  return Placing(picture, sizes).Place();
}

}  // namespace prof2cg
