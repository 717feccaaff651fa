// The text of a picture's nodes and edges as it is set: in lines that are not
// too long, and with the room that they need.
#ifndef PROF2CG_CONVERTER_WRITERS_LABEL_H_
#define PROF2CG_CONVERTER_WRITERS_LABEL_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "converter/display/text_width.h"
#include "converter/picture/picture.h"
#include "converter/writers/layout.h"

namespace prof2cg {

using Lines = std::vector<std::string>;

struct Font {
  double size;  // points
  Weight weight = Weight::kRegular;

  double LineHeight() const { return 1.25 * size; }
  double Width(std::string_view text) const {
    return size * TextWidth(text, weight);
  }
};

// Lines of one font that stand in the middle of their node or edge.
struct TextBlock {
  Font font;
  Lines lines;
  double top;  // of the first, below the middle

  // Of that line, below the middle.
  double Baseline(size_t line) const;
};

// A node's box has room for its label in every view.
struct NodeLabel {
  TextBlock name;
  TextBlock place;
  std::vector<TextBlock> figures;  // per view
  Size box;
};

struct EdgeLabel {
  std::vector<TextBlock> figures;  // per view
  Size box;                        // of no size: there is no text
};

// All text is what Printable() gives.
NodeLabel LabelOfNode(const Picture& picture, size_t node);
EdgeLabel LabelOfEdge(const Picture& picture, size_t edge);

// Of its line, in the view where it is thickest.
double PenWidth(const Picture& picture, size_t edge);

// `text` without controls in at most `count` lines of at most `columns`, broken
// where names have joints; what is too long for that is left out in the middle.
Lines BreakName(std::string_view text, size_t columns, size_t count);

// Callers in at most `count` lines of at most `columns`; what is too much for
// that is left out before the last of them. O(callers^2).
Lines FillLines(const std::vector<std::string>& callers, size_t columns,
                size_t count);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_LABEL_H_
