// Text encodings of names: what Python writes and what people can read.
#ifndef PROF2CG_CONVERTER_IO_UTF8_H_
#define PROF2CG_CONVERTER_IO_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace prof2cg {

bool IsAscii(std::string_view bytes);

// Whether `bytes` are UTF-8 in which surrogates may stand (WTF-8), as Python
// writes names with the error handler "surrogatepass".
bool IsWtf8(std::string_view bytes);

std::string Latin1ToUtf8(std::string_view bytes);

// One code point of WTF-8 text at `position`, and how many bytes it takes. A
// byte that is not WTF-8 gives the surrogate that stands for it, U+DC80 to
// U+DCFF.
struct CodePoint {
  uint32_t value;
  size_t bytes;
};
CodePoint DecodeWtf8(std::string_view text, size_t position);

// No character of its own: strict UTF-8 has none.
inline bool IsSurrogate(uint32_t c) { return c >= 0xd800 && c <= 0xdfff; }

// "\n", "\xa0" or "\u3000" for a code point.
std::string Escape(uint32_t c);

// Any bytes as plain UTF-8 on one line, for a terminal or a line-based format:
// a control character becomes \n, \t, \r or \x1b; a lone surrogate becomes \xe9
// where it stands for an undecodable byte (Python's "surrogateescape"), else
// \ud800; an invisible or direction-changing format character becomes \u202e.
std::string Printable(std::string_view text);

// Whether Printable(text) is `text`.
bool IsPrintable(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_UTF8_H_
