// The threads of a running program, as they come and go.
#ifndef PROF2CG_ALLOCATOR_RECORDER_RECORDED_THREADS_H_
#define PROF2CG_ALLOCATOR_RECORDER_RECORDED_THREADS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "allocator/owners.h"
#include "allocator/recorder/recorded_thread.h"

namespace prof2cg {

// The calling thread, if it is attached: what it does is recorded.
extern constinit thread_local RecordedThread* attached_thread
    [[gnu::tls_model("initial-exec")]];

// Who holds the interpreter's lock may call these; what a thread does as it
// ends takes a lock of its own. There is one in a process, and it lives for
// ever: threads may end after main.
class RecordedThreads {
 public:
  RecordedThreads();
  RecordedThreads(const RecordedThreads&) = delete;
  RecordedThreads& operator=(const RecordedThreads&) = delete;

  // Attaches the calling thread, with an empty stack. It has a row from its
  // first time on. Null if it has ended, and only destroys what was its own.
  RecordedThread* Attach();
  // Detaches all: their stacks are as good as lost, and what they allocate is
  // kUnrecorded's.
  void DetachAll();

  // Forgets the rows.
  void Clear();
  // The same in a forked child, which the calling thread only has survived.
  void ForgetOthers();

  // Calls use(thread) for each that is attached.
  template <class Use>
  void ForEachAttached(Use use) {
    const std::lock_guard lock(lock_);
    for (const Place& place : places_) {
      if (*place.attached != nullptr) use(*place.thread);
    }
  }

  // By row; "" until somebody knows better. Those of threads that have ended
  // stay.
  std::vector<std::string>& names() { return names_; }

 private:
  // A thread that has not ended, and where it finds what it must know.
  struct Place {
    std::unique_ptr<RecordedThread> thread;
    RecordedThread** attached;
    Owner* current_owner;
  };
  class Ending;

  // The calling thread's, new if need be.
  RecordedThread* Find();
  void End(RecordedThread* thread);

  std::mutex lock_;
  std::vector<Place> places_;
  std::vector<std::string> names_;
};

}  // namespace prof2cg

#endif  // PROF2CG_ALLOCATOR_RECORDER_RECORDED_THREADS_H_
