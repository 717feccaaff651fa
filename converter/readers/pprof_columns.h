// How the values of pprof's samples become costs of events.
#ifndef PROF2CG_CONVERTER_READERS_PPROF_COLUMNS_H_
#define PROF2CG_CONVERTER_READERS_PPROF_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "converter/readers/pprof_tables.h"
#include "graph/event_set.h"

namespace prof2cg {

struct PprofColumns {
  struct Column {
    size_t value = 0;  // its place in a sample
    int64_t size = 1;  // by which that is multiplied
    Event event = {};
  };
  std::vector<Column> columns;  // one per event
  std::optional<size_t> calls;  // the place of a context's calls
};

// The file's default type comes first: the last one, unless it names another.
// Throws Error if there is no type.
PprofColumns FindPprofColumns(const PprofTables& tables);

EventSet EventsOf(const PprofColumns& columns);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PPROF_COLUMNS_H_
