#include "converter/io/shrunk_file.h"

#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <cstdint>
#include <iterator>
#include <mutex>
#include <string_view>

#include "converter/io/utf8.h"

namespace prof2cg {
namespace {

// A signal handler can wait for no lock and may run while another thread adds a
// file. So files are only ever put in front of the list, none is freed, and one
// that is no longer watched (`begin` 0) is used again.
struct WatchedFile {
  std::atomic<uintptr_t> begin = 0;
  std::atomic<uintptr_t> end = 0;
  std::array<char, PATH_MAX> name;  // may be cut
  size_t name_size = 0;
  WatchedFile* next = nullptr;
};

std::mutex edit_mutex;
std::atomic<WatchedFile*> watched_files = nullptr;

WatchedFile* FindWatched(uintptr_t address) {
  for (WatchedFile* file = watched_files; file; file = file->next) {
    if (address >= file->begin && address < file->end) return file;
  }
  return nullptr;
}

iovec Piece(std::string_view text) {
  return {const_cast<char*>(text.data()), text.size()};
}

void OnBusError(int, siginfo_t* info, void*) {
  const auto address = reinterpret_cast<uintptr_t>(info->si_addr);
  const WatchedFile* const file =
      info->si_code == BUS_ADRERR ? FindWatched(address) : nullptr;
  if (file == nullptr) {
    signal(SIGBUS, SIG_DFL);
    raise(SIGBUS);  // ends the process when this handler returns
    return;
  }
  const iovec line[] = {Piece("prof2cg: "),
                        Piece({file->name.data(), file->name_size}),
                        Piece(": the file shrank while it was read\n")};
  [[maybe_unused]] const ssize_t written =
      writev(STDERR_FILENO, line, std::size(line));
  _exit(2);
}

void InstallHandler() {
  struct sigaction present = {};
  sigaction(SIGBUS, nullptr, &present);
  const bool is_default =
      !(present.sa_flags & SA_SIGINFO) && present.sa_handler == SIG_DFL;
  if (!is_default) return;
  struct sigaction ours = {};
  ours.sa_sigaction = OnBusError;
  ours.sa_flags = SA_SIGINFO;
  sigemptyset(&ours.sa_mask);
  sigaction(SIGBUS, &ours, nullptr);
}

WatchedFile& UnusedEntry() {
  for (WatchedFile* file = watched_files; file; file = file->next) {
    if (file->begin == 0) return *file;
  }
  auto* const file = new WatchedFile;
  file->next = watched_files;
  watched_files = file;
  return *file;
}

}  // namespace

void WatchForShrinking(const char* begin, size_t size,
                       const std::string& name) {
  const std::lock_guard lock(edit_mutex);
  InstallHandler();
  WatchedFile& file = UnusedEntry();
  const std::string shown = Printable(name);
  file.name_size = shown.copy(file.name.data(), file.name.size());
  file.end = reinterpret_cast<uintptr_t>(begin) + size;
  file.begin = reinterpret_cast<uintptr_t>(begin);
}

void StopWatching(const char* begin) {
  const std::lock_guard lock(edit_mutex);
  if (WatchedFile* file = FindWatched(reinterpret_cast<uintptr_t>(begin))) {
    file->end = 0;
    file->begin = 0;
  }
}

}  // namespace prof2cg
