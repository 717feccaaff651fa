// Valgrind sees the blocks of a recorded program as it sees malloc's.
#include <boost/test/unit_test.hpp>
#include <string>

#include "allocator/python/tests/recording_folder.h"

namespace prof2cg {
namespace {

constexpr const char* kWays[] = {"bypass", "annotate"};

// Runs code that has the module `leaks`, recorded, under a tool of Valgrind.
Result Under(const RecordingFolder& folder, const std::string& tool,
             const std::string& way, const std::string& code) {
  return folder.Run(
      "PYTHONPATH=" + (kRoot / "allocator/python/tests").string() +
      " valgrind --tool=" + tool + " $Y " +
      (kPackage / "__main__.py").string() + " -q --valgrind=" + way +
      " -c 'import leaks; leaks." + code + "()'");
}

bool Holds(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

// What memcheck says from the line with these words on, to the next empty one.
std::string Paragraph(const std::string& report, const std::string& words) {
  const size_t begin = report.find(words);
  if (begin == report.npos) return "";
  return report.substr(begin, report.find("== \n", begin) - begin);
}

BOOST_AUTO_TEST_SUITE(UnderValgrind)

BOOST_AUTO_TEST_CASE(MemcheckFindsEachLostBlockWhereItWasAllocated) {
  const RecordingFolder folder;
  for (const std::string way : kWays) {
    BOOST_TEST_CONTEXT(way) {
      const std::string report =
          Under(folder, "memcheck --leak-check=full", way, "lose").err;
      BOOST_TEST(Holds(report, "definitely lost: 9,000 bytes in 150 blocks"),
                 report);
      BOOST_TEST(Holds(
          Paragraph(report, " 4,000 bytes in 100 blocks are definitely lost"),
          ": LoseSmall ("));
      BOOST_TEST(Holds(
          Paragraph(report, " 5,000 bytes in 50 blocks are definitely lost"),
          ": LoseLarge ("));
    }
  }
}

BOOST_AUTO_TEST_CASE(MemcheckFindsMisuse) {
  const RecordingFolder folder;
  for (const std::string way : kWays) {
    BOOST_TEST_CONTEXT(way) {
      const std::string report = Under(folder, "memcheck", way, "misuse").err;
      BOOST_TEST(Holds(report, "ERROR SUMMARY: 2 errors from 2 contexts"),
                 report);
      const size_t first = report.find("Invalid read of size 1");
      BOOST_TEST(
          Holds(Paragraph(report, "Invalid read of size 1"), ": ReadBehind ("));
      BOOST_TEST(
          Holds(Paragraph(report.substr(first + 1), "Invalid read of size 1"),
                ": ReadFreed ("));
    }
  }
}

BOOST_AUTO_TEST_CASE(MassifCountsEachByte) {
  const RecordingFolder folder;
  for (const std::string way : kWays) {
    BOOST_TEST_CONTEXT(way) {
      Under(folder, "massif --massif-out-file=massif.out", way, "hold");
      const Result tree =
          folder.Run("grep -E 'n[0-9]+: 4000000 .*: Hold[.( ]' massif.out");
      BOOST_TEST(tree.out != "");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
