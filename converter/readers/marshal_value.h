// Values of a marshalled Python object, met one after the other.
//
// A cursor walks the object from outside in: Next() gives one value; the items
// of a container follow once it was entered. There is one cursor over the bytes
// themselves (marshal.h) and one over objects that a Python interpreter loaded
// (python_marshal.h); readers are written once, for either.
//
//   const Value tuple = cursor.Next();
//   const Mark mark = cursor.Enter(tuple);
//   for (uint64_t i = 0; i < tuple.size; ++i) Use(cursor.Next());
//   cursor.Leave(mark);
//
// A container that is not entered must be passed to Skip(). A dict gives keys
// and values in turn and ends with a value of Kind::kNull.
#ifndef PROF2CG_CONVERTER_READERS_MARSHAL_VALUE_H_
#define PROF2CG_CONVERTER_READERS_MARSHAL_VALUE_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace prof2cg::marshal {

enum class Kind : uint8_t {
  kNull,  // no value: the end of a dict
  kNone,
  kBool,
  kInt,  // of any length; beyond int64 it is clamped
  kFloat,
  kString,  // text or bytes
  kTuple,
  kList,
  kSet,  // or frozenset
  kDict,
  kCode,
  kOther,  // complex, slice, Ellipsis, StopIteration
};

struct Value {
  Kind kind = Kind::kNull;
  uint8_t code = 0;              // the cursor's own: how the value is encoded
  bool is_reference = false;     // stands elsewhere, where it was met before
  uint32_t shared = kNotShared;  // the cursor's own: which shared object it is
  union {
    int64_t integer = 0;  // kInt, kBool
    double real;          // kFloat
    uint64_t place;       // others, the cursor's own: where the contents are
  };
  uint64_t size = 0;  // items of a tuple, list or set; bytes of a string

  static constexpr uint32_t kNotShared = UINT32_MAX;
};

// What most of a profile is made of.
struct FourFigures {
  int32_t counts[2];
  double times[2];
};

// An item of a dict: a key that was met before and a tuple of figures.
struct Item {
  uint32_t memo;
  FourFigures figures;
};

// A tuple of a value that was met before, an int, and one more such value.
struct Triple {
  Value tuple;
  uint32_t first;  // memo
  int32_t number;
  uint32_t last;  // memo
};

// Where a cursor goes on after a container that was entered.
struct Mark {
  uint64_t place = kNowhere;
  uint32_t shared = 0;

  static constexpr uint64_t kNowhere = UINT64_MAX;
};

// What readers need of a cursor. All but the memos throw Error where the object
// is malformed.
template <class C>
concept Cursor = requires(C cursor, const Value& value, const Mark& mark,
                          std::string& scratch, const std::string& message,
                          std::span<Item> items) {
  { cursor.Next() } -> std::same_as<Value>;
  { cursor.Enter(value) } -> std::same_as<Mark>;
  {cursor.Leave(mark)};
  {cursor.Skip(value)};
  // The text of a string as WTF-8 (see StringTable); bytes that are not UTF-8
  // are read as Latin-1. Valid until `scratch` changes.
  { cursor.Text(value, scratch) } -> std::same_as<std::string_view>;
  // What str() says of a code object, but for its address. Also skips it.
  { cursor.CodeName(value) } -> std::same_as<std::string>;
  // Remembers a word, not 0 and of 31 bits, for all further appearances of a
  // shared object.
  {cursor.Memorize(value, uint32_t{})};
  // If the next value is such an appearance, passes it and gives the word; else
  // 0. Saves reading again what is met often.
  { cursor.TakeMemo() } -> std::same_as<uint32_t>;
  // Short cuts, which save most of the work of Next(); what does not fit one is
  // left to Next(), and a cursor without them takes nothing. First: if the next
  // value is a dict that nothing refers to, enters it.
  { cursor.TakeDict() } -> std::same_as<bool>;
  // If a dict ends here, passes its end.
  { cursor.TakeEnd() } -> std::same_as<bool>;
  // If the next value is an int of 32 bits, passes and gives it.
  { cursor.TakeInt() } -> std::same_as<std::optional<int32_t>>;
  // If the next value is a tuple of so many items that nothing refers to,
  // enters it.
  { cursor.TakeTuple(uint8_t{}) } -> std::same_as<bool>;
  // If the next value is a triple, passes and gives it.
  { cursor.TakeTriple() } -> std::same_as<std::optional<Triple>>;
  // If the next four values are two ints of 32 bits and two floats, passes and
  // gives them.
  { cursor.TakeFigures() } -> std::same_as<std::optional<FourFigures>>;
  // Passes as many items of a dict as come next and have room, each of a key
  // with a memo and of such figures as a tuple; gives how many.
  { cursor.TakeItems(items) } -> std::same_as<size_t>;
  // Throws Error at the value that was met last.
  {cursor.Fail(message)};
};

}  // namespace prof2cg::marshal

#endif  // PROF2CG_CONVERTER_READERS_MARSHAL_VALUE_H_
