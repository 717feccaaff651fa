// Every figure of the real dumps in testdata/pstats against what the Python
// that wrote each dump reads in it (testdata/pstats/make_expected.py).
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "converter/readers/expected_figures.h"
#include "converter/readers/pstats.h"
#include "graph/profile.h"

namespace prof2cg {
namespace {

using Key = std::tuple<std::string, int64_t, std::string>;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(file, path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string TextOf(std::string_view text) {
  std::string copy(text);
  for (size_t i; (i = copy.find("\xed\xb3\xa9")) != copy.npos;) {
    copy.replace(i, 3, "<E9>");
  }
  return copy;
}

Key KeyOf(const Profile& profile, FunctionId f) {
  std::string name = TextOf(profile.Name(f));
  // "<code object NAME, file …>" stands as NAME in the expectations.
  const std::string code = "<code object ";
  if (name.starts_with(code)) {
    name = "code " + name.substr(code.size(), name.find(',') - code.size());
  }
  return {TextOf(profile.File(f)), profile.functions[f.row()].line, name};
}

Key KeyOf(const Json& row) {
  const Json& name = row[2];
  return {row[0], row[1],
          name.is_object() ? "code " + std::string(name["code"])
                           : std::string(name)};
}

void CheckFunctions(const Profile& profile, const Json& rows) {
  std::map<Key, const Json*> expected;
  for (const Json& row : rows) expected[KeyOf(row)] = &row;
  BOOST_TEST(expected.size() == rows.size());
  size_t found = 0;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const auto row = expected.find(KeyOf(profile, FunctionId(f)));
    if (row == expected.end()) {
      BOOST_TEST(profile.graph.counts[f].total == 0);  // only a caller
      continue;
    }
    ++found;
    const Json& figures = *row->second;
    BOOST_TEST(profile.graph.counts[f].primitive == figures[3]);
    BOOST_TEST(profile.graph.counts[f].total == figures[4]);
    BOOST_TEST(profile.graph.self[f][0] == ExpectedNanoseconds(figures[5]));
    BOOST_TEST(profile.graph.inclusive[f][0] ==
               ExpectedNanoseconds(figures[6]));
  }
  BOOST_TEST(found == rows.size());
}

void CheckCalls(const Profile& profile, const Json& rows) {
  std::map<std::pair<Key, Key>, const Json*> expected;  // callee and caller
  for (const Json& row : rows) {
    for (const Json& call : row[7]) {
      expected[{KeyOf(row), KeyOf(call)}] = &call;
    }
  }
  BOOST_TEST(profile.graph.calls.size() == expected.size());
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    const auto row = expected.find(
        {KeyOf(profile, call.callee), KeyOf(profile, call.caller)});
    BOOST_REQUIRE(row != expected.end());
    const Json& figures = *row->second;
    BOOST_TEST(call.counts.total == figures[3]);
    const bool has_costs = figures.size() > 4;
    BOOST_TEST(profile.provenance.IsEstimated(c) == !has_costs);
    if (!has_costs) continue;
    BOOST_TEST(call.counts.primitive == figures[4]);
    BOOST_TEST(profile.graph.call_self[c][0] ==
               ExpectedNanoseconds(figures[5]));
    BOOST_TEST(profile.graph.call_inclusive[c][0] ==
               ExpectedNanoseconds(figures[6]));
  }
}

// Costs that the profile module does not tell are shared out whole: those of
// all callers are what the function has, less the share of calls from outside.
void CheckEstimates(const Profile& profile) {
  const CallGraph& graph = profile.graph;
  std::vector<int64_t> calls(profile.functions.size());
  std::vector<int64_t> inclusive(calls.size());
  std::vector<bool> is_estimated(calls.size());
  for (size_t c = 0; c < graph.calls.size(); ++c) {
    const size_t callee = graph.calls[c].callee.row();
    calls[callee] += graph.calls[c].counts.total;
    inclusive[callee] += graph.call_inclusive[c][0];
    is_estimated[callee] =
        is_estimated[callee] || profile.provenance.IsEstimated(c);
  }
  for (size_t f = 0; f < calls.size(); ++f) {
    if (!is_estimated[f]) continue;
    BOOST_TEST(inclusive[f] <= graph.inclusive[f][0]);
    if (calls[f] >= graph.counts[f].total) {
      BOOST_TEST(inclusive[f] == graph.inclusive[f][0]);
    }
  }
}

BOOST_AUTO_TEST_CASE(EveryFigureOfEveryRealDumpIsWhatItsPythonReads) {
  int dumps = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("testdata/pstats")) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() != ".pstats") continue;
    BOOST_TEST_CONTEXT(path) {
      const Profile profile = kPstats.read(ReadFile(path));
      const Json expected = ReadExpectedFigures(path, "<E9>");
      BOOST_TEST(profile.Check() == "");
      CheckFunctions(profile, expected["functions"]);
      CheckCalls(profile, expected["functions"]);
      CheckEstimates(profile);
    }
    ++dumps;
  }
  BOOST_TEST(dumps == 60);
}

}  // namespace
}  // namespace prof2cg
