#include "converter/io/replacement_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "graph/error.h"

namespace prof2cg {
namespace {

[[noreturn]] void Fail(int error_number) {
  throw Error(std::string("cannot write: ") + std::strerror(error_number));
}

// "./" for a bare name.
std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == path.npos ? "./" : path.substr(0, slash + 1);
}

// The file that `path` stands for. Unlike realpath it also knows what a link
// points to that is not there yet.
std::string FollowLinks(std::string path) {
  constexpr int kMostLinks = 40;  // as in the kernel
  for (int links = 0; links < kMostLinks; ++links) {
    std::array<char, PATH_MAX> target;
    const ssize_t size = readlink(path.c_str(), target.data(), target.size());
    if (size < 0) return path;
    const std::string_view text(target.data(), static_cast<size_t>(size));
    path = (text.starts_with('/') ? "" : DirectoryOf(path)).append(text);
  }
  Fail(ELOOP);
}

std::string TemporaryName(const std::string& directory) {
  static constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyz0123456789";
  uint64_t random = 0;
  if (getrandom(&random, sizeof random, 0) < 0) Fail(errno);
  std::string name = directory + ".prof2cg-";
  for (int i = 0; i < 6; ++i, random /= kLetters.size()) {
    name += kLetters[random % kLetters.size()];
  }
  return name;
}

// An unnamed file gets its name through this link.
std::string LinkOf(const Descriptor& file) {
  return "/proc/self/fd/" + std::to_string(file.get());
}

// Calls `create` with new names until one is not taken; false, with errno, if
// something else is in the way.
template <typename Create>
bool WithNewName(const std::string& directory, std::string& name,
                 Create create) {
  for (;;) {
    std::string candidate = TemporaryName(directory);
    if (create(candidate.c_str())) {
      name = std::move(candidate);
      return true;
    }
    if (errno != EEXIST) return false;
  }
}

}  // namespace

ReplacementFile::ReplacementFile(const std::string& path, Growing growing)
    : target_(FollowLinks(path)), directory_(DirectoryOf(target_)) {
  if (target_.ends_with('/')) Fail(EISDIR);
  struct stat old;
  const bool exists = stat(target_.c_str(), &old) == 0;
  if (exists && faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0) {
    Fail(errno);
  }
  const mode_t mode = exists ? old.st_mode & 0777 : 0666;
  const bool is_open =
      (growing == Growing::kUnnamedIfPossible && OpenUnnamed(mode)) ||
      OpenNamed(mode);
  if (!is_open) Fail(errno);
  // What the umask took away from a new file the old one may have.
  if (exists && fchmod(file_.get(), mode) != 0) Fail(errno);
}

ReplacementFile::~ReplacementFile() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

bool ReplacementFile::OpenUnnamed(unsigned mode) {
  file_ = Descriptor(
      open(directory_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode));
  if (!file_.is_open()) return false;
  if (access(LinkOf(file_).c_str(), F_OK) == 0) return true;
  file_.Close();
  return false;
}

bool ReplacementFile::OpenNamed(unsigned mode) {
  return WithNewName(directory_, temporary_, [&](const char* name) {
    file_ =
        Descriptor(open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode));
    return file_.is_open();
  });
}

// A link cannot replace a file that exists, so the target's name comes later.
bool ReplacementFile::GiveName() {
  if (!temporary_.empty()) return true;
  return WithNewName(directory_, temporary_, [&](const char* name) {
    return linkat(AT_FDCWD, LinkOf(file_).c_str(), AT_FDCWD, name,
                  AT_SYMLINK_FOLLOW) == 0;
  });
}

void ReplacementFile::Commit() {
  const bool is_done = GiveName() && file_.Close() &&
                       std::rename(temporary_.c_str(), target_.c_str()) == 0;
  if (!is_done) Fail(errno);
  temporary_.clear();
}

}  // namespace prof2cg
