// A thread beside the program, for what does not come from it: `prof2cg
// control`, the time for another snapshot, and SIGTERM, which would end the
// process before its recording is written.
//
// It has a thread of its own to be there also while Python's wait, and takes
// Python's lock for what it does. No signal is taken from the program but
// SIGTERM, and that only where nobody else handles it. All signals are the
// other threads' to handle.
#ifndef PROF2CG_ALLOCATOR_PYTHON_WATCHER_H_
#define PROF2CG_ALLOCATOR_PYTHON_WATCHER_H_

#include <string>
#include <vector>

#include "graph/profile.h"

namespace prof2cg::python {

struct WatcherOptions {
  bool listens = false;         // to `prof2cg control`
  double snapshot_seconds = 0;  // between snapshots; 0: none
  bool saves_at_sigterm = false;

  // Of what it saves.
  std::string path;
  std::vector<Fact> facts;
  std::string command;
};

// The process has one watcher; another one takes its place. False, with an
// exception, if there is none to be had. Who calls these holds Python's lock.
bool StartWatcher(WatcherOptions options);

// Also where there is none. A forked child has none, but what it inherited is
// closed.
void StopWatcher();

// Around a fork, since Python warns of forks where there are threads. It goes
// on once Python's main thread runs again. Also where there is none.
void PauseWatcher();
void ResumeWatcher();

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_WATCHER_H_
