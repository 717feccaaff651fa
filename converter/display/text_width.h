// How much room text takes in a picture.
//
// Text is what Printable() of converter/io/utf8.h gives. Widths are in ems, of
// Helvetica, and so of the fonts that stand in for it everywhere: Arial,
// Liberation Sans, Nimbus Sans have the same. (Adobe's font metrics, "C" lines
// of Helvetica.afm and Helvetica-Bold.afm.)
#ifndef PROF2CG_CONVERTER_DISPLAY_TEXT_WIDTH_H_
#define PROF2CG_CONVERTER_DISPLAY_TEXT_WIDTH_H_

#include <string_view>

namespace prof2cg {

enum class Weight { kRegular, kBold };

// Exact for ASCII but for kerning; of other characters what most of them need.
double TextWidth(std::string_view text, Weight weight = Weight::kRegular);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_DISPLAY_TEXT_WIDTH_H_
