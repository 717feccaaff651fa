// What the reports for a terminal are put together from.
#ifndef PROF2CG_CONVERTER_DISPLAY_TEXT_CELLS_H_
#define PROF2CG_CONVERTER_DISPLAY_TEXT_CELLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "converter/display/figures.h"
#include "converter/display/text_table.h"

namespace prof2cg {

// A cost and a name, side by side: the least width that reports can fill.
inline constexpr size_t kNarrowest = 24;

// "1 call", "1 234 calls"
struct Counted {
  int64_t count;
  std::string_view one;
  std::string_view many;

  std::string Text() const;
};

// A function's name as people call it, fit for a terminal.
std::string ShownName(std::string_view plain_name);

// "/usr/lib/python3.11/json/decoder.py:343"; the object where no file is known,
// no line where that is 0.
std::string ShownPlace(std::string_view file, std::string_view object,
                       uint32_t line);

// How much a share of the whole stands out.
TextStyle StyleOfShare(std::optional<double> share);

// "24.8%"; "" for none.
std::string ShareText(std::optional<double> share);

// Numbers to the right and units to the left, one above the other.
std::vector<TextCell> Align(const std::vector<Figure>& figures);

// Appends a remark, wrapped; each of its lines is styled on its own, for
// pagers.
void AppendFaint(std::string_view text, const TextOptions& options,
                 std::string& out, size_t indent = 0);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_TEXT_CELLS_H_
