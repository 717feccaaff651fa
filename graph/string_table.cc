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
  return Intern(text, absl::HashOf(text));
}

void StringTable::Intern(std::span<const std::string> texts,
                         std::span<StringId> ids) {
  std::vector<uint64_t> hashes;
  hashes.reserve(texts.size());
  for (const std::string& text : texts) {
    hashes.push_back(absl::HashOf(std::string_view(text)));
    index_.Prefetch(hashes.back());
  }
  for (size_t i = 0; i < texts.size(); ++i) {
    ids[i] = Intern(texts[i], hashes[i]);
  }
}

StringId StringTable::Intern(std::string_view text, uint64_t hash) {
  const auto new_row = static_cast<uint32_t>(views_.size());
  const uint32_t row = index_.FindOrAdd(
      hash, new_row, [&](uint32_t other) { return views_[other] == text; });
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
