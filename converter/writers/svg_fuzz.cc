// Fuzzes what names can do to an SVG picture: whatever they are, it is XML of
// the same elements, and has them as text only.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "converter/io/xml_tree.h"
#include "converter/writers/sample_picture.h"
#include "converter/writers/writer.h"

namespace prof2cg {

extern const Writer kSvg;

namespace {

void Check(bool is_so, const char* what) {
  if (is_so) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

// The text between the n-th line's end and the next.
std::string Line(std::string_view text, size_t n) {
  for (; n > 0 && !text.empty(); --n) {
    text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
  }
  return std::string(text.substr(0, text.find('\n')));
}

SamplePicture Named(std::string_view text) {
  SampleProfile builder(EventSet({{"e", Line(text, 1), Unit::kBytes}}));
  builder.Add(text, Line(text, 2), 1, {1, 1}, {2}, {3}, Line(text, 3));
  builder.Add("g", "", 2, {1, 1}, {1}, {1});
  builder.Call(FunctionId(0), FunctionId(1), {1, 1}, {1}, {1});
  SamplePicture sample = DrawAll(builder.Build());
  Picture& picture = sample.picture;
  picture.title = Line(text, 1);
  picture.notes = {std::string(text)};
  picture.nodes[0].link = Line(text, 2);
  picture.nodes[0].place = text;
  picture.nodes[0].callers = {std::string(text)};
  picture.views[0].nodes[0].label = text;
  picture.views[0].edges[0].label = text;
  return sample;
}

void Draw(std::string_view text) {
  const SamplePicture sample = Named(text);
  StringSink sink;
  kSvg.draw(sample.picture, sink);
  const XmlElement svg = ParseXml(std::move(sink).Take());  // or it throws
  size_t scripts = 0;
  svg.Visit([&](const XmlElement& element) {
    static constexpr std::string_view kNames[] = {
        "svg",  "title",   "style", "rect", "g",     "text",
        "path", "polygon", "tspan", "a",    "script"};
    Check(std::ranges::find(kNames, element.name) != std::end(kNames),
          "another element");
    for (const auto& [name, value] : element.attributes) {
      Check(!name.starts_with("on"), "an attribute that is a script");
    }
    scripts += element.name == "script";
  });
  Check(scripts == 1, "another script");
  Check(svg.WithClass("node").size() == 2, "another node");
}

}  // namespace
}  // namespace prof2cg

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  prof2cg::Draw({reinterpret_cast<const char*>(data), size});
  return 0;
}
