// Libraries that are loaded when they are needed.
#ifndef PROF2CG_CONVERTER_IO_LIBRARY_H_
#define PROF2CG_CONVERTER_IO_LIBRARY_H_

#include <dlfcn.h>

#include <string>

#include "graph/error.h"

namespace prof2cg {

// Stays loaded for the whole run.
class Library {
 public:
  // Throws Error where it is missing, which begins with the need: "pictures
  // need Graphviz's libraries (Debian: libgvc6)".
  Library(const std::string& file, const std::string& need)
      : file_(file), handle_(dlopen(file.c_str(), RTLD_NOW)) {
    if (handle_ == nullptr) throw Error(need + ": " + dlerror());
  }

  // Throws Error where there is no such symbol.
  template <class Symbol>
  void Find(const char* name, Symbol*& symbol) const {
    symbol = reinterpret_cast<Symbol*>(dlsym(handle_, name));
    if (symbol == nullptr) throw Error(file_ + " has no " + name);
  }

 private:
  std::string file_;
  void* handle_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_LIBRARY_H_
