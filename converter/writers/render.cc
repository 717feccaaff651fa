// PNG and PDF: what the SVG shows without a script, by Graphviz's renderer.
//
// Boxes, lines and arrows are its background; text in that would crash Graphviz
// 2.43, so each line of text is a node without a shape, at its place. Graphviz
// would replace backslash sequences and entities in text: they are escaped.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "converter/writers/drawing.h"
#include "converter/writers/graphviz_graph.h"
#include "converter/writers/writer.h"
#include "converter/writers/xdot_shapes.h"

namespace prof2cg {
namespace {

constexpr double kPointsPerInch = 72;

std::string Number(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

// As Pango has it.
std::string FontName(Weight weight) {
  return std::string(kFontFamily) + (weight == Weight::kBold ? " Bold" : "");
}

// What makes text as wide as boxes have room for, where none of our fonts is
// there and wider ones stand in.
double FontScale() {
  constexpr std::string_view kText = "The quick brown fox jumps 0123456789.%";
  constexpr double kSize = 100;
  constexpr double kReserve = 1.05;
  GraphvizGraph graph("neato_layout", "pango");
  graph.SetDefault(AGNODE, "pos", "0,0");
  graph.SetDefault(AGNODE, "label", std::string(kText));
  graph.SetDefault(AGNODE, "fontsize", Number(kSize));
  graph.SetDefault(AGNODE, "fontname", FontName(Weight::kBold));
  Agnode_t* const node = graph.AddNode();
  graph.LayOut("nop2");
  const double width = kSize * TextWidth(kText, Weight::kBold);
  return std::min(1., kReserve * width / ND_label(node)->dimen.x);
}

std::string Literally(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') escaped += '\\';
    escaped += c;
    if (c == '&') escaped += "amp;";
  }
  return escaped;
}

XdotShapes::Line LineOf(bool has_dashes) {
  return has_dashes ? XdotShapes::Line::kDashed : XdotShapes::Line::kSolid;
}

class Rendering {
 public:
  explicit Rendering(const Picture& picture)
      : picture_(picture),
        theme_(picture.theme),
        drawing_(Draw(picture)),
        shapes_(drawing_.size.height) {}

  std::string Render(const char* format, double dots_per_inch, double inches);

  // Of the whole picture.
  const Size& size() const { return drawing_.size; }

 private:
  void SetDefaults(double dots_per_inch, double inches);
  void AddPage();
  void AddCaption();
  void AddCluster(size_t cluster);
  void AddBond(const PictureBond& bond);
  void AddNode(size_t node);
  void AddEdge(size_t edge);

  void AddBlock(const TextBlock& block, Point middle, Rgb color);
  void AddLine(const CaptionLine& line, Point origin, Rgb color);
  Agnode_t* AddText(std::string_view text, Font font, Point baseline,
                    Rgb color);

  Point InGraph(Point point) const {
    return {point.x + drawing_.origin.x, point.y + drawing_.origin.y};
  }
  Box InGraph(const Box& box) const { return {InGraph(box.center), box.size}; }

