// prof2cg: the command line's options → what they ask for → an exit status.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "converter/commands.h"
#include "converter/io/output.h"
#include "converter/memory.h"
#include "converter/message.h"
#include "converter/parse_options.h"
#include "converter/status.h"
#include "graph/error.h"

namespace {

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
  prof2cg::KeepFreedMemory();
  // A write to a closed pipe, or beyond the size that a file may have, is an
  // error to handle, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return Main(argc, argv);
}
