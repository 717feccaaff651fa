#include "converter/readers/python_marshal.h"

#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "converter/readers/marshal.h"
#include "converter/readers/marshal_show.h"
#include "graph/error.h"

namespace prof2cg::marshal {
namespace {

constexpr char kPluginVariable[] = "PROF2CG_PYTHON_PLUGIN";

std::string ShowByPython(std::string_view bytes,
                         const ShowOptions& options = {}) {
  PythonMarshalCursor cursor = OpenPythonMarshal(bytes);
  return Show(cursor, options);
}

std::string ShowNatively(std::string_view bytes,
                         const ShowOptions& options = {}) {
  return ShowCopy<MarshalCursor>(bytes, options);
}

// The line of the error that Python's cursor throws.
std::string Refusal(std::string_view bytes) {
  try {
    ShowByPython(bytes);
  } catch (const Error& error) {
    return error.Line();
  }
  return "accepted";
}

void CheckSame(std::string_view bytes) {
  BOOST_TEST(ShowByPython(bytes) == ShowNatively(bytes));
  const ShowOptions with_memos{.with_memos = true};
  BOOST_TEST(ShowByPython(bytes, with_memos) ==
             ShowNatively(bytes, with_memos));
  const ShowOptions skipping{.skip_every = kSampleSkips};
  BOOST_TEST(ShowByPython(bytes, skipping) == ShowNatively(bytes, skipping));
}

// Sets the variable that names the plugin, or unsets it, while it lives.
class PluginVariable {
 public:
  explicit PluginVariable(const char* value) {
    if (const char* old = std::getenv(kPluginVariable)) old_ = old;
    if (value == nullptr) {
      unsetenv(kPluginVariable);
    } else {
      setenv(kPluginVariable, value, 1);
    }
  }
  ~PluginVariable() { setenv(kPluginVariable, old_.c_str(), 1); }

