#include "converter/writers/svg_out.h"

namespace prof2cg {

void SvgOut::Name(std::string_view name, std::string_view quote) {
  out_.Write(' ');
  out_.Write(name);
  out_.Write('=');
  out_.Write(quote);
}

void SvgOut::Attribute(std::string_view name, std::string_view value) {
  Name(name, "\"");
  WriteXml(out_, value);
  out_.Write('"');
}

void SvgOut::Attribute(std::string_view name, double value) {
  Name(name, "\"");
  WriteTenths(out_, value);
  out_.Write('"');
}

void SvgOut::Known(std::string_view name, std::string_view value) {
  if (!value.empty()) Attribute(name, value);
}

void SvgOut::Data(std::string_view name, const std::string& json) {
  Name(name, "'");  // JSON is full of the others
  WriteXmlOfJson(out_, json);
  out_.Write('\'');
}

void SvgOut::At(Point point) {
  WriteTenths(out_, point.x);
  out_.Write(' ');
  WriteTenths(out_, point.y);
}

void SvgOut::Translate(Point point) {
  Name("transform", "\"translate(");
  At(point);
  out_.Write(")\"");
}

void SvgOut::Place(const Box& box, double radius) {
  Attribute("x", box.center.x - box.size.width / 2);
  Attribute("y", box.center.y - box.size.height / 2);
  Attribute("width", box.size.width);
  Attribute("height", box.size.height);
  if (radius > 0) Attribute("rx", radius);
}

void SvgOut::Polygon(const Triangle& corners) {
  out_.Write("<polygon");
  Name("points", "\"");
  for (const Point& corner : corners) {
    At(corner);
    out_.Write(' ');
  }
  out_.Write('"');
}

}  // namespace prof2cg
