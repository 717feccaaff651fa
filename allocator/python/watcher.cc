#include "allocator/python/watcher.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "allocator/python/compat.h"
#include "allocator/python/control.h"
#include "allocator/python/object.h"
#include "allocator/python/recording.h"
#include "allocator/python/sigterm.h"
#include "converter/io/control_address.h"
#include "converter/io/descriptor.h"

namespace prof2cg::python {
namespace {

using std::chrono::steady_clock;

// From SIGTERM on, whether the recording is written or not.
constexpr int kSecondsToEnd = 5;

// Holds Python's lock, on whatever thread.
class PythonLock {
 public:
  PythonLock() : state_(PyGILState_Ensure()) {}
  ~PythonLock() { PyGILState_Release(state_); }
  PythonLock(const PythonLock&) = delete;
  PythonLock& operator=(const PythonLock&) = delete;

 private:
  const PyGILState_STATE state_;
};

// Takes the pending exception away and gives its text.
std::string TakeTrouble() {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  const Object owned[] = {Object(type), Object(value), Object(traceback)};
  const Object text(value == nullptr ? nullptr : PyObject_Str(value));
  const char* const utf8 = text ? PyUnicode_AsUTF8(text.get()) : nullptr;
  PyErr_Clear();
  return utf8 == nullptr ? "unknown trouble" : utf8;
}

// While it lives, a thread that starts handles no signals.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_;
};

std::string Switch(std::string_view word) {
  const bool on = word == "on";
  if (!on && word != "off") {
    return kControlTrouble + std::string("no such request");
  }
  const PythonLock lock;
  if (!SwitchRecording(on)) return kControlTrouble + TakeTrouble();
  return kControlDone + std::string(on ? "recording" : "paused");
}

class Watcher {
 public:
  explicit Watcher(WatcherOptions options) : options_(std::move(options)) {}

  // Opens what it looks at. Throws std::system_error, as Resume does.
  void Open();
  void Close();

  // The thread. Who calls them holds Python's lock, which is let go meanwhile:
  // the thread may be about to take it.
  void Resume();
  void Pause();

  bool is_of_this_process() const { return process_ == getpid(); }
  // Not while Pause waits: what resumed it then would stop at once.
  bool is_paused() const { return !thread_.joinable() && !stops_; }

 private:
  void Run();
  steady_clock::time_point NextSnapshot() const;
  void Wait(std::span<pollfd> events) const;
  void TakeSnapshot();
  void SaveAndEnd() const;
  void Save() const;

  const pid_t process_ = getpid();
  const WatcherOptions options_;
  Descriptor wake_;
  Descriptor listener_;
  std::atomic<bool> stops_ = false;
  std::optional<steady_clock::time_point> next_snapshot_;
  std::thread thread_;
};

[[noreturn]] void ThrowSystemError(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void Watcher::Open() {
  wake_ = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake_.is_open()) ThrowSystemError("no event");
  if (options_.listens) {
    listener_ = ListenToControl();
    if (!listener_.is_open()) {
      ThrowSystemError("cannot listen to `prof2cg control`");
    }
  }
  if (options_.snapshot_seconds > 0) next_snapshot_ = NextSnapshot();
  if (options_.saves_at_sigterm) CatchSigterm(wake_.get());
}

void Watcher::Close() {
  wake_.Close();
  listener_.Close();
}

void Watcher::Resume() {
  const BlockedSignals blocked;
  thread_ = std::thread(&Watcher::Run, this);
}

void Watcher::Pause() {
  // Other threads that come here meanwhile have nothing to do.
  std::thread thread = std::move(thread_);
  if (!thread.joinable()) return;
  stops_ = true;
  Py_BEGIN_ALLOW_THREADS;
  eventfd_t count;
  eventfd_write(wake_.get(), 1);
  thread.join();
  eventfd_read(wake_.get(), &count);
  Py_END_ALLOW_THREADS;
  stops_ = false;
}

void Watcher::Run() {
  while (true) {
    if (SigtermHasCome()) return SaveAndEnd();
    if (stops_) return;
    pollfd events[] = {{wake_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    Wait(events);
    if ((events[1].revents & POLLIN) != 0) AnswerControl(listener_, Switch);
    if (next_snapshot_ && steady_clock::now() >= *next_snapshot_) {
      TakeSnapshot();
    }
  }
}

steady_clock::time_point Watcher::NextSnapshot() const {
  return steady_clock::now() +
         std::chrono::duration_cast<steady_clock::duration>(
             std::chrono::duration<double>(options_.snapshot_seconds));
}

// For an event, or the next snapshot.
void Watcher::Wait(std::span<pollfd> events) const {
  timespec left = {};
  if (next_snapshot_) {
    const auto nanoseconds = std::max(*next_snapshot_ - steady_clock::now(),
                                      steady_clock::duration::zero());
    left.tv_sec = nanoseconds / std::chrono::seconds(1);
    left.tv_nsec = (nanoseconds % std::chrono::seconds(1)).count();
  }
  ppoll(events.data(), events.size(), next_snapshot_ ? &left : nullptr,
        nullptr);
}

void Watcher::TakeSnapshot() {
  Save();
  // From its end on: one that takes long leaves time for the program, too.
  next_snapshot_ = NextSnapshot();
}

void Watcher::SaveAndEnd() const {
  EndBySigterm(kSecondsToEnd);
  Save();
  EndBySigterm(0);
}

void Watcher::Save() const {
  const PythonLock lock;
  if (SaveRecording(options_.path, options_.facts, options_.command)) return;
  const std::string line = "prof2cg: " + TakeTrouble() + "\n";
  [[maybe_unused]] const ssize_t written =
      write(STDERR_FILENO, line.data(), line.size());
}

constinit Watcher* watcher = nullptr;

int ResumeNow(void*) {
  if (watcher == nullptr || !watcher->is_paused()) return 0;
  try {
    watcher->Resume();
  } catch (const std::system_error&) {
    // No thread to be had: there is none until the next fork.
  }
  return 0;
}

}  // namespace

bool StartWatcher(WatcherOptions options) {
  StopWatcher();
  auto created = std::make_unique<Watcher>(std::move(options));
  try {
    created->Open();
    created->Resume();
  } catch (const std::system_error& error) {
    ReleaseSigterm();
    PyErr_SetString(PyExc_OSError, error.what());
    return false;
  }
  watcher = created.release();
  return true;
}

void StopWatcher() {
  // Not deleted: another thread may be on its way out of it.
  Watcher* const old = std::exchange(watcher, nullptr);
  if (old == nullptr) return;
  ReleaseSigterm();
  if (old->is_of_this_process()) {
    old->Pause();
    // Whoever sent it waits for our end.
    if (SigtermHasCome()) EndBySigterm(0);
  }
  old->Close();
}

void PauseWatcher() {
  if (watcher != nullptr) watcher->Pause();
}

void ResumeWatcher() {
  if (watcher != nullptr) Py_AddPendingCall(ResumeNow, nullptr);
}

}  // namespace prof2cg::python
