// What a profile of pprof has beside its samples (converter/io/pprof_format.h).
#ifndef PROF2CG_CONVERTER_READERS_PPROF_TABLES_H_
#define PROF2CG_CONVERTER_READERS_PPROF_TABLES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace prof2cg {

// Rows of a table by their ids. These count from 1 in nearly every file, which
// takes no memory.
class IdRows {
 public:
  // The next row's. False: another row has it, or it is 0, as no id may be.
  bool Add(uint64_t id);
  std::optional<uint32_t> Find(uint64_t id) const {
    if (id != 0 && id <= counted_) return static_cast<uint32_t>(id - 1);
    const auto found = others_.find(id);
    if (found == others_.end()) return std::nullopt;
    return found->second;
  }

 private:
  uint32_t counted_ = 0;  // rows from the first whose ids count from 1
  absl::flat_hash_map<uint64_t, uint32_t> others_;
};

// Rows in the order of the file, in which they stand in any. Offsets are those
// of their fields there. All texts are below `strings.size()`, and all rows
// exist.
struct PprofTables {
  static constexpr uint32_t kNone = UINT32_MAX;

  struct ValueType {
    uint32_t type = 0;
    uint32_t unit = 0;
  };
  struct Function {
    uint32_t name = 0;
    uint32_t system_name = 0;
    uint32_t file = 0;
    uint32_t line = 0;  // the first
  };
  // Of inlined functions the innermost first.
  struct Line {
    uint32_t function = kNone;  // its row
    uint32_t line = 0;
  };
  // Its lines begin where those of the location before end.
  struct Location {
    uint64_t address = 0;
    uint32_t mapping = kNone;  // its row
    uint32_t lines_end = 0;
  };

  std::vector<std::string_view> strings = {};  // at least one, which is ""
  std::vector<ValueType> sample_types = {};
  std::vector<uint32_t> mappings = {};  // names of files
  std::vector<Function> functions = {};
  std::vector<Line> lines = {};
  std::vector<Location> locations = {};
  IdRows location_rows = {};
  std::vector<uint32_t> comments = {};
  uint32_t default_sample_type = 0;  // by its type
  ValueType period_type = {};
  int64_t period = 0;
  int64_t time_ns = 0;  // since 1970
  int64_t duration_ns = 0;
  bool drops_frames = false;
};

// Throws Error where the bytes are no such file, but for the insides of its
// samples. Memory is linear in the bytes.
PprofTables ReadPprofTables(std::string_view bytes);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PPROF_TABLES_H_
