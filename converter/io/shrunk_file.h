// An end with a reason when a mapped file shrinks while it is read.
#ifndef PROF2CG_CONVERTER_IO_SHRUNK_FILE_H_
#define PROF2CG_CONVERTER_IO_SHRUNK_FILE_H_

#include <cstddef>
#include <string>

namespace prof2cg {

// Reading a mapped page that the file no longer has raises SIGBUS, and there is
// no way back into the reader. For a watched range the process then says on
// stderr "prof2cg: NAME: the file shrank while it was read" and exits with
// status 2; any other SIGBUS ends it as ever. The handler is installed unless
// the program has one of its own.
void WatchForShrinking(const char* begin, size_t size, const std::string& name);

// To be called before the range is unmapped.
void StopWatching(const char* begin);

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_IO_SHRUNK_FILE_H_
