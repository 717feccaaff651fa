// Entries and calls of a pstats dump on their way into a profile.
#ifndef PROF2CG_CONVERTER_READERS_PSTATS_BATCH_H_
#define PROF2CG_CONVERTER_READERS_PSTATS_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/ids.h"
#include "graph/profile_builder.h"

namespace prof2cg {

// A function's tuple in the dump, counted from 0. Equal functions may have
// several.
using KeyId = Id<struct KeyTag>;

// What stands for a function or for a call.
struct Figures {
  CallCounts counts;
  int64_t self = 0;       // ns
  int64_t inclusive = 0;  // ns
};

// Some thousands of entries and calls as the dump has them. Functions lie all
// over their tables: looked up all at once they do not cost a wait each.
struct Batch {
  struct Entry {
    KeyId key;
    Figures figures;
    size_t calls_before;  // of the batch
  };
  struct Call {
    KeyId caller;
    KeyId callee;
    Figures figures;
  };

  std::vector<Function> keys;  // that no batch before has
  std::vector<Entry> entries;
  std::vector<Call> calls;
  std::vector<size_t> estimated_calls;  // rows

  bool IsFull() const {
    constexpr size_t kLargest = 1024;
    return keys.size() >= kLargest || calls.size() >= kLargest;
  }
  void Clear();
};

// Adds batches to a profile, in their order.
class BatchAdder {
 public:
  // Uses all of `builder` but its strings.
  explicit BatchAdder(ProfileBuilder& builder) : builder_(builder) {}

  // Leaves the batch empty.
  void Add(Batch& batch);

  // Functions that have no entry.
  int64_t functions_without_entry() const;
  // Entries whose function had one before, which they replace.
  int64_t repeated_entries() const { return repeated_entries_; }

 private:
  void AddEntry(const Batch::Entry& entry);

  ProfileBuilder& builder_;
  std::vector<FunctionId> functions_;  // per key
  std::vector<bool> has_entry_;        // per function
  std::vector<Call> calls_;            // those of a batch, each with costs
  std::vector<int64_t> inclusive_;
  std::vector<int64_t> self_;
  int64_t repeated_entries_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_READERS_PSTATS_BATCH_H_
