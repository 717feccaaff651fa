#include "allocator/recorder/recorded_threads.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

namespace prof2cg {

constinit thread_local RecordedThread* attached_thread = nullptr;

// The calling thread, from the first time that it was attached to its end.
class RecordedThreads::Ending {
 public:
  ~Ending() {
    if (threads != nullptr) threads->End(thread);
    thread = nullptr;
    has_ended = true;
  }

  RecordedThreads* threads = nullptr;
  RecordedThread* thread = nullptr;
  // Outlives the destructor.
  static constinit thread_local bool has_ended;
};
constinit thread_local bool RecordedThreads::Ending::has_ended = false;

// A child must not find what another thread had half done: nobody forks in the
// midst of it.
RecordedThreads::RecordedThreads() {
  static RecordedThreads* const only = this;
  const auto release = [] { only->lock_.unlock(); };
  pthread_atfork([] { only->lock_.lock(); }, release, release);
}

RecordedThread* RecordedThreads::Attach() {
  if (Ending::has_ended) return nullptr;
  RecordedThread* thread = Find();
  thread->stack.Clear();
  if (thread->row == RecordedThread::kNoRow) {
    thread->row = static_cast<uint32_t>(names_.size());
    names_.emplace_back();
  }
  attached_thread = thread;
  current_owner = kUnrecorded;
  return thread;
}

RecordedThread* RecordedThreads::Find() {
  thread_local Ending mine;
  if (mine.thread != nullptr) return mine.thread;
  auto thread = std::make_unique<RecordedThread>();
  thread->handle = pthread_self();
  pthread_getcpuclockid(thread->handle, &thread->cpu_clock);
  mine.threads = this;
  mine.thread = thread.get();
  const std::lock_guard lock(lock_);
  places_.push_back({std::move(thread), &attached_thread, &current_owner});
  return mine.thread;
}

void RecordedThreads::End(RecordedThread* thread) {
  const std::lock_guard lock(lock_);
  attached_thread = nullptr;
  current_owner = kUnrecorded;
  std::erase_if(places_, [&](const Place& place) {
    return place.thread.get() == thread;
  });
}

void RecordedThreads::DetachAll() {
  const std::lock_guard lock(lock_);
  for (const Place& place : places_) {
    *place.attached = nullptr;
    *place.current_owner = kUnrecorded;
  }
}

void RecordedThreads::Clear() {
  DetachAll();
  names_.clear();
  const std::lock_guard lock(lock_);
  for (const Place& place : places_) place.thread->row = RecordedThread::kNoRow;
}

void RecordedThreads::ForgetOthers() {
  std::erase_if(places_, [](const Place& place) {
    return place.attached != &attached_thread;
  });
  if (!places_.empty()) {
    pthread_getcpuclockid(pthread_self(), &places_[0].thread->cpu_clock);
  }
  Clear();
}

}  // namespace prof2cg
