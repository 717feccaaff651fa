// Tells the recorder what this interpreter calls, on all of its threads.
//
// profile_hook.cc does it up to Python 3.11, monitoring_hook.cc from 3.12 on;
// of each, the other is empty.
#ifndef PROF2CG_ALLOCATOR_PYTHON_HOOK_H_
#define PROF2CG_ALLOCATOR_PYTHON_HOOK_H_

#include "allocator/python/compat.h"

namespace prof2cg::python {

// From now on calls are recorded. False, with an exception, if something else
// profiles.
bool AddHook();
// Whether somebody else has taken the hook since.
bool HookIsLost();
// Also where there is none, or where it is lost.
void RemoveHook();

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_HOOK_H_
