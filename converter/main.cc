// prof2cg: the command line's options → what they ask for → an exit status.
#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "converter/commands.h"
#include "converter/io/output.h"
#include "converter/message.h"
#include "converter/parse_options.h"
#include "converter/status.h"
#include "graph/error.h"

namespace {

// Keeps memory that was freed for what is allocated next: one large table
// follows the other, and a page that the system has to give costs more than
// filling it. Threads share it all, since they allocate little beside each
// other.
void KeepFreedMemory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_ARENA_MAX, 1);
}

int Main(int argc, char** argv) {
  try {
    return prof2cg::RunCommand(prof2cg::ParseOptions(argc, argv));
  } catch (const prof2cg::ClosedPipe&) {
    // Whoever read our output has had enough: nothing to tell.
  } catch (const prof2cg::Error& error) {
    prof2cg::Tell(error.Line());
  } catch (const std::bad_alloc&) {
    prof2cg::Tell("out of memory");
  }
  return prof2cg::kTrouble;
}

}  // namespace

int main(int argc, char** argv) {
  KeepFreedMemory();
  // A write to a closed pipe, or beyond the size that a file may have, is an
  // error to handle, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return Main(argc, argv);
}
