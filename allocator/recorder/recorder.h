// Records what a running program calls, and what that costs.
#ifndef PROF2CG_ALLOCATOR_RECORDER_RECORDER_H_
#define PROF2CG_ALLOCATOR_RECORDER_RECORDER_H_

#include <cstdint>

#include "allocator/owners.h"
#include "allocator/recorder/call_lines.h"
#include "allocator/recorder/calling_contexts.h"
#include "allocator/recorder/clock.h"
#include "allocator/recorder/recorded_functions.h"
#include "allocator/recorder/recorded_thread.h"
#include "allocator/recorder/recorded_threads.h"

namespace prof2cg {

struct RecorderOptions {
  ClockSource clock = ClockSource::kMonotonic;
  uint64_t clock_step = 1;  // of kSteps
  // Whether to tell waiting from working.
  bool cpu = true;
  uint32_t max_contexts = 1 << 20;
  // Tells lines of calls; null: they are unknown.
  CallLines::Ask find_line = nullptr;
};

// Follows the calls and returns of each thread through a tree of contexts. Time
// is read once an event and goes to the context that was active until then:
// self costs, of which inclusive ones are sums. The heap charges current_owner,
// which is the active context's number.
//
// What comes unexpected:
//  - A return from a function that is not the last called (stacks were
//    switched): calls above its own have returned unseen. One that is not
//    active at all is left out.
//  - More contexts than there is room for: a call is counted in the nearest
//    context of its function on the stack; if there is none, its cost is its
//    caller's.
//  - Waiting is found without asking the system at each event: where 20 µs have
//    passed since the last one, or another thread has run, the thread's CPU
//    clock is read, and what it is behind is waiting in that gap. Exact in
//    total; pauses shorter than that count where they are found out.
//
// The recorder's own slow work, such as describing a new function, is in no
// figure. Who calls it holds the interpreter's lock. There is one in a
// process, and it lives for ever.
class Recorder {
 public:
  // Begins anew: forgets what was recorded. False if there is no memory for so
  // many contexts; then it must not be used.
  bool Start(const RecorderOptions& options);
  // Detaches all threads; they may be attached again.
  void Pause();
  // In a forked child, before Start: other threads are not here any more.
  void ForgetOtherThreads() { threads_.ForgetOthers(); }

  // Attaches the calling thread, which then has called nothing. Null if it has
  // ended.
  RecordedThread* Attach();

  // The function whose context is active: what a call site is in.
  FunctionAddress ActiveFunction(const RecordedThread& thread) const {
    return contexts_[thread.stack.top().context].address;
  }

  // `thread`, which is the calling one, calls the function at `address`. If
  // that is new, describe() tells it: RecordedFunction(); others may use the
  // recorder meanwhile. With `calls` 0 it had been called before.
  template <class Describe>
  [[gnu::always_inline]] void Enter(RecordedThread& thread,
                                    FunctionAddress address, CallSite site,
                                    const Describe& describe,
                                    int64_t calls = 1) {
    const Owner caller = thread.stack.top().context;
    if (caller == kUnrecorded) [[unlikely]] {
      if (thread.stack.depth() != 0) return EnterUnrecorded(thread, address);
      site = thread.row;
    }
    const Owner callee = contexts_.Find(caller, address, site);
    if (callee == kUnrecorded) [[unlikely]] {
      return EnterNew(thread, address, site, describe, calls);
    }
    Charge(thread);
    Begin(thread, address, callee, calls);
  }

  // The function at `address` returns.
  [[gnu::always_inline]] void Leave(RecordedThread& thread,
                                    FunctionAddress address) {
    Charge(thread);
    if (thread.stack.top().address != address) [[unlikely]] {
      if (!FindReturning(thread, address)) return;
    }
    current_owner = thread.stack.Pop();
  }

  // Charges all threads up to now: figures are complete then.
  void Settle();

  // What `thread` did since its last event is none of the program's.
  void Skip(RecordedThread& thread);

  Clock& clock() { return clock_; }
  RecordedFunctions& functions() { return functions_; }
  const CallingContexts& contexts() const { return contexts_; }
  RecordedThreads& threads() { return threads_; }
  // Calls that had no room for a context of their own.
  int64_t folded_calls() const { return folded_calls_; }
  // Returns from functions that were not the last called.
  int64_t unmatched_returns() const { return unmatched_returns_; }

 private:
  // Up to now the thread's active context has run.
  [[gnu::always_inline]] void Charge(RecordedThread& thread) {
    const uint64_t gap = ChargeWall(thread);
    if (gap > longest_gap_ || &thread != running_) [[unlikely]] {
      CompareClocks(thread, gap, CLOCK_THREAD_CPUTIME_ID);
    }
  }

  // Returns for how long.
  [[gnu::always_inline]] uint64_t ChargeWall(RecordedThread& thread) {
    const uint64_t now = clock_.Now();
    const uint64_t gap = now - thread.last_event;
    thread.last_event = now;
    contexts_[thread.stack.top().context].self_ticks +=
        static_cast<int64_t>(gap);
    return gap;
  }

  void Begin(RecordedThread& thread, FunctionAddress address, Owner context,
             int64_t calls) {
    contexts_[context].calls += calls;
    thread.stack.Push(address, context);
    current_owner = context;
  }

  template <class Describe>
  [[gnu::noinline]] void EnterNew(RecordedThread& thread,
                                  FunctionAddress address, CallSite site,
                                  const Describe& describe, int64_t calls) {
    Charge(thread);
    current_owner = kObserver;
    const uint32_t function = functions_.FindOrAdd(address, describe);
    if (attached_thread != &thread) {  // others have paused it meanwhile
      current_owner = kUnrecorded;
      return;
    }
    AddContext(thread, address, site, function, calls);
    thread.last_event = clock_.Now();
  }
  // What nobody's calls call is nobody's too.
  void EnterUnrecorded(RecordedThread& thread, FunctionAddress address) {
    Charge(thread);
    Begin(thread, address, kUnrecorded, 0);
  }
  void AddContext(RecordedThread& thread, FunctionAddress address,
                  CallSite site, uint32_t function, int64_t calls);
  uint32_t LineOf(Owner caller, CallSite site);
  bool FindReturning(RecordedThread& thread, FunctionAddress address);

  // Finds out how much of the last gap the thread has waited.
  void CompareClocks(RecordedThread& thread, uint64_t gap, clockid_t cpu_clock);
  void ReadClocks(RecordedThread& thread, clockid_t cpu_clock);

  // What each event needs first.
  CallingContexts contexts_;
  Clock clock_;
  uint64_t longest_gap_ = 0;           // that needs no comparison of clocks
  RecordedThread* running_ = nullptr;  // the last one that had an event

  bool has_cpu_ = false;
  RecordedFunctions functions_;
  CallLines lines_;
  RecordedThreads threads_;
  int64_t folded_calls_ = 0;
  int64_t unmatched_returns_ = 0;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_RECORDER_H_
