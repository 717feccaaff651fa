// Text of several lines, with \n between them.
#ifndef PROF2CG_CONVERTER_DISPLAY_LINES_H_
#define PROF2CG_CONVERTER_DISPLAY_LINES_H_

#include <string>
#include <string_view>

namespace prof2cg {

// Adds a line; none where it is "".
inline void AddLine(std::string& lines, std::string_view line) {
  if (line.empty()) return;
  if (!lines.empty()) lines += '\n';
  lines += line;
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_LINES_H_
