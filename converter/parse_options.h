// The command line → what it asks for.
#ifndef PROF2CG_CONVERTER_PARSE_OPTIONS_H_
#define PROF2CG_CONVERTER_PARSE_OPTIONS_H_

#include "converter/options.h"

namespace prof2cg {

// Long options may be shortened and options stand anywhere; after -r, and after
// what `prof2cg record` is to run, all is the program's, after -- all are
// inputs. Throws Error.
//
// A program that is called gprof2dot reads standard input where it is given no
// file, and writes DOT to standard output.
Options ParseOptions(int argc, char** argv);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PARSE_OPTIONS_H_
