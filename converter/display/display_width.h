// How much room text takes on a terminal, and how to make it take less.
//
// Text is what Printable() of converter/io/utf8.h gives: UTF-8 without control
// characters. Widths count columns: a combining mark has none, an East Asian
// character or an emoji two, anything else one.
#ifndef PROF2CG_CONVERTER_DISPLAY_DISPLAY_WIDTH_H_
#define PROF2CG_CONVERTER_DISPLAY_DISPLAY_WIDTH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

size_t CharacterWidth(uint32_t c);

size_t DisplayWidth(std::string_view text);

// `text` in at most `width` columns. Where it is too long an ellipsis stands in
// its middle, and more is left of its end, which tells qualified names apart:
// "email.mes…get_payload". "" for width 0.
std::string ShortenName(std::string_view text, size_t width);

// A path in at most `width` columns: its end, from a folder on if any fits:
// "…/json/decoder.py:343".
std::string ShortenPath(std::string_view path, size_t width);

std::vector<std::string> Words(std::string_view text);

// Pieces, whole and with blanks between them, in lines of at most `width`
// columns (0: one line), each ended. All lines but the first are indented.
std::string Wrap(std::span<const std::string> pieces, size_t width,
                 size_t indent = 0);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_DISPLAY_WIDTH_H_
