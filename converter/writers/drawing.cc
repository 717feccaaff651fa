#include "converter/writers/drawing.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "converter/display/display_width.h"
#include "converter/display/figures.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// Text on edges doubles the ranks, and dot's time grows to the fivefold; of so
// many edges nobody reads it.
constexpr size_t kMostLabelledEdges = 600;

constexpr double kMargin = 18;
constexpr Font kTitleFont = {18, Weight::kBold};
constexpr Font kTextFont = {12};
constexpr Font kClusterFont = {12, Weight::kBold};
constexpr size_t kColumns = 120;

// Adds lines of a caption from the top down.
class Captioner {
 public:
  explicit Captioner(Drawing& drawing) : drawing_(drawing) {}

  void Add(std::string_view text, Font font, bool is_muted) {
    if (text.empty()) return;
    bottom_ += font.LineHeight();
    drawing_.caption.push_back({ShortenName(Printable(text), kColumns),
                                font,
                                {kMargin, bottom_},
                                is_muted});
    width_ = std::max(width_, font.Width(drawing_.caption.back().text));
  }

  void AddLegend() {
    bottom_ += 12;
    drawing_.legend.corner = {kMargin, bottom_};
    bottom_ += Legend::kSize.height + kTextFont.LineHeight();
    width_ = std::max(width_, Legend::kSize.width);
  }

  double width() const { return width_; }
  double bottom() const { return bottom_; }

 private:
  Drawing& drawing_;
  double bottom_ = kMargin;
  double width_ = 0;
};

std::string TotalLine(const Picture& picture) {
  const PictureView& view = picture.views.front();
  const Event& event = picture.profile->events[view.event];
  return NameOf(event) + ": " + TotalText(picture, view) + " in total";
}

void AddLabels(const Picture& picture, Drawing& drawing, Sizes& sizes) {
  const bool has_text = picture.edges.size() <= kMostLabelledEdges;
  for (size_t n = 0; n < picture.nodes.size(); ++n) {
    drawing.nodes.push_back(LabelOfNode(picture, n));
    sizes.nodes.push_back(drawing.nodes.back().box);
  }
  for (size_t e = 0; e < picture.edges.size(); ++e) {
    drawing.edges.push_back(has_text ? LabelOfEdge(picture, e) : EdgeLabel());
    sizes.labels.push_back(drawing.edges.back().box);
    sizes.arrows.push_back(ArrowLength(picture, e));
  }
  for (const std::string& cluster : picture.clusters) {
    const std::string title = ShortenName(Printable(cluster), kColumns / 2);
    drawing.clusters.push_back({title, kClusterFont, {}, true});
    sizes.titles.push_back(
        {kClusterFont.Width(title), kClusterFont.LineHeight()});
  }
}

void PlaceClusterTitles(Drawing& drawing) {
  for (size_t c = 0; c < drawing.clusters.size(); ++c) {
    const Box& box = drawing.layout.clusters[c];
    drawing.clusters[c].start = {
        box.center.x - box.size.width / 2 + 8,
        box.center.y - box.size.height / 2 + kClusterFont.LineHeight() + 2};
  }
}

}  // namespace

Drawing Draw(const Picture& picture) {
  Drawing drawing;
  drawing.picture = &picture;
  drawing.title = Printable(picture.title);
  Sizes sizes;
  AddLabels(picture, drawing, sizes);
  drawing.layout = LayOut(picture, sizes);
  PlaceClusterTitles(drawing);

  Captioner captioner(drawing);
  captioner.Add(picture.title, kTitleFont, false);
  captioner.Add(TotalLine(picture), kTextFont, false);
  for (const std::string& note : picture.notes) {
    captioner.Add(note, kTextFont, true);
  }
  captioner.AddLegend();
  const Size& graph = drawing.layout.size;
  drawing.size.width = std::max(graph.width, captioner.width()) + 2 * kMargin;
  drawing.origin = {(drawing.size.width - graph.width) / 2,
                    captioner.bottom() + kMargin};
  drawing.size.height = drawing.origin.y + graph.height + kMargin;
  return drawing;
}

std::string NameOf(const Event& event) {
  const std::string name =
      event.long_name.substr(0, event.long_name.find(" ["));
  return Printable(name.empty() ? event.name : name);
}

std::string TotalText(const Picture& picture, const PictureView& view) {
  const Unit unit = picture.profile->events[view.event].unit;
  const auto text = [&](int64_t cost) {
    return ScaleCost(static_cast<double>(cost), unit).Text();
  };
  const std::string now = text(view.total);
  return picture.difference == nullptr ? now
                                       : text(view.base_total) + " → " + now;
}

double ArrowLength(const Picture& picture, size_t edge) {
  return 5 + 1.6 * PenWidth(picture, edge);
}

Triangle ArrowOf(const Curve& curve, double length) {
  const Point base = curve.points.back();
  const double x = curve.tip.x - base.x;
  const double y = curve.tip.y - base.y;
  const double distance = std::max(std::hypot(x, y), 1e-9);
  const double half = .42 * length / distance;
  return {{{base.x - half * y, base.y + half * x},
           curve.tip,
           {base.x + half * y, base.y - half * x}}};
}

std::array<Point, 4> BondOf(const Layout& layout, const PictureBond& bond) {
  constexpr double kMostBent = 40;
  const Point from = layout.nodes[bond.first].center;
  const Point to = layout.nodes[bond.second].center;
  const Point way = {to.x - from.x, to.y - from.y};
  const double length = std::hypot(way.x, way.y);
  const double bent = length > 0 ? std::min(.15, kMostBent / length) : 0;
  const auto at = [&](double part) {
    return Point{from.x + part * way.x - bent * way.y,
                 from.y + part * way.y + bent * way.x};
  };
  return {from, at(.25), at(.75), to};
}

Triangle TrendMarkOf(Trend trend, const Box& box) {
  const Point middle = {box.center.x + box.size.width / 2 - 8,
                        box.center.y - box.size.height / 2 + 8};
  const double down = trend == Trend::kGrew ? 4 : -4;
  return {{{middle.x - 5, middle.y + down},
           {middle.x + 5, middle.y + down},
           {middle.x, middle.y - down}}};
}

}  // namespace prof2cg
