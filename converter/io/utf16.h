// UTF-16, as PowerShell writes what a program's output is redirected to.
#ifndef PROF2CG_CONVERTER_IO_UTF16_H_
#define PROF2CG_CONVERTER_IO_UTF16_H_

#include <string_view>

#include "converter/io/pages.h"

namespace prof2cg {

// Whether there is a byte order mark, of either order.
bool IsUtf16(std::string_view bytes);

// Such text as UTF-8, without its mark. Surrogates that lack their other half
// stay (WTF-8); half a unit at the end is left out. O(bytes).
Pages Utf16ToUtf8(std::string_view bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_UTF16_H_
