// What stands above the body of a callgrind file.
#ifndef PROF2CG_CONVERTER_WRITERS_CALLGRIND_HEADER_H_
#define PROF2CG_CONVERTER_WRITERS_CALLGRIND_HEADER_H_

#include <cstddef>
#include <string_view>

#include "converter/io/text_sink.h"
#include "converter/writers/callgrind_plan.h"

namespace prof2cg {

// Writes it up to the names of the events, with the notes that belong there
// (converter/io/callgrind_notes.h). With `of_threads`, parts follow that have a
// thread each.
void WriteCallgrindHeader(const CallgrindPlan& plan, bool of_threads,
                          TextSink& out);

// The names of the events, behind which the body begins.
void WriteCallgrindEvents(const EventSet& events, TextSink& out);

// What begins a part, that of row `thread` of the profile's threads, in front
// of the events. Both count from 0, in the file from 1.
void WriteCallgrindThread(size_t part, size_t thread, std::string_view name,
                          TextSink& out);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_WRITERS_CALLGRIND_HEADER_H_
