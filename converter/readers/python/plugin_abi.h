// What the plugin with CPython in it and the program that opens it agree on.
//
// The program never links libpython; it opens libprof2cg_python.so when it is
// asked to read by Python, and calls it through this table. Nothing throws
// across it. Objects are borrowed from a root that load() gave, but for those
// that are said to be the caller's, who releases them. Calls come from one
// thread, that of the first load().
#ifndef PROF2CG_CONVERTER_READERS_PYTHON_PLUGIN_ABI_H_
#define PROF2CG_CONVERTER_READERS_PYTHON_PLUGIN_ABI_H_

#include <cstdint>

#include "converter/readers/marshal_value.h"

namespace prof2cg::python {

// Grows with every change to this file or to marshal::Kind.
inline constexpr uint32_t kPluginAbi = 1;

// A Python object.
struct Object;

// Kind and contents of an object, as in marshal::Value.
struct Description {
  marshal::Kind kind;
  union {
    int64_t integer;
    double real;
  };
  uint64_t size;
};

// Borrowed until the next call of text(), code_name() or describe(). A null
// pointer instead of bytes means that Python had no memory for them.
struct Text {
  const char* bytes;
  uint64_t size;
  bool is_unicode;  // UTF-8 in which surrogates may stand, not a bytes object
};

struct Plugin {
  uint32_t abi;
  const char* python_version;  // "3.11"

  // The object that is marshalled at the start of `bytes`, the caller's; null
  // where Python refuses, with one line, cut to fit, in `message`.
  Object* (*load)(const char* bytes, uint64_t size, char* message,
                  uint64_t message_size);
  void (*release)(Object* object);

  void (*describe)(Object* object, Description* description);
  // Of a tuple, or of a list.
  Object* (*item)(Object* container, uint64_t index);
  // The items of a set as a tuple, the caller's; null without memory for it.
  Object* (*set_items)(Object* set);
  // The entry at *position, 0 at first, which goes to the next; false at the
  // end.
  bool (*dict_next)(Object* dict, int64_t* position, Object** key,
                    Object** value);
  Text (*text)(Object* string);
  // What str() says of a code object, but for its address.
  Text (*code_name)(Object* code);
};

inline constexpr char kPluginFile[] = "libprof2cg_python.so";
inline constexpr char kPluginSymbol[] = "prof2cg_python_plugin";

}  // namespace prof2cg::python

// What the plugin exports, under the name kPluginSymbol.
extern "C" const prof2cg::python::Plugin* prof2cg_python_plugin();

#endif  // PROF2CG_CONVERTER_READERS_PYTHON_PLUGIN_ABI_H_
