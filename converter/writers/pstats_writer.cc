// pstats in the table of formats.
#include "converter/writers/pstats.h"
#include "converter/writers/writer.h"

namespace prof2cg {

extern constinit const Writer kPstatsWriter = {
    .name = "pstats",
    .description = "Python's pstats, SnakeViz and others; holds everything",
    .extensions = ".pstats .prof .pyprof",
    .is_binary = true,
    .write = WritePstats,
};

}  // namespace prof2cg
