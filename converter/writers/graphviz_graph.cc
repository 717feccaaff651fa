#include "converter/writers/graphviz_graph.h"

#include <algorithm>
#include <map>
#include <vector>

#include "graph/error.h"

namespace prof2cg {
namespace {

// What Graphviz has said. It has one place for that, whatever the graph.
std::string& Messages() {
  static std::string messages;
  return messages;
}

int Collect(char* message) {
  Messages() += message;
  return 0;
}

[[noreturn]] void Fail(const std::string& what) {
  std::string why = Messages();
  while (!why.empty() && why.back() == '\n') why.pop_back();
  std::ranges::replace(why, '\n', ' ');
  throw Error("Graphviz cannot " + what + (why.empty() ? "" : ": " + why));
}

// Made once and kept to the end: Graphviz's Pango plugin remembers the last
// font beyond the context that it was of.
GVC_t* FindContext(const std::string& layout, const std::string& renderer) {
  static std::map<std::string, GVC_t*> contexts;
  GVC_t*& context = contexts[layout + ' ' + renderer];
  if (context != nullptr) return context;
  std::vector<lt_symlist_t> list = {LoadGvcPlugin(layout)};
  if (!renderer.empty()) list.push_back(LoadGvcPlugin(renderer));
  list.push_back({nullptr, nullptr});
  context = LoadGvc().gvContextPlugins(list.data(), /*demand_loading=*/0);
  return context;
}

// Graphviz takes all text as if it would change it.
char* Mutable(const char* text) { return const_cast<char*>(text); }

}  // namespace

GraphvizGraph::GraphvizGraph(const std::string& layout,
                             const std::string& renderer)
    : c_(LoadCgraph()),
      gvc_(LoadGvc()),
      context_(FindContext(layout, renderer)),
      graph_(c_.agopen(Mutable("picture"), c_.directed, nullptr)) {
  Messages().clear();
  c_.agseterrf(Collect);
}

GraphvizGraph::~GraphvizGraph() {
  // Graphviz 2.43 frees ranks twice where calls within one rank of a cluster
  // have labels: such a layout stays until the program ends.
  if (is_laid_out_ && !has_subgraphs_) gvc_.gvFreeLayout(context_, graph_);
  c_.agclose(graph_);
}

Agsym_t* GraphvizGraph::SetDefault(int kind, const char* name,
                                   const std::string& value) {
  return c_.agattr(graph_, kind, Mutable(name), Mutable(value.c_str()));
}

void GraphvizGraph::Set(void* part, Agsym_t* attribute,
                        const std::string& value) {
  c_.agxset(part, attribute, Mutable(value.c_str()));
}

Agnode_t* GraphvizGraph::AddNode() { return c_.agnode(graph_, nullptr, 1); }

Agedge_t* GraphvizGraph::AddEdge(Agnode_t* tail, Agnode_t* head) {
  return c_.agedge(graph_, tail, head, nullptr, 1);
}

Agraph_t* GraphvizGraph::AddSubgraph(const std::string& name) {
  has_subgraphs_ = true;
  return c_.agsubg(graph_, Mutable(name.c_str()), 1);
}

void GraphvizGraph::AddTo(Agraph_t* subgraph, Agnode_t* node) {
  c_.agsubnode(subgraph, node, 1);
}

void GraphvizGraph::LayOut(const char* engine) {
  if (gvc_.gvLayout(context_, graph_, engine) != 0) Fail("lay out the picture");
  is_laid_out_ = true;
}

std::string GraphvizGraph::Render(const char* format) {
  char* data = nullptr;
  unsigned size = 0;
  if (gvc_.gvRenderData(context_, graph_, format, &data, &size) != 0 ||
      size == 0) {
    Fail(std::string("draw as ") + format);
  }
  std::string text(data, size);
  gvc_.gvFreeRenderData(data);
  return text;
}

}  // namespace prof2cg
