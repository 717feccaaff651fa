#include "converter/process.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "graph/error.h"

extern char** environ;

namespace prof2cg {
namespace {

// While a program runs in the foreground, the terminal's signals are meant for
// it; we live on to convert what it leaves.
class IgnoredInterrupts {
 public:
  IgnoredInterrupts()
      : interrupt_(std::signal(SIGINT, SIG_IGN)),
        quit_(std::signal(SIGQUIT, SIG_IGN)) {}
  ~IgnoredInterrupts() {
    std::signal(SIGINT, interrupt_);
    std::signal(SIGQUIT, quit_);
  }

 private:
  void (*interrupt_)(int);
  void (*quit_)(int);
};

// The program starts with the signals that a shell would give it.
class DefaultSignals {
 public:
  DefaultSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ}) {
      sigaddset(&signals, signal);
    }
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~DefaultSignals() { posix_spawnattr_destroy(&attributes_); }
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

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

int RunProgram(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const DefaultSignals signals;
  const IgnoredInterrupts ignored;
  pid_t pid;
  const int error = posix_spawnp(&pid, arguments[0], nullptr, signals.get(),
                                 arguments.data(), environ);
  if (error != 0) {
    throw Error(std::string("cannot run it: ") + std::strerror(error),
                std::nullopt, command[0]);
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
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
