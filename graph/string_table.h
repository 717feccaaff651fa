// Interned text: equal strings have equal ids.
//
// Ids count from 0 in order of first appearance; id 0 is the empty string.
// Text lives in chunks that never move, so a view that the table gave stays
// valid as long as the table (or what it was moved into) lives. Intern is O(n)
// in the length of the text; lookup by id is O(1).
//
// Text is UTF-8, except that a lone surrogate of Python's (a file name that was
// not decodable) stands as the three bytes that UTF-8 would give it (WTF-8).
#ifndef PROF2CG_GRAPH_STRING_TABLE_H_
#define PROF2CG_GRAPH_STRING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "graph/row_index.h"

namespace prof2cg {

class StringTable {
 public:
  StringTable();
  StringTable(StringTable&&) = default;
  StringTable& operator=(StringTable&&) = default;

  StringId Intern(std::string_view text);
  // Many texts, in their order: looked up all at once they do not cost a wait
  // each. There is room for their ids.
  void Intern(std::span<const std::string> texts, std::span<StringId> ids);
  std::string_view operator[](StringId id) const { return views_[id.row()]; }
  size_t size() const { return views_.size(); }
  // Asks for the memory of operator[]. Inline by force: see RowIndex.
  [[gnu::always_inline]] void Prefetch(StringId id) const {
    __builtin_prefetch(&views_[id.row()]);
  }
  // Room for that many: saves copying, costs nothing where unused.
  void Reserve(size_t texts) { views_.reserve(texts); }

 private:
  StringId Intern(std::string_view text, uint64_t hash);
  std::string_view Keep(std::string_view text);

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;  // the unused rest of the last chunk
  size_t free_bytes_ = 0;
  std::vector<std::string_view> views_;
  RowIndex index_;  // of views_
};

}  // namespace prof2cg

#endif  // PROF2CG_GRAPH_STRING_TABLE_H_
