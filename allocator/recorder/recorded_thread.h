// One thread of a running program: its calls that have not returned, and its
// clocks.
#ifndef PROF2CG_ALLOCATOR_RECORDER_RECORDED_THREAD_H_
#define PROF2CG_ALLOCATOR_RECORDER_RECORDED_THREAD_H_

#include <pthread.h>
#include <time.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "allocator/owners.h"
#include "allocator/recorder/recorded_functions.h"

namespace prof2cg {

// A call that has not returned, and the context that is charged for it: its
// caller's where it has none of its own.
struct ActiveCall {
  FunctionAddress address;
  Owner context;
};

// On its bottom lies who called first, which is no function: it never returns,
// and nothing that happens there is recorded.
class CallStack {
 public:
  CallStack() { Grow(); }

  const ActiveCall& top() const { return *top_; }
  size_t depth() const { return static_cast<size_t>(top_ - calls_.get()); }

  void Push(FunctionAddress address, Owner context) {
    if (++top_ == end_) [[unlikely]]
      Grow();
    *top_ = {address, context};
  }
  // Returns who is charged then.
  Owner Pop() { return (--top_)->context; }
  void Clear() { top_ = calls_.get(); }

  // Drops what is above the last call of that function. False if there is none.
  bool PopAbove(FunctionAddress address);

  // Who is charged for the last call of that function, or kUnrecorded.
  Owner ContextOf(FunctionAddress address) const;

 private:
  static constexpr ActiveCall kBottom = {kNoFunction, kUnrecorded};

  void Grow();

  std::unique_ptr<ActiveCall[]> calls_;
  ActiveCall* top_ = nullptr;
  ActiveCall* end_ = nullptr;
};

// Only who holds the interpreter's lock may touch it.
struct RecordedThread {
  CallStack stack;
  uint64_t last_event = 0;  // ticks

  // When the clocks of wall and processor were last compared, what the latter
  // said, and how much more the thread has waited than its contexts know.
  uint64_t compared_at = 0;
  int64_t cpu_ns = 0;
  int64_t waiting_ticks = 0;
  clockid_t cpu_clock = CLOCK_THREAD_CPUTIME_ID;

  static constexpr uint32_t kNoRow = UINT32_MAX;
  uint32_t row = kNoRow;  // in order of first appearance
  pthread_t handle = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_RECORDED_THREAD_H_
