#include "graph/string_table.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "absl/hash/hash.h"

namespace prof2cg {
namespace {

// Chunks grow with the table, so that a small one stays small.
constexpr size_t kSmallestChunk = 4096;
constexpr size_t kDoublings = 8;  // to 1 MiB

}  // namespace

StringTable::StringTable() { Intern(""); }

StringId StringTable::Intern(std::string_view text) {
  const auto new_row = static_cast<uint32_t>(views_.size());
  const uint32_t row =
      index_.FindOrAdd(absl::HashOf(text), new_row,
                       [&](uint32_t other) { return views_[other] == text; });
  if (row == new_row) views_.push_back(Keep(text));
  return StringId(row);
}

std::string_view StringTable::Keep(std::string_view text) {
  if (text.size() > free_bytes_) {
    const size_t grown = kSmallestChunk
                         << std::min(chunks_.size() / 2, kDoublings);
    free_bytes_ = std::max(grown, text.size());
    free_ = chunks_.emplace_back(new char[free_bytes_]).get();
  }
  const std::string_view kept(free_, text.size());
  if (!text.empty()) std::memcpy(free_, text.data(), text.size());
  free_ += text.size();
  free_bytes_ -= text.size();
  return kept;
}

}  // namespace prof2cg
