#include "graph/compare/line_shifts.h"

#include <algorithm>

#include "graph/function_table.h"

namespace prof2cg {

LineShifts::LineShifts(const Profile& base, const Profile& current,
                       const std::vector<FunctionPair>& pairs) {
  for (const FunctionPair& pair : pairs) {
    if (!pair.is_matched()) continue;
    const Function& before = base.functions[pair.base.row()];
    const uint32_t line = current.functions[pair.current.row()].line;
    if (before.line == 0 || line == 0) continue;
    known_.push_back({before.file, before.line, int64_t{line} - before.line});
  }
  std::ranges::sort(known_);
}

bool LineShifts::Know(StringId file) const {
  return std::ranges::binary_search(known_, file, {}, &Known::file);
}

int64_t LineShifts::Expected(StringId file, uint32_t line) const {
  const auto behind =
      std::ranges::lower_bound(known_, Known{file, line, INT64_MIN});
  const bool has_behind = behind != known_.end() && behind->file == file;
  const bool has_before =
      behind != known_.begin() && std::prev(behind)->file == file;
  if (!has_behind && !has_before) return line;
  if (!has_behind) return line + std::prev(behind)->shift;
  if (!has_before) return line + behind->shift;
  const auto before = std::prev(behind);
  const bool is_behind_nearer = behind->line - line < line - before->line;
  return line + (is_behind_nearer ? behind : before)->shift;
}

}  // namespace prof2cg
