#include "converter/display/text_table.h"

#include <algorithm>
#include <utility>

#include "converter/display/display_width.h"

namespace prof2cg {
namespace {

constexpr size_t kGap = 2;  // between columns
constexpr size_t kLeastName = 8;
constexpr size_t kLeastPlace = 12;
// With less room than that for both, a place must not cost a name anything.
constexpr size_t kRoomForBoth = 36;

size_t Widest(const std::vector<TextCell>& cells) {
  size_t widest = 0;
  for (const TextCell& cell : cells) {
    widest = std::max(widest, DisplayWidth(cell.text));
  }
  return widest;
}

std::string Blanks(size_t width, std::string_view text) {
  const size_t taken = DisplayWidth(text);
  return std::string(width > taken ? width - taken : 0, ' ');
}

// Columns of "…/decoder.py:343".
size_t ShortestPlace(std::string_view place) {
  const size_t folder = place.find_last_of("/\\");
  if (folder == place.npos || folder == 0) return DisplayWidth(place);
  return 1 + DisplayWidth(place.substr(folder));
}

// One column of figures, laid out.
class Figures {
 public:
  Figures(const FigureColumn& column, bool has_details)
      : column_(column),
        has_details_(has_details && !column.details.empty()),
        cell_width_(Widest(column.cells)),
        detail_width_(has_details_ ? Widest(column.details) : 0),
        width_(std::max(DisplayWidth(column.title), Content())) {}

  size_t width() const { return width_; }

  std::string Title() const {
    const size_t after = column_.details_are_left ? detail_width_ : 0;
    const size_t before = width_ - after;
    return Blanks(before, column_.title) + column_.title +
           Blanks(width_ - std::max(before, DisplayWidth(column_.title)), "");
  }

  std::string Row(size_t row, bool has_colour) const {
    const TextCell& cell = column_.cells[row];
    std::string line(width_ - Content(), ' ');
    line += Blanks(cell_width_, cell.text);
    line += Styled(cell.text, cell.style, has_colour);
    if (!has_details_) return line;
    const TextCell& detail = column_.details[row];
    const std::string blanks = Blanks(detail_width_, detail.text);
    const std::string text = Styled(detail.text, detail.style, has_colour);
    return line +
           (column_.details_are_left ? text + blanks : ' ' + blanks + text);
  }

 private:
  size_t Content() const {
    const size_t gap = has_details_ && !column_.details_are_left ? 1 : 0;
    return cell_width_ + gap + detail_width_;
  }

  const FigureColumn& column_;
  bool has_details_;
  size_t cell_width_;
  size_t detail_width_;
  size_t width_;
};

// Which figures there is room for, and how the rest is shared by name and
// place.
class Layout {
 public:
  Layout(const TextTable& table, size_t width) : table_(table) {
    for (const TextCell& place : table.places) {
      const size_t whole = DisplayWidth(place.text);
      places_ = std::max(places_, whole);
      shortest_place_ =
          std::max(shortest_place_, std::min(whole, ShortestPlace(place.text)));
    }
    for (size_t row = 0; row < table.names.size(); ++row) {
      const size_t name = DisplayWidth(table.names[row].text);
      widest_name_ = std::max(widest_name_, name);
      if (!table.places[row].text.empty()) {
        placed_names_ = std::max(placed_names_, name);
      }
    }
    ChooseFigures(width);
    ShareRoom();
  }

  const std::vector<Figures>& figures() const { return figures_; }
  size_t name_width() const { return name_width_; }

  // What a name may take: a row without a place has all the room.
  size_t NameRoom(size_t row) const {
    return table_.places[row].text.empty() ? room_ : name_width_;
  }
  size_t place_width() const { return place_width_; }

 private:
  size_t Natural() const {
    const size_t placed = placed_names_ + (places_ > 0 ? kGap + places_ : 0);
    return std::max({placed, widest_name_, table_.name_title.size()});
  }

  void ChooseFigures(size_t width) {
    const size_t needed = std::min(Natural(), width * 45 / 100);
    int lowest = 0;
    for (;;) {
      figures_.clear();
      size_t taken = table_.indent;
      int next = FigureColumn::kAlways;  // the lowest rank that is left
      for (const FigureColumn& column : table_.columns) {
        if (column.rank < lowest) continue;
        const bool has_details =
            !column.details.empty() && column.detail_rank >= lowest;
        figures_.emplace_back(column, has_details);
        taken += figures_.back().width() + kGap;
        next = std::min(next, column.rank);
        if (has_details) next = std::min(next, column.detail_rank);
      }
      room_ = width == 0 ? Natural() : width - std::min(width, taken);
      if (room_ >= needed || next == FigureColumn::kAlways) break;
      lowest = next + 1;
    }
    room_ = std::max(room_, kLeastName);
  }

  void ShareRoom() {
    name_width_ = std::min(room_, placed_names_);
    if (places_ == 0) return;
    if (placed_names_ + kGap + places_ > room_) {
      const size_t wanted = std::min(shortest_place_, room_ * 2 / 5);
      if (wanted >= kLeastPlace && room_ >= kRoomForBoth) {
        name_width_ = std::min(name_width_, room_ - kGap - wanted);
      }
    }
    const size_t rest = room_ - name_width_;
    place_width_ =
        rest >= kGap + kLeastPlace || rest >= kGap + places_ ? rest - kGap : 0;
    if (place_width_ == 0) name_width_ = room_;
  }

  const TextTable& table_;
  std::vector<Figures> figures_;
  size_t places_ = 0;          // columns of the widest place
  size_t shortest_place_ = 0;  // of the widest place without folders
  size_t widest_name_ = 0;
  size_t placed_names_ = 0;  // of the widest name with a place
  size_t room_ = 0;          // for name and place
  size_t name_width_ = 0;
  size_t place_width_ = 0;
};

void AppendLine(std::string line, std::string& out) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
  out += '\n';
}

}  // namespace

std::string Styled(std::string_view text, TextStyle style, bool has_colour) {
  constexpr std::string_view kCodes[] = {"", "1", "2", "33", "1;31"};
  const std::string_view code = kCodes[static_cast<size_t>(style)];
  if (!has_colour || code.empty() || text.empty()) return std::string(text);
  std::string styled = "\x1b[";
  styled += code;
  styled += 'm';
  styled += text;
  styled += "\x1b[0m";
  return styled;
}

std::string TextTable::Render(const TextOptions& options) const {
  const Layout layout(*this, options.width);
  std::string titles(indent, ' ');
  for (const Figures& figures : layout.figures()) {
    titles += figures.Title() + std::string(kGap, ' ');
  }
  titles += name_title;
  titles.erase(titles.find_last_not_of(' ') + 1);
  std::string out;
  AppendLine(Styled(titles, TextStyle::kFaint, options.has_colour), out);
  for (size_t row = 0; row < names.size(); ++row) {
    std::string line(indent, ' ');
    for (const Figures& figures : layout.figures()) {
      line += figures.Row(row, options.has_colour) + std::string(kGap, ' ');
    }
    const std::string name = ShortenName(names[row].text, layout.NameRoom(row));
    line += Styled(name, names[row].style, options.has_colour);
    const std::string place =
        ShortenPath(places[row].text, layout.place_width());
    if (!place.empty()) {
      line += Blanks(layout.name_width(), name) + std::string(kGap, ' ');
      line += Styled(place, places[row].style, options.has_colour);
    }
    AppendLine(std::move(line), out);
  }
  return out;
}

}  // namespace prof2cg
