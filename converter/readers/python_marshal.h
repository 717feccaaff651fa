// A marshalled object as CPython itself loads it.
//
// The second cursor of marshal_value.h, for --reader=python and as the oracle
// of the first. The interpreter lives in a plugin (python/plugin_abi.h) that is
// opened when it is first needed. It loads what that Python can load: dumps of
// Python 2 are mostly beyond it, and code objects are those of its own version.
//
// Dicts are what Python made of them: a key stands where it was first met, with
// the value that was given last. Errors name no byte: Python tells none.
// CPython believes the sizes that a file announces, so a file from a stranger
// is for the cursor of marshal.h.
#ifndef PROF2CG_CONVERTER_READERS_PYTHON_MARSHAL_H_
#define PROF2CG_CONVERTER_READERS_PYTHON_MARSHAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/readers/marshal_value.h"
#include "converter/readers/python/plugin_abi.h"

namespace prof2cg::marshal {

// A cursor over one object that the plugin loaded. Memos go by the object's
// identity, of strings and containers.
class PythonMarshalCursor final {
 public:
  // Loads the object at the start of `bytes`, which are not used afterwards.
  // Throws Error with Python's own words where it refuses.
  PythonMarshalCursor(const python::Plugin& plugin, std::string_view bytes);
  PythonMarshalCursor(const PythonMarshalCursor&) = delete;
  PythonMarshalCursor& operator=(const PythonMarshalCursor&) = delete;
  ~PythonMarshalCursor();

  Value Next();
  Mark Enter(const Value& container);
  void Leave(const Mark& mark) { frames_.resize(mark.place); }
  void Skip(const Value&) {}
  std::string_view Text(const Value& string, std::string& scratch) const;
  std::string CodeName(const Value& code) const;
  void Memorize(const Value& value, uint32_t word);
  uint32_t TakeMemo();
  bool TakeDict() { return false; }
  bool TakeEnd() { return false; }
  std::optional<int32_t> TakeInt() { return std::nullopt; }
  bool TakeTuple(uint8_t) { return false; }
  std::optional<Triple> TakeTriple() { return std::nullopt; }
  std::optional<FourFigures> TakeFigures() { return std::nullopt; }
  size_t TakeItems(std::span<Item>) { return 0; }
  [[noreturn]] void Fail(const std::string& message) const;

 private:
  // A container that was entered, or the root before it is met.
  struct Frame {
    python::Object* container;
    Kind kind;
    uint64_t size;
    int64_t position = 0;             // of what follows `next`
    python::Object* next = nullptr;   // null at the end
    python::Object* value = nullptr;  // of a dict, if `next` is its key
  };

  static python::Object* ObjectOf(const Value& value);
  void Advance(Frame& frame) const;
  python::Text Check(python::Text text) const;

  const python::Plugin& plugin_;
  std::vector<python::Object*> owned_;  // the root, and sets as tuples
  std::vector<Frame> frames_;
  absl::flat_hash_map<python::Object*, uint32_t> memos_;
};

static_assert(Cursor<PythonMarshalCursor>);

// A cursor over the object at the start of `bytes`, as Python loads it. The
// plugin is the file that $PROF2CG_PYTHON_PLUGIN names, or lies beside the
// running program or in ../lib/prof2cg/ from there. Throws Error, with what to
// do about it, where there is none that opens.
PythonMarshalCursor OpenPythonMarshal(std::string_view bytes);

}  // namespace prof2cg::marshal

#endif  // PROF2CG_CONVERTER_READERS_PYTHON_MARSHAL_H_
