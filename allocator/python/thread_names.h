// What Python calls its threads.
#ifndef PROF2CG_ALLOCATOR_PYTHON_THREAD_NAMES_H_
#define PROF2CG_ALLOCATOR_PYTHON_THREAD_NAMES_H_

#include "allocator/recorder/recorded_thread.h"

namespace prof2cg::python {

// Notes what the calling thread, which has just been attached, is called. Once
// it has ended nobody knows.
void NameThread(const RecordedThread& thread);

// Notes what those that have not ended are called now.
void NameThreads();

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_THREAD_NAMES_H_
