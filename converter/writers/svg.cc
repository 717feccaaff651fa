// SVG: one document that is complete without a script, and with its own script
// can be searched, moved, asked and recoloured (svg/interactive.js).
//
//  - What must be seen is in the drawing's attributes, so that a content
//    security policy that forbids styles and scripts leaves it readable. Styles
//    add dark colours and the script's controls.
//  - Text of the profile stands in text and in attributes only, escaped; style
//    and script are the same in every document.
//  - It can stand in an HTML page as it is: it has no ids that could be taken
//    twice, and its CDATA sections are what both parsers read alike.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/display/figures.h"
#include "converter/version.h"
#include "converter/writers/drawing.h"
#include "converter/writers/svg_facts.h"
#include "converter/writers/svg_out.h"
#include "converter/writers/svg_text.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

constexpr std::string_view kStyle =
#include "converter/writers/svg/style.css.inc"
    ;
constexpr std::string_view kScript =
#include "converter/writers/svg/interactive.js.inc"
    ;

// Of what is estimated, new or gone.
constexpr std::string_view kDashes = " stroke-dasharray=\"5 3\"";

double WeightOf(size_t heat) {
  return static_cast<double>(heat) / (Legend::kSteps - 1);
}

class Svg {
 public:
  Svg(const Picture& picture, TextSink& out)
      : picture_(picture),
        theme_(picture.theme),
        drawing_(Draw(picture)),
        out_(out) {}

  void Write() {
    Begin();
    WriteStyle();
    out_.Write("<rect class=\"paper\" width=\"100%\" height=\"100%\"");
    out_.Attribute("fill", kPaper.Text());
    out_.Write("/>\n");
    WriteCaption();
    WriteGraph();
    out_.Write("<script><![CDATA[");
    out_.Write(kScript);
    out_.Write("]]></script>\n</svg>\n");
  }

 private:
  const PictureView& first() const { return picture_.views.front(); }

  void Begin();
  void WriteStyle();
  void WriteHeatStyle(size_t heat);
  void WriteCaption();
  void WriteCaptionLine(const CaptionLine& line, std::string_view css);
  void WriteLegend();
  void WriteLegendText(std::string_view text, double x,
                       std::string_view anchor);
  void WriteGraph();
  void WriteCluster(size_t cluster);
  void WriteBond(const PictureBond& bond);
  void WriteNode(size_t node);
  void WriteTrend(size_t node);
  void WriteEdge(size_t edge);
  void WriteText(const TextBlock& block, Point middle, std::string_view css);

  std::string Events() const;

  const Picture& picture_;
  const Theme& theme_;
  const Drawing drawing_;
  SvgOut out_;
};

