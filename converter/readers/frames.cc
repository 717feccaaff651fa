#include "converter/readers/frames.h"

#include <algorithm>

#include "converter/io/utf8.h"

namespace prof2cg {

std::string ToUtf8(std::string_view text) {
  return IsWtf8(text) ? std::string(text) : Latin1ToUtf8(text);
}

StringId InternUtf8(ProfileBuilder& builder, std::string_view text) {
  return IsWtf8(text) ? builder.Intern(text)
                      : builder.Intern(Latin1ToUtf8(text));
}

uint32_t LineNumber(int64_t line) {
  return static_cast<uint32_t>(std::clamp<int64_t>(line, 0, INT32_MAX));
}

std::string_view CutOffset(std::string_view symbol) {
  constexpr std::string_view kOffset = "+0x";
  const size_t plus = symbol.rfind('+');
  if (plus == symbol.npos) return symbol;
  const std::string_view offset = symbol.substr(plus);
  const bool is_offset =
      offset.starts_with(kOffset) && offset.size() > kOffset.size() &&
      offset.find_first_not_of("0123456789abcdefABCDEF", kOffset.size()) ==
          offset.npos;
  return is_offset ? symbol.substr(0, plus) : symbol;
}

Frame MakeFrame(ProfileBuilder& builder, std::string_view name,
                std::string_view file, std::string_view object, int64_t line) {
  return {
      builder.AddFunction({InternUtf8(builder, name), InternUtf8(builder, file),
                           InternUtf8(builder, object), 0}),
      LineNumber(line)};
}

}  // namespace prof2cg
