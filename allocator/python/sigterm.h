// SIGTERM as something that a thread can wait for.
//
// Python's own handlers run when its main thread comes to it, which one that
// waits for a lock never does. This one is C's and the program does not see it:
// signal.getsignal says what it said before.
#ifndef PROF2CG_ALLOCATOR_PYTHON_SIGTERM_H_
#define PROF2CG_ALLOCATOR_PYTHON_SIGTERM_H_

namespace prof2cg::python {

// From now on SIGTERM writes to `event`, an eventfd, instead of ending this
// process. Does nothing where somebody handles or ignores it. In forked
// children it ends them as ever.
void CatchSigterm(int event);
// Also where it was not caught.
void ReleaseSigterm();
bool SigtermHasCome();

// Lets the process end by SIGTERM `seconds` from now, whatever it does. Where
// SIGTERM is caught, another one does not matter until then.
void EndBySigterm(int seconds);

}  // namespace prof2cg::python

#endif  // PROF2CG_ALLOCATOR_PYTHON_SIGTERM_H_
