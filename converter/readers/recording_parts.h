// The dict of a recording (converter/io/recording_format.h), taken apart.
#ifndef PROF2CG_CONVERTER_READERS_RECORDING_PARTS_H_
#define PROF2CG_CONVERTER_READERS_RECORDING_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/recording_format.h"
#include "graph/profile.h"

namespace prof2cg {

struct RecordedColumn {
  recording::ColumnType type;
  std::string_view bytes;  // packed
  uint64_t offset;         // of the bytes, in the file
};

struct RecordedTable {
  size_t rows = 0;
  uint64_t offset = 0;  // of the table, in the file
  // By name; of costs one per event, of others one.
  std::map<std::string_view, std::vector<RecordedColumn>> columns;
};

// What has no place in tables is complete; of tables only the form was looked
// at. Texts are those of the file.
struct RecordingParts {
  uint64_t offset = 0;  // of all of it, in the file
  Naming naming = Naming::kObjectName;
  ShareBy share_by = ShareBy::kCallCosts;
  bool is_traced = false;
  std::string_view command;
  std::vector<Fact> facts;
  std::vector<std::string_view> threads;
  std::vector<Event> events;  // at least one; names are unique
  Provenance provenance;      // but for estimated calls
  bool is_folded = false;
  std::map<std::string_view, RecordedTable> tables;
};

// Of the object at `begin` of `bytes`, where it must end. Throws Error, with
// the offset in `bytes`, if it is malformed or of a newer version.
RecordingParts TakeApart(std::string_view bytes, uint64_t begin);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_RECORDING_PARTS_H_
