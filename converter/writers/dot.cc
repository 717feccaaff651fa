// DOT, for Graphviz, xdot and other drawing tools: gprof2dot's statements, each
// function's followed by those of its calls.
//
// Statements are written as they come. A graph of libcgraph that is only there
// to be printed takes five times as long; its parser is what tests read the
// result with. All values stand in quotes but for numbers, so that no name can
// be taken for a keyword, and on one line, which every reader of DOT knows.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "converter/display/fixed_text.h"
#include "converter/version.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

// Whether Graphviz would take the beginning of `text` for a character's name:
// "&lt;", "&#60;".
bool IsEntity(std::string_view text) {
  constexpr std::string_view kName =
      "#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const size_t end = text.find_first_not_of(kName, 1);
  return end > 1 && end < text.size() && text[end] == ';';
}

class DotFile {
 public:
  DotFile(const Picture& picture, TextSink& out)
      : picture_(picture),
        theme_(picture.theme),
        view_(picture.views.front()),
        out_(out) {}

  void Write() {
    WriteComment("prof2cg " + std::string(kVersion));
    if (picture_.difference != nullptr) WriteComment(picture_.title);
    for (const std::string& note : picture_.notes) WriteComment(note);
    // An unnamed graph would have its number for a tooltip.
    out_.Write("digraph {\n\ttooltip=\" \";\n");
    WriteDefaults();
    size_t edge = 0;
    for (size_t n = 0; n < picture_.nodes.size(); ++n) {
      WriteNode(n);
      const std::vector<PictureEdge>& edges = picture_.edges;
      for (; edge < edges.size() && edges[edge].caller == n; ++edge) {
        WriteEdge(edge);
      }
    }
    WriteBonds();
    WriteClusters();
    out_.Write("}\n");
  }

 private:
  void WriteComment(std::string_view text) {
    out_.Write("// ");
    out_.Write(text);
    out_.Write('\n');
  }

  void WriteDefaults() {
    out_.Write("\tgraph [fontname=Arial, nodesep=0.125, ranksep=0.25];\n");
    out_.Write(theme_.is_filled ? "\tnode [fontcolor=white, fontname=Arial"
                                : "\tnode [fontcolor=black, fontname=Arial");
    out_.Write(picture_.is_comparison ? ", height=0" : ", height=0, shape=box");
    out_.Write(theme_.is_filled ? ", style=filled, width=0];\n"
                                : ", style=solid, width=0];\n");
    out_.Write("\tedge [fontname=Arial];\n");
  }

  void WriteNode(size_t n) {
    const PictureNode& node = picture_.nodes[n];
    const NodeFigures& figures = view_.nodes[n];
    const Rgb line = theme_.LineColor(figures.weight);
    const Rgb fill = theme_.Color(figures.weight);
    out_.Write('\t');
    WriteName(n);
    out_.Write(" [");
    WriteColor("color=", line);
    if (fill != line) WriteColor(", fillcolor=", fill);
    WriteColor(", fontcolor=", theme_.FontColor(figures.weight));
    WriteDecimal(", fontsize=", theme_.FontSize(figures.weight));
    out_.Write(", label=\"");
    WriteText(node.label);
    if (!figures.label.empty()) {
      out_.Write("\\n");
      WriteText(figures.label);
    }
    out_.Write('"');
    if (picture_.is_comparison) WriteTrend(node.trend);
    if (node.has_dashes()) {
      out_.Write(theme_.is_filled ? ", style=\"dashed,filled\""
                                  : ", style=dashed");
    }
    if (!node.tooltip.empty()) WriteQuoted(", tooltip=", node.tooltip);
    if (!node.link.empty()) WriteQuoted(", URL=", node.link);
    out_.Write("];\n");
  }

  // A box that points to the right or, turned, upwards.
  void WriteTrend(Trend trend) {
    out_.Write(trend == Trend::kShrank ? ", orientation=90"
                                       : ", orientation=0");
    out_.Write(trend == Trend::kNone ? ", shape=box" : ", shape=cds");
  }

