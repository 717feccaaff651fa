// A program that runs as a test tells it, with time that passes as it is told.
#ifndef PROF2CG_ALLOCATOR_RECORDER_FAKE_PROGRAM_H_
#define PROF2CG_ALLOCATOR_RECORDER_FAKE_PROGRAM_H_

#include <cstdint>
#include <string>

#include "allocator/heap.h"
#include "allocator/recorder/recorder.h"
#include "allocator/recorder/to_profile.h"
#include "graph/profile_contents.h"

namespace prof2cg {

// Functions are numbers from 0 on. Function f is "f<f>", in line f + 1 of
// fake.py; each line has two call sites, the first of line 1 being 2.
class FakeProgram {
 public:
  static constexpr uint32_t kSitesPerLine = 2;

  explicit FakeProgram(uint32_t max_contexts = 1 << 16) {
    started_ = recorder_.Start({.clock = ClockSource::kSteps,
                                .clock_step = 0,
                                .cpu = true,
                                .max_contexts = max_contexts,
                                .find_line = LineOf});
    thread_ = recorder_.Attach();
    recorder_.threads().names()[thread_->row] = "main";
  }

  bool started() const { return started_; }
  Recorder& recorder() { return recorder_; }

  // What the thread that made this does.
  void Call(uint32_t function, uint32_t line = 0) {
    CallAt(function, line * kSitesPerLine);
  }
  void CallAt(uint32_t function, CallSite site, int64_t calls = 1) {
    Call(*thread_, function, site, calls);
  }
  void Return(uint32_t function) {
    recorder_.Leave(*thread_, AddressOf(function));
  }
  // Runs for so long, then waits.
  void Pass(uint64_t ran_ns, uint64_t waited_ns = 0) {
    recorder_.clock().Advance(ran_ns + waited_ns, static_cast<int64_t>(ran_ns));
  }

  // What another one does.
  void Call(RecordedThread& thread, uint32_t function, CallSite site = 0,
            int64_t calls = 1) {
    recorder_.Enter(
        thread, AddressOf(function), site, [=] { return Describe(function); },
        calls);
  }

  static FunctionAddress AddressOf(uint32_t function) {
    return 16 * (uint64_t{function} + 1);
  }
  static RecordedFunction Describe(uint32_t function) {
    static const char code = 0;
    return {.name = NameOf(function),
            .file = "fake.py",
            .line = function + 1,
            .code = &code,
            .is_hidden = function == kHidden};
  }
  static FunctionKey KeyOf(uint32_t function) {
    return {NameOf(function), "fake.py", "__main__", function + 1};
  }
  static constexpr uint32_t kHidden = 1'000'000;

  Profile Finish(const RecordedEvents& events = kTimeOnly) {
    static const Heap no_heap;
    return ToProfile(recorder_, no_heap, events);
  }

  static constexpr RecordedEvents kTimeOnly = {.cpu = false,
                                               .alloc = false,
                                               .live = false,
                                               .peak = false,
                                               .arenas = false};

 private:
  static std::string NameOf(uint32_t function) {
    return "f" + std::to_string(function);
  }
  static uint32_t LineOf(const void*, CallSite site) {
    return site / kSitesPerLine;
  }

  // There is one; this begins anew.
  static Recorder& TheRecorder() {
    static Recorder& recorder = *new Recorder;
    return recorder;
  }

  Recorder& recorder_ = TheRecorder();
  RecordedThread* thread_;
  bool started_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_FAKE_PROGRAM_H_
