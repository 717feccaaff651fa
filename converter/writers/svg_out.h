// Elements of an SVG document and their attributes.
#ifndef PROF2CG_CONVERTER_WRITERS_SVG_OUT_H_
#define PROF2CG_CONVERTER_WRITERS_SVG_OUT_H_

#include <concepts>
#include <string>
#include <string_view>

#include "converter/io/text_sink.h"
#include "converter/io/xml_text.h"
#include "converter/writers/drawing.h"
#include "converter/writers/svg_text.h"

namespace prof2cg {

// What Write() gets stands in the document as it is; all else is escaped.
// Attributes begin with a blank.
class SvgOut {
 public:
  explicit SvgOut(TextSink& out) : out_(out) {}

  void Write(std::string_view markup) { out_.Write(markup); }
  void Write(char c) { out_.Write(c); }
  template <std::integral Number>
  void WriteNumber(Number number) {
    out_.WriteNumber(number);
  }
  void Text(std::string_view text) { WriteXml(out_, text); }

  void Attribute(std::string_view name, std::string_view value);
  void Attribute(std::string_view name, double value);
  // Nothing for "".
  void Known(std::string_view name, std::string_view value);
  void Data(std::string_view name, const std::string& json);

  // "1.5 2"
  void At(Point point);
  // transform="translate(1.5 2)"
  void Translate(Point point);
  // x, y, width and height, and of round corners rx.
  void Place(const Box& box, double radius = 0);
  // An element without its end.
  void Polygon(const Triangle& corners);

 private:
  void Name(std::string_view name, std::string_view quote);

  TextSink& out_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_SVG_OUT_H_
