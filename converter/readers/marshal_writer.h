// Writes marshalled objects by hand, for tests: named as the kinds of
// marshal_value.h, with the type codes of CPython's Python/marshal.c. Each
// function gives the bytes of one object, so malformed ones are easy to make.
//
//   Dict({Text("key"), Tuple({Int(1), None()})})
#ifndef PROF2CG_CONVERTER_READERS_MARSHAL_WRITER_H_
#define PROF2CG_CONVERTER_READERS_MARSHAL_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg::marshal {

using Items = std::vector<std::string>;

template <class T>
std::string Raw(T value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

inline std::string Sized(char code, std::string_view bytes) {
  return code + Raw(static_cast<uint32_t>(bytes.size())) + std::string(bytes);
}

inline std::string ShortSized(char code, std::string_view bytes) {
  return code + Raw(static_cast<uint8_t>(bytes.size())) + std::string(bytes);
}

inline std::string Join(const Items& items) {
  std::string joined;
  for (const std::string& item : items) joined += item;
  return joined;
}

inline std::string Container(char code, const Items& items) {
  return code + Raw(static_cast<uint32_t>(items.size())) + Join(items);
}

inline std::string Null() { return "0"; }
inline std::string None() { return "N"; }
inline std::string Bool(bool value) { return value ? "T" : "F"; }
inline std::string Int(int32_t value) { return 'i' + Raw(value); }
inline std::string Int64(int64_t value) { return 'I' + Raw(value); }
inline std::string Float(double value) { return 'g' + Raw(value); }
inline std::string TextFloat(std::string_view text) {
  return ShortSized('f', text);
}
inline std::string Text(std::string_view text) { return ShortSized('z', text); }
inline std::string Unicode(std::string_view utf8) { return Sized('u', utf8); }
inline std::string Bytes(std::string_view bytes) { return Sized('s', bytes); }
inline std::string Tuple(const Items& items) { return Container('(', items); }
inline std::string ShortTuple(const Items& items) {
  return ')' + Raw(static_cast<uint8_t>(items.size())) + Join(items);
}
inline std::string List(const Items& items) { return Container('[', items); }
inline std::string FrozenSet(const Items& items) {
  return Container('>', items);
}
// Keys and values in turn.
inline std::string Dict(const Items& entries) {
  return '{' + Join(entries) + Null();
}

// `digits` of 15 bits, least significant first.
inline std::string Long(const std::vector<uint16_t>& digits, bool is_negative) {
  const auto count = static_cast<int32_t>(digits.size());
  std::string bytes = 'l' + Raw(is_negative ? -count : count);
  for (const uint16_t digit : digits) bytes += Raw(digit);
  return bytes;
}

// A code object as Python 3.11 and later lay it out, with no argument and no
// code; of the objects `constants` (a tuple), `file` and `name`.
inline std::string CodeOf(const std::string& constants, const std::string& file,
                          const std::string& name, int32_t line) {
  return "c" + std::string(20, '\0') + Bytes("") + constants + Tuple({}) +
         Tuple({}) + Bytes("") + file + name + Text("qualified name") +
         Raw(line) + Bytes("") + Bytes("");
}
inline std::string Code(std::string_view file, std::string_view name,
                        int32_t line) {
  return CodeOf(Tuple({}), Text(file), Text(name), line);
}

// The same object, taking the next number; and a reference to such a number.
inline std::string Shared(std::string object) {
  object[0] = static_cast<char>(object[0] | 0x80);
  return object;
}
inline std::string Ref(uint32_t number) { return 'r' + Raw(number); }

// Python 2: a string that takes the next number of its own, and its reference.
inline std::string Interned(std::string_view bytes) {
  return Sized('t', bytes);
}
inline std::string InternedRef(uint32_t number) { return 'R' + Raw(number); }

}  // namespace prof2cg::marshal

#endif  // PROF2CG_CONVERTER_READERS_MARSHAL_WRITER_H_
