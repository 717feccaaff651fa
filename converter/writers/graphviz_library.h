// Graphviz's libraries, loaded when a picture is asked for: linked, they would
// cost every other conversion a quarter of its time.
#ifndef PROF2CG_CONVERTER_WRITERS_GRAPHVIZ_LIBRARY_H_
#define PROF2CG_CONVERTER_WRITERS_GRAPHVIZ_LIBRARY_H_

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <string>

namespace prof2cg {

// The functions of libcgraph that we use, by their own names.
struct Cgraph {
  decltype(&::agopen) agopen;
  decltype(&::agclose) agclose;
  decltype(&::agattr) agattr;
  decltype(&::agnode) agnode;
  decltype(&::agedge) agedge;
  decltype(&::agsubg) agsubg;
  decltype(&::agsubnode) agsubnode;
  decltype(&::agxset) agxset;
  decltype(&::agseterrf) agseterrf;
  Agdesc_t directed;
};

// The same of libgvc.
struct Gvc {
  decltype(&::gvContextPlugins) gvContextPlugins;
  decltype(&::gvLayout) gvLayout;
  decltype(&::gvFreeLayout) gvFreeLayout;
  decltype(&::gvRenderData) gvRenderData;
  decltype(&::gvFreeRenderData) gvFreeRenderData;
};

// Each is loaded once, by the first that asks. Throws Error where the library
// is missing.
const Cgraph& LoadCgraph();
const Gvc& LoadGvc();

// One of libgvc's plugins, "dot_layout", for gvContextPlugins: it then need not
// read its configuration, which names all of them. Throws the same.
lt_symlist_t LoadGvcPlugin(const std::string& name);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_GRAPHVIZ_LIBRARY_H_
