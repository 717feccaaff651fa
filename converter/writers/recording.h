// The part of a recording that holds the whole profile
// (converter/io/recording_format.h).
#ifndef PROF2CG_CONVERTER_WRITERS_RECORDING_H_
#define PROF2CG_CONVERTER_WRITERS_RECORDING_H_

#include "converter/io/text_sink.h"
#include "graph/profile.h"

namespace prof2cg {

// Writes the profile; if it `is_folded`, without its graph, which then follows
// from its contexts. Columns are packed by several threads. Throws Error where
// a table is too large, and what `out` throws.
void WriteRecording(const Profile& profile, bool is_folded, TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_RECORDING_H_
