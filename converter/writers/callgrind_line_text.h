// Names as a line of a callgrind file may hold them.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_LINE_TEXT_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_LINE_TEXT_H_

#include <string>
#include <string_view>

namespace prof2cg {

// What stands for a name, a file or an object that is empty.
inline constexpr std::string_view kNoName = "<unnamed>";
inline constexpr std::string_view kNoFile = "~";
inline constexpr std::string_view kNoObject = "<unknown>";

// `text` on one line, without blanks at its ends, and not empty: otherwise as
// it is, so that viewers show what the profile has.
std::string CallgrindName(std::string_view text, std::string_view if_empty);

// Whether that leaves the text as it is.
bool IsCallgrindName(std::string_view text);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_LINE_TEXT_H_
