#include "allocator/python/sigterm.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>

namespace prof2cg::python {
namespace {

// What the handler may look at.
constinit std::atomic<pid_t> process = 0;
constinit std::atomic<int> event_to_write = -1;
constinit std::atomic<bool> has_come = false;

void EndNow() {
  signal(SIGTERM, SIG_DFL);
  kill(getpid(), SIGTERM);
}

void OnSigterm(int, siginfo_t* info, void*) {
  const int error = errno;
  if (process == getpid() && info->si_code != SI_TIMER) {
    has_come = true;
    const uint64_t one = 1;
    [[maybe_unused]] const ssize_t written =
        write(event_to_write, &one, sizeof one);
  } else {
    EndNow();
  }
  errno = error;
}

struct sigaction Action() {
  struct sigaction action = {};
  sigaction(SIGTERM, nullptr, &action);
  return action;
}

}  // namespace

void CatchSigterm(int event) {
  if (Action().sa_handler != SIG_DFL) return;
  process = getpid();
  event_to_write = event;
  has_come = false;
  struct sigaction action = {};
  action.sa_sigaction = OnSigterm;
  action.sa_flags = SA_RESTART | SA_SIGINFO;
  sigaction(SIGTERM, &action, nullptr);
}

void ReleaseSigterm() {
  if (Action().sa_sigaction == OnSigterm) signal(SIGTERM, SIG_DFL);
}

bool SigtermHasCome() { return has_come; }

void EndBySigterm(int seconds) {
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGTERM;
  const itimerspec delay = {.it_interval = {},
                            .it_value = {.tv_sec = seconds, .tv_nsec = 0}};
  timer_t timer;
  if (seconds == 0 || timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 ||
      timer_settime(timer, 0, &delay, nullptr) != 0) {
    EndNow();
  }
}

}  // namespace prof2cg::python
