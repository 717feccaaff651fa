// What gprof2dot's parsers read in the profiles of testdata; see
// make_expected_stacks.py there.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <utility>

#include "converter/readers/stack_tests.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Name, and process and module: in the object and file, but for DTrace.
using Key = std::pair<std::string, std::string>;

struct Figures {
  std::map<Key, double> self;
  std::map<Key, double> inclusive;
  std::map<Key, int64_t> called;
  std::map<std::pair<Key, Key>, double> calls;
};

Figures Expected(const Json& json) {
  Figures figures;
  std::vector<Key> keys;
  for (const Json& row : json["functions"]) {
    const std::string module = row[1], process = row[2];
    keys.emplace_back(row[0], process + module);
    figures.self[keys.back()] += double{row[3]};
    if (!row[4].is_null()) figures.inclusive[keys.back()] += double{row[4]};
    if (!row[5].is_null()) figures.called[keys.back()] += int64_t{row[5]};
  }
  for (const Json& row : json["calls"]) {
    figures.calls[{keys[row[0]], keys[row[1]]}] += double{row[2]};
  }
  return figures;
}

Key KeyOfFunction(const Profile& profile, FunctionId id) {
  const auto [name, file, object, line] = KeyOf(profile, id);
  return {name, object + file};
}

// A call's cost is that of all contexts in which the one calls the other.
Figures Found(const Profile& profile) {
  const Unit unit = profile.events[EventId(0)].unit;
  const double size = unit == Unit::kNanoseconds ? 1e9 : 1;
  const auto amount = [&](int64_t cost) {
    return static_cast<double>(cost) / size;
  };
  Figures figures;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const Key key = KeyOfFunction(profile, FunctionId(f));
    figures.self[key] = amount(profile.graph.self[f][0]);
    figures.inclusive[key] = amount(profile.graph.inclusive[f][0]);
    if (profile.provenance.counts == Origin::kAbsent) continue;
    figures.called[key] = profile.graph.counts[f].total;
  }
  const std::vector<Context>& contexts = profile.contexts->contexts;
  const CostTable inclusive = SumInclusive(*profile.contexts);
  for (size_t row = 0; row < contexts.size(); ++row) {
    if (!contexts[row].parent.is_valid()) continue;
    const FunctionId caller = contexts[contexts[row].parent.row()].function;
    figures.calls[{KeyOfFunction(profile, caller),
                   KeyOfFunction(profile, contexts[row].function)}] +=
        amount(inclusive[row][0]);
  }
  return figures;
}

template <class K>
void CheckSame(const std::map<K, double>& found,
               const std::map<K, double>& expected) {
  BOOST_TEST(found.size() == expected.size());
  for (const auto& [key, figure] : expected) {
    BOOST_REQUIRE(found.contains(key));
    // Each is rounded to a nanosecond.
    BOOST_TEST(std::abs(found.at(key) - figure) < 1e-6);
  }
}

BOOST_AUTO_TEST_CASE(EveryProfileOfStacksIsWhatGprof2dotReads) {
  int profiles = 0;
  for (const std::string format : {"collapse", "dtrace", "json"}) {
    const fs::path folder = "testdata/" + format;
    for (const auto& entry : fs::directory_iterator(folder / "expected")) {
      BOOST_TEST_CONTEXT(entry.path()) {
        const std::string name = entry.path().stem().string();
        const std::string extension = format == "json" ? ".json" : ".txt";
        const std::string bytes = ReadFile(folder / (name + extension));
        BOOST_TEST(DetectReader(bytes).name == format);
        const Figures found = Found(ReadStacks(format, bytes));
        const Figures expected = Expected(Json::parse(ReadFile(entry.path())));
        CheckSame(found.self, expected.self);
        CheckSame(found.calls, expected.calls);
        if (format != "json") CheckSame(found.inclusive, expected.inclusive);
        BOOST_CHECK(found.called == expected.called);
        ++profiles;
      }
    }
  }
  BOOST_TEST(profiles == 8);
}

// gprof2dot stops at its functions of Python.
BOOST_AUTO_TEST_CASE(AllocationsBelongToTheFunctionsOfPythonThatMadeThem) {
  const Profile profile =
      ReadStacks("dtrace", ReadFile("testdata/dtrace/mallocstk.txt"));
  BOOST_TEST(profile.graph.self.Totals()[0] == 2862);
  int64_t lines = 0;
  int64_t python = 0;
  for (const Context& context : profile.contexts->contexts) {
    lines += context.line != 0;
    python += !profile.File(context.function).empty();
    BOOST_TEST(profile.Name(context.function) != "_PyEval_EvalFrameDefault");
  }
  BOOST_TEST(python > 20);
  BOOST_TEST(lines > 20);
}

}  // namespace
}  // namespace prof2cg