  void WriteEdge(size_t e) {
    const PictureEdge& edge = picture_.edges[e];
    const EdgeFigures& figures = view_.edges[e];
    const std::string pen = FixedText(theme_.PenWidth(figures.breadth), 2);
    out_.Write('\t');
    WriteName(edge.caller);
    out_.Write(" -> ");
    WriteName(edge.callee);
    WriteDecimal(" [arrowsize=", theme_.ArrowSize(figures.breadth));
    WriteColor(", color=", theme_.LineColor(figures.weight));
    WriteColor(", fontcolor=", theme_.LabelColor(figures.weight));
    WriteDecimal(", fontsize=", theme_.FontSize(figures.weight));
    WriteQuoted(", label=", figures.label);
    out_.Write(", labeldistance=");
    out_.Write(pen);
    out_.Write(", penwidth=");
    out_.Write(pen);
    out_.Write(edge.has_dashes() ? ", style=dashed];\n" : "];\n");
  }

  // Lines that are no calls and have no say in where nodes are.
  void WriteBonds() {
    for (const PictureBond& bond : picture_.bonds) {
      out_.Write('\t');
      WriteName(bond.first);
      out_.Write(" -> ");
      WriteName(bond.second);
      out_.Write(
          " [color=gray, constraint=false, dir=none, style=dotted, weight=0];"
          "\n");
    }
  }

  void WriteClusters() {
    std::vector<std::vector<size_t>> members(picture_.clusters.size());
    for (size_t n = 0; n < picture_.nodes.size(); ++n) {
      const uint32_t cluster = picture_.nodes[n].cluster;
      if (cluster != PictureNode::kNoCluster) members[cluster].push_back(n);
    }
    for (size_t c = 0; c < members.size(); ++c) {
      out_.Write("\tsubgraph cluster_");
      out_.WriteNumber(c);
      WriteQuoted(" { label=", picture_.clusters[c]);
      for (const size_t n : members[c]) {
        out_.Write("; ");
        WriteName(n);
      }
      out_.Write(" }\n");
    }
  }

  // The row of its function: unlike a function's name, it is unique.
  void WriteName(size_t n) {
    out_.WriteNumber(picture_.nodes[n].function.row());
  }

  void WriteColor(std::string_view key, Rgb color) {
    out_.Write(key);
    out_.Write('"');
    out_.Write(color.Text());
    out_.Write('"');
  }

  void WriteDecimal(std::string_view key, double number) {
    out_.Write(key);
    out_.Write(FixedText(number, 2));
  }

  void WriteQuoted(std::string_view key, std::string_view text) {
    out_.Write(key);
    out_.Write('"');
    WriteText(text);
    out_.Write('"');
  }

  // In quotes, as Graphviz has to get it: a backslash is one of the text, not
  // the start of an escape, an ampersand no character's name; lines end with
  // "\n".
  void WriteText(std::string_view text) {
    constexpr std::string_view kSpecial = "\\\"\n&";
    for (size_t next; (next = text.find_first_of(kSpecial)) != text.npos;) {
      out_.Write(text.substr(0, next));
      text.remove_prefix(next);
      WriteSpecial(text);
      text.remove_prefix(1);
    }
    out_.Write(text);
  }

  void WriteSpecial(std::string_view text) {
    switch (text.front()) {
      case '\n':
        return out_.Write("\\n");
      case '\\':
        return out_.Write("\\\\");
      case '"':
        return out_.Write("\\\"");
      default:
        return out_.Write(IsEntity(text) ? "&amp;" : "&");
    }
  }

  const Picture& picture_;
  const Theme& theme_;
  const PictureView& view_;
  TextSink& out_;
};

void Draw(const Picture& picture, TextSink& out) {
  DotFile(picture, out).Write();
}

}  // namespace

extern constinit const Writer kDot = {
    .name = "dot",
    .description = "DOT, for Graphviz and xdot: gprof2dot's statements",
    .extensions = ".dot .gv",
    .draw = Draw,
};

}  // namespace prof2cg
