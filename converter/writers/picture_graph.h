// A picture as a graph of libcgraph, with the attributes that gprof2dot gives
// its statements: what DOT files hold and Graphviz draws.
#ifndef PROF2CG_CONVERTER_WRITERS_PICTURE_GRAPH_H_
#define PROF2CG_CONVERTER_WRITERS_PICTURE_GRAPH_H_

#include <memory>
#include <string>
#include <string_view>

#include "converter/picture/picture.h"
#include "converter/writers/graphviz_library.h"

namespace prof2cg {

struct CloseGraph {
  void operator()(Agraph_t* graph) const;
};
using GraphPointer = std::unique_ptr<Agraph_t, CloseGraph>;

// The picture's first view. Nodes are named by the rows of their functions and
// stand in their order. Throws Error where Graphviz is missing.
GraphPointer MakeGraph(const Picture& picture);

// As Graphviz has to get the text of a label: a backslash is one of the text,
// not the start of an escape, and "&lt;" four characters; lines end with "\n".
std::string LabelText(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_PICTURE_GRAPH_H_
