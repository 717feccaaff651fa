// A picture as it is drawn, in SVG as in PNG and PDF: every text and curve with
// its place.
#ifndef PROF2CG_CONVERTER_WRITERS_DRAWING_H_
#define PROF2CG_CONVERTER_WRITERS_DRAWING_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "converter/picture/picture.h"
#include "converter/writers/label.h"
#include "converter/writers/layout.h"

namespace prof2cg {

inline constexpr std::string_view kFontFamily =
    "Helvetica,Arial,Liberation Sans,Arimo,Nimbus Sans,sans-serif";

// Colours of what is not of the theme.
inline constexpr Rgb kPaper = {255, 255, 255};
inline constexpr Rgb kInk = {33, 29, 25};
inline constexpr Rgb kMuted = {107, 100, 92};
inline constexpr Rgb kRule = {205, 199, 192};

// Of boxes.
inline constexpr double kCornerRadius = 5;

// Points of the whole picture; left and baseline.
struct CaptionLine {
  std::string text;
  Font font;
  Point start;
  bool is_muted = false;
};

// Steps from the coldest to the hottest colour, from left to right.
struct Legend {
  static constexpr size_t kSteps = 33;  // odd: one is in the middle
  static constexpr Size kSize = {160, 8};
  Point corner;  // left and top
};

struct Drawing {
  const Picture* picture = nullptr;
  Size size;
  std::string title;  // what Printable() gives
  std::vector<CaptionLine> caption;
  Legend legend;
  Point origin;  // of the layout
  Layout layout;
  std::vector<NodeLabel> nodes;
  std::vector<EdgeLabel> edges;
  std::vector<CaptionLine> clusters;  // their titles; in the layout
};

// Throws Error where Graphviz is missing or fails.
Drawing Draw(const Picture& picture);

// "Time" of "Time [ns]": figures have their own units.
std::string NameOf(const Event& event);

// "12.3 ms"; of a difference "12.3 ms → 17.0 ms".
std::string TotalText(const Picture& picture, const PictureView& view);

// Corners, in an order to draw them.
using Triangle = std::array<Point, 3>;

// Of an edge; `length` from where its line ends to the tip.
Triangle ArrowOf(const Curve& curve, double length);
double ArrowLength(const Picture& picture, size_t edge);

// From middle to middle of two boxes, bent, so that it is seen beside the calls
// that go the same way: the points of a cubic curve.
std::array<Point, 4> BondOf(const Layout& layout, const PictureBond& bond);

// In the upper right corner of a node's box, up or down: for eyes that tell no
// colours.
Triangle TrendMarkOf(Trend trend, const Box& box);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_DRAWING_H_
