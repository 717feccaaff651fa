#include "converter/writers/graphviz_library.h"

#include <dlfcn.h>

#include <map>
#include <string>

#include "converter/io/library.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

constexpr const char* kNeed =
    "pictures need Graphviz's libraries (Debian: libgvc6)";

#define PROF2CG_FIND(table, name) library.Find(#name, table.name)

Cgraph FindCgraph() {
  const Library library("libcgraph.so.6", kNeed);
  Cgraph c;
  PROF2CG_FIND(c, agopen);
  PROF2CG_FIND(c, agclose);
  PROF2CG_FIND(c, agattr);
  PROF2CG_FIND(c, agnode);
  PROF2CG_FIND(c, agedge);
  PROF2CG_FIND(c, agsubg);
  PROF2CG_FIND(c, agsubnode);
  PROF2CG_FIND(c, agxset);
  PROF2CG_FIND(c, agseterrf);
  const Agdesc_t* kind;
  library.Find("Agdirected", kind);
  c.directed = *kind;
  return c;
}

Gvc FindGvc() {
  const Library library("libgvc.so.6", kNeed);
  Gvc g;
  PROF2CG_FIND(g, gvContextPlugins);
  PROF2CG_FIND(g, gvLayout);
  PROF2CG_FIND(g, gvFreeLayout);
  PROF2CG_FIND(g, gvRenderData);
  PROF2CG_FIND(g, gvFreeRenderData);
  return g;
}

#undef PROF2CG_FIND

// Where libgvc is; its plugins are in a folder beside it.
std::string GvcFolder() {
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(LoadGvc().gvLayout), &info) == 0) {
    throw Error("Graphviz's library is in no file");
  }
  const std::string file = info.dli_fname;
  return file.substr(0, file.rfind('/') + 1);
}

}  // namespace

const Cgraph& LoadCgraph() {
  static const Cgraph cgraph = FindCgraph();
  return cgraph;
}

const Gvc& LoadGvc() {
  static const Gvc gvc = FindGvc();
  return gvc;
}

lt_symlist_t LoadGvcPlugin(const std::string& name) {
  // Graphviz keeps the names that it is given.
  static std::map<std::string, lt_symlist_t> loaded;
  const std::string symbol = "gvplugin_" + name + "_LTX_library";
  const auto [plugin, is_new] = loaded.try_emplace(symbol);
  if (is_new) {
    const Library library(
        GvcFolder() + "graphviz/libgvplugin_" + name + ".so.6", kNeed);
    library.Find(symbol.c_str(), plugin->second.address);
    plugin->second.name = plugin->first.c_str();
  }
  return plugin->second;
}

}  // namespace prof2cg
