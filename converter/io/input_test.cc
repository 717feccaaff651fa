#include "converter/io/input.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "converter/io/descriptor.h"
#include "converter/io/test_support.h"

namespace prof2cg {
namespace {

std::string OpenError(const std::string& path) {
  return ErrorOf([&] { Input::Open(path); });
}

struct Pipe {
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
    reading = Descriptor(ends[0]);
    writing = Descriptor(ends[1]);
  }
  std::string path() const {
    return "/dev/fd/" + std::to_string(reading.get());
  }

  Descriptor reading;
  Descriptor writing;
};

// Writes into the pipe, in its own time, and closes it.
std::jthread Feed(Pipe& pipe, std::string text) {
  return std::jthread([&pipe, text = std::move(text)] {
    std::string_view rest = text;
    while (!rest.empty()) {
      const ssize_t size = write(pipe.writing.get(), rest.data(), rest.size());
      if (size < 0) std::abort();
      rest.remove_prefix(static_cast<size_t>(size));
    }
    pipe.writing.Close();
  });
}

std::string GzipFile(const std::string& path, std::string_view text) {
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path;
}

BOOST_AUTO_TEST_SUITE(InputFile)

BOOST_AUTO_TEST_CASE(IsReadWhole) {
  const TestFolder folder;
  const std::string path = folder.Make("a.prof", std::string("a\0b\n", 4));
  const Input input = Input::Open(path);
  BOOST_TEST(input.bytes() == std::string_view("a\0b\n", 4));
  BOOST_TEST(input.name() == path);
}

BOOST_AUTO_TEST_CASE(BytesKeepTheirAddressWhenTheInputMoves) {
  const TestFolder folder;
  Input first = Input::Open(folder.Make("a", "text"));
  const char* const address = first.bytes().data();
  const Input second = std::move(first);
  BOOST_CHECK(second.bytes().data() == address);
  BOOST_TEST(second.bytes() == "text");
}

BOOST_AUTO_TEST_CASE(CanBeAssignedAnother) {
  const TestFolder folder;
  Input input = Input::Open(folder.Make("a", "first"));
  input = Input::Open(folder.Make("b", "second"));
  BOOST_TEST(input.bytes() == "second");
  BOOST_TEST(input.name() == folder / "b");
}

BOOST_AUTO_TEST_CASE(OfProcIsReadThoughItSaysThatItIsEmpty) {
  const Input input = Input::Open("/proc/self/status");
  BOOST_TEST(input.bytes().starts_with("Name:"));
}

BOOST_AUTO_TEST_CASE(WithoutAByteIsRefused) {
  const TestFolder folder;
  const std::string path = folder.Make("empty.prof", "");
  BOOST_TEST(OpenError(path) == path + ": is empty");
}

BOOST_AUTO_TEST_CASE(ThatIsMissingOrADirectoryIsNamed) {
  const TestFolder folder;
  BOOST_TEST(OpenError(folder / "none") ==
             (folder / "none") + ": No such file or directory");
  BOOST_TEST(OpenError(folder / "") == (folder / "") + ": Is a directory");
}

BOOST_AUTO_TEST_CASE(WithoutPermissionIsNamed) {
  if (geteuid() == 0) return;  // root may read anything
  const TestFolder folder;
  const std::string path = folder.Make("secret", "text");
  chmod(path.c_str(), 0);
  BOOST_TEST(OpenError(path) == path + ": Permission denied");
}

BOOST_AUTO_TEST_CASE(Of4GiBIsTooLarge) {
  const TestFolder folder;
  const std::string path = folder.Make("large", "");
  std::filesystem::resize_file(path, uint64_t{1} << 32);  // sparse
  BOOST_TEST(OpenError(path) == path + ": is larger than 4 GiB");
}

BOOST_AUTO_TEST_CASE(IsInflatedByContentWhateverItsName) {
  const TestFolder folder;
  const std::string path = GzipFile(folder / "a.prof", "inflated");
  BOOST_TEST(Input::Open(path).bytes() == "inflated");
}

BOOST_AUTO_TEST_CASE(OfUtf16IsReadAsUtf8) {
  const TestFolder folder;
  const std::string path = folder.Make("a", std::string("\xff\xfe"
                                                        "a\0\xe9\0",
                                                        6));
  BOOST_TEST(Input::Open(path).bytes() == "a\xc3\xa9");
  BOOST_TEST(OpenError(folder.Make("b", "\xff\xfe")).ends_with(": is empty"));
}

BOOST_AUTO_TEST_CASE(ThatInflatesToNothingIsEmpty) {
  const TestFolder folder;
  const std::string path = GzipFile(folder / "empty.gz", "");
  BOOST_TEST(OpenError(path) == path + ": is empty");
}

BOOST_AUTO_TEST_CASE(OfDamagedGzipIsNamed) {
  const TestFolder folder;
  const std::string path = folder.Make("cut.gz", "\x1f\x8b\x08");
  BOOST_TEST(OpenError(path) == path + ": gzip data end early, at byte 3");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(InputPipe)

BOOST_AUTO_TEST_CASE(IsReadToItsEnd) {
  const std::string text(20'000'000, 'x');
  Pipe pipe;
  const std::jthread feeder = Feed(pipe, text);
  BOOST_CHECK(Input::Open(pipe.path()).bytes() == text);
}

BOOST_AUTO_TEST_CASE(ThatEndsAtOnceIsEmpty) {
  Pipe pipe;
  pipe.writing.Close();
  BOOST_TEST(OpenError(pipe.path()) == pipe.path() + ": is empty");
}

BOOST_AUTO_TEST_CASE(IsStandardInputWhereThePathIsADash) {
  Pipe pipe;
  const std::jthread feeder = Feed(pipe, "from stdin");
  const Descriptor saved(dup(STDIN_FILENO));
  dup2(pipe.reading.get(), STDIN_FILENO);
  const Input input = Input::Open("-");
  dup2(saved.get(), STDIN_FILENO);
  BOOST_TEST(input.bytes() == "from stdin");
  BOOST_TEST(input.name() == "standard input");
}

BOOST_AUTO_TEST_CASE(ThatDoesNotBlockIsWaitedFor) {
  Pipe pipe;
  const Descriptor saved(dup(STDIN_FILENO));
  fcntl(pipe.reading.get(), F_SETFL, O_NONBLOCK);
  dup2(pipe.reading.get(), STDIN_FILENO);
  const std::jthread feeder = Feed(pipe, std::string(1 << 20, 'x'));
  const Input input = Input::Open("-");
  dup2(saved.get(), STDIN_FILENO);
  BOOST_TEST(input.bytes().size() == size_t{1} << 20);
}

BOOST_AUTO_TEST_CASE(IsInflated) {
  const TestFolder folder;
  const std::string gzip = ContentOf(GzipFile(folder / "a.gz", "inflated"));
  Pipe pipe;
  const std::jthread feeder = Feed(pipe, gzip);
  BOOST_TEST(Input::Open(pipe.path()).bytes() == "inflated");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(MappedInput)

// Runs `action` in a process of its own, without the handlers of Boost.Test
// and of sanitizers; how it ended and what it said on stderr.
struct Ending {
  int status;
  std::string stderr_text;
};

template <typename Action>
Ending EndingOf(Action action) {
  Pipe pipe;
  const pid_t child = fork();
  if (child == 0) {
    dup2(pipe.writing.get(), STDERR_FILENO);
    signal(SIGBUS, SIG_DFL);
    action();
    _exit(0);
  }
  pipe.writing.Close();
  Ending ending = {};
  char buffer[4096];
  while (const ssize_t size = read(pipe.reading.get(), buffer, sizeof buffer)) {
    if (size < 0) break;
    ending.stderr_text.append(buffer, static_cast<size_t>(size));
  }
  waitpid(child, &ending.status, 0);
  return ending;
}

void Touch(const Input& input) {
  [[maybe_unused]] volatile char last = input.bytes().back();
}

BOOST_AUTO_TEST_CASE(ThatShrinksEndsTheProcessWithAMessage) {
  const TestFolder folder;
  const std::string path = folder.Make("a.prof", std::string(1 << 20, 'x'));
  const Ending ending = EndingOf([&] {
    const Input input = Input::Open(path);
    std::filesystem::resize_file(path, 1);
    Touch(input);
  });
  BOOST_TEST(WIFEXITED(ending.status));
  BOOST_TEST(WEXITSTATUS(ending.status) == 2);
  BOOST_TEST(ending.stderr_text ==
             "prof2cg: " + path + ": the file shrank while it was read\n");
}

BOOST_AUTO_TEST_CASE(ThatShrinksIsNamedAmongOthers) {
  const TestFolder folder;
  const std::string text(1 << 20, 'x');
  const Ending ending = EndingOf([&] {
    const Input a = Input::Open(folder.Make("a", text));
    // "b" is closed and its place in the list of watched files goes to "d".
    { const Input b = Input::Open(folder.Make("b", text)); }
    const Input c = Input::Open(folder.Make("c", text));
    const Input d = Input::Open(folder.Make("d\n", text));
    std::filesystem::resize_file(folder / "d\n", 1);
    Touch(a);
    Touch(c);
    Touch(d);
  });
  BOOST_TEST(ending.stderr_text == "prof2cg: " + (folder / "d") +
                                       "\\n: the file shrank while it was read"
                                       "\n");
}

BOOST_AUTO_TEST_CASE(LeavesABusErrorElsewhereDeadly) {
  const TestFolder folder;
  const std::string path = folder.Make("a.prof", "text");
  const Ending ending = EndingOf([&] {
    const Input input = Input::Open(path);
    raise(SIGBUS);
  });
  BOOST_TEST(WIFSIGNALED(ending.status));
  BOOST_TEST(WTERMSIG(ending.status) == SIGBUS);
}

BOOST_AUTO_TEST_CASE(LeavesTheProgramsOwnHandlerInPlace) {
  const TestFolder folder;
  const std::string path = folder.Make("a.prof", "text");
  const Ending ending = EndingOf([&] {
    signal(SIGBUS, [](int) { _exit(7); });
    const Input input = Input::Open(path);
    raise(SIGBUS);
  });
  BOOST_TEST(WEXITSTATUS(ending.status) == 7);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
