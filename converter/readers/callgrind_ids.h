// What the ids of compressed names stand for.
#ifndef PROF2CG_CONVERTER_READERS_CALLGRIND_IDS_H_
#define PROF2CG_CONVERTER_READERS_CALLGRIND_IDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/ids.h"

namespace prof2cg {

// Writers count ids up, but need not: small ones are places in a table, which
// grows no larger than what they are taken from could fill; others are looked
// up. Memory is that of the ids that are set, or of the file.
template <class Meaning>
class CallgrindIds {
 public:
  // For a file of so many bytes.
  explicit CallgrindIds(size_t bytes) : most_places_(bytes / kFewestBytes) {}

  // Not valid: the id stands for nothing.
  Meaning operator[](uint64_t id) const {
    if (id < places_.size()) return places_[id];
    const auto found = others_.find(id);
    return found == others_.end() ? Meaning() : found->second;
  }

  void Set(uint64_t id, Meaning meaning) {
    if (id >= most_places_) {
      others_[id] = meaning;
      return;
    }
    if (id >= places_.size()) {
      places_.resize(std::min<size_t>(most_places_, 2 * (id + 1)));
    }
    places_[id] = meaning;
  }

 private:
  static constexpr size_t kFewestBytes = 10;  // "fn=(1) f\n", at least

  const size_t most_places_;
  std::vector<Meaning> places_;
  absl::flat_hash_map<uint64_t, Meaning> others_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_CALLGRIND_IDS_H_
