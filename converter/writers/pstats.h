// Recordings: pstats dumps, with all of the profile behind what Python reads.
//
// The format is that of converter/io/recording_format.h. For the converter and
// for the recorder, which saves by
//
//   Output output(path, {});
//   WritePstats(profile, output);
//   output.Commit();
#ifndef PROF2CG_CONVERTER_WRITERS_PSTATS_H_
#define PROF2CG_CONVERTER_WRITERS_PSTATS_H_

#include <vector>

#include "converter/io/text_sink.h"
#include "graph/profile.h"

namespace prof2cg {

// Writes the profile; gives what Python's tools will not see. The same profile
// gives the same bytes. Of a profile with contexts the graph need not be folded
// yet (graph/passes/fold_contexts.h): it is read as if it were. Throws Error
// for names of 2 GiB and tables of 256 million rows, and what `out` throws.
std::vector<Oddity> WritePstats(const Profile& profile, TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_PSTATS_H_
