// What the terminal that an output goes to can show.
#ifndef PROF2CG_CONVERTER_TERMINAL_H_
#define PROF2CG_CONVERTER_TERMINAL_H_

#include <cstddef>
#include <string>

namespace prof2cg {

// Columns to fill: $COLUMNS if set, else those of the terminal; of a file or
// pipe, 120.
size_t TerminalWidth(const std::string& output);

// Whether to colour: `when` is "always", "never" or "auto", which asks for a
// terminal that knows colours and honours $NO_COLOR (no-color.org).
bool UseColor(const std::string& when, const std::string& output);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_TERMINAL_H_