void Svg::Begin() {
  const Size& size = drawing_.size;
  out_.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- prof2cg ");
  out_.Write(kVersion);
  out_.Write(" -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
  out_.Attribute("class", "prof2cg");
  out_.Attribute("width", size.width);
  out_.Attribute("height", size.height);
  out_.Write(" viewBox=\"0 0 ");
  out_.At({size.width, size.height});
  out_.Write("\"");
  out_.Attribute("font-family", kFontFamily);
  out_.Attribute("role", "graphics-document");
  out_.Attribute("aria-label",
                 drawing_.title.empty() ? "Call graph" : drawing_.title);
  out_.Attribute("data-width", drawing_.layout.size.width);
  out_.Attribute("data-height", drawing_.layout.size.height);
  out_.Data("data-events", Events());
  out_.Write(">\n<title>");
  out_.Text(drawing_.title);
  out_.Write("</title>\n");
}

std::string Svg::Events() const {
  std::vector<std::string> events;
  for (const PictureView& view : picture_.views) {
    const Event& event = picture_.profile->events[view.event];
    const auto& [least, middle, most] = view.scale;
    const std::string scale[] = {JsonString(least), JsonString(middle),
                                 JsonString(most)};
    const std::string fields[] = {JsonString(NameOf(event)),
                                  JsonString(TotalText(picture_, view)),
                                  JsonArray(scale)};
    events.push_back(JsonArray(fields));
  }
  return JsonArray(events);
}

void Svg::WriteStyle() {
  out_.Write("<style>");
  out_.Write(kStyle);
  out_.Write("@supports (color: light-dark(red, red)) {\n");
  for (size_t heat = 0; heat < Legend::kSteps; ++heat) WriteHeatStyle(heat);
  out_.Write("}\n</style>\n");
}

void Svg::WriteHeatStyle(size_t heat) {
  const double weight = WeightOf(heat);
  const auto variable = [&](std::string_view name, auto color) {
    out_.Write(name);
    out_.Write("light-dark(");
    out_.Write((theme_.*color)(weight, Ground::kLight).Text());
    out_.Write(',');
    out_.Write((theme_.*color)(weight, Ground::kDark).Text());
    out_.Write(')');
  };
  out_.Write(".prof2cg .h");
  out_.WriteNumber(heat);
  out_.Write('{');
  if (theme_.is_filled) {
    variable("--fill:", &Theme::Color);
    out_.Write(";--swatch:var(--fill)");
  } else {
    out_.Write("--fill:var(--paper);--swatch:var(--line)");
  }
  variable(";--line:", &Theme::LineColor);
  variable(";--font:", &Theme::FontColor);
  variable(";--label:", &Theme::LabelColor);
  out_.Write("}\n");
}

void Svg::WriteCaptionLine(const CaptionLine& line, std::string_view css) {
  out_.Write("<text");
  out_.Known("class", css);
  out_.Attribute("x", line.start.x);
  out_.Attribute("y", line.start.y);
  out_.Attribute("font-size", line.font.size);
  if (line.font.weight == Weight::kBold) out_.Attribute("font-weight", "700");
  if (line.is_muted) out_.Attribute("fill", kMuted.Text());
  out_.Write('>');
  out_.Text(line.text);
  out_.Write("</text>\n");
}

void Svg::WriteCaption() {
  out_.Write("<g class=\"caption\"");
  out_.Attribute("fill", kInk.Text());
  out_.Write(">\n");
  for (const CaptionLine& line : drawing_.caption) {
    WriteCaptionLine(line, line.is_muted ? "muted note" : "");
  }
  WriteLegend();
  out_.Write("</g>\n");
}

void Svg::WriteLegend() {
  const auto [width, height] = Legend::kSize;
  const auto& [least, middle, most] = first().scale;
  out_.Write("<svg class=\"legend\" overflow=\"visible\" role=\"img\"");
  out_.Attribute("aria-label",
                 "Colours: " + least + ", " + middle + ", " + most);
  out_.Attribute("x", drawing_.legend.corner.x);
  out_.Attribute("y", drawing_.legend.corner.y);
  out_.Attribute("width", width);
  out_.Attribute("height", height + 13);
  out_.Attribute("fill", kMuted.Text());
  out_.Attribute("font-size", 10);
  out_.Write(">\n");
  const double step = width / Legend::kSteps;
  for (size_t heat = 0; heat < Legend::kSteps; ++heat) {
    const double weight = WeightOf(heat);
    const double left = static_cast<double>(heat) * step;
    const Rgb color =
        theme_.is_filled ? theme_.Color(weight) : theme_.LineColor(weight);
    out_.Write("<rect");
    out_.Attribute("class", "swatch h" + std::to_string(heat));
    // A little wider, so that no gaps are seen between them.
    out_.Place({{left + step / 2 + .2, height / 2}, {step + .4, height}});
    out_.Attribute("fill", color.Text());
    out_.Write("/>\n");
  }
  WriteLegendText(least, 0, "start");
  WriteLegendText(middle, width / 2, "middle");
  WriteLegendText(most, width, "end");
  out_.Write("</svg>\n");
}

void Svg::WriteLegendText(std::string_view text, double x,
                          std::string_view anchor) {
  out_.Write("<text y=\"18\"");
  out_.Attribute("x", x);
  out_.Attribute("text-anchor", anchor);
  out_.Write('>');
  out_.Text(text);
  out_.Write("</text>\n");
}

void Svg::WriteGraph() {
  out_.Write("<g class=\"graph\"");
  out_.Translate(drawing_.origin);
  out_.Write(">\n");
  for (size_t c = 0; c < picture_.clusters.size(); ++c) WriteCluster(c);
  for (const PictureBond& bond : picture_.bonds) WriteBond(bond);
  out_.Write("<g text-anchor=\"middle\" stroke-linejoin=\"round\">\n");
  // Calls behind their caller, as a reader goes from one to the next.
  const std::vector<PictureEdge>& edges = picture_.edges;
  size_t edge = 0;
  for (size_t n = 0; n < picture_.nodes.size(); ++n) {
    WriteNode(n);
    for (; edge < edges.size() && edges[edge].caller == n; ++edge) {
      WriteEdge(edge);
    }
  }
  assert(edge == edges.size());
  out_.Write("</g>\n</g>\n");
}

void Svg::WriteCluster(size_t cluster) {
  if (drawing_.layout.clusters[cluster].size.width == 0) return;
  out_.Write("<g class=\"cluster\"><rect");
  out_.Place(drawing_.layout.clusters[cluster], 2 * kCornerRadius);
  out_.Write(" fill=\"none\"");
  out_.Attribute("stroke", kRule.Text());
  out_.Write("/>");
  WriteCaptionLine(drawing_.clusters[cluster], "muted");
  out_.Write("</g>\n");
}

// Behind all else.
void Svg::WriteBond(const PictureBond& bond) {
  const auto [from, first, second, to] = BondOf(drawing_.layout, bond);
  out_.Write("<path class=\"bond\" fill=\"none\" d=\"M");
  out_.At(from);
  out_.Write("C");
  for (const Point& point : {first, second, to}) {
    out_.At(point);
    out_.Write(" ");
  }
  out_.Write("\" stroke-dasharray=\"0 5\" stroke-linecap=\"round\"");
  out_.Write(" stroke-width=\"2\"");
  out_.Attribute("stroke", kMuted.Text());
  out_.Write("/>\n");
}

void Svg::WriteNode(size_t node) {
  const PictureNode& row = picture_.nodes[node];
  const NodeLabel& label = drawing_.nodes[node];
  const size_t heat = HeatOf(first().nodes[node].weight);
  const double weight = WeightOf(heat);
  const bool is_link = !row.link.empty() && IsSafeLink(row.link);
  out_.Write(is_link ? "<a" : "<g");
  out_.Attribute("class", "node h" + std::to_string(heat));
  if (is_link) {
    out_.Attribute("href", row.link);
    out_.Write(" target=\"_blank\" rel=\"noopener\"");
  } else {
    out_.Write(" role=\"img\" tabindex=\"0\"");
  }
  out_.Translate(drawing_.layout.nodes[node].center);
  out_.Attribute("fill", theme_.FontColor(weight).Text());
  const Profile& profile = *picture_.profile;
  out_.Attribute("data-name", profile.Name(row.function));
  out_.Known("data-file", FileAndLine(picture_, node));
  out_.Known("data-object",
             profile.strings[profile.functions[row.function.row()].object]);
  out_.Known("data-calls", CallsOfNode(picture_, node));
  out_.Known("data-trend", TrendOf(picture_, node));
  out_.Data("data-views", ViewsOfNode(drawing_, node));
  out_.Write("><title>");
  out_.Text(TitleOfNode(picture_, node));
  out_.Write("</title><rect");
  out_.Place({{0, 0}, label.box}, kCornerRadius);
  out_.Attribute("fill",
                 (theme_.is_filled ? theme_.Color(weight) : kPaper).Text());
  out_.Attribute("stroke", theme_.LineColor(weight).Text());
  if (row.has_dashes()) out_.Write(kDashes);
  out_.Write("/>\n");
  WriteText(label.name, {}, "name");
  WriteText(label.place, {}, "place");
  WriteText(label.figures[0], {}, "figures");
  WriteTrend(node);
  out_.Write(is_link ? "</a>\n" : "</g>\n");
}

void Svg::WriteTrend(size_t node) {
  const Trend trend = picture_.nodes[node].trend;
  if (trend == Trend::kNone) return;
  out_.Polygon(TrendMarkOf(trend, {{}, drawing_.nodes[node].box}));
  out_.Write("/>\n");
}

void Svg::WriteText(const TextBlock& block, Point middle,
                    std::string_view css) {
  if (block.lines.empty()) return;
  out_.Write("<text");
  out_.Attribute("class", css);
  out_.Attribute("x", middle.x);
  out_.Attribute("y", middle.y + block.Baseline(0));
  out_.Attribute("font-size", block.font.size);
  if (block.font.weight == Weight::kBold) out_.Attribute("font-weight", "700");
  if (css == "place") out_.Write(" opacity=\".8\"");
  out_.Write('>');
  for (size_t i = 0; i < block.lines.size(); ++i) {
    if (block.lines.size() > 1) {
      out_.Write("<tspan");
      out_.Attribute("x", middle.x);
      if (i > 0) out_.Write(" dy=\"1.25em\"");
      out_.Write('>');
    }
    out_.Text(block.lines[i]);
    if (block.lines.size() > 1) out_.Write("</tspan>");
  }
  out_.Write("</text>\n");
}

void Svg::WriteEdge(size_t edge) {
  const PictureEdge& row = picture_.edges[edge];
  const EdgeFigures& figures = first().edges[edge];
  const Curve& curve = drawing_.layout.edges[edge];
  const size_t heat = HeatOf(figures.weight);
  const std::string line = theme_.LineColor(WeightOf(heat)).Text();
  out_.Write("<g role=\"img\" tabindex=\"0\"");
  out_.Attribute("class", "edge h" + std::to_string(heat));
  out_.Attribute("data-caller", std::to_string(row.caller));
  out_.Attribute("data-callee", std::to_string(row.callee));
  out_.Known("data-calls", CallsOfEdge(picture_, edge));
  out_.Data("data-views", ViewsOfEdge(drawing_, edge));
  out_.Write("><title>");
  out_.Text(TitleOfEdge(picture_, edge));
  out_.Write("</title><path d=\"M");
  for (size_t i = 0; i < curve.points.size(); ++i) {
    if (i > 0) out_.Write(i == 1 ? "C" : " ");
    out_.At(curve.points[i]);
  }
  out_.Write("\" fill=\"none\"");
  out_.Attribute("stroke", line);
  out_.Attribute("stroke-width", theme_.PenWidth(figures.breadth));
  if (row.has_dashes()) out_.Write(kDashes);
  out_.Write("/>");
  out_.Polygon(ArrowOf(curve, ArrowLength(picture_, edge)));
  out_.Attribute("fill", line);
  out_.Write("/>\n");
  const std::vector<TextBlock>& texts = drawing_.edges[edge].figures;
  if (!texts.empty()) {
    out_.Write("<g paint-order=\"stroke\" stroke-width=\"3\"");
    out_.Attribute("stroke", kPaper.Text());
    out_.Attribute("fill", theme_.LabelColor(WeightOf(heat)).Text());
    out_.Write('>');
    WriteText(texts[0], drawing_.layout.labels[edge].center, "figures");
    out_.Write("</g>");
  }
  out_.Write("</g>\n");
}

void Write(const Picture& picture, TextSink& out) { Svg(picture, out).Write(); }

}  // namespace

extern constinit const Writer kSvg = {
    .name = "svg",
    .description = "a picture for browsers, to search and to ask",
    .extensions = ".svg",
    .draw = Write,
    .colormap = "heat",
    .most_nodes = kMostNodes,
    .shows_all_events = true,
};

}  // namespace prof2cg
