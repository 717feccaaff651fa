// A graph of Graphviz with what lays it out and renders it.
#ifndef PROF2CG_CONVERTER_WRITERS_GRAPHVIZ_GRAPH_H_
#define PROF2CG_CONVERTER_WRITERS_GRAPHVIZ_GRAPH_H_

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <string>

#include "converter/writers/graphviz_library.h"

namespace prof2cg {

// Has the attributes and parts that it is given. Values are text as it is:
// never HTML. Only the named plugins are loaded, no configuration is read, and
// Graphviz's messages are not printed: what it fails of, it throws as Error.
class GraphvizGraph {
 public:
  // Names of plugins: "dot_layout", "pango".
  explicit GraphvizGraph(const std::string& layout,
                         const std::string& renderer = "");
  ~GraphvizGraph();
  GraphvizGraph(const GraphvizGraph&) = delete;
  GraphvizGraph& operator=(const GraphvizGraph&) = delete;

  Agraph_t* root() { return graph_; }

  // For all graphs, nodes or edges (AGRAPH, AGNODE, AGEDGE) that have no value
  // of their own.
  Agsym_t* SetDefault(int kind, const char* name, const std::string& value);
  // `part`: a graph, node or edge.
  void Set(void* part, Agsym_t* attribute, const std::string& value);

  Agnode_t* AddNode();
  Agedge_t* AddEdge(Agnode_t* tail, Agnode_t* head);
  // `name` of Graphviz, "cluster1".
  Agraph_t* AddSubgraph(const std::string& name);
  void AddTo(Agraph_t* subgraph, Agnode_t* node);

  void LayOut(const char* engine);
  // After LayOut; in a format of Graphviz, "png".
  std::string Render(const char* format);

 private:
  const Cgraph& c_;
  const Gvc& gvc_;
  GVC_t* context_;
  Agraph_t* graph_;
  bool is_laid_out_ = false;
  bool has_subgraphs_ = false;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_GRAPHVIZ_GRAPH_H_
