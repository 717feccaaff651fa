#include "converter/writers/picture_graph.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "converter/display/fixed_text.h"

namespace prof2cg {
namespace {

// libcgraph takes texts that it does not change as char*.
char* Text(const std::string& text) { return const_cast<char*>(text.c_str()); }

std::string Decimal(double number) { return FixedText(number, 2); }

// libcgraph's memory, in pieces that are kept for the whole run: it would take
// every statement apart before a graph goes. What it has from elsewhere, a few
// tables a graph, only that memory knows, so that it must not go before.
struct Heap {
  using Memory = std::pmr::monotonic_buffer_resource;

  static void* Open(Agdisc_t*) {
    static Memory* const memory = new Memory(1 << 16);
    return memory;
  }
  static void* Allocate(void* memory, size_t bytes) {
    void* const block =
        static_cast<Memory*>(memory)->allocate(bytes, kAlignment);
    return std::memset(block, 0, bytes);
  }
  static void* Resize(void* memory, void* old, size_t old_bytes, size_t bytes) {
    void* const block = Allocate(memory, bytes);
    if (old != nullptr) std::memcpy(block, old, std::min(old_bytes, bytes));
    return block;
  }
  static void Free(void*, void*) {}
  static void Close(void*) {}

  static constexpr size_t kAlignment = alignof(std::max_align_t);
};

Agmemdisc_t heap_discipline = {Heap::Open, Heap::Allocate, Heap::Resize,
                               Heap::Free, Heap::Close};

class GraphMaker {
 public:
  explicit GraphMaker(const Picture& picture)
      : picture_(picture),
        view_(picture.views.front()),
        graph_(c_.agopen(nullptr, c_.directed, &discipline_)) {}

  GraphPointer Make() && {
    SetGraphAttributes();
    AddNodes();
    AddClusters();
    AddEdges();
    return std::move(graph_);
  }

 private:
  Agsym_t* Attribute(int kind, const char* name, const std::string& usual) {
    return c_.agattr(graph_.get(), kind, const_cast<char*>(name), Text(usual));
  }
  Agsym_t* OfNodes(const char* name, const std::string& usual = "") {
    return Attribute(AGNODE, name, usual);
  }
  Agsym_t* OfEdges(const char* name, const std::string& usual = "") {
    return Attribute(AGEDGE, name, usual);
  }
  void Set(void* object, Agsym_t* attribute, const std::string& value) {
    c_.agxset(object, attribute, Text(value));
  }

  void SetGraphAttributes() {
    Attribute(AGRAPH, "fontname", kFont);
    // An unnamed graph would have its number for a tooltip.
    Attribute(AGRAPH, "tooltip", " ");
    Attribute(AGRAPH, "nodesep", "0.125");
    Attribute(AGRAPH, "ranksep", "0.25");
    // For readers that know no strings over several lines.
    Attribute(AGRAPH, "linelength", "0");
  }

  void AddNodes() {
    const Theme& theme = picture_.theme;
    OfNodes("fontname", kFont);
    OfNodes("height", "0");
    OfNodes("width", "0");
    OfNodes("style", theme.is_filled ? "filled" : "solid");
    if (!picture_.is_comparison) OfNodes("shape", "box");
    Agsym_t* const color = OfNodes("color");
    Agsym_t* const font_color =
        OfNodes("fontcolor", theme.is_filled ? "white" : "black");
    Agsym_t* const font_size = OfNodes("fontsize");
    Agsym_t* const label = OfNodes("label");
    for (size_t i = 0; i < picture_.nodes.size(); ++i) {
      const PictureNode& node = picture_.nodes[i];
      const double weight = view_.nodes[i].weight;
      const std::string name = std::to_string(node.function.row());
      Agnode_t* const n = c_.agnode(graph_.get(), Text(name), 1);
      nodes_.push_back(n);
      Set(n, label, LabelText(NodeLabel(node, view_.nodes[i])));
      Set(n, color, theme.LineColor(weight).Text());
      Set(n, font_color, theme.FontColor(weight).Text());
      Set(n, font_size, Decimal(theme.FontSize(weight)));
    }
    SetSomeNodes("tooltip",
                 [&](size_t i) { return picture_.nodes[i].tooltip; });
    SetSomeNodes("URL", [&](size_t i) { return picture_.nodes[i].link; });
    // What they are filled with, where it is not the colour of their frames.
    SetSomeNodes("fillcolor", [&](size_t i) {
      const double weight = view_.nodes[i].weight;
      const Rgb fill = theme.Color(weight);
      return fill == theme.LineColor(weight) ? "" : fill.Text();
    });
    if (picture_.is_comparison) SetTrends();
  }