 private:
  std::string old_;
};

// First, since the plugin is opened once for all.
BOOST_AUTO_TEST_SUITE(PythonPlugin)

BOOST_AUTO_TEST_CASE(WithoutPluginTheErrorSaysWhatToDo) {
  const PluginVariable unset(nullptr);
  const std::string line = Refusal("N");
  BOOST_TEST(line.starts_with(
      "reading by Python needs the plugin libprof2cg_python.so"));
  BOOST_TEST(line.find("python3-dev") != line.npos);
  BOOST_TEST(line.find(kPluginVariable) != line.npos);
  BOOST_TEST(line.find('\n') == line.npos);
}

BOOST_AUTO_TEST_CASE(PluginThatDoesNotOpenIsNamed) {
  for (const char* file : {"/nowhere/plugin.so", "/etc/passwd"}) {
    const PluginVariable named(file);
    const std::string line = Refusal("N");
    BOOST_TEST(line.starts_with("cannot open Python's plugin: "));
    BOOST_TEST(line.find(file) != line.npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(PythonMarshal)

BOOST_AUTO_TEST_CASE(RealDumpsAreAsTheNativeCursorReadsThem) {
  int loaded = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/pstats")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".pstats")) continue;
    BOOST_TEST_CONTEXT(name) {
      const std::string bytes = ReadTestFile(entry.path().string());
      // Python 3 loads no references of Python 2, and its own code only.
      const bool may_be_refused = name.find("py2.7") != name.npos ||
                                  name.starts_with("profile-command");
      const std::string refusal = Refusal(bytes);
      if (refusal == "accepted") {
        CheckSame(bytes);
        ++loaded;
      } else {
        BOOST_TEST(may_be_refused);
        BOOST_TEST(refusal.find(" cannot load it: ") != refusal.npos);
      }
    }
  }
  BOOST_TEST(loaded > 30);
}

// "Python 3.11", of the Python that writes the samples.
std::string VersionOfPython() {
  const std::string command =
      std::string(kPython) +
      " -IS -c 'import sys; print(\"Python %d.%d\" % sys.version_info[:2])'";
  std::FILE* pipe = popen(command.c_str(), "r");
  BOOST_REQUIRE(pipe != nullptr);
  char line[64] = "";
  BOOST_TEST(std::fgets(line, sizeof line, pipe) == line);
  BOOST_TEST(pclose(pipe) == 0);
  return std::string(line).substr(0, std::string_view(line).find('\n'));
}

boost::test_tools::assertion_result HasPython(boost::unit_test::test_unit_id) {
  return access(kPython, X_OK) == 0;
}

BOOST_AUTO_TEST_CASE(RandomObjectsAreAsTheNativeCursorReadsThem,
                     *boost::unit_test::precondition(HasPython)) {
  constexpr int kFirstSeed = 11;
  constexpr int kSeeds = 2;
  constexpr int kObjects = 150;
  // The plugin's Python may be another than the one that writes the samples:
  // then, and only then, it may refuse the latter's code objects.
  const bool may_refuse_code =
      !Refusal("?").starts_with(VersionOfPython() + " cannot load it");
  for (int seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const std::vector<Sample> samples = MakeSamples(seed, kObjects);
    BOOST_TEST(samples.size() >= size_t{kObjects});
    for (size_t i = 0; i < samples.size(); ++i) {
      BOOST_TEST_CONTEXT("seed " << seed << ", sample " << i) {
        const Sample& sample = samples[i];
        const bool has_code = sample.shown.find("<code ") != std::string::npos;
        if (has_code && may_refuse_code &&
            Refusal(sample.bytes) != "accepted") {
          continue;
        }
        BOOST_TEST(ShowByPython(sample.bytes) == sample.shown);
        CheckSame(sample.bytes);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(RepeatedKeysAreWhatADictMakesOfThem) {
  const std::string one("i\1\0\0\0", 5), two("i\2\0\0\0", 5);
  const std::string bytes = "{" + one + "N" + two + "N" + one + "T0";
  BOOST_TEST(ShowByPython(bytes) == "{1: true 2: none}");
  BOOST_TEST(ShowNatively(bytes) == "{1: none 2: none 1: true}");
}

BOOST_AUTO_TEST_CASE(MalformedDataIsRefusedInPythonsWords) {
  const std::string_view inputs[] = {
      "",                        // nothing
      "(",                       // no size
      {"(\2\0\0\0N", 6},         // an item is missing
      {"[\1\0\0\0\1", 6},        // an unknown type code
      {"r\0\0\0\0", 5},          // a reference to nothing
      {"u\1\0\0\0\xff", 6},      // no UTF-8
      {"{[\0\0\0\0N0", 8},       // a list as a key
      "0",                       // NULL
      {"s\xff\xff\xff\xff", 5},  // a negative size
  };
  for (const std::string_view bytes : inputs) {
    const std::string line = Refusal(bytes);
    BOOST_TEST(line.starts_with("Python 3."));
    BOOST_TEST(line.find(" cannot load it: ") != line.npos);
    BOOST_TEST(line.find('\n') == line.npos);
  }
  const std::string line = Refusal(inputs[3]);
  BOOST_TEST(
      line.ends_with(" cannot load it: bad marshal data (unknown type code)"));
}

BOOST_AUTO_TEST_CASE(PythonGoesOnAfterAnError) {
  BOOST_TEST(Refusal("?") != "accepted");
  BOOST_TEST(ShowByPython("N") == "none");
}

BOOST_AUTO_TEST_CASE(ErrorsOfAReaderSayWhoseObjectItIs) {
  PythonMarshalCursor cursor = OpenPythonMarshal("N");
  try {
    cursor.Fail("expected a dict");
  } catch (const Error& error) {
    const std::string line = error.Line();
    BOOST_TEST(line.starts_with("expected a dict, in what Python 3."));
    BOOST_TEST(line.ends_with(" loaded"));
  }
}

BOOST_AUTO_TEST_CASE(SeveralObjectsLiveAtATime) {
  PythonMarshalCursor first = OpenPythonMarshal({"<\2\0\0\0NT", 7});
  first.Enter(first.Next());
  {
    PythonMarshalCursor second = OpenPythonMarshal({"<\1\0\0\0T", 6});
    BOOST_TEST(Show(second) == "<true>");
  }
  const Kind one = first.Next().kind, other = first.Next().kind;
  BOOST_TEST((std::min(one, other) == Kind::kNone));
  BOOST_TEST((std::max(one, other) == Kind::kBool));
  BOOST_TEST((first.Next().kind == Kind::kNull));
}

BOOST_AUTO_TEST_CASE(ProcessKeepsItsLocaleAndSignals) {
  BOOST_TEST(ShowByPython("N") == "none");
  BOOST_TEST(std::string(setlocale(LC_ALL, nullptr)) == "C");
  BOOST_TEST((signal(SIGINT, SIG_DFL) == SIG_DFL));
  BOOST_TEST((signal(SIGPIPE, SIG_DFL) == SIG_DFL));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg::marshal
