// How the program uses memory. It also has operator new: what is large lies in
// huge pages.
#ifndef PROF2CG_CONVERTER_MEMORY_H_
#define PROF2CG_CONVERTER_MEMORY_H_

namespace prof2cg {

// Keeps memory that was freed for what is allocated next: one large table
// follows the other, and a page that the system has to give costs more than
// filling it. Threads share it all, since they allocate little beside each
// other. To be called first.
void KeepFreedMemory();

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_MEMORY_H_
