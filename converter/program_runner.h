// Runs the real program, for end-to-end tests.
#ifndef PROF2CG_CONVERTER_PROGRAM_RUNNER_H_
#define PROF2CG_CONVERTER_PROGRAM_RUNNER_H_

#include <stdlib.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace prof2cg {

namespace fs = std::filesystem;

inline const fs::path kRoot = fs::current_path();
inline const std::string kDump = kRoot / "testdata/pstats/json-py3.11.pstats";

inline std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A program of one line of shell.
inline void WriteProgram(const fs::path& path, const std::string& line) {
  fs::create_directories(path.parent_path());
  WriteFile(path, "#!/bin/sh\n" + line + "\n");
  fs::permissions(path, fs::perms::owner_all);
}

struct Result {
  int status;
  std::string out;
  std::string err;
};

// A folder of its own for each test case, in which commands run.
class Folder {
 public:
  Folder() : streams_(NewFolder()), path_(NewFolder()) {}
  ~Folder() {
    fs::remove_all(streams_);
    fs::remove_all(path_);
  }

  // Runs a line of shell in which $P is the program.
  Result Run(const std::string& line) const {
    const std::string command =
        "cd " + path_.string() +
        " && P=" + (kRoot / "converter/prof2cg").string() + " D=" + kDump +
        " && { " + line + "; } >" + Out() + " 2>" + Err();
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), ReadFile(Out()), ReadFile(Err())};
  }

  fs::path operator/(const std::string& name) const { return path_ / name; }
  bool IsEmpty() const { return fs::is_empty(path_); }

 private:
  static fs::path NewFolder() {
    std::string path = fs::temp_directory_path() / "prof2cg-test-XXXXXX";
    BOOST_REQUIRE(mkdtemp(path.data()) != nullptr);
    return path;
  }
  std::string Out() const { return streams_ / "out"; }
  std::string Err() const { return streams_ / "err"; }

  fs::path streams_;
  fs::path path_;
};

// One line on stderr that holds `words`, status 2, and nothing left behind.
inline void CheckTrouble(const Result& result, const std::string& words) {
  BOOST_TEST(result.status == 2);
  BOOST_TEST(result.err.starts_with("prof2cg: "));
  BOOST_TEST(result.err.find('\n') == result.err.size() - 1);
  BOOST_TEST(result.err.find(words) != std::string::npos, result.err);
}

}  // namespace prof2cg

#endif  // PROF2CG_CONVERTER_PROGRAM_RUNNER_H_
