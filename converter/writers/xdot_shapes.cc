#include "converter/writers/xdot_shapes.h"

#include <algorithm>
#include <cstdio>

namespace prof2cg {
namespace {

std::string Number(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

}  // namespace

void XdotShapes::Pen(Rgb color, double width, Line line) {
  Operation("c", color.Text());
  Operation("S", "setlinewidth(" + Number(width) + ")");
  constexpr const char* kStyles[] = {"solid", "dashed", "dotted"};
  Operation("S", kStyles[static_cast<int>(line)]);
}

void XdotShapes::Operation(const char* name, const std::string& value) {
  text_ += std::string(name) + ' ' + std::to_string(value.size()) + " -" +
           value + ' ';
}

void XdotShapes::Points(const char* name, const std::vector<Point>& points) {
  text_ += std::string(name) + ' ' + std::to_string(points.size()) + ' ';
  for (const Point& p : points) {
    text_ += Number(p.x) + ' ' + Number(height_ - p.y) + ' ';
  }
}

void XdotShapes::Rectangle(const Box& box, double radius, bool is_filled) {
  const double x = box.size.width / 2;
  const double y = box.size.height / 2;
  const double r = std::min({radius, x, y});
  const auto at = [&](double dx, double dy) {
    return Point{box.center.x + dx, box.center.y + dy};
  };
  // For each corner where its curve begins, the corner, and where it ends.
  const Point corners[][3] = {{at(x - r, -y), at(x, -y), at(x, r - y)},
                              {at(x, y - r), at(x, y), at(x - r, y)},
                              {at(r - x, y), at(-x, y), at(-x, y - r)},
                              {at(-x, r - y), at(-x, -y), at(r - x, -y)}};
  std::vector<Point> points = {corners[3][2]};
  for (const auto& [begin, corner, end] : corners) {
    // A straight side, then a curve close to a quarter of a circle.
    const auto toward = [&corner = corner](const Point& from) {
      return Point{from.x + .55 * (corner.x - from.x),
                   from.y + .55 * (corner.y - from.y)};
    };
    points.insert(points.end(), {points.back(), begin, begin, toward(begin),
                                 toward(end), end});
  }
  Points(is_filled ? "b" : "B", points);
}

}  // namespace prof2cg
