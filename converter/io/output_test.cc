#include "converter/io/output.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "converter/io/descriptor.h"
#include "converter/io/test_support.h"

namespace prof2cg {
namespace {

using Names = std::vector<std::string>;

// More than is written before a second thread takes over.
constexpr size_t kLargeBytes = 20'000'000;

template <typename Fill>
std::string Written(Fill fill) {
  const TestFolder folder;
  Output output(folder / "a", {});
  fill(output);
  output.Commit();
  return ContentOf(folder / "a");
}

std::string WriteError(const std::string& path, size_t bytes,
                       const std::vector<std::string>& inputs = {}) {
  return ErrorOf([&] {
    Output output(path, inputs);
    for (size_t i = 0; i < bytes; ++i) output.Write('x');
    output.Commit();
  });
}

BOOST_AUTO_TEST_SUITE(OutputText)

BOOST_AUTO_TEST_CASE(IsWhatWasWrittenInOrder) {
  BOOST_TEST(Written([](Output& output) {
               output.Write("fn=(");
               output.WriteNumber(7u);
               output.Write(')');
               output.Write(std::string_view());
               output.Write('\n');
             }) == "fn=(7)\n");
}

BOOST_AUTO_TEST_CASE(OfNumbersIsDecimalUpToTheirLimits) {
  BOOST_TEST(Written([](Output& output) {
               output.WriteNumber(0);
               output.Write(' ');
               output.WriteNumber(std::numeric_limits<uint64_t>::max());
               output.Write(' ');
               output.WriteNumber(std::numeric_limits<int64_t>::min());
               output.Write(' ');
               output.WriteNumber(std::numeric_limits<int32_t>::min());
               output.Write(' ');
               output.WriteNumber(std::numeric_limits<uint8_t>::max());
             }) ==
             "0 18446744073709551615 -9223372036854775808 -2147483648 255");
}

BOOST_AUTO_TEST_CASE(MadeInPlaceEndsWhereItsWriterSays) {
  BOOST_TEST(Written([](Output& output) {
               char* const room = output.Reserve(100);
               std::ranges::copy(std::string_view("abc"), room);
               output.EndAt(room + 2);
               output.Write('!');
             }) == "ab!");
}

BOOST_AUTO_TEST_CASE(MadeInPlaceMayBeLargerThanTheBuffer) {
  BOOST_TEST(Written([](Output& output) {
               output.Write("before ");
               char* const large = output.Reserve(kLargeBytes);
               output.EndAt(std::fill_n(large, kLargeBytes, 'x'));
               output.Write(" after");
             }) == "before " + std::string(kLargeBytes, 'x') + " after");
}

BOOST_AUTO_TEST_CASE(MayBeLargerThanTheBuffer) {
  std::string text;
  for (int i = 0; text.size() < kLargeBytes; ++i) text += std::to_string(i);
  BOOST_CHECK(Written([&](Output& output) {
                output.Write("before ");
                output.Write(text);
                output.Write(" after");
              }) == "before " + text + " after");
}

BOOST_AUTO_TEST_CASE(KeepsItsOrderWhenASecondThreadWrites) {
  std::string expected;
  const std::string text = Written([&](Output& output) {
    for (uint32_t i = 0; expected.size() < kLargeBytes; ++i) {
      output.WriteNumber(i);
      output.Write('\n');
      expected += std::to_string(i) + '\n';
    }
  });
  BOOST_CHECK(text == expected);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(OutputFile)

BOOST_AUTO_TEST_CASE(AppearsAtCommit) {
  const TestFolder folder;
  Output output(folder / "a", {});
  output.Write("text");
  BOOST_TEST(!std::filesystem::exists(folder / "a"));
  output.Commit();
  BOOST_TEST(ContentOf(folder / "a") == "text");
}

BOOST_AUTO_TEST_CASE(IsNotLeftWithoutCommit) {
  for (const size_t bytes : {size_t{10}, kLargeBytes}) {
    const TestFolder folder;
    {
      Output output(folder / "a", {});
      output.Write(std::string(bytes, 'x'));
    }
    BOOST_TEST(folder.Names() == Names{}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(IsNotLeftByAKilledProcess) {
  const TestFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    Output output(folder / "target", {});
    output.Write(std::string(kLargeBytes, 'x'));
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  for (const std::string& name : folder.Names()) {
    BOOST_TEST(name.starts_with(".prof2cg-"));
  }
}

BOOST_AUTO_TEST_CASE(ThatIsAnInputIsRefused) {
  const TestFolder folder;
  const std::string input = folder.Make("a", "text");
  std::filesystem::create_symlink("a", folder / "symlink");
  std::filesystem::create_hard_link(input, folder / "hard link");
  for (const std::string name : {"a", "./a", "symlink", "hard link"}) {
    BOOST_TEST(WriteError(folder / name, 1, {"-", folder / "none", input}) ==
               (folder / name) + ": would overwrite the input");
  }
  BOOST_TEST(ContentOf(input) == "text");
}

BOOST_AUTO_TEST_CASE(MayBeADeviceThatIsAlsoRead) {
  BOOST_TEST(WriteError("/dev/null", 1, {"/dev/null"}) == "no error");
}

BOOST_AUTO_TEST_CASE(CannotBeAFolder) {
  const TestFolder folder;
  std::filesystem::create_directory(folder / "sub");
  BOOST_TEST(WriteError(folder / "sub", 1) ==
             (folder / "sub") + ": cannot write: Is a directory");
}

// Files of this process may not grow beyond `bytes`: a full disk for anybody.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_action_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit = {bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    signal(SIGXFSZ, old_action_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  sighandler_t old_action_;
  rlimit old_;
};

BOOST_AUTO_TEST_CASE(ThatCannotGrowIsAnErrorAndNotLeft) {
  const struct {
    size_t limit;
    size_t bytes;
  } kRows[] = {
      {1000, 1001},                    // seen by Commit
      {1'000'000, kLargeBytes},        // seen while writing
      {10'000'000, kLargeBytes},       // seen by the second thread
      {kLargeBytes - 1, kLargeBytes},  // seen by the second thread at the end
  };
  for (const auto& row : kRows) {
    const TestFolder folder;
    std::string error;
    {
      const FileSizeLimit limit(row.limit);
      error = WriteError(folder / "a", row.bytes);
    }
    BOOST_TEST(error == (folder / "a") + ": cannot write: File too large");
    BOOST_TEST(folder.Names() == Names{}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(OutputStream)

BOOST_AUTO_TEST_CASE(OnAFullDeviceIsAnError) {
  for (const size_t bytes : {size_t{1}, kLargeBytes}) {
    BOOST_TEST(WriteError("/dev/full", bytes) ==
               "/dev/full: cannot write: No space left on device");
  }
}

BOOST_AUTO_TEST_CASE(GoesOnWhereItsDescriptorStands) {
  const TestFolder folder;
  const Descriptor file(open((folder / "a").c_str(), O_CREAT | O_WRONLY, 0666));
  BOOST_REQUIRE(write(file.get(), "before ", 7) == 7);
  Output output("/dev/fd/" + std::to_string(file.get()), {});
  output.Write("text");
  output.Commit();
  BOOST_REQUIRE(write(file.get(), " after", 6) == 6);
  BOOST_TEST(ContentOf(folder / "a") == "before text after");
}

BOOST_AUTO_TEST_CASE(IsStandardOutputWhereThePathIsADash) {
  const TestFolder folder;
  const std::string path = folder.Make("a", "");
  const Descriptor file(open(path.c_str(), O_WRONLY));
  const Descriptor saved(dup(STDOUT_FILENO));
  dup2(file.get(), STDOUT_FILENO);
  const std::string error = WriteError("-", 3);
  const std::string input_error = WriteError("-", 3, {path});
  dup2(saved.get(), STDOUT_FILENO);
  BOOST_TEST(error == "no error");
  BOOST_TEST(ContentOf(path) == "xxx");
  BOOST_TEST(input_error == "standard output: would overwrite the input");
}

BOOST_AUTO_TEST_CASE(ThatNobodyReadsIsAClosedPipe) {
  const auto old_action = signal(SIGPIPE, SIG_IGN);
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  const Descriptor writing(ends[1]);
  close(ends[0]);
  const std::string path = "/dev/fd/" + std::to_string(writing.get());
  BOOST_CHECK_THROW(WriteError(path, 1), ClosedPipe);
  BOOST_CHECK_THROW(WriteError(path, kLargeBytes), ClosedPipe);
  signal(SIGPIPE, old_action);
}

BOOST_AUTO_TEST_CASE(ThatIsReadSlowlyGetsEverythingThoughItDoesNotBlock) {
  int ends[2];
  BOOST_REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
  const Descriptor reading(ends[0]);
  fcntl(reading.get(), F_SETFL, 0);
  size_t received = 0;
  {
    Descriptor writing(ends[1]);
    std::jthread reader([&] {
      std::vector<char> buffer(1 << 16);
      ssize_t size;
      while ((size = read(reading.get(), buffer.data(), buffer.size())) > 0) {
        received += static_cast<size_t>(size);
      }
    });
    Output output("/dev/fd/" + std::to_string(writing.get()), {});
    output.Write(std::string(kLargeBytes, 'x'));
    output.Commit();
    writing.Close();
  }
  BOOST_TEST(received == kLargeBytes);
}

BOOST_AUTO_TEST_CASE(KnowsATerminal) {
  const Descriptor control(posix_openpt(O_RDWR | O_NOCTTY));
  BOOST_REQUIRE(control.is_open());
  BOOST_REQUIRE(grantpt(control.get()) == 0);
  BOOST_REQUIRE(unlockpt(control.get()) == 0);
  BOOST_TEST(Output::IsTerminal(ptsname(control.get())));
  BOOST_TEST(!Output::IsTerminal("/dev/null"));
  BOOST_TEST(!Output::IsTerminal("/no/such/file"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
