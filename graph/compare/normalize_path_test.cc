#include "graph/compare/normalize_path.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace prof2cg {
namespace {

BOOST_AUTO_TEST_SUITE(NormalizedPaths)

BOOST_AUTO_TEST_CASE(NothingIsLeftOfWherePythonLies) {
  struct {
    std::string_view path, normalized;
  } const rows[] = {
      // Packages: virtual environments, Debian, a user's own, conda, Windows.
      {"/home/me/venv/lib/python3.12/site-packages/yaml/nodes.py",
       "site-packages/yaml/nodes.py"},
      {"/usr/lib/python3/dist-packages/yaml/nodes.py",
       "site-packages/yaml/nodes.py"},
      {"/home/me/.local/lib/python3.11/site-packages/six.py",
       "site-packages/six.py"},
      {R"(C:\Users\me\venv\Lib\site-packages\yaml\nodes.py)",
       "site-packages/yaml/nodes.py"},
      {"../lib/site-packages/six.py", "site-packages/six.py"},
      {"/a/site-packages/x/dist-packages/y.py",
       "site-packages/x/dist-packages/y.py"},
      // Eggs.
      {"/a/site-packages/PyYAML-6.0-py3.11.egg/yaml/nodes.py",
       "site-packages/yaml/nodes.py"},
      {"/home/me/eggs/a.egg/b.py", "/home/me/eggs/a.egg/b.py"},
      // Python's library.
      {"/usr/lib/python3.12/json/decoder.py", "lib/python/json/decoder.py"},
      {"/usr/lib64/python3.9/os.py", "lib/python/os.py"},
      {"/opt/lib/python3.13t/os.py", "lib/python/os.py"},
      {"/opt/pypy/lib/pypy3.10/os.py", "lib/python/os.py"},
      {"/app/python312.zip/json/decoder.py", "lib/python/json/decoder.py"},
      {R"(C:\Python312\Lib\json\decoder.py)", "lib/python/json/decoder.py"},
      {R"(C:\tools\Python\3.12.1\x64\Lib\os.py)", "lib/python/os.py"},
      // What is none of that.
      {R"(C:\code\Lib\app.py)", "C:/code/Lib/app.py"},
      {R"(pkg\app.py)", "pkg/app.py"},
      {R"(/srv/odd\name.py)", R"(/srv/odd\name.py)"},
      {"/srv/Python/Lib/app.py", "/srv/Python/Lib/app.py"},
      {"/srv/lib/python/app.py", "/srv/lib/python/app.py"},
      {"/srv/lib/python-tools/app.py", "/srv/lib/python-tools/app.py"},
      {"/srv/python3.12/app.py", "/srv/python3.12/app.py"},
      {"/usr/lib/python3.12", "/usr/lib/python3.12"},
      {"/venv/site-packages", "/venv/site-packages"},
      {"<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"},
      {"", ""},
  };
  for (const auto& [path, normalized] : rows) {
    BOOST_TEST(NormalizePath(path) == normalized);
  }
}

// Of all the words that mean something, in any order.
BOOST_AUTO_TEST_CASE(NormalizingTwiceChangesNothing) {
  constexpr std::string_view kWords[] = {"lib",
                                         "Lib",
                                         "lib64",
                                         "python3.12",
                                         "Python312",
                                         "site-packages",
                                         "dist-packages",
                                         "a-1.0.egg",
                                         "python",
                                         "python3.zip",
                                         "C:",
                                         "",
                                         "a",
                                         "a\\b",
                                         ".."};
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string path(kWords[random() % std::size(kWords)]);
    const char separator = random() % 2 == 0 ? '/' : '\\';
    for (size_t parts = random() % 6; parts > 0; --parts) {
      (path += separator) += kWords[random() % std::size(kWords)];
    }
    const std::string normalized = NormalizePath(path);
    BOOST_TEST(NormalizePath(normalized) == normalized);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
