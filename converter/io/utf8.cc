#include "converter/io/utf8.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace prof2cg {
namespace {

// Eight times the same byte.
constexpr uint64_t Repeat(uint8_t byte) {
  return byte * uint64_t{0x0101010101010101};
}

// Whether mark(), which gets eight bytes, sets none of their top bits, wherever
// in the text they are taken. One byte at a time would take several times as
// long, and every name is looked at.
template <class Mark>
bool NoneMarked(std::string_view text, Mark mark) {
  constexpr size_t kStep = sizeof(uint64_t);
  uint64_t word;
  uint64_t marks = 0;
  if (text.size() < kStep) {
    word = Repeat(' ');  // unmarked
    text.copy(reinterpret_cast<char*>(&word), kStep);
    return (mark(word) & Repeat(0x80)) == 0;
  }
  for (size_t i = 0; i + kStep <= text.size(); i += kStep) {
    std::memcpy(&word, text.data() + i, kStep);
    marks |= mark(word);
  }
  std::memcpy(&word, text.data() + text.size() - kStep, kStep);
  return ((marks | mark(word)) & Repeat(0x80)) == 0;
}

uint8_t ByteAt(std::string_view text, size_t position) {
  return static_cast<uint8_t>(text[position]);
}

// Bytes of the sequence that starts with `lead`, 0 if none does.
size_t SequenceBytes(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

// Controls of ASCII and Latin-1, and characters that hide or reorder text:
// zero-width and bidirectional marks, line separators, tags, the byte order
// mark.
bool IsHarmful(uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
         (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

}  // namespace

bool IsAscii(std::string_view bytes) {
  return NoneMarked(bytes, [](uint64_t word) { return word; });
}

CodePoint DecodeWtf8(std::string_view text, size_t position) {
  const uint8_t lead = ByteAt(text, position);
  const CodePoint undecodable = {0xdc00u + lead, 1};
  const size_t bytes = SequenceBytes(lead);
  if (bytes == 1) return {lead, 1};
  if (bytes == 0 || bytes > text.size() - position) return undecodable;
  uint32_t value = lead & (0x7fu >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    const uint8_t byte = ByteAt(text, position + i);
    if ((byte & 0xc0) != 0x80) return undecodable;
    value = value << 6 | (byte & 0x3fu);
  }
  // The shortest form only, and nothing beyond Unicode.
  const uint32_t least = bytes == 2 ? 0x80 : bytes == 3 ? 0x800 : 0x10000;
  if (value < least || value > 0x10ffff) return undecodable;
  return {value, bytes};
}

bool IsWtf8(std::string_view bytes) {
  for (size_t i = 0; i < bytes.size();) {
    const CodePoint c = DecodeWtf8(bytes, i);
    if (c.bytes == 1 && c.value >= 0x80) return false;
    i += c.bytes;
  }
  return true;
}

std::string Latin1ToUtf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 4);
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

std::string Escape(uint32_t c) {
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  // U+DC80 to U+DCFF stand for the bytes 80 to FF (PEP 383).
  const bool is_byte = c >= 0xdc80 && c <= 0xdcff;
  const uint32_t shown = is_byte ? c - 0xdc00 : c;
  char escape[16];
  std::snprintf(escape, sizeof escape,
                shown <= 0xff     ? "\\x%02x"
                : shown <= 0xffff ? "\\u%04x"
                                  : "\\U%08x",
                shown);
  return escape;
}

bool IsPrintable(std::string_view text) {
  // From ' ' to '~'. Top bits keep the bytes from borrowing of each other.
  const auto mark_others = [](uint64_t word) {
    return word | (word + Repeat(1)) | ~((word | Repeat(0x80)) - Repeat(' '));
  };
  if (NoneMarked(text, mark_others)) return true;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeWtf8(text, i);
    if (IsHarmful(c.value) || IsSurrogate(c.value)) return false;
    i += c.bytes;
  }
  return true;
}

std::string Printable(std::string_view text) {
  if (IsPrintable(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeWtf8(text, i);
    if (IsHarmful(c.value) || IsSurrogate(c.value)) {
      out += Escape(c.value);
    } else {
      out += text.substr(i, c.bytes);
    }
    i += c.bytes;
  }
  return out;
}

}  // namespace prof2cg
