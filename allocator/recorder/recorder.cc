#include "allocator/recorder/recorder.h"

#include <algorithm>

namespace prof2cg {
namespace {

// Reading a thread's CPU clock takes 0.4 µs: 2 % of this.
constexpr double kLongestGap = 20'000;  // ns

}  // namespace

bool Recorder::Start(const RecorderOptions& options) {
  threads_.Clear();
  functions_.Clear();
  lines_ = CallLines(options.find_line);
  folded_calls_ = unmatched_returns_ = 0;
  running_ = nullptr;
  clock_ = Clock(options.clock, options.clock_step);
  has_cpu_ = options.cpu;
  longest_gap_ =
      has_cpu_
          ? static_cast<uint64_t>(kLongestGap / clock_.NanosecondsPerTick())
          : UINT64_MAX;
  return contexts_.Open(options.max_contexts);
}

void Recorder::Pause() {
  Settle();
  threads_.DetachAll();
}

RecordedThread* Recorder::Attach() {
  RecordedThread* thread = threads_.Attach();
  if (thread == nullptr) return nullptr;
  thread->last_event = clock_.Now();
  thread->waiting_ticks = 0;
  if (has_cpu_) ReadClocks(*thread, CLOCK_THREAD_CPUTIME_ID);
  running_ = thread;
  return thread;
}

void Recorder::AddContext(RecordedThread& thread, FunctionAddress address,
                          CallSite site, uint32_t function, int64_t calls) {
  const Owner caller = thread.stack.top().context;
  Owner context = kUnrecorded;
  if (!functions_[function].is_hidden) {
    context =
        contexts_.Add(caller, address, site, function, LineOf(caller, site));
    if (context == kUnrecorded) {
      folded_calls_ += calls;
      context = thread.stack.ContextOf(address);
    }
  }
  // Its last call may have had none either, and was charged to another's.
  if (contexts_[context].address != address) {
    Begin(thread, address, caller, 0);
  } else {
    Begin(thread, address, context, calls);
  }
}

// Of a root, whose site is its thread, that.
uint32_t Recorder::LineOf(Owner caller, CallSite site) {
  if (caller == kUnrecorded) return site;
  return lines_.Find(functions_[contexts_[caller].function].code, site);
}

bool Recorder::FindReturning(RecordedThread& thread, FunctionAddress address) {
  if (thread.stack.PopAbove(address)) {
    ++unmatched_returns_;
    return true;
  }
  // What has not been called since the recording began was called before.
  const RecordedFunction* function = functions_.Find(address);
  if (thread.stack.depth() != 0 && function != nullptr &&
      !function->is_hidden) {
    ++unmatched_returns_;
  }
  return false;
}

void Recorder::Settle() {
  threads_.ForEachAttached([&](RecordedThread& thread) {
    CompareClocks(thread, ChargeWall(thread), thread.cpu_clock);
  });
}

void Recorder::Skip(RecordedThread& thread) {
  thread.last_event = clock_.Now();
}

void Recorder::CompareClocks(RecordedThread& thread, uint64_t gap,
                             clockid_t cpu_clock) {
  running_ = &thread;
  if (!has_cpu_) return;
  const uint64_t wall = thread.compared_at;
  const int64_t cpu_ns = thread.cpu_ns;
  ReadClocks(thread, cpu_clock);
  const double ran =
      static_cast<double>(thread.cpu_ns - cpu_ns) / clock_.NanosecondsPerTick();
  thread.waiting_ticks += static_cast<int64_t>(thread.compared_at - wall) -
                          static_cast<int64_t>(ran);
  const int64_t waited =
      std::clamp<int64_t>(thread.waiting_ticks, 0, static_cast<int64_t>(gap));
  thread.waiting_ticks -= waited;
  contexts_[thread.stack.top().context].waiting_ticks += waited;
}

void Recorder::ReadClocks(RecordedThread& thread, clockid_t cpu_clock) {
  thread.compared_at = thread.last_event;
  thread.cpu_ns = clock_.CpuNanoseconds(cpu_clock);
}

}  // namespace prof2cg
