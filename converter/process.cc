#include "converter/process.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "graph/error.h"

extern char** environ;

namespace prof2cg {
namespace {

constexpr int kEnding[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

// And the one that says that a program has ended.
sigset_t WaitedFor() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : kEnding) sigaddset(&signals, signal);
  sigaddset(&signals, SIGCHLD);
  return signals;
}

bool IsIgnored(int signal) {
  struct sigaction action;
  return sigaction(signal, nullptr, &action) == 0 &&
         action.sa_handler == SIG_IGN;
}

// The held signal that waits for us, or 0.
int PendingEnd() {
  sigset_t pending;
  sigpending(&pending);
  for (const int signal : kEnding) {
    if (sigismember(&pending, signal) == 1) return signal;
  }
  return 0;
}

int StatusOfSignal(int signal) { return 128 + signal; }

// The program starts with the signals that a shell would give it.
class ShellSignals {
 public:
  ShellSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGPIPE, SIGXFSZ}) sigaddset(&signals, signal);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    sigprocmask(SIG_BLOCK, nullptr, &signals);
    for (const int signal : kEnding) sigdelset(&signals, signal);
    sigdelset(&signals, SIGCHLD);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~ShellSignals() { posix_spawnattr_destroy(&attributes_); }
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

pid_t Start(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const ShellSignals signals;
  pid_t program;
  const int error = posix_spawnp(&program, arguments[0], nullptr, signals.get(),
                                 arguments.data(), environ);
  if (error != 0) {
    throw Error(std::string("cannot run it: ") + std::strerror(error),
                std::nullopt, command[0]);
  }
  return program;
}

// All signals are held, so none comes between a look and the wait. Those of the
// keyboard reach the program without us.
int WaitFor(pid_t program) {
  const sigset_t signals = WaitedFor();
  int passed_on = 0;
  int status = 0;
  while (waitpid(program, &status, WNOHANG) != program) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal == SIGTERM || signal == SIGHUP) {
      kill(program, signal);
      passed_on = signal;
    }
  }
  if (passed_on != 0) raise(passed_on);
  return WIFSIGNALED(status) ? StatusOfSignal(WTERMSIG(status))
                             : WEXITSTATUS(status);
}

}  // namespace

std::optional<std::string> FindProgram(std::string_view name) {
  const char* path = std::getenv("PATH");
  for (std::string_view rest = path == nullptr ? "" : path; !rest.empty();) {
    const size_t end = std::min(rest.find(':'), rest.size());
    std::string file(rest.substr(0, end));
    file += '/';
    file += name;
    if (access(file.c_str(), X_OK) == 0 &&
        !std::filesystem::is_directory(file)) {
      return file;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

HeldSignals::HeldSignals() {
  sigset_t signals = WaitedFor();
  // A held signal waits even if it is ignored.
  for (const int signal : kEnding) {
    if (IsIgnored(signal)) sigdelset(&signals, signal);
  }
  sigprocmask(SIG_BLOCK, &signals, &before_);
}

HeldSignals::~HeldSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

int RunProgram(const std::vector<std::string>& command) {
  const HeldSignals held;
  if (const int signal = PendingEnd()) return StatusOfSignal(signal);
  std::signal(SIGCHLD, SIG_DFL);  // ignored, the program's status is lost
  return WaitFor(Start(command));
}

TemporaryFolder::TemporaryFolder()
    : path_(std::filesystem::temp_directory_path() / "prof2cg-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) {
    throw Error(
        std::string("cannot make a temporary folder: ") + std::strerror(errno),
        std::nullopt, path_);
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::File(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

}  // namespace prof2cg
