#include "converter/writers/layout.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "converter/writers/sample_picture.h"

namespace prof2cg {
namespace {

// Rounding of Graphviz's, which counts points.
constexpr double kSlack = 1.5;

Sizes SizesFor(const Picture& picture, Size label = {30, 20}) {
  Sizes sizes;
  for (size_t n = 0; n < picture.nodes.size(); ++n) {
    const auto step = static_cast<double>(n % 7);
    sizes.nodes.push_back({60 + 20 * step, 40 + 3 * step});
  }
  sizes.labels.resize(picture.edges.size(), label);
  sizes.arrows.resize(picture.edges.size(), 8);
  sizes.titles.resize(picture.clusters.size(), {80, 15});
  return sizes;
}

double Gap(const Box& a, const Box& b) {
  const double x =
      std::abs(a.center.x - b.center.x) - (a.size.width + b.size.width) / 2;
  const double y =
      std::abs(a.center.y - b.center.y) - (a.size.height + b.size.height) / 2;
  return std::max(x, y);
}

bool Contains(const Box& outer, const Box& inner) {
  return std::abs(outer.center.x - inner.center.x) <=
             (outer.size.width - inner.size.width) / 2 + kSlack &&
         std::abs(outer.center.y - inner.center.y) <=
             (outer.size.height - inner.size.height) / 2 + kSlack;
}

Box Whole(const Layout& layout) {
  return {{layout.size.width / 2, layout.size.height / 2}, layout.size};
}

// No two of them.
void CheckNothingOverlaps(const std::vector<Box>& boxes) {
  size_t overlaps = 0;
  for (size_t i = 0; i < boxes.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      overlaps += Gap(boxes[i], boxes[j]) < -kSlack;
    }
  }
  BOOST_TEST(overlaps == 0u);
}

std::vector<Box> NodesAndLabels(const Layout& layout) {
  std::vector<Box> boxes = layout.nodes;
  for (const Box& label : layout.labels) {
    if (label.size.width > 0) boxes.push_back(label);
  }
  return boxes;
}

BOOST_AUTO_TEST_SUITE(LayoutSuite)

BOOST_AUTO_TEST_CASE(NodesAndLabelsDoNotOverlap) {
  for (const uint32_t seed : {1u, 2u, 3u}) {
    const SamplePicture sample = RandomPicture(80, seed);
    const Layout layout = LayOut(sample.picture, SizesFor(sample.picture));
    CheckNothingOverlaps(NodesAndLabels(layout));
    for (const Box& node : layout.nodes) {
      BOOST_TEST(Contains(Whole(layout), node));
    }
  }
}

BOOST_AUTO_TEST_CASE(CallersStandAboveCallees) {
  const SamplePicture sample = RandomPicture(100, 4);
  const Layout layout = LayOut(sample.picture, SizesFor(sample.picture));
  for (const PictureEdge& edge : sample.picture.edges) {
    if (edge.caller == edge.callee) continue;
    BOOST_TEST(layout.nodes[edge.caller].center.y <
               layout.nodes[edge.callee].center.y);
  }
}

BOOST_AUTO_TEST_CASE(CurvesLeadFromCallerToCallee) {
  const SamplePicture sample = RandomPicture(60, 5);
  const Layout layout = LayOut(sample.picture, SizesFor(sample.picture));
  for (size_t e = 0; e < sample.picture.edges.size(); ++e) {
    const PictureEdge& edge = sample.picture.edges[e];
    const Curve& curve = layout.edges[e];
    BOOST_TEST(curve.points.size() % 3 == 1u);
    BOOST_TEST(curve.points.size() >= 4u);
    const Box from = {curve.points.front(), {0, 0}};
    const Box to = {curve.tip, {0, 0}};
    BOOST_TEST(Gap(layout.nodes[edge.caller], from) < 2 * kSlack);
    BOOST_TEST(Gap(layout.nodes[edge.callee], to) < 2 * kSlack);
    const Point end = curve.points.back();
    BOOST_TEST(std::hypot(curve.tip.x - end.x, curve.tip.y - end.y) > 2);
  }
}

BOOST_AUTO_TEST_CASE(ClustersHoldTheirNodesAndNoOthers) {
  SamplePicture sample = RandomPicture(60, 6);
  Picture& picture = sample.picture;
  picture.clusters = {"first", "second"};
  for (size_t n = 0; n < picture.nodes.size(); ++n) {
    if (n % 3 != 0) picture.nodes[n].cluster = static_cast<uint32_t>(n % 3 - 1);
  }
  const Layout layout = LayOut(picture, SizesFor(picture));
  CheckNothingOverlaps(layout.nodes);
  BOOST_TEST(layout.clusters.size() == 2u);
  for (size_t n = 0; n < picture.nodes.size(); ++n) {
    for (uint32_t c = 0; c < 2; ++c) {
      if (picture.nodes[n].cluster == c) {
        BOOST_TEST(Contains(layout.clusters[c], layout.nodes[n]));
      } else {
        BOOST_TEST(Gap(layout.clusters[c], layout.nodes[n]) > -kSlack);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(AClusterMayBeEmpty) {
  SamplePicture sample = SmallPicture();
  sample.picture.clusters = {"empty", "one"};
  sample.picture.nodes[0].cluster = 1;
  const Layout layout = LayOut(sample.picture, SizesFor(sample.picture));
  BOOST_TEST(layout.clusters[0].size.width == 0);
  BOOST_TEST(layout.clusters[1].size.width > 0);
}

BOOST_AUTO_TEST_CASE(AnEmptyPictureHasAPlaceToo) {
  SamplePicture sample = SmallPicture();
  Picture& picture = sample.picture;
  picture.nodes.clear();
  picture.edges.clear();
  for (PictureView& view : picture.views) {
    view.nodes.clear();
    view.edges.clear();
  }
  const Layout layout = LayOut(picture, SizesFor(picture));
  BOOST_TEST(layout.nodes.empty());
  BOOST_TEST(std::isfinite(layout.size.width));
}

BOOST_AUTO_TEST_CASE(ItIsTheSameEveryTime) {
  const SamplePicture sample = RandomPicture(50, 7);
  const Sizes sizes = SizesFor(sample.picture);
  const Layout first = LayOut(sample.picture, sizes);
  const Layout second = LayOut(sample.picture, sizes);
  for (size_t n = 0; n < first.nodes.size(); ++n) {
    BOOST_TEST(first.nodes[n].center.x == second.nodes[n].center.x);
    BOOST_TEST(first.nodes[n].center.y == second.nodes[n].center.y);
  }
}

BOOST_AUTO_TEST_CASE(TwoEdgesBetweenTheSameNodesHaveTheirOwnCurves) {
  SamplePicture sample = SmallPicture();
  Picture& picture = sample.picture;
  picture.edges.insert(picture.edges.begin(), picture.edges.front());
  for (PictureView& view : picture.views) {
    view.edges.insert(view.edges.begin(), view.edges.front());
  }
  const Layout layout = LayOut(picture, SizesFor(picture));
  CheckNothingOverlaps(NodesAndLabels(layout));
  BOOST_TEST(layout.edges.size() == 6u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
