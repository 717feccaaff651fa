// A table of figures about named things, fitted to a terminal's width.
#ifndef PROF2CG_CONVERTER_DISPLAY_TEXT_TABLE_H_
#define PROF2CG_CONVERTER_DISPLAY_TEXT_TABLE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

struct TextOptions {
  size_t width = 80;  // columns; 0: as wide as needed
  bool has_colour = false;
};

enum class TextStyle { kPlain, kBold, kFaint, kWarm, kHot };

// `text` with the escape sequences of `style`, or as it is.
std::string Styled(std::string_view text, TextStyle style, bool has_colour);

// Fit for a terminal: what Printable() gives.
struct TextCell {
  std::string text;
  TextStyle style = TextStyle::kPlain;
};

// A column of figures, each with a detail that can be left out: its share, say.
struct FigureColumn {
  static constexpr int kAlways = 100;

  std::string title = {};
  std::vector<TextCell> cells = {};
  // No details, or one a cell. They follow at once and to the left
  // ("12/3"), or after a blank and to the right ("12.3 ms  4.5%").
  std::vector<TextCell> details = {};
  bool details_are_left = false;
  // When there is little room, columns and details of lower rank go first.
  int rank = kAlways;
  int detail_rank = kAlways;
};

// Rows of figures, a name and a place. The names matter most: they have at
// least nearly half of the width, if they need it, before any figure but those
// of the highest rank. Places are shortened from the left, then names.
struct TextTable {
  std::string name_title;
  std::vector<FigureColumn> columns;
  std::vector<TextCell> names;
  std::vector<TextCell> places;  // one a name; "" where there is none
  size_t indent = 0;

  // Lines without blanks at their ends, the first with titles.
  std::string Render(const TextOptions& options) const;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_TEXT_TABLE_H_
