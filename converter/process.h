// Other programs: finding them and running them to their end.
#ifndef PROF2CG_CONVERTER_PROCESS_H_
#define PROF2CG_CONVERTER_PROCESS_H_

#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace prof2cg {

// The path of the program of that name on PATH.
std::optional<std::string> FindProgram(std::string_view name);

// While it lives, the signals that ask this process to end are held back, so
// that destructors run; then they take effect. Held only around what ends by
// itself: nothing that waits for a pipe or a terminal. Threads that are to hold
// them too must start later.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

 private:
  sigset_t before_;
};

// Runs a program with our streams and gives its exit status, 128 + N if signal
// N ended it. Keyboard interrupts are the program's to handle. SIGTERM and
// SIGHUP are passed on to it, and end us too once it has ended and no
// HeldSignals are left. Throws Error if it cannot be started.
int RunProgram(const std::vector<std::string>& command);

// A new folder under the system's temporary one, removed with all its files
// also where a signal ends us: it holds them back.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string File(std::string_view name) const;

 private:
  HeldSignals held_;
  std::string path_;
};

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PROCESS_H_
