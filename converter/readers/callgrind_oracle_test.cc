// Real files in testdata/callgrind against what their profilers, Valgrind's
// callgrind_annotate and gprof2dot say of them (make_expected.py there).
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "converter/readers/callgrind_files.h"
#include "graph/profile_contents.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;
using Costs = std::vector<int64_t>;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(file, path);
  return {std::istreambuf_iterator<char>(file), {}};
}

Profile ReadReal(const std::string& name) {
  return ReadCallgrind(ReadFile("testdata/callgrind/" + name));
}

Json Expected(const std::string& name) {
  return Json::parse(ReadFile("testdata/callgrind/expected/" + name + ".json"));
}

Costs Copy(std::span<const int64_t> costs) {
  return {costs.begin(), costs.end()};
}

void Add(Costs& sum, std::span<const int64_t> more) {
  sum.resize(more.size());
  for (size_t e = 0; e < more.size(); ++e) sum[e] += more[e];
}

struct CallSum {
  int64_t count = 0;
  Costs inclusive;
};
using Pair = std::pair<std::string, std::string>;

// Calls by the labels of their functions, whatever the line.
template <class Label>
std::map<Pair, CallSum> CallsBy(const Profile& profile, Label label) {
  std::map<Pair, CallSum> sums;
  for (size_t c = 0; c < profile.graph.calls.size(); ++c) {
    const Call& call = profile.graph.calls[c];
    CallSum& sum = sums[{label(call.caller), label(call.callee)}];
    sum.count += call.counts.total;
    Add(sum.inclusive, profile.graph.call_inclusive[c]);
  }
  return sums;
}

// Of "FILE:NAME [OBJECT]"; inlined code has no object.
std::string NameOf(const std::string& function) {
  const size_t begin = function.find(':') + 1;
  return function.substr(begin, function.find(" [", begin) - begin);
}

// Costs of functions of one name, whatever the file.
std::map<std::string, Costs> ByName(const Json& functions, bool with_inlined) {
  std::map<std::string, Costs> sums;
  for (const auto& [function, costs] : functions.items()) {
    if (!with_inlined && !function.ends_with(']')) continue;
    Add(sums[NameOf(function)], Costs(costs));
  }
  return sums;
}

// callgrind_annotate takes inlined code for a function of its own in the file
// that the code is from, and adds up the calls into a function, also those of a
// recursion. That is where callgrind does not separate its levels any further.
void CheckAnnotate(const std::string& name) {
  const Profile profile = ReadReal(name + ".callgrind");
  const Json expected = Expected(name);
  const auto label = [&](FunctionId f) { return std::string(profile.Name(f)); };
  std::map<std::string, Costs> own_calls;
  const std::map<Pair, CallSum> calls = CallsBy(profile, label);
  for (const auto& [pair, sum] : calls) {
    if (pair.first == pair.second) own_calls[pair.first] = sum.inclusive;
  }
  const std::map<std::string, Costs> self = ByName(expected["self"], true);
  const std::map<std::string, Costs> inclusive =
      ByName(expected["inclusive"], false);
  BOOST_TEST(profile.functions.size() == self.size());
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const std::string function = label(FunctionId(f));
    BOOST_TEST_CONTEXT(function) {
      BOOST_TEST(Copy(profile.graph.self[f]) == self.at(function),
                 boost::test_tools::per_element());
      Costs sum = Copy(profile.graph.inclusive[f]);
      if (own_calls.contains(function)) Add(sum, own_calls[function]);
      const bool recurs = function.find('\'') != std::string::npos;
      for (size_t e = 0; e < sum.size(); ++e) {
        const int64_t theirs = inclusive.at(function)[e];
        BOOST_TEST((recurs ? sum[e] <= theirs : sum[e] == theirs));
      }
    }
  }
  std::map<Pair, CallSum> annotated;
  for (const Json& call : expected["calls"]) {
    CallSum& sum = annotated[{NameOf(call[0]), NameOf(call[1])}];
    sum.count += int64_t{call[2]};
    Add(sum.inclusive, Costs(call[3]));
  }
  BOOST_TEST(calls.size() == annotated.size());
  for (const auto& [pair, sum] : calls) {
    BOOST_TEST(sum.count == annotated.at(pair).count);
    BOOST_TEST(sum.inclusive == annotated.at(pair).inclusive,
               boost::test_tools::per_element());
  }
}

// gprof2dot knows functions by their names alone, of the first event the cost
// as it stands in the file.
void CheckGprof2dot(const std::string& name, int64_t factor = 1) {
  const Profile profile = ReadReal(name + ".callgrind");
  const Json expected = Expected(name).at("gprof2dot");
  const auto label = [&](FunctionId f) { return std::string(profile.Name(f)); };
  std::map<std::string, int64_t> self;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    self[label(FunctionId(f))] += profile.graph.self[f][0];
  }
  BOOST_TEST(self.size() == expected["self"].size());
  for (const auto& [function, cost] : expected["self"].items()) {
    BOOST_TEST(self.at(function) == int64_t{cost} * factor);
  }
  const std::map<Pair, CallSum> calls = CallsBy(profile, label);
  BOOST_TEST(calls.size() == expected["calls"].size());
  for (const auto& [pair, sum] : calls) {
    const Json& call = expected["calls"].at(pair.first + " > " + pair.second);
    BOOST_TEST(sum.count == call[0]);
    BOOST_TEST(sum.inclusive[0] == int64_t{call[1]} * factor);
  }
}

const std::vector<std::string> kOfValgrind = {"all", "instr", "lines",
                                              "recursions", "uncompressed"};

BOOST_AUTO_TEST_SUITE(CallgrindOracles)

