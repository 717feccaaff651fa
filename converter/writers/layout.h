// Where the parts of a call graph's picture stand, by Graphviz's dot.
//
// Only dot's placing is used, in-process: what text needs is known before, so
// neither fonts nor Graphviz's configuration are loaded, which would take ten
// times as long as to place a small graph. No text of the profile reaches
// Graphviz.
#ifndef PROF2CG_CONVERTER_WRITERS_LAYOUT_H_
#define PROF2CG_CONVERTER_WRITERS_LAYOUT_H_

#include <span>
#include <vector>

#include "converter/picture/picture.h"

namespace prof2cg {

// In points, from the left and the top.
struct Point {
  double x = 0;
  double y = 0;
};

struct Size {
  double width = 0;
  double height = 0;
};

struct Box {
  Point center;
  Size size;
};

// From caller to callee: cubic Bézier curves, each with its first point that of
// the one before. From the last point to `tip` is the arrow.
struct Curve {
  std::vector<Point> points;  // 3 n + 1
  Point tip;
};

struct Layout {
  Size size;
  std::vector<Box> nodes;     // a row per node
  std::vector<Curve> edges;   // a row per edge
  std::vector<Box> labels;    // the same; of no size: it has none
  std::vector<Box> clusters;  // a row per cluster; of no size: empty
};

// What each part needs; a row per node, edge or cluster of the picture.
struct Sizes {
  std::vector<Size> nodes;
  std::vector<Size> labels;    // of edges; of no size: none
  std::vector<double> arrows;  // lengths, of edges
  std::vector<Size> titles;    // of clusters
};

// Callers stand above callees; nodes and labels do not overlap, but that dot
// may have two labels at one place where calls lead into clusters. The same
// every time. Throws Error where Graphviz is missing or fails.
Layout LayOut(const Picture& picture, const Sizes& sizes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_LAYOUT_H_
