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
#include <span>
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

struct Format {
  std::string name;
  std::string extension;
  bool has_inclusive = true;
  double second = 1e9;  // what its unit of time is, in nanoseconds
  size_t call_event = 0;
  bool has_files = false;  // of sources, which gprof2dot leaves out
};

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

Key KeyOfFunction(const Profile& profile, FunctionId id,
                  bool has_files = false) {
  const auto [name, file, object, line] = KeyOf(profile, id);
  return {name, has_files ? object : object + file};
}

// A call's cost is that of all contexts in which the one calls the other.
Figures Found(const Profile& profile, const Format& format) {
  const auto amount = [&](std::span<const int64_t> costs, size_t event) {
    const Unit unit = profile.events[EventId(event)].unit;
    const double size = unit == Unit::kNanoseconds ? format.second : 1;
    return static_cast<double>(costs[event]) / size;
  };
  const auto key_of = [&](FunctionId f) {
    return KeyOfFunction(profile, f, format.has_files);
  };
  Figures figures;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const Key key = key_of(FunctionId(f));
    figures.self[key] = amount(profile.graph.self[f], 0);
    figures.inclusive[key] = amount(profile.graph.inclusive[f], 0);
    if (profile.provenance.counts == Origin::kAbsent) continue;
    figures.called[key] = profile.graph.counts[f].total;
  }
  const std::vector<Context>& contexts = profile.contexts->contexts;
  const CostTable inclusive = SumInclusive(*profile.contexts);
  for (size_t row = 0; row < contexts.size(); ++row) {
    if (!contexts[row].parent.is_valid()) continue;
    const FunctionId caller = contexts[contexts[row].parent.row()].function;
    figures.calls[{key_of(caller), key_of(contexts[row].function)}] +=
        amount(inclusive[row], format.call_event);
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

void CheckProfile(const Format& format, const std::string& name) {
  const fs::path folder = "testdata/" + format.name;
  const std::string bytes = ReadFile(folder / (name + format.extension));
  BOOST_TEST(DetectReader(bytes).name == format.name);
  const Figures found = Found(ReadStacks(format.name, bytes), format);
  const Figures expected =
      Expected(Json::parse(ReadFile(folder / "expected" / (name + ".json"))));
  CheckSame(found.self, expected.self);
  CheckSame(found.calls, expected.calls);
  if (format.has_inclusive) CheckSame(found.inclusive, expected.inclusive);
  BOOST_CHECK(found.called == expected.called);
}

BOOST_AUTO_TEST_CASE(EveryProfileOfStacksIsWhatGprof2dotReads) {
  const Format formats[] = {
      {"collapse", ".txt"},
      {"dtrace", ".txt"},
      {"json", ".json", false},
      {"perf", ".txt"},
      {"sleepy", ".sleepy", false, 1e9, 0, true},
      {"xperf", ".xperf", false, 1e6, 1},
  };
  int profiles = 0;
  for (const Format& format : formats) {
    for (const auto& entry :
         fs::directory_iterator("testdata/" + format.name + "/expected")) {
      BOOST_TEST_CONTEXT(entry.path()) {
        CheckProfile(format, entry.path().stem().string());
        ++profiles;
      }
    }
  }
  BOOST_TEST(profiles == 13);
}

// gprof2dot leaves out functions that cost nothing themselves, and gives a call
// what the callee cost itself.
Figures WithoutPureCallers(const Profile& profile) {
  const auto self_of = [&](FunctionId f) {
    return static_cast<double>(profile.graph.self[f.row()][0]);
  };
  Figures figures;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const double self = self_of(FunctionId(f));
    if (self != 0) figures.self[KeyOfFunction(profile, FunctionId(f))] = self;
  }
  const std::vector<Context>& contexts = profile.contexts->contexts;
  for (size_t row = 0; row < contexts.size(); ++row) {
    const auto self = static_cast<double>(profile.contexts->self[row][0]);
    ContextId caller = contexts[row].parent;
    while (caller.is_valid() && self_of(contexts[caller.row()].function) == 0) {
      caller = contexts[caller.row()].parent;
    }
    if (self == 0 || !caller.is_valid()) continue;
    figures.calls[{KeyOfFunction(profile, contexts[caller.row()].function),
                   KeyOfFunction(profile, contexts[row].function)}] += self;
  }
  return figures;
}

BOOST_AUTO_TEST_CASE(OfSysprofGprof2dotReadsWhatHasSamplesOfItsOwn) {
  const std::string bytes = ReadFile("testdata/sysprof/desktop.sysprof");
  BOOST_TEST(DetectReader(bytes).name == "sysprof");
  const Figures found = WithoutPureCallers(ReadStacks("sysprof", bytes));
  const Figures expected =
      Expected(Json::parse(ReadFile("testdata/sysprof/expected/desktop.json")));
  CheckSame(found.self, expected.self);
  CheckSame(found.calls, expected.calls);
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
