// Text of a profile in an SVG document, which it cannot get out of.
#ifndef PROF2CG_CONVERTER_WRITERS_SVG_TEXT_H_
#define PROF2CG_CONVERTER_WRITERS_SVG_TEXT_H_

#include <span>
#include <string>
#include <string_view>

#include "converter/io/text_sink.h"

namespace prof2cg {

// Printable(text), in quotes.
std::string JsonString(std::string_view text);

// [first,second], of values that are JSON.
std::string JsonArray(std::span<const std::string> values);

// In points, to a tenth: "12.3", "-4".
void WriteTenths(TextSink& out, double number);

// Whether a browser that follows `link` runs nothing.
bool IsSafeLink(std::string_view link);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_SVG_TEXT_H_
