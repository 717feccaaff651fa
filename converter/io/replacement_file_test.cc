#include "converter/io/replacement_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/test_support.h"

namespace prof2cg {
namespace {

using Growing = ReplacementFile::Growing;
using Names = std::vector<std::string>;

constexpr Growing kBothWays[] = {Growing::kUnnamedIfPossible, Growing::kNamed};

void Put(const ReplacementFile& file, std::string_view text) {
  BOOST_REQUIRE(write(file.descriptor(), text.data(), text.size()) ==
                static_cast<ssize_t>(text.size()));
}

void Replace(const std::string& path, std::string_view text, Growing growing) {
  ReplacementFile file(path, growing);
  Put(file, text);
  file.Commit();
}

unsigned PermissionsOf(const std::string& path) {
  struct stat status = {};
  stat(path.c_str(), &status);
  return status.st_mode & 07777;
}

std::string OpenError(const std::string& path) {
  return ErrorOf([&] { ReplacementFile file(path); });
}

BOOST_AUTO_TEST_SUITE(Replacing)

BOOST_AUTO_TEST_CASE(CreatesAFileThatWasNotThere) {
  for (const Growing growing : kBothWays) {
    const TestFolder folder;
    Replace(folder / "new", "text", growing);
    BOOST_TEST(ContentOf(folder / "new") == "text");
    BOOST_TEST(folder.Names() == Names{"new"},
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(ChangesNothingBeforeCommit) {
  for (const Growing growing : kBothWays) {
    const TestFolder folder;
    const std::string path = folder.Make("a", "old");
    {
      const ReplacementFile file(path, growing);
      Put(file, "new");
      BOOST_TEST(ContentOf(path) == "old");
    }
    BOOST_TEST(ContentOf(path) == "old");
    BOOST_TEST(folder.Names() == Names{"a"}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(ShowsNoNameBeforeCommit) {
  const TestFolder folder;
  const ReplacementFile file(folder / "a");
  Put(file, "text");
  // A file system that knows no unnamed files shows a hidden one.
  for (const std::string& name : folder.Names()) {
    BOOST_TEST(name.starts_with(".prof2cg-"));
  }
}

BOOST_AUTO_TEST_CASE(KeepsThePermissionsOfTheOldFile) {
  for (const Growing growing : kBothWays) {
    for (const mode_t mode : {0600u, 0666u, 0755u}) {
      const TestFolder folder;
      const std::string path = folder.Make("a", "old");
      chmod(path.c_str(), mode);
      Replace(path, "new", growing);
      BOOST_TEST(PermissionsOf(path) == mode);
    }
  }
}

BOOST_AUTO_TEST_CASE(GivesANewFileWhatTheUmaskLeaves) {
  for (const Growing growing : kBothWays) {
    const TestFolder folder;
    const mode_t old_umask = umask(027);
    Replace(folder / "a", "text", growing);
    umask(old_umask);
    BOOST_TEST(PermissionsOf(folder / "a") == 0640u);
  }
}

BOOST_AUTO_TEST_CASE(FollowsALinkAndLeavesIt) {
  const TestFolder folder;
  std::filesystem::create_directory(folder / "there");
  const std::string real = folder.Make("there/real", "old");
  std::filesystem::create_symlink("there/real", folder / "link");
  std::filesystem::create_symlink(folder / "link", folder / "link to link");
  Replace(folder / "link to link", "new", Growing::kUnnamedIfPossible);
  BOOST_TEST(ContentOf(real) == "new");
  BOOST_TEST(std::filesystem::is_symlink(folder / "link to link"));
}

BOOST_AUTO_TEST_CASE(CreatesWhatADanglingLinkPointsTo) {
  const TestFolder folder;
  std::filesystem::create_symlink("real", folder / "link");
  Replace(folder / "link", "text", Growing::kUnnamedIfPossible);
  BOOST_TEST(ContentOf(folder / "real") == "text");
  BOOST_TEST(std::filesystem::is_symlink(folder / "link"));
}

BOOST_AUTO_TEST_CASE(RefusesLinksThatGoRound) {
  const TestFolder folder;
  std::filesystem::create_symlink("b", folder / "a");
  std::filesystem::create_symlink("a", folder / "b");
  BOOST_TEST(OpenError(folder / "a") ==
             "cannot write: Too many levels of symbolic links");
}

BOOST_AUTO_TEST_CASE(WorksOnABareNameInTheCurrentFolder) {
  const TestFolder folder;
  const auto old_folder = std::filesystem::current_path();
  std::filesystem::current_path(folder / "");
  Replace("bare", "text", Growing::kUnnamedIfPossible);
  std::filesystem::current_path(old_folder);
  BOOST_TEST(ContentOf(folder / "bare") == "text");
}

BOOST_AUTO_TEST_CASE(RefusesAFolderThatIsMissing) {
  const TestFolder folder;
  BOOST_TEST(OpenError(folder / "none/a") ==
             "cannot write: No such file or directory");
}

BOOST_AUTO_TEST_CASE(RefusesANameThatCanOnlyBeAFolders) {
  const TestFolder folder;
  BOOST_TEST(OpenError(folder / "a/") == "cannot write: Is a directory");
}

BOOST_AUTO_TEST_CASE(RefusesAReadOnlyFile) {
  if (geteuid() == 0) return;  // root may write anything
  const TestFolder folder;
  const std::string path = folder.Make("a", "old");
  chmod(path.c_str(), 0444);
  BOOST_TEST(OpenError(path) == "cannot write: Permission denied");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
