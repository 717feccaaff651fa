#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "converter/writers/sample_picture.h"
#include "converter/writers/writer.h"

namespace prof2cg {
namespace {

std::string Rendered(const char* format, const Picture& picture) {
  StringSink sink;
  FindWriter(format)->draw(picture, sink);
  return std::move(sink).Take();
}

// Of a PNG file: width and height stand in its first chunk.
struct Pixels {
  uint32_t width = 0;
  uint32_t height = 0;
};
Pixels PixelsOf(std::string_view png) {
  const auto number = [&](size_t at) {
    uint32_t value = 0;
    for (size_t i = 0; i < 4; ++i) {
      value = value << 8 | static_cast<uint8_t>(png[at + i]);
    }
    return value;
  };
  return {number(16), number(20)};
}

bool Has(std::string_view text, std::string_view piece) {
  return text.find(piece) != text.npos;
}

// One function that calls that many: a wide picture.
SamplePicture Fan(size_t callees) {
  SampleProfile sample;
  const FunctionId main = sample.Add("main", {1, 1}, {1}, {1000});
  for (size_t i = 0; i < callees; ++i) {
    const FunctionId f =
        sample.Add("callee" + std::to_string(i), {1, 1}, {1}, {1});
    sample.Call(main, f, {1, 1}, {1}, {1});
  }
  return DrawAll(sample.Build());
}

// What is printed on stderr meanwhile.
template <class Action>
std::string Printed(Action action) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(),
                                                             std::fclose);
  const int before = dup(STDERR_FILENO);
  dup2(fileno(file.get()), STDERR_FILENO);
  action();
  dup2(before, STDERR_FILENO);
  close(before);
  std::string text(static_cast<size_t>(lseek(fileno(file.get()), 0, SEEK_END)),
                   ' ');
  std::rewind(file.get());
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  return text;
}

BOOST_AUTO_TEST_SUITE(Render)

BOOST_AUTO_TEST_CASE(APngHasTwoPixelsAPoint) {
  const std::string png = Rendered("png", SmallPicture().picture);
  BOOST_TEST(png.starts_with("\x89PNG\r\n\x1a\n"));
  BOOST_TEST(Has(png.substr(png.size() - 12), "IEND"));
  const Pixels pixels = PixelsOf(png);
  BOOST_TEST(pixels.width > 500u);
  BOOST_TEST(pixels.width < 1500u);
  BOOST_TEST(pixels.height > 500u);
  BOOST_TEST(pixels.height < 1500u);
}

BOOST_AUTO_TEST_CASE(APdfIsWhole) {
  const std::string pdf = Rendered("pdf", SmallPicture().picture);
  BOOST_TEST(pdf.starts_with("%PDF-"));
  BOOST_TEST(Has(pdf.substr(pdf.size() - 10), "%%EOF"));
  BOOST_TEST(Has(pdf, "Font"));  // text is text
}

BOOST_AUTO_TEST_CASE(LargePicturesHaveFewerPixelsNotMoreMemory) {
  const SamplePicture samples[] = {RandomPicture(250, 1), Fan(300)};
  for (const SamplePicture& sample : samples) {
    const Pixels pixels = PixelsOf(Rendered("png", sample.picture));
    BOOST_TEST(pixels.width > 5000u);
    BOOST_TEST(pixels.width <= 32'767u);  // Cairo's most
    BOOST_TEST(uint64_t{pixels.width} * pixels.height <= 51'000'000u);
  }
}

BOOST_AUTO_TEST_CASE(GraphvizChangesNoName) {
  // Each would be replaced, as an escape or an entity, by something shorter or
  // longer: were it, the pictures would not be of the same bytes as those where
  // the same characters mean nothing.
  const auto png = [](const std::string& name) {
    SamplePicture sample = SmallPicture();
    for (PictureNode& node : sample.picture.nodes) node.name = name;
    return Rendered("png", sample.picture);
  };
  const std::string plain = png("x");
  for (const char* name : {"\\N", "\\G", "\\l", "\\n", "\\\\", "&lt;", "&amp;",
                           "&#65;", "<b>x</b>", "\"", "%", "\\"}) {
    BOOST_TEST(png(name) != plain);
    BOOST_TEST(png(name) == png(name));
  }
  BOOST_TEST(png("\\\\") != png("\\"));
  BOOST_TEST(png("&lt;") != png("<"));
  BOOST_TEST(png("&amp;") != png("&"));
  BOOST_TEST(png("&#65;") != png("A"));
  BOOST_TEST(png("\\N") != png("N"));
  BOOST_TEST(png("\x1b") == png("\\x1b"));
}

BOOST_AUTO_TEST_CASE(EveryThemeAndTrendCanBeDrawn) {
  for (const Theme& theme : Themes()) {
    SamplePicture sample = SmallPicture(theme.name);
    sample.picture.nodes[0].trend = Trend::kGrew;
    sample.picture.nodes[1].trend = Trend::kShrank;
    sample.picture.clusters = {"one"};
    sample.picture.nodes[2].cluster = 0;
    BOOST_TEST(PixelsOf(Rendered("png", sample.picture)).width > 0u);
  }
}

BOOST_AUTO_TEST_CASE(NamesOfAnyLengthAreShortened) {
  SamplePicture sample = SmallPicture();
  for (PictureNode& node : sample.picture.nodes) {
    node.name.assign(100'000, 'w');
    node.place.assign(100'000, 'w');
  }
  BOOST_TEST(PixelsOf(Rendered("png", sample.picture)).width < 6000u);
}

BOOST_AUTO_TEST_CASE(GraphvizPrintsNothing) {
  const SamplePicture sample = Fan(300);
  for (const char* format : {"svg", "png", "pdf"}) {
    BOOST_TEST(Printed([&] { Rendered(format, sample.picture); }) == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