  const Picture& picture_;
  const Theme& theme_;
  const Drawing drawing_;
  const double font_scale_ = FontScale();
  XdotShapes shapes_;
  GraphvizGraph graph_{"neato_layout", "pango"};
  Agsym_t* label_;
  Agsym_t* place_;
  Agsym_t* font_;
  Agsym_t* font_size_;
  Agsym_t* font_color_;
  Agsym_t* width_;
  Agsym_t* height_;
};

std::string Rendering::Render(const char* format, double dots_per_inch,
                              double inches) {
  SetDefaults(dots_per_inch, inches);
  AddPage();
  AddCaption();
  for (size_t c = 0; c < drawing_.clusters.size(); ++c) AddCluster(c);
  for (const PictureBond& bond : picture_.bonds) AddBond(bond);
  for (size_t e = 0; e < drawing_.edges.size(); ++e) AddEdge(e);
  for (size_t n = 0; n < drawing_.nodes.size(); ++n) AddNode(n);
  graph_.SetDefault(AGRAPH, "_background", shapes_.text());
  graph_.LayOut("nop2");
  return graph_.Render(format);
}

void Rendering::SetDefaults(double dots_per_inch, double inches) {
  graph_.SetDefault(AGRAPH, "pad", "0");
  graph_.SetDefault(AGRAPH, "margin", "0");
  graph_.SetDefault(AGRAPH, "bgcolor", kPaper.Text());
  graph_.SetDefault(AGRAPH, "dpi", Number(dots_per_inch));
  graph_.SetDefault(AGRAPH, "size", Number(inches));
  graph_.SetDefault(AGNODE, "shape", "none");
  graph_.SetDefault(AGNODE, "margin", "0");
  graph_.SetDefault(AGNODE, "fixedsize", "true");
  label_ = graph_.SetDefault(AGNODE, "label", "");
  place_ = graph_.SetDefault(AGNODE, "pos", "0,0");
  font_ = graph_.SetDefault(AGNODE, "fontname", "Helvetica");
  font_size_ = graph_.SetDefault(AGNODE, "fontsize", "10");
  font_color_ = graph_.SetDefault(AGNODE, "fontcolor", kInk.Text());
  width_ = graph_.SetDefault(AGNODE, "width", "0.01");
  height_ = graph_.SetDefault(AGNODE, "height", "0.01");
}

// Gives the picture its size.
void Rendering::AddPage() {
  Agnode_t* const page = graph_.AddNode();
  const auto [width, height] = drawing_.size;
  graph_.Set(page, width_, Number(width / kPointsPerInch));
  graph_.Set(page, height_, Number(height / kPointsPerInch));
  graph_.Set(page, place_, Number(width / 2) + "," + Number(height / 2));
}

void Rendering::AddCaption() {
  for (const CaptionLine& line : drawing_.caption) {
    AddLine(line, {0, 0}, line.is_muted ? kMuted : kInk);
  }
  const auto [width, height] = Legend::kSize;
  const Point corner = drawing_.legend.corner;
  const double step = width / Legend::kSteps;
  for (size_t i = 0; i < Legend::kSteps; ++i) {
    const double weight = static_cast<double>(i) / (Legend::kSteps - 1);
    const Rgb color =
        theme_.is_filled ? theme_.Color(weight) : theme_.LineColor(weight);
    const double left = corner.x + static_cast<double>(i) * step;
    shapes_.Pen(color, .4);
    shapes_.Fill(color);
    shapes_.Polygon({{left, corner.y},
                     {left + step, corner.y},
                     {left + step, corner.y + height},
                     {left, corner.y + height}});
  }
  const Font font = {10};
  const double baseline = corner.y + height + font.size;
  const auto& [least, middle, most] = picture_.views.front().scale;
  AddLine({least, font, {corner.x, baseline}}, {0, 0}, kMuted);
  AddText(middle, font, {corner.x + width / 2, baseline}, kMuted);
  AddLine({most, font, {corner.x + width - font.Width(most), baseline}}, {0, 0},
          kMuted);
}

void Rendering::AddCluster(size_t cluster) {
  if (drawing_.layout.clusters[cluster].size.width == 0) return;
  shapes_.Pen(kRule, 1);
  shapes_.Rectangle(InGraph(drawing_.layout.clusters[cluster]),
                    2 * kCornerRadius, false);
  AddLine(drawing_.clusters[cluster], drawing_.origin, kMuted);
}

void Rendering::AddBond(const PictureBond& bond) {
  shapes_.Pen(kMuted, 1, XdotShapes::Line::kDotted);
  std::vector<Point> points;
  for (const Point& point : BondOf(drawing_.layout, bond)) {
    points.push_back(InGraph(point));
  }
  shapes_.Curve(points);
}

void Rendering::AddNode(size_t node) {
  const NodeLabel& label = drawing_.nodes[node];
  const double weight = picture_.views.front().nodes[node].weight;
  const Box box = InGraph(drawing_.layout.nodes[node]);
  shapes_.Pen(theme_.LineColor(weight), 1,
              LineOf(picture_.nodes[node].has_dashes()));
  shapes_.Fill(theme_.is_filled ? theme_.Color(weight) : kPaper);
  shapes_.Rectangle(box, kCornerRadius, true);
  const Rgb color = theme_.FontColor(weight);
  AddBlock(label.name, box.center, color);
  AddBlock(label.place, box.center, color);
  AddBlock(label.figures.front(), box.center, color);
  const Trend trend = picture_.nodes[node].trend;
  if (trend == Trend::kNone) return;
  shapes_.Pen(color, 0);
  shapes_.Fill(color);
  const Triangle mark = TrendMarkOf(trend, box);
  shapes_.Polygon({mark.begin(), mark.end()});
}

void Rendering::AddEdge(size_t edge) {
  const EdgeFigures& figures = picture_.views.front().edges[edge];
  const double weight = figures.weight;
  const Rgb color = theme_.LineColor(weight);
  const Curve& curve = drawing_.layout.edges[edge];
  std::vector<Point> points;
  for (const Point& point : curve.points) points.push_back(InGraph(point));
  shapes_.Pen(color, theme_.PenWidth(figures.breadth),
              LineOf(picture_.edges[edge].has_dashes()));
  shapes_.Curve(points);
  const auto [left, tip, right] = ArrowOf(curve, ArrowLength(picture_, edge));
  shapes_.Pen(color, 0);
  shapes_.Fill(color);
  shapes_.Polygon({InGraph(left), InGraph(tip), InGraph(right)});
  const std::vector<TextBlock>& texts = drawing_.edges[edge].figures;
  if (texts.empty()) return;
  AddBlock(texts.front(), InGraph(drawing_.layout.labels[edge].center),
           theme_.LabelColor(weight));
}

void Rendering::AddBlock(const TextBlock& block, Point middle, Rgb color) {
  for (size_t i = 0; i < block.lines.size(); ++i) {
    AddText(block.lines[i], block.font,
            {middle.x, middle.y + block.Baseline(i)}, color);
  }
}

void Rendering::AddLine(const CaptionLine& line, Point origin, Rgb color) {
  const double width = line.font.Width(line.text);
  AddText(line.text, line.font,
          {origin.x + line.start.x + width / 2, origin.y + line.start.y},
          color);
}

// Its middle is at baseline.x.
Agnode_t* Rendering::AddText(std::string_view text, Font font, Point baseline,
                             Rgb color) {
  // How far Graphviz has a line's middle above its baseline.
  constexpr double kMiddle = .4;
  Agnode_t* const node = graph_.AddNode();
  graph_.Set(node, label_, Literally(text));
  graph_.Set(node, font_, FontName(font.weight));
  graph_.Set(node, font_size_, Number(font_scale_ * font.size));
  graph_.Set(node, font_color_, color.Text());
  graph_.Set(
      node, place_,
      Number(baseline.x) + "," +
          Number(drawing_.size.height - baseline.y + kMiddle * font.size));
  return node;
}

// Two pixels a point, as for screens of today; less where the picture is so
// large that it would need more than 200 megabytes or have more pixels in a row
// than Cairo takes.
double PngResolution(const Size& size) {
  constexpr double kCrisp = 2;
  constexpr double kMostPixels = 50e6;
  constexpr double kMostInARow = 32'000;
  return kPointsPerInch *
         std::min({kCrisp, std::sqrt(kMostPixels / size.width / size.height),
                   kMostInARow / std::max(size.width, size.height)});
}

// PDF readers take no more than 14400 points.
constexpr double kMostPdfInches = 200;

void WritePng(const Picture& picture, TextSink& out) {
  Rendering rendering(picture);
  const double inches =
      std::max(rendering.size().width, rendering.size().height);
  out.Write(rendering.Render("png", PngResolution(rendering.size()), inches));
}

void WritePdf(const Picture& picture, TextSink& out) {
  out.Write(Rendering(picture).Render("pdf", kPointsPerInch, kMostPdfInches));
}

}  // namespace

extern constinit const Writer kPng = {
    .name = "png",
    .description = "a picture of pixels",
    .extensions = ".png",
    .is_binary = true,
    .draw = WritePng,
    .colormap = "heat",
    .most_nodes = kMostNodes,
};

extern constinit const Writer kPdf = {
    .name = "pdf",
    .description = "a picture to print",
    .extensions = ".pdf",
    .is_binary = true,
    .draw = WritePdf,
    .colormap = "heat",
    .most_nodes = kMostNodes,
};

}  // namespace prof2cg
