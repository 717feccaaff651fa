// The calling contexts of a running program.
#ifndef PROF2CG_ALLOCATOR_RECORDER_CALLING_CONTEXTS_H_
#define PROF2CG_ALLOCATOR_RECORDER_CALLING_CONTEXTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "allocator/mapped_table.h"
#include "allocator/owners.h"
#include "allocator/recorder/recorded_functions.h"
#include "graph/row_index.h"

namespace prof2cg {

// One cache line: an event touches no more of a context than this.
struct alignas(64) CallingContext {
  FunctionAddress address;
  Owner parent;  // kUnrecorded: it is a root
  // The child that was entered last, most often the next one too.
  Owner recent_child;
  CallSite recent_sites[2];  // by which this one was entered last
  uint32_t function;         // a row of RecordedFunctions
  // Of the call in the parent; 0: unknown, or several. Of a root: its thread.
  uint32_t line;
  int64_t calls;
  int64_t self_ticks;
  int64_t waiting_ticks;  // part of these: when its thread did not run
};

// A tree of contexts. A context's number is the Owner to whom the heap charges
// what is allocated there; they begin at kFirstOwner and rise, so that a
// parent's is below its children's. kUnrecorded is the parent of all roots: its
// row takes what belongs to nobody.
//
// Contexts differ in parent, function or line of the call. Calls of functions
// that are active already do not differ by line: a function that calls itself
// in two lines would have a new context for each of its calls.
//
// Finding a child is O(1), however many there are: the parent's recent one,
// else one hash table for all. It goes by call site, since lines are not told
// by an event. Memory grows with the contexts and their call sites.
class CallingContexts {
 public:
  // How far up the stack a function is looked for.
  static constexpr int kFarthestRecursion = 256;

  // Room for that many. False if there is none.
  bool Open(uint32_t max_contexts);
  // Forgets all.
  void Clear();

  // The child of `parent` that is entered by a call of that function at `site`,
  // or kUnrecorded.
  [[gnu::always_inline]] Owner Find(Owner parent, FunctionAddress address,
                                    CallSite site) {
    const Owner recent = table_[parent].recent_child;
    const CallingContext& child = table_[recent];
    if (child.address == address &&
        (child.recent_sites[0] == site || child.recent_sites[1] == site))
        [[likely]] {
      return recent;
    }
    return FindBySite(parent, address, site);
  }

  // Makes Find know the child. It is new if no call in that line has entered it
  // by another site. kUnrecorded if there is no room left.
  Owner Add(Owner parent, FunctionAddress address, CallSite site,
            uint32_t function, uint32_t line);

  CallingContext& operator[](Owner context) { return table_[context]; }
  const CallingContext& operator[](Owner context) const {
    return table_[context];
  }
  // One more than the last.
  Owner end() const { return end_; }
  uint32_t size() const { return end_ - kFirstOwner; }

 private:
  // What a call enters.
  struct Entry {
    FunctionAddress address;
    Owner parent;
    CallSite site;
    Owner child;
  };

  void SetRecent(Owner parent, Owner child, CallSite site);
  Owner FindBySite(Owner parent, FunctionAddress address, CallSite site);
  Owner FindOrAddChild(Owner parent, FunctionAddress address, uint32_t function,
                       uint32_t line);
  bool IsActive(FunctionAddress address, Owner context) const;

  MappedTable<CallingContext> table_;
  Owner end_ = kFirstOwner;
  RowIndex children_;  // by parent, function and line; rows of table_
  std::vector<Entry> entries_;
  RowIndex sites_;  // by parent, function and site; rows of entries_
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_CALLING_CONTEXTS_H_
