#include "converter/readers/frames.h"

#include <algorithm>

#include "converter/io/utf8.h"

namespace prof2cg {

Frame MakeFrame(ProfileBuilder& builder, std::string_view name,
                std::string_view file, std::string_view object, int64_t line) {
  const auto intern = [&](std::string_view text) {
    return builder.Intern(IsWtf8(text) ? text : Latin1ToUtf8(text));
  };
  return {builder.AddFunction({intern(name), intern(file), intern(object), 0}),
          static_cast<uint32_t>(std::clamp<int64_t>(line, 0, INT32_MAX))};
}

}  // namespace prof2cg
