// Python's marshal format, written: in the codes of version 2, which every
// Python since 2.5 reads, without references (CPython Python/marshal.c; the
// codes are told in converter/readers/marshal.h).
#ifndef PROF2CG_CONVERTER_WRITERS_MARSHAL_OUT_H_
#define PROF2CG_CONVERTER_WRITERS_MARSHAL_OUT_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "converter/io/text_sink.h"
#include "converter/io/utf8.h"
#include "graph/error.h"

namespace prof2cg {

static_assert(std::endian::native == std::endian::little,
              "marshal is little-endian and is written in place");

// Writes one object after the other. A tuple is begun and its items follow; a
// dict is begun, keys and values follow in turn, and it is ended.
class MarshalOut {
 public:
  explicit MarshalOut(TextSink& out) : out_(out) {}

  // Beyond 32 bits as `l`, digits of 15 bits: that is what all Pythons write
  // and read, with 64-bit integers of their own or without.
  void Int(int64_t value) {
    if (value == static_cast<int32_t>(value)) {
      return Coded('i', static_cast<int32_t>(value));
    }
    Long(value);
  }
  void Float(double value) { Coded('g', value); }
  void Bool(bool value) { out_.Write(value ? 'T' : 'F'); }
  void Text(std::string_view text) {
    if (!IsAscii(text) && !IsWtf8(text)) return Sized('u', Latin1ToUtf8(text));
    Sized('u', text);
  }
  void Bytes(std::string_view bytes) { Sized('s', bytes); }

  void BeginTuple(size_t items) { Coded('(', CheckSize(items)); }
  void BeginDict() { out_.Write('{'); }
  void EndDict() { out_.Write('0'); }

 private:
  static int32_t CheckSize(size_t size) {
    if (size > INT32_MAX) throw Error("too large for Python's marshal");
    return static_cast<int32_t>(size);
  }

  template <class Payload>
  void Coded(char code, Payload payload) {
    char* const place = out_.Reserve(1 + sizeof payload);
    *place = code;
    std::memcpy(place + 1, &payload, sizeof payload);
    out_.EndAt(place + 1 + sizeof payload);
  }
  void Sized(char code, std::string_view bytes) {
    Coded(code, CheckSize(bytes.size()));
    out_.Write(bytes);
  }

  void Long(int64_t value) {
    constexpr int kDigitBits = 15;
    const bool is_negative = value < 0;
    uint64_t rest = static_cast<uint64_t>(value);
    if (is_negative) rest = -rest;
    const int bits = static_cast<int>(std::bit_width(rest));
    const int digits = (bits + kDigitBits - 1) / kDigitBits;
    Coded('l', is_negative ? -digits : digits);
    for (; rest != 0; rest >>= kDigitBits) {
      const auto digit = static_cast<uint16_t>(rest & ((1 << kDigitBits) - 1));
      std::memcpy(out_.Reserve(sizeof digit), &digit, sizeof digit);
      out_.EndAt(out_.Reserve(sizeof digit) + sizeof digit);
    }
  }

  TextSink& out_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_MARSHAL_OUT_H_