  // An attribute that few pictures have: each one costs each node something.
  template <class ValueOf>
  void SetSomeNodes(const char* name, ValueOf value_of) {
    Agsym_t* attribute = nullptr;
    for (size_t i = 0; i < nodes_.size(); ++i) {
      const std::string value = value_of(i);
      if (value.empty()) continue;
      if (attribute == nullptr) attribute = OfNodes(name);
      Set(nodes_[i], attribute, LabelText(value));
    }
  }

  // Boxes that point to the right or, turned, upwards.
  void SetTrends() {
    const auto trend = [&](size_t i) { return picture_.nodes[i].trend; };
    SetSomeNodes("shape", [&](size_t i) {
      return trend(i) == Trend::kNone ? "box" : "cds";
    });
    SetSomeNodes("orientation", [&](size_t i) {
      return trend(i) == Trend::kShrank ? "90" : "0";
    });
  }

  void AddClusters() {
    std::vector<Agraph_t*> clusters;
    for (size_t i = 0; i < picture_.clusters.size(); ++i) {
      const std::string name = "cluster_" + std::to_string(i);
      clusters.push_back(c_.agsubg(graph_.get(), Text(name), 1));
      c_.agsafeset(clusters.back(), Text(kLabel),
                   Text(LabelText(picture_.clusters[i])), Text(kNothing));
    }
    for (size_t i = 0; i < picture_.nodes.size(); ++i) {
      const uint32_t cluster = picture_.nodes[i].cluster;
      if (cluster == PictureNode::kNoCluster) continue;
      c_.agsubnode(clusters[cluster], nodes_[i], 1);
    }
  }

  void AddEdges() {
    const Theme& theme = picture_.theme;
    OfEdges("fontname", kFont);
    Agsym_t* const arrow_size = OfEdges("arrowsize");
    Agsym_t* const color = OfEdges("color");
    Agsym_t* const font_color = OfEdges("fontcolor");
    Agsym_t* const font_size = OfEdges("fontsize");
    Agsym_t* const label = OfEdges("label");
    Agsym_t* const label_distance = OfEdges("labeldistance");
    Agsym_t* const pen_width = OfEdges("penwidth");
    for (size_t i = 0; i < picture_.edges.size(); ++i) {
      const PictureEdge& edge = picture_.edges[i];
      const double weight = view_.edges[i].weight;
      Agedge_t* const e = c_.agedge(graph_.get(), nodes_[edge.caller],
                                    nodes_[edge.callee], nullptr, 1);
      Set(e, arrow_size, Decimal(theme.ArrowSize(weight)));
      Set(e, color, theme.LineColor(weight).Text());
      Set(e, font_color, theme.LabelColor(weight).Text());
      Set(e, font_size, Decimal(theme.FontSize(weight)));
      Set(e, label, LabelText(view_.edges[i].label));
      const std::string pen = Decimal(theme.PenWidth(weight));
      Set(e, label_distance, pen);
      Set(e, pen_width, pen);
    }
  }

  static std::string NodeLabel(const PictureNode& node,
                               const NodeFigures& figures) {
    return figures.label.empty() ? node.label
                                 : node.label + "\n" + figures.label;
  }

  inline static const std::string kFont = "Arial";
  inline static const std::string kNothing;
  inline static const std::string kLabel = "label";

  const Cgraph& c_ = LoadCgraph();
  Agdisc_t discipline_ = {&heap_discipline, nullptr, nullptr};
  const Picture& picture_;
  const PictureView& view_;
  GraphPointer graph_;
  std::vector<Agnode_t*> nodes_;
};

// Whether Graphviz would take the beginning of `text` for a character's name:
// "&lt;", "&#60;".
bool IsEntity(std::string_view text) {
  constexpr std::string_view kName =
      "#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const size_t end = text.find_first_not_of(kName, 1);
  return end > 1 && end < text.size() && text[end] == ';';
}

}  // namespace

void CloseGraph::operator()(Agraph_t* graph) const {
  LoadCgraph().agclose(graph);
}

GraphPointer MakeGraph(const Picture& picture) {
  return GraphMaker(picture).Make();
}

std::string LabelText(std::string_view text) {
  constexpr std::string_view kSpecial = "\\\n&";
  std::string label;
  for (size_t next; (next = text.find_first_of(kSpecial)) != text.npos;) {
    label += text.substr(0, next);
    text.remove_prefix(next);
    label += text[0] == '\n' ? "\\n" : text[0] == '\\' ? "\\\\" : "&";
    if (text[0] == '&' && IsEntity(text)) label += "amp;";
    text.remove_prefix(1);
  }
  return label += text;
}

}  // namespace prof2cg
