#include "converter/display/text_cells.h"

#include <algorithm>

#include "converter/display/display_width.h"
#include "converter/io/utf8.h"
#include "graph/function_table.h"

namespace prof2cg {
namespace {

// Shares of the total from which on a function's self cost stands out, and
// below which it hardly counts.
constexpr double kHotShare = 0.10;
constexpr double kWarmShare = 0.03;
constexpr double kFaintShare = 0.001;

}  // namespace

std::string Counted::Text() const {
  std::string text = GroupDigits(count) + ' ';
  return text += count == 1 ? one : many;
}

std::string ShownName(std::string_view plain_name) {
  return plain_name.empty() ? "(no name)" : Printable(plain_name);
}

std::string ShownPlace(std::string_view file, std::string_view object,
                       uint32_t line) {
  if (file == kBuiltInFile) return "built-in";
  if (file.empty()) {
    return object == "<built-in>" ? "built-in" : Printable(object);
  }
  std::string place = Printable(file);
  if (line != 0) place += ':' + std::to_string(line);
  return place;
}

TextStyle StyleOfShare(std::optional<double> share) {
  if (!share) return TextStyle::kPlain;
  if (*share >= kHotShare) return TextStyle::kHot;
  if (*share >= kWarmShare) return TextStyle::kWarm;
  return *share < kFaintShare ? TextStyle::kFaint : TextStyle::kPlain;
}

std::string ShareText(std::optional<double> share) {
  return share ? Percent(*share) : "";
}

std::vector<TextCell> Align(const std::vector<Figure>& figures) {
  size_t number_width = 0;
  size_t unit_width = 0;
  for (const Figure& figure : figures) {
    number_width = std::max(number_width, figure.number.size());
    unit_width = std::max(unit_width, DisplayWidth(figure.unit));
  }
  std::vector<TextCell> cells;
  for (const Figure& figure : figures) {
    TextCell cell;
    cell.text.append(number_width - figure.number.size(), ' ');
    cell.text += figure.number;
    if (unit_width != 0 && !figure.number.empty()) {
      cell.text += ' ' + figure.unit;
      cell.text.append(unit_width - DisplayWidth(figure.unit), ' ');
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

void AppendFaint(std::string_view text, const TextOptions& options,
                 std::string& out, size_t indent) {
  out.append(indent, ' ');
  const size_t width = options.width == 0 ? 0 : options.width - indent;
  std::string lines = Wrap(Words(text), width, 4);
  lines.pop_back();
  for (size_t start = 0; start <= lines.size();) {
    const size_t end = std::min(lines.find('\n', start), lines.size());
    out += Styled(std::string_view(lines).substr(start, end - start),
                  TextStyle::kFaint, options.has_colour);
    out += '\n';
    start = end + 1;
  }
}

}  // namespace prof2cg
