// Boxes, lines and curves as the background of a Graphviz drawing: operations
// of its xdot format (graphviz.org/docs/outputs/canon/#xdot).
#ifndef PROF2CG_CONVERTER_WRITERS_XDOT_SHAPES_H_
#define PROF2CG_CONVERTER_WRITERS_XDOT_SHAPES_H_

#include <string>
#include <vector>

#include "converter/picture/theme.h"
#include "converter/writers/layout.h"

namespace prof2cg {

// Places are from the top down in a picture of that height, while Graphviz
// counts from the bottom up.
class XdotShapes {
 public:
  explicit XdotShapes(double height) : height_(height) {}

  enum class Line { kSolid, kDashed, kDotted };

  // For the shapes that follow.
  void Pen(Rgb color, double width, Line line = Line::kSolid);
  void Fill(Rgb color) { Operation("C", color.Text()); }

  // Filled.
  void Polygon(const std::vector<Point>& points) { Points("P", points); }
  // Cubic Bézier curves, of 3 n + 1 points.
  void Curve(const std::vector<Point>& points) { Points("B", points); }
  // With round corners.
  void Rectangle(const Box& box, double radius, bool is_filled);

  const std::string& text() const { return text_; }

 private:
  void Operation(const char* name, const std::string& value);
  void Points(const char* name, const std::vector<Point>& points);

  double height_;
  std::string text_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_XDOT_SHAPES_H_
