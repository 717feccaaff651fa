#include "converter/io/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <limits>

#include "converter/io/descriptor.h"
#include "converter/io/inflate.h"
#include "converter/io/utf16.h"
#include "graph/error.h"

namespace prof2cg {
namespace {

// Readers may hold positions and lengths in 32 bits.
constexpr size_t kMostBytes = std::numeric_limits<uint32_t>::max();

[[noreturn]] void FailSystem() { throw Error(std::strerror(errno)); }

void CheckSize(size_t size) {
  if (size > kMostBytes) throw Error("is larger than 4 GiB");
}

Descriptor OpenToRead(const std::string& path) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open()) FailSystem();
  return file;
}

Pages ReadToEnd(int descriptor) {
  constexpr size_t kLeastRoom = size_t{1} << 16;
  Pages pages;
  for (;;) {
    char* const room = pages.Reserve(kLeastRoom);
    const ssize_t got = read(descriptor, room, pages.room());
    if (got == 0) return pages;
    if (got > 0) {
      pages.Advance(static_cast<size_t>(got));
      CheckSize(pages.bytes().size());
    } else if (!ShouldRetry(descriptor, POLLIN)) {
      FailSystem();
    }
  }
}

Pages ReadFile(const std::string& path) {
  const Descriptor file = OpenToRead(path);
  struct stat status;
  if (fstat(file.get(), &status) != 0) FailSystem();
  // Files of /proc say that they are regular and empty, and are neither.
  if (!S_ISREG(status.st_mode) || status.st_size == 0) {
    return ReadToEnd(file.get());
  }
  const auto size = static_cast<size_t>(status.st_size);
  CheckSize(size);
  return Pages::OfFile(file.get(), size, path);
}

Pages Inflated(Pages pages) {
  const std::string_view bytes = pages.bytes();
  if (!IsGzip(bytes)) return pages;
  return Inflate(bytes, std::min(kMostBytes, InflatedLimit(bytes.size())));
}

Pages InUtf8(Pages pages) {
  if (!IsUtf16(pages.bytes())) return pages;
  pages = Utf16ToUtf8(pages.bytes());
  CheckSize(pages.bytes().size());
  return pages;
}

}  // namespace

Input Input::Open(const std::string& path) {
  const bool is_stdin = path == "-";
  const std::string name = is_stdin       ? "standard input"
                           : path.empty() ? "''"
                                          : path;
  try {
    Pages pages =
        InUtf8(Inflated(is_stdin ? ReadToEnd(STDIN_FILENO) : ReadFile(path)));
    if (pages.bytes().empty()) throw Error("is empty");
    return Input(name, std::move(pages));
  } catch (const Error& error) {
    throw error.In(name);
  }
}

}  // namespace prof2cg
