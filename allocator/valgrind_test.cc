// What real Valgrind sees of a program with known faults.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace prof2cg {
namespace {

namespace fs = std::filesystem;
namespace data = boost::unit_test::data;

const std::string kModes[] = {"bypass", "annotate"};

std::string Read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A folder of its own, and what programs printed.
class Runs {
 public:
  Runs() {
    std::string path = fs::temp_directory_path() / "prof2cg-valgrind-XXXXXX";
    BOOST_REQUIRE(mkdtemp(path.data()) != nullptr);
    folder_ = path;
  }
  ~Runs() { fs::remove_all(folder_); }

  // Under `tool`, a command with its options, or none.
  void Run(const std::string& tool, const std::string& arguments) {
    const std::string command = tool + " allocator/valgrind_program " +
                                arguments + " >" + Path("out") + " 2>" +
                                Path("err");
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
  }

  std::string Path(const std::string& name) const { return folder_ / name; }
  std::string out() const { return Read(Path("out")); }
  std::string err() const { return Read(Path("err")); }

 private:
  fs::path folder_;
};

BOOST_DATA_TEST_CASE(WithoutValgrindTheProgramRunsToo, data::make(kModes),
                     mode) {
  Runs runs;
  for (const char* what : {" leak", " peak"}) {
    runs.Run("ASAN_OPTIONS=detect_leaks=0", mode + what);
    BOOST_TEST(runs.err() == "");
  }
  BOOST_TEST(runs.out() == "14975000\n");
}

// Valgrind does not run what sanitizers have changed.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

constexpr const char* kMemcheck = "valgrind --leak-check=full";

size_t Count(const std::string& text, const std::string& words) {
  size_t count = 0;
  for (size_t at = text.find(words); at != std::string::npos;
       at = text.find(words, at + 1)) {
    ++count;
  }
  return count;
}

#define CHECK_COUNT(text, words, count) \
  BOOST_TEST(Count(text, words) == size_t{count}, words << " in\n" << text)

BOOST_DATA_TEST_CASE(MemcheckSeesEachLeakWithItsStack, data::make(kModes),
                     mode) {
  Runs runs;
  runs.Run(kMemcheck, mode + " leak");
  const std::string report = runs.err();
  CHECK_COUNT(report, "definitely lost: 9,000 bytes in 150 blocks", 1);
  CHECK_COUNT(report, "4,000 bytes in 100 blocks are definitely lost", 1);
  CHECK_COUNT(report, "5,000 bytes in 50 blocks are definitely lost", 1);
  CHECK_COUNT(report, "LeakFortyBytes()", 1);
  CHECK_COUNT(report, "LeakHundredBytes()", 1);
  CHECK_COUNT(report, "still reachable: 0 bytes", 1);
  // Nothing that the heap itself does is an error.
  CHECK_COUNT(report, "ERROR SUMMARY: 2 errors from 2 contexts", 1);
}

BOOST_DATA_TEST_CASE(MemcheckSeesEachMisuse, data::make(kModes), mode) {
  Runs runs;
  runs.Run(kMemcheck, mode + " misuse");
  const std::string report = runs.err();
  CHECK_COUNT(report, "Invalid write of size 1", 1);
  CHECK_COUNT(report, "Invalid read of size 1", 2);
  CHECK_COUNT(report, "is 0 bytes after a block of size 40 alloc'd", 2);
  CHECK_COUNT(report, "is 8 bytes inside a block of size 40 free'd", 1);
  CHECK_COUNT(report, "ERROR SUMMARY: 3 errors from 3 contexts", 1);
}

// The most that any snapshot has.
long long MassifPeak(const std::string& output) {
  long long peak = 0;
  std::ifstream file(output);
  for (std::string line; std::getline(file, line);) {
    long long bytes = 0;
    if (std::sscanf(line.c_str(), "mem_heap_B=%lld", &bytes) == 1) {
      peak = std::max(peak, bytes);
    }
  }
  return peak;
}

BOOST_DATA_TEST_CASE(MassifSeesThePeak, data::make(kModes), mode) {
  Runs runs;
  const std::string output = runs.Path("massif.out");
  runs.Run("valgrind --tool=massif --massif-out-file=" + output,
           mode + " peak");
  const long long peak = std::stoll(runs.out());
  BOOST_TEST(peak == 14'975'000);
  const long long seen = MassifPeak(output);
  BOOST_TEST(seen >= peak);
  BOOST_TEST(seen <= peak + peak / 100);
}

#endif

}  // namespace
}  // namespace prof2cg
