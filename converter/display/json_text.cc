#include "converter/display/json_text.h"

#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

std::string_view UnitName(Unit unit) {
  switch (unit) {
    case Unit::kNanoseconds:
      return "ns";
    case Unit::kBytes:
      return "bytes";
    case Unit::kCount:
      return "count";
  }
  return "";
}

}  // namespace

std::string JsonText(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeWtf8(text, i);
    const std::string_view character = text.substr(i, c.bytes);
    out += IsSurrogate(c.value) ? Printable(character) : std::string(character);
    i += c.bytes;
  }
  return out;
}

std::string JsonQuoted(std::string_view text) {
  return Json(JsonText(text)).dump(-1, ' ', true);
}

Json JsonOf(const Event& event) {
  return {{"name", JsonText(event.name)},
          {"long_name", JsonText(event.long_name)},
          {"unit", UnitName(event.unit)}};
}

Json JsonOf(const Oddity& oddity) {
  return {{"count", oddity.count}, {"text", JsonText(oddity.Text())}};
}

std::string JsonFile(const Json& json) {
  constexpr int kIndent = 1;
  constexpr bool kAsciiOnly = true;
  return json.dump(kIndent, ' ', kAsciiOnly) + '\n';
}

}  // namespace prof2cg