BOOST_AUTO_TEST_CASE(FilesOfValgrindAreWhatItsAnnotateReads) {
  for (const std::string& name : kOfValgrind) {
    BOOST_TEST_CONTEXT(name) { CheckAnnotate(name); }
  }
}

BOOST_AUTO_TEST_CASE(AllFilesAreWhatGprof2dotReads) {
  for (const std::string& name : kOfValgrind) {
    BOOST_TEST_CONTEXT(name) { CheckGprof2dot(name); }
  }
  CheckGprof2dot("parts");
  CheckGprof2dot("pyprof2calltree");
  CheckGprof2dot("xdebug", 10);   // events: Time_(10ns)
  CheckGprof2dot("yappi", 1000);  // microseconds
}

BOOST_AUTO_TEST_CASE(CompressionAndPositionsMakeNoDifference) {
  const Contents all = ContentsOf(ReadReal("all.callgrind"));
  BOOST_CHECK(all == ContentsOf(ReadReal("uncompressed.callgrind")));
  const Contents lines = ContentsOf(ReadReal("lines.callgrind"));
  BOOST_TEST(lines.calls.size() == all.calls.size());
}

// Instructions do not depend on what else is counted.
BOOST_AUTO_TEST_CASE(PartsAddUpToTheWhole) {
  const Profile whole = ReadReal("lines.callgrind");
  const Profile parts = ReadReal("parts.callgrind");
  std::map<FunctionKey, int64_t> self;
  const Contents contents = ContentsOf(whole);
  for (const auto& [key, figures] : contents.functions) {
    self[key] = figures.self[0];
  }
  const Contents added = ContentsOf(parts);
  BOOST_TEST(added.functions.size() == contents.functions.size());
  for (const auto& [key, figures] : added.functions) {
    BOOST_TEST(figures.self[0] == self.at(key));
  }
  // Calls that were open at a dump are in none or two of the parts.
}

BOOST_AUTO_TEST_CASE(CachegrindsFilesHaveSelfCostsThatAddUp) {
  const Profile profile = ReadReal("app.cachegrind");
  BOOST_TEST(OdditiesOf(profile) == "");  // such as a wrong summary
  BOOST_TEST(profile.events.size() == 9);
  BOOST_TEST(profile.command == "./app");
  BOOST_TEST(profile.graph.calls.empty());
  // The same program under callgrind, which does not count the last block.
  const int64_t callgrind = ReadReal("lines.callgrind").graph.self.Totals()[0];
  BOOST_TEST(profile.graph.self.Totals()[0] - callgrind == 5);
  // One in each file: inlined code is no part of the others.
  int64_t works = 0;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    works += profile.Name(FunctionId(f)) == "work";
  }
  BOOST_TEST(works == 3);
}

BOOST_AUTO_TEST_CASE(FilesOfPyprof2calltreeAreWhatCProfileMeasured) {
  const Profile profile = ReadReal("pyprof2calltree.callgrind");
  const Json expected = Expected("pyprof2calltree");
  const auto label = [&](FunctionId f) { return std::string(profile.Name(f)); };
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const Json& figures = expected["functions"].at(label(FunctionId(f)));
    BOOST_TEST(profile.graph.self[f][0] == figures["self"]);
    // Nobody is seen to call the root.
    if (profile.graph.counts[f].total == 0) continue;
    BOOST_TEST(profile.graph.counts[f].total == figures["calls"]);
  }
  BOOST_TEST(profile.functions.size() == expected["functions"].size());
  const std::map<Pair, CallSum> calls = CallsBy(profile, label);
  BOOST_TEST(calls.size() == expected["calls"].size());
  for (const Json& call : expected["calls"]) {
    const CallSum& sum = calls.at({call[0], call[1]});
    BOOST_TEST(sum.count == call[2]);
    BOOST_TEST(sum.inclusive[0] == call[3]);
  }
}

BOOST_AUTO_TEST_CASE(FilesOfYappiAreWhatYappiMeasured) {
  const Profile profile = ReadReal("yappi.callgrind");
  const Json expected = Expected("yappi");
  BOOST_TEST((profile.events[EventId(0)].unit == Unit::kNanoseconds));
  std::map<std::string, std::pair<int64_t, int64_t>> sums;  // self, calls
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const std::string name(profile.Name(FunctionId(f)));
    auto& [self, calls] = sums[name.substr(0, name.find(' '))];
    self += profile.graph.self[f][0];
    calls += profile.graph.counts[f].total;
  }
  for (const auto& [name, figures] : expected["functions"].items()) {
    if (name == "<listcomp>" || name == "main") continue;  // two; not called
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(sums.at(name).first == figures["self"]);
      BOOST_TEST(sums.at(name).second == figures["calls"]);
    }
  }
  // It names all functions before their bodies.
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const bool is_builtin =
        profile.Name(FunctionId(f)).find("builtins:") != std::string::npos;
    BOOST_TEST(profile.File(FunctionId(f)) ==
               (is_builtin ? "builtins" : "/home/dev/app/program.py"));
  }
}

BOOST_AUTO_TEST_CASE(FilesOfXdebugHaveTimeAndMemory) {
  const Profile profile = ReadReal("xdebug.callgrind");
  BOOST_REQUIRE(profile.events.size() == 2);
  BOOST_TEST(profile.events[EventId(0)].name == "Time");
  BOOST_TEST((profile.events[EventId(0)].unit == Unit::kNanoseconds));
  BOOST_TEST(profile.events[EventId(1)].name == "Memory");
  BOOST_TEST((profile.events[EventId(1)].unit == Unit::kBytes));
  BOOST_TEST(profile.command == "/home/dev/app/program.php");
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    const bool is_php = profile.Name(FunctionId(f)).starts_with("php::");
    BOOST_TEST((profile.File(FunctionId(f)) == "php:internal") == is_php);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
