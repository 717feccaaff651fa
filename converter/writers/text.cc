// The report of `top` on all functions, with those that call them and those
// that they call, as a format: `prof2cg app.pstats -o app.txt`.
#include "converter/writers/writer.h"

namespace prof2cg {

extern constinit const Writer kText = {
    .name = "text",
    .description = "all functions, with callers and callees, to read",
    .extensions = ".txt",
    .is_report = true,
};

}  // namespace prof2cg
