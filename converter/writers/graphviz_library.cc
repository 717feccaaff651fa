#include "converter/writers/graphviz_library.h"

#include <dlfcn.h>

#include <map>
#include <string>

#include "graph/error.h"

namespace prof2cg {
namespace {

class Library {
 public:
  explicit Library(const std::string& file)
      : handle_(dlopen(file.c_str(), RTLD_NOW)) {
    if (handle_ != nullptr) return;
    throw Error(std::string("pictures need Graphviz's libraries (Debian: "
                            "libgvc6): ") +
                dlerror());
  }

  template <class Symbol>
  void Find(const char* name, Symbol*& symbol) const {
    symbol = reinterpret_cast<Symbol*>(dlsym(handle_, name));
    if (symbol != nullptr) return;
    throw Error(std::string("Graphviz's library has no ") + name);
  }

 private:
  void* handle_;  // kept open: for the whole run
};

#define PROF2CG_FIND(table, name) library.Find(#name, table.name)

Cgraph FindCgraph() {
  const Library library("libcgraph.so.6");
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
  const Library library("libgvc.so.6");
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
    const Library library(GvcFolder() + "graphviz/libgvplugin_" + name +
                          ".so.6");
    library.Find(symbol.c_str(), plugin->second.address);
    plugin->second.name = plugin->first.c_str();
  }
  return plugin->second;
}

}  // namespace prof2cg
