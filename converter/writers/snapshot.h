// Snapshots as text (converter/io/snapshot_format.h).
#ifndef PROF2CG_CONVERTER_WRITERS_SNAPSHOT_H_
#define PROF2CG_CONVERTER_WRITERS_SNAPSHOT_H_

#include "converter/io/text_sink.h"
#include "graph/profile.h"

namespace prof2cg {

// What MakeSnapshot (graph/passes/snapshot.h) gave; all of it is written.
// O(n log n).
void WriteSnapshot(const Profile& snapshot, TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_SNAPSHOT_H_
