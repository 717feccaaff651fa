// What stands above the body of a callgrind file.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_HEADER_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_HEADER_H_

#include "converter/io/text_sink.h"
#include "converter/writers/callgrind_plan.h"

namespace prof2cg {

// Writes it up to the names of the events, with the notes that belong there
// (converter/io/callgrind_notes.h).
void WriteCallgrindHeader(const CallgrindPlan& plan, TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_HEADER_H_
