// Long names on several lines.
#ifndef PROF2CG_CONVERTER_NAMES_WRAP_H_
#define PROF2CG_CONVERTER_NAMES_WRAP_H_

#include <string>
#include <string_view>

namespace prof2cg {

// `name`, a line of UTF-8, in lines of at most 32 characters where it has
// places to break: at blanks and after hyphens within words, as Python's
// textwrap.fill breaks text; a word that is longer has a line of its own. Then,
// whatever the length, ", " becomes "," and "> >" becomes ">>". O(name).
std::string WrapName(std::string_view name);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_NAMES_WRAP_H_
