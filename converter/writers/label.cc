#include "converter/writers/label.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <utility>

#include "converter/display/display_width.h"
#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// Points, where the theme's font is of ten points.
constexpr double kNameFont = 13;
constexpr double kPlaceFont = 10;
constexpr double kFiguresFont = 11;
constexpr double kEdgeFont = 10;
constexpr double kThemeFont = 10;

constexpr size_t kNameColumns = 32;
constexpr size_t kNameLines = 3;
constexpr size_t kPlaceColumns = 40;
constexpr size_t kCallerLines = 3;

// Around a node's text, and what its figures may take where its name is short.
constexpr Size kPadding = {9, 5};
constexpr double kRow = 150;
// Figures on one line; an en space, which XML does not take for markup.
constexpr std::string_view kBetween = "\u2002";

// Beside the text of an edge.
constexpr double kEdgePadding = 4;

// Fonts that stand in where Helvetica is missing are a little wider.
constexpr double kReserve = 1.04;

// Pieces between \n; none of "".
std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

Lines PrintableLines(std::string_view text) {
  Lines lines;
  for (const std::string_view line : Split(text)) {
    lines.push_back(Printable(line));
  }
  return lines;
}

// The font's size follows the weight in the theme; the same in every view.
// `figures`: the nodes' or the edges'.
template <class Figures>
double Scale(const Picture& picture, std::vector<Figures> PictureView::*figures,
             size_t row) {
  double size = 0;
  for (const PictureView& view : picture.views) {
    size = std::max(size, picture.theme.FontSize((view.*figures)[row].weight));
  }
  return size / kThemeFont;
}

double Widest(const TextBlock& block) {
  double width = 0;
  for (const std::string& line : block.lines) {
    width = std::max(width, block.font.Width(line));
  }
  return width;
}

double Height(const TextBlock& block) {
  return static_cast<double>(block.lines.size()) * block.font.LineHeight();
}

// Puts `lines` together as long as they do not get wider than `room`.
Lines Joined(const Lines& lines, Font font, double room) {
  Lines joined;
  for (const std::string& line : lines) {
    if (!joined.empty()) {
      const std::string both = joined.back() + std::string(kBetween) + line;
      if (font.Width(both) <= room) {
        joined.back() = both;
        continue;
      }
    }
    joined.push_back(line);
  }
  return joined;
}

// Behind the last line, or on one of its own where there is no room.
void AddWord(const std::string& word, size_t columns, Lines& lines) {
  const bool fits =
      !lines.empty() &&
      DisplayWidth(lines.back()) + 1 + DisplayWidth(word) <= columns;
  if (fits) {
    lines.back() += " " + word;
  } else {
    lines.push_back(word);
  }
}

// Puts blocks under each other around the middle of a box that all of them, but
// only the highest of `views`, fit into.
Size Stack(std::initializer_list<TextBlock*> above,
           std::span<TextBlock> views) {
  Size size;
  for (TextBlock* const block : above) {
    block->top = size.height;
    size.height += Height(*block);
    size.width = std::max(size.width, Widest(*block));
  }
  double highest = 0;
  for (TextBlock& view : views) {
    view.top = size.height;
    highest = std::max(highest, Height(view));
    size.width = std::max(size.width, Widest(view));
  }
  size.height += highest;
  for (TextBlock* const block : above) block->top -= size.height / 2;
  for (TextBlock& view : views) view.top -= size.height / 2;
  size.width *= kReserve;
  return size;
}

// The longest beginning of `text` in `columns` that ends at a joint of a name.
size_t FindBreak(std::string_view text, size_t columns) {
  size_t joint = 0;
  size_t width = 0;
  size_t last = 0;
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeWtf8(text, i);
    width += CharacterWidth(c.value);
    if (width > columns) break;
    i += c.bytes;
    last = i;
    const bool is_joint = std::string_view(" .:_,/-<(").find(text[i - 1]) !=
                          std::string_view::npos;
    if (is_joint && width > columns / 3) joint = i;
  }
  return joint != 0 ? joint : last;
}

}  // namespace

double PenWidth(const Picture& picture, size_t edge) {
  double pen = 0;
  for (const PictureView& view : picture.views) {
    pen = std::max(pen, picture.theme.PenWidth(view.edges[edge].breadth));
  }
  return pen;
}

double TextBlock::Baseline(size_t line) const {
  // What is above and below the letters of a line is as high.
  constexpr double kAscent = .95;
  return top + static_cast<double>(line) * font.LineHeight() +
         kAscent * font.size;
}

Lines BreakName(std::string_view text, size_t columns, size_t count) {
  Lines lines;
  std::string rest = Printable(text);
  while (lines.size() + 1 < count && DisplayWidth(rest) > columns) {
    const size_t end = FindBreak(rest, columns);
    lines.push_back(rest.substr(0, end));
    rest.erase(0, end);
  }
  lines.push_back(ShortenName(rest, columns));
  return lines;
}

Lines FillLines(const std::vector<std::string>& callers, size_t columns,
                size_t count) {
  Lines lines;
  const auto add = [&](const std::string& caller) {
    AddWord(ShortenName(caller, columns), columns, lines);
  };
  size_t shown = callers.size();  // from the first on
  while (true) {
    lines.clear();
    for (size_t i = 0; i < shown; ++i) add(callers[i]);
    if (shown != callers.size()) {
      add("← …");
      add(callers.back());
    }
    if (lines.size() <= count || shown == 0) return lines;
    shown = std::min(shown, callers.size() - 1) - 1;
  }
}

NodeLabel LabelOfNode(const Picture& picture, size_t node) {
  const double scale = Scale(picture, &PictureView::nodes, node);
  NodeLabel label;
  label.name.font = {kNameFont * scale, Weight::kBold};
  label.place.font = {kPlaceFont * scale};
  for (const std::string_view line : Split(picture.nodes[node].name)) {
    for (std::string& part : BreakName(line, kNameColumns, kNameLines)) {
      label.name.lines.push_back(std::move(part));
    }
  }
  for (const std::string& line : PrintableLines(picture.nodes[node].place)) {
    label.place.lines.push_back(ShortenPath(line, kPlaceColumns));
  }
  for (std::string& line :
       FillLines(picture.nodes[node].callers, kPlaceColumns, kCallerLines)) {
    label.place.lines.push_back(std::move(line));
  }
  const double room =
      std::max({kRow * scale, Widest(label.name), Widest(label.place)});
  for (const PictureView& view : picture.views) {
    const Font font = {kFiguresFont * scale};
    label.figures.push_back(
        {font, Joined(PrintableLines(view.nodes[node].label), font, room), 0});
  }
  const Size text = Stack({&label.name, &label.place}, label.figures);
  label.box = {text.width + 2 * kPadding.width,
               text.height + 2 * kPadding.height};
  return label;
}

EdgeLabel LabelOfEdge(const Picture& picture, size_t edge) {
  const Font font = {kEdgeFont * Scale(picture, &PictureView::edges, edge)};
  EdgeLabel label;
  for (const PictureView& view : picture.views) {
    label.figures.push_back({font, PrintableLines(view.edges[edge].label), 0});
  }
  const Size text = Stack({}, label.figures);
  if (text.width == 0) return label;
  // The line passes at the side.
  label.box = {text.width + 2 * kEdgePadding + PenWidth(picture, edge),
               text.height};
  return label;
}

}  // namespace prof2cg
