#include "converter/names/callers_text.h"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph/passes/name_separated.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

struct Caller {
  std::string name;
  std::string file = "app.py";
  uint32_t line = 1;
};

// What is said of contexts of f, each with these callers, the nearest first.
std::vector<std::string> Texts(const std::vector<std::vector<Caller>>& contexts,
                               uint32_t level = 1) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f", {}, {0}, {0});
  Separation separation;
  for (const std::vector<Caller>& callers : contexts) {
    SeparatedFunction row{.base = f, .level = level};
    row.callers = static_cast<uint32_t>(separation.callers.size());
    for (const auto& [name, file, line] : callers) {
      separation.callers.push_back(sample.Add(name, file, line, {}, {0}, {0}));
    }
    row.callers_end = static_cast<uint32_t>(separation.callers.size());
    separation.functions.push_back(row);
  }
  Profile profile = sample.Build();
  separation.bases = profile.functions;
  profile.functions = NameSeparated(separation, profile.strings);
  profile.separation = std::move(separation);
  std::vector<std::string> texts;
  for (size_t row = 0; row < contexts.size(); ++row) {
    std::string text;
    for (const std::string& caller : CallerTexts(profile, FunctionId(row))) {
      text += (text.empty() ? "" : " ") + caller;
    }
    texts.push_back(text);
  }
  return texts;
}

#define CHECK_TEXTS(texts, ...)                                  \
  BOOST_TEST((texts) == (std::vector<std::string>{__VA_ARGS__}), \
             boost::test_tools::per_element())

BOOST_AUTO_TEST_SUITE(CallersTextTest)

BOOST_AUTO_TEST_CASE(CallersAreToldFromTheTable) {
  CHECK_TEXTS(Texts({{{"<method 'h' of 'C' objects>"}, {"f'g"}}}, 2),
              "recursion 2 ← C.h ← f'g");
  CHECK_TEXTS(Texts({{}}), "");
}

BOOST_AUTO_TEST_CASE(ProfilesOfWholeFunctionsTellNoCallers) {
  SampleProfile sample;
  const FunctionId f = sample.Add("f'g", {}, {0}, {0});
  BOOST_TEST(CallerTexts(sample.Build(), f).empty());
}

BOOST_AUTO_TEST_CASE(CallersOfOneNameHaveTheirFiles) {
  CHECK_TEXTS(Texts({{{"<module>", "/srv/app/run.py"}},
                     {{"<module>", "/srv/app/test.py"}},
                     {{"main", "/srv/app/run.py"}}}),
              "← <module> (run.py)", "← <module> (test.py)", "← main");
}

BOOST_AUTO_TEST_CASE(FilesOfOneNameHaveTheirFolders) {
  CHECK_TEXTS(Texts({{{"get", "/srv/app/a/x/__init__.py"}},
                     {{"get", "/srv/app/b/x/__init__.py"}},
                     {{"get", "__init__.py"}}}),
              "← get (a/x/__init__.py)", "← get (b/x/__init__.py)",
              "← get (__init__.py)");
}

BOOST_AUTO_TEST_CASE(CallersOfOneFileHaveTheirLines) {
  CHECK_TEXTS(Texts({{{"get", "a.py", 3}}, {{"get", "a.py", 8}}}), "← get:3",
              "← get:8");
  CHECK_TEXTS(
      Texts({{{"get", "a.py", 3}}, {{"get", "a.py", 8}}, {{"get", "b.py", 3}}}),
      "← get:3 (a.py)", "← get:8 (a.py)", "← get (b.py)");
}

BOOST_AUTO_TEST_CASE(OnlyCallersThatDifferTellMore) {
  CHECK_TEXTS(Texts({{{"load", "io.py", 7}, {"<module>", "a.py"}},
                     {{"load", "io.py", 7}, {"<module>", "b.py"}}}),
              "← load ← <module> (a.py)", "← load ← <module> (b.py)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
