// Real dumps added up by us against the same dumps added up by Python's pstats
// (pstats_merge.py), which writes the sum as one more dump.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "converter/readers/marshal_show.h"
#include "converter/readers/pstats.h"
#include "graph/passes/merge.h"
#include "graph/profile_contents.h"

namespace prof2cg {
namespace {

using Paths = std::vector<std::string>;

// The dumps of a kind, in the order of their names. Python's pstats loads none
// of Python 2's, and code objects (of `python -m profile`) only of its version.
Paths RealDumps(const std::function<bool(const std::string&)>& is_wanted) {
  Paths paths;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/pstats")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".pstats" &&
        name.find("-py3.") != name.npos &&
        !name.starts_with("profile-command-") && is_wanted(name)) {
      paths.push_back(entry.path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

// Of the profile module, whose callers have a count and no costs.
bool IsOfProfile(const std::string& name) {
  return name.starts_with("profile-");
}
bool IsOfCProfile(const std::string& name) { return !IsOfProfile(name); }

Profile AddedByUs(const Paths& paths) {
  Merger merger;
  for (const std::string& path : paths) {
    merger.Add(kPstats.read(marshal::ReadTestFile(path)));
  }
  return std::move(merger).Merge();
}

Profile AddedByPython(const Paths& paths) {
  std::string command =
      std::string(marshal::kPython) + " -IS converter/readers/pstats_merge.py";
  for (const std::string& path : paths) command += " " + path;
  std::FILE* pipe = popen(command.c_str(), "r");
  BOOST_REQUIRE(pipe != nullptr);
  std::string dump;
  char buffer[1 << 16];
  while (const size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) {
    dump.append(buffer, size);
  }
  BOOST_REQUIRE_EQUAL(pclose(pipe), 0);
  return kPstats.read(dump);
}

void CheckSum(const Paths& paths) {
  const Contents ours = Sorted(ContentsOf(AddedByUs(paths)));
  const Contents pythons = Sorted(ContentsOf(AddedByPython(paths)));
  BOOST_CHECK(ours.functions == pythons.functions);
  BOOST_CHECK(ours.calls == pythons.calls);
}

// The costs of a call that has none in the dumps are shared out of what its
// callee has. We share them in each dump, and Python knows only the sum.
Contents WithoutEstimates(Contents contents) {
  for (auto& [key, figures] : contents.calls) {
    if (figures.is_estimated) figures.inclusive = figures.self = {};
  }
  return contents;
}

BOOST_AUTO_TEST_CASE(AllDumpsOfCProfileAddUpAsInPython) {
  Paths paths = RealDumps(IsOfCProfile);
  BOOST_TEST(paths.size() == 38);
  CheckSum(paths);
  std::ranges::reverse(paths);
  CheckSum(paths);
}

BOOST_AUTO_TEST_CASE(DumpsOfOneProgramAddUpAsInPython) {
  std::map<std::string, Paths> programs;
  for (const std::string& path : RealDumps(IsOfCProfile)) {
    programs[path.substr(0, path.find("-py"))].push_back(path);
  }
  for (const auto& [program, paths] : programs) {
    if (paths.size() > 1) BOOST_TEST_CONTEXT(program) CheckSum(paths);
  }
}

BOOST_AUTO_TEST_CASE(DumpAddedToItselfIsTwiceTheDumpAsInPython) {
  const std::string path = "testdata/pstats/json-py3.11.pstats";
  CheckSum({path, path});
  const Profile twice = AddedByUs({path, path});
  const Profile once = AddedByUs({path});
  BOOST_TEST(twice.functions.size() == once.functions.size());
  BOOST_TEST(twice.graph.self.Totals()[0] == 2 * once.graph.self.Totals()[0]);
}

BOOST_AUTO_TEST_CASE(DumpsOfTheProfileModuleAddUpAsInPythonButForEstimates) {
  const Paths paths = RealDumps(IsOfProfile);
  BOOST_TEST(paths.size() == 5);
  const Contents ours = Sorted(ContentsOf(AddedByUs(paths)));
  const Contents pythons = Sorted(ContentsOf(AddedByPython(paths)));
  BOOST_CHECK(ours.functions == pythons.functions);
  BOOST_CHECK(WithoutEstimates(ours).calls == WithoutEstimates(pythons).calls);
  BOOST_CHECK(std::ranges::all_of(
      ours.calls, [](const auto& call) { return call.second.is_estimated; }));
}

// Python adds no count to a tuple of figures: it raises TypeError.
BOOST_AUTO_TEST_CASE(CallWithCostsInOneDumpOfTwoIsAnEstimate) {
  const std::string cprofile = "testdata/pstats/tiny-py3.11.pstats";
  const std::string profile = "testdata/pstats/profile-tiny-py3.11.pstats";
  const auto calls = [](const Paths& paths) {
    const Contents contents = ContentsOf(AddedByUs(paths));
    return std::map(contents.calls.begin(), contents.calls.end());
  };
  const auto exact = calls({cprofile}), bare = calls({profile});
  int in_both = 0;
  for (const auto& [key, sum] : calls({cprofile, profile})) {
    BOOST_TEST(sum.is_estimated == bare.contains(key));
    if (!exact.contains(key) || !bare.contains(key)) continue;
    ++in_both;
    BOOST_TEST(sum.counts.total ==
               exact.at(key).counts.total + bare.at(key).counts.total);
    BOOST_TEST(sum.inclusive[0] ==
               exact.at(key).inclusive[0] + bare.at(key).inclusive[0]);
  }
  BOOST_TEST(in_both > 0);
}

}  // namespace
}  // namespace prof2cg
