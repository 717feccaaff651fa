// Text in an XML document, which it cannot get out of.
#ifndef PROF2CG_CONVERTER_IO_XML_TEXT_H_
#define PROF2CG_CONVERTER_IO_XML_TEXT_H_

#include <string_view>

#include "converter/io/text_sink.h"

namespace prof2cg {

// Writes Printable(text), between tags or in an attribute's value in quotes of
// either kind. Lines stay lines.
void WriteXml(TextSink& out, std::string_view text);

// Writes JSON of printable text, in an attribute's value in single quotes.
void WriteXmlOfJson(TextSink& out, std::string_view json);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_XML_TEXT_H_
