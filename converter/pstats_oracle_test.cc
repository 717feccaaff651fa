// Recordings as the Pythons of this machine read them
// (converter/pstats_oracle.py).
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "converter/io/output.h"
#include "converter/io/test_support.h"
#include "converter/random_profiles.h"
#include "converter/readers/pstats.h"
#include "converter/writers/pstats.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"

namespace prof2cg {
namespace {

namespace fs = std::filesystem;

constexpr char kPython[] = "/usr/bin/python3";

// Debian's, and those of pyenv.
std::vector<std::string> Pythons() {
  std::vector<std::string> pythons = {kPython};
  const fs::path home = getpwuid(getuid())->pw_dir;
  std::error_code none;
  for (const auto& entry :
       fs::directory_iterator(home / ".pyenv/versions", none)) {
    const fs::path python = entry.path() / "bin/python";
    if (fs::exists(python)) pythons.push_back(python);
  }
  return pythons;
}

bool IsPython2(const std::string& python) {
  return python.find("/2.") != python.npos;
}

// What the script says.
std::string Ask(const std::string& python, const std::string& arguments) {
  const std::string command =
      python + " -S converter/pstats_oracle.py " + arguments;
  std::FILE* pipe = popen(command.c_str(), "r");
  BOOST_REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 1 << 16> buffer;
  while (const size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), n);
  }
  BOOST_TEST_CONTEXT(command.substr(0, 200)) { BOOST_TEST(pclose(pipe) == 0); }
  return text;
}

std::string Save(const Profile& profile, const std::string& path) {
  Output output(path, {});
  WritePstats(profile, output);
  output.Commit();
  return path;
}

std::vector<fs::path> RealDumps() {
  std::vector<fs::path> dumps;
  for (const auto& entry : fs::directory_iterator("testdata/pstats")) {
    if (entry.path().extension() == ".pstats") dumps.push_back(entry.path());
  }
  return dumps;
}

std::string Hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<uint8_t>(c));
    text += digits;
  }
  return text;
}

// A profile's tables as the script shows them: no graph if it is folded.
class TableText {
 public:
  explicit TableText(const Profile& profile)
      : profile_(profile), is_folded_(IsFolded(profile)) {
    AddFunctions();
    if (!is_folded_) AddCalls();
    if (profile.contexts) AddContexts();
  }
  const std::string& text() const { return text_; }

 private:
  template <class... Figures>
  void Add(const std::string& table, Figures... figures) {
    text_ += table;
    ((text_ += ' ' + std::to_string(figures)), ...);
  }
  void AddCosts(std::span<const int64_t> costs) {
    for (const int64_t cost : costs) Add("", cost);
  }

  void AddFunctions() {
    const CallGraph& graph = profile_.graph;
    for (size_t row = 0; row < profile_.functions.size(); ++row) {
      const Function& f = profile_.functions[row];
      text_ += "functions";
      for (const StringId text : {f.name, f.file, f.object}) {
        text_ += ' ' + Hex(profile_.strings[text]);
      }
      Add("", f.line, graph.counts[row].total, graph.counts[row].primitive);
      if (!is_folded_) AddCosts(graph.self[row]);
      if (!is_folded_) AddCosts(graph.inclusive[row]);
      text_ += '\n';
    }
  }

  void AddCalls() {
    const CallGraph& graph = profile_.graph;
    for (size_t row = 0; row < graph.calls.size(); ++row) {
      const Call& call = graph.calls[row];
      Add("calls", call.caller.row(), call.callee.row(), call.line,
          call.counts.total, call.counts.primitive);
      AddCosts(graph.call_inclusive[row]);
      if (graph.call_self.rows() != 0) AddCosts(graph.call_self[row]);
      text_ += '\n';
    }
  }

  void AddContexts() {
    const ContextTree& tree = *profile_.contexts;
    for (size_t row = 0; row < tree.contexts.size(); ++row) {
      const Context& context = tree.contexts[row];
      Add("contexts", context.parent.is_valid() ? context.parent.row() + 1 : 0,
          context.function.row(), context.line, context.calls, context.thread);
      AddCosts(tree.self[row]);
      text_ += '\n';
    }
    for (const SizeCount& size : tree.sizes) {
      Add("sizes", size.context.row(), size.least, size.blocks);
      text_ += '\n';
    }
  }

  const Profile& profile_;
  const bool is_folded_;
  std::string text_;
};

bool HasPython() { return access(kPython, X_OK) == 0; }

BOOST_AUTO_TEST_SUITE(PythonReadsRecordings)

// Each Python loads the dumps that it can: 2.7 those of 2.7, 3 those of 3,
// but for code objects of other versions.
BOOST_AUTO_TEST_CASE(EveryPythonHasTheFiguresOfTheOriginal) {
  if (!HasPython()) return;
  const TestFolder folder;
  std::string pairs;
  for (const fs::path& dump : RealDumps()) {
    const Profile profile = kPstats.read(ContentOf(dump));
    pairs += " " + dump.string() + " " +
             Save(profile, folder / dump.filename().string());
  }
  for (const std::string& python : Pythons()) {
    BOOST_TEST_CONTEXT(python) {
      const int compared = std::atoi(Ask(python, "compare" + pairs).c_str());
      BOOST_TEST(compared >= (IsPython2(python) ? 9 : 43));
    }
  }
}

BOOST_AUTO_TEST_CASE(BothObjectsAreWhatPythonsMarshalWritesInVersion2) {
  if (!HasPython()) return;
  const TestFolder folder;
  std::string files;
  for (const fs::path& dump : RealDumps()) {
    files += " " + Save(kPstats.read(ContentOf(dump)),
                        folder / dump.filename().string());
  }
  RandomProfiles profiles(1);
  for (int i = 0; i < 50; ++i) {
    files += " " + Save(profiles.NextOfAll(30, 60), folder / std::to_string(i));
  }
  for (const std::string& python : Pythons()) {
    if (!IsPython2(python)) Ask(python, "version2" + files);
  }
}

// By its documentation alone.
BOOST_AUTO_TEST_CASE(PythonReadsTheTablesBehindTheDump) {
  if (!HasPython()) return;
  const TestFolder folder;
  RandomProfiles profiles(2);
  for (int i = 0; i < 20; ++i) {
    Profile profile = profiles.NextOfAll(30, 60);
    if (profile.contexts && !HasGraph(profile)) FoldContexts(profile);
    const std::string file = Save(profile, folder / "recording");
    BOOST_TEST(Ask(kPython, "decode " + file) == TableText(profile).text());
  }
}

// Python's tools drop what they do not know; what is left is a plain dump.
BOOST_AUTO_TEST_CASE(SavedAgainByPythonItIsTheDumpAlone) {
  if (!HasPython()) return;
  const TestFolder folder;
  const Profile profile =
      kPstats.read(ContentOf("testdata/pstats/recursion-py3.11.pstats"));
  const std::string recording = Save(profile, folder / "recording");
  const std::string rewritten = folder / "rewritten";
  Ask(kPython, "rewrite " + recording + " " + rewritten);
  const std::string bytes = ContentOf(rewritten);
  BOOST_TEST(bytes.find("prof2cg") == bytes.npos);
  const Profile read = kPstats.read(bytes);
  BOOST_CHECK(Sorted(ContentsOf(read)) == Sorted(ContentsOf(profile)));
  BOOST_TEST(read.provenance.oddities.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
