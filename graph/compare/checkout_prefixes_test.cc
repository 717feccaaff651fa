#include "graph/compare/checkout_prefixes.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/compare/match_functions.h"
#include "graph/compare/normalize_names.h"
#include "graph/sample_profile.h"

namespace prof2cg {

std::ostream& operator<<(std::ostream& out, const CheckoutPrefixes& prefixes) {
  return out << "{" << prefixes.base << ", " << prefixes.current << "}";
}

namespace {

// A file and the functions in it.
using File = std::pair<std::string, std::vector<std::string>>;

Profile OfFiles(const std::vector<File>& files) {
  SampleProfile sample;
  for (const auto& [file, functions] : files) {
    for (const std::string& f : functions) {
      sample.Add(f, file, 1, {1, 1}, {1}, {1});
    }
  }
  return sample.Build();
}

CheckoutPrefixes Find(const std::vector<File>& base,
                      const std::vector<File>& current) {
  return FindCheckoutPrefixes(OfFiles(base), OfFiles(current));
}

const CheckoutPrefixes kNone;

BOOST_AUTO_TEST_SUITE(PrefixesOfCheckouts)

BOOST_AUTO_TEST_CASE(FoldersOfTwoMachinesAreFound) {
  const std::vector<File> base = {
      {"lib/python/os.py", {"walk"}},
      {"/home/me/work/app.py", {"main"}},
      {"/home/me/work/pkg/__init__.py", {"<module>"}},
      {"/home/me/work/pkg/parse.py", {"parse_row", "parse"}},
  };
  const std::vector<File> current = {
      {"/builds/17/pkg/__init__.py", {"<module>"}},
      {"/builds/17/pkg/parse.py", {"parse", "parse_row"}},
      {"/builds/17/pkg/new.py", {"extra"}},
      {"/builds/17/app.py", {"main"}},
      {"lib/python/os.py", {"walk"}},
  };
  BOOST_TEST(Find(base, current) ==
             (CheckoutPrefixes{"/home/me/work/", "/builds/17/"}));
  BOOST_TEST(Find(current, base) ==
             (CheckoutPrefixes{"/builds/17/", "/home/me/work/"}));
}

BOOST_AUTO_TEST_CASE(OneOfThemMayBeEmpty) {
  BOOST_TEST(Find({{"pkg/a.py", {"f"}}}, {{"/w/pkg/a.py", {"f"}}}) ==
             (CheckoutPrefixes{"", "/w/"}));
  BOOST_TEST(Find({{"/w/pkg/a.py", {"f"}}}, {{"pkg/a.py", {"f"}}}) ==
             (CheckoutPrefixes{"/w/", ""}));
  BOOST_TEST(Find({{"/pkg/a.py", {"f"}}}, {{"/w/pkg/a.py", {"f"}}}) ==
             (CheckoutPrefixes{"/", "/w/"}));
}

BOOST_AUTO_TEST_CASE(CommonPartsAreWholeOnes) {
  BOOST_TEST(Find({{"/x/mypkg/a.py", {"f"}}}, {{"/y/pkg/a.py", {"f"}}}) ==
             (CheckoutPrefixes{"/x/mypkg/", "/y/pkg/"}));
  BOOST_TEST(Find({{"/x/da.py", {"f"}}}, {{"/y/a.py", {"f"}}}) == kNone);
}

// Every package has such files and functions.
BOOST_AUTO_TEST_CASE(FilesThatAreAlikeByNameAloneTellNothing) {
  BOOST_TEST(Find({{"/w/a/__init__.py", {"<module>", "<lambda>"}}},
                  {{"/w/b/__init__.py", {"<module>", "<lambda>"}}}) == kNone);
  BOOST_TEST(Find({{"/w/a/util.py", {"f"}}}, {{"/w/b/util.py", {"g"}}}) ==
             kNone);
}

BOOST_AUTO_TEST_CASE(DeeperFilesWeighMore) {
  const std::vector<File> base = {{"/x/old/util.py", {"f", "g", "h"}},
                                  {"/x/old/main.py", {"f", "g", "h"}},
                                  {"/w/pkg/sub/a.py", {"f"}},
                                  {"/w/pkg/sub/b.py", {"f"}},
                                  {"/w/pkg/sub/c.py", {"f"}}};
  const std::vector<File> current = {{"/y/new/util.py", {"f", "g", "h"}},
                                     {"/y/new/main.py", {"f", "g", "h"}},
                                     {"/v/pkg/sub/a.py", {"f"}},
                                     {"/v/pkg/sub/b.py", {"f"}},
                                     {"/v/pkg/sub/c.py", {"f"}}};
  BOOST_TEST(Find(base, current) == (CheckoutPrefixes{"/w/", "/v/"}));
}

// It is not the checkout that is elsewhere.
BOOST_AUTO_TEST_CASE(AMovedFileOfOneCheckoutIsNoOther) {
  BOOST_TEST(Find({{"/w/main.py", {"main"}}, {"/w/util.py", {"f", "g"}}},
                  {{"/w/main.py", {"main"}}, {"/w/lib/util.py", {"f", "g"}}}) ==
             kNone);
}

BOOST_AUTO_TEST_CASE(AMinorityOfFilesTellsNothing) {
  const std::vector<File> base = {
      {"/w/a.py", {"f"}}, {"/w/b.py", {"f"}}, {"/w/c.py", {"f"}}};
  const std::vector<File> current = {
      {"/v/a.py", {"f"}}, {"/v/x.py", {"f"}}, {"/v/y.py", {"f"}}};
  BOOST_TEST(Find(base, current) == kNone);
}

BOOST_AUTO_TEST_CASE(AFileThatCouldBeSeveralHasNoVote) {
  BOOST_TEST(Find({{"/w/util.py", {"f"}}},
                  {{"/v/a/util.py", {"f"}}, {"/v/b/util.py", {"f"}}}) == kNone);
}

BOOST_AUTO_TEST_CASE(SameFilesOrNoFilesHaveNoPrefixes) {
  const std::vector<File> files = {{"/w/a.py", {"f"}}, {"~", {"len"}}};
  BOOST_TEST(Find(files, files) == kNone);
  BOOST_TEST(Find(files, {}) == kNone);
  BOOST_TEST(Find({}, {}) == kNone);
  BOOST_TEST(Find({{"~", {"f"}}}, {{"", {"f"}}}) == kNone);
}

// As deep as one likes: only how far files are looked up is limited.
BOOST_AUTO_TEST_CASE(DeepFoldersAreInCommonToTheirTop) {
  std::string deep = "top/";
  for (int i = 0; i < 100; ++i) deep += "a/";
  BOOST_TEST(Find({{"/w/" + deep + "x.py", {"f"}}},
                  {{"/v/" + deep + "x.py", {"f"}}}) ==
             (CheckoutPrefixes{"/w/", "/v/"}));
}

// Few folders and files, so that many paths end alike.
BOOST_AUTO_TEST_CASE(WithoutThePrefixesACheckoutIsTheSameAnywhere) {
  constexpr std::string_view kFolders[] = {"", "pkg/", "pkg/sub/", "tests/"};
  constexpr std::string_view kFiles[] = {"__init__", "util", "a", "b"};
  constexpr std::string_view kNames[] = {"<module>", "f", "g", "__init__"};
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    SampleProfile here, there;
    for (const std::string_view folder : kFolders) {
      for (const std::string_view file : kFiles) {
        const std::string path = std::string(folder) + std::string(file);
        for (const std::string_view name : kNames) {
          if (random() % 4 == 0) continue;
          here.Add(name, "/home/me/work/" + path, 1, {}, {0}, {0});
          there.Add(name, "/builds/17/" + path, 1, {}, {0}, {0});
        }
      }
    }
    Profile base = here.Build(), current = there.Build();
    const CheckoutPrefixes prefixes = FindCheckoutPrefixes(base, current);
    BOOST_TEST(prefixes == (CheckoutPrefixes{"/home/me/work/", "/builds/17/"}));
    base = DropPrefix(std::move(base), prefixes.base);
    current = DropPrefix(std::move(current), prefixes.current);
    BOOST_TEST(std::ranges::all_of(MatchFunctions(base, current),
                                   &FunctionPair::is_matched));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
