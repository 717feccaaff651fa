// What Valgrind's callgrind_annotate reads in our files, against what Python
// reads in the profiles that they were made from.
#include <sys/wait.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "converter/readers/expected_figures.h"
#include "converter/writers/test_support.h"
#include "graph/context_tree_builder.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

const std::filesystem::path kRoot = std::filesystem::current_path();
const std::string kOutside = "~:(outside the profile)";

// The output of a line of shell that says nothing else and succeeds.
std::string Run(const std::string& line, const TestFolder& folder) {
  // callgrind_annotate cuts its working folder off paths.
  const std::string command = "cd " + (folder / "") + " && { " + line +
                              "; } >" + (folder / "out") + " 2>" +
                              (folder / "err");
  const int status = std::system(command.c_str());
  BOOST_TEST(WEXITSTATUS(status) == 0, ContentOf(folder / "err"));
  return ContentOf(folder / "out");
}

using Costs = std::vector<int64_t>;  // one per event

// A report of callgrind_annotate. Functions are "FILE:NAME [OBJECT]".
struct Report {
  struct Call {
    int64_t count;
    Costs inclusive;

    friend bool operator==(const Call&, const Call&) = default;
  };
  Costs totals;
  std::map<std::string, Costs> functions;
  std::map<std::pair<std::string, std::string>, Call> calls;  // of, to

  friend bool operator==(const Report&, const Report&) = default;
};

int64_t Number(std::string text) {
  std::erase(text, ',');
  return std::stoll(text);
}

// Takes the figures that a line begins with.
Costs TakeCosts(std::string& line, size_t events) {
  std::istringstream words(line);
  Costs costs;
  std::string word;
  while (costs.size() < events && words >> word) costs.push_back(Number(word));
  BOOST_REQUIRE(costs.size() == events);
  line.erase(0, static_cast<size_t>(words.tellg()));
  return costs;
}

// "  < FUNCTION", "  *  FUNCTION" and "  >   FUNCTION", behind the figures.
std::string TakeFunction(const std::string& line, std::string_view mark) {
  const size_t begin = line.find_first_not_of(' ', 0);
  BOOST_REQUIRE(line.substr(begin).starts_with(mark));
  return line.substr(begin + mark.size());
}

// "FUNCTION (COUNTx) [OBJECT]" of which the count is taken.
int64_t TakeCount(std::string& callee) {
  const size_t end = callee.rfind("x) [");
  const size_t begin = callee.rfind(" (", end);
  BOOST_REQUIRE(begin != std::string::npos);
  const int64_t count = Number(callee.substr(begin + 2, end - begin - 2));
  callee.erase(begin, end + 2 - begin);
  return count;
}

// Self costs and calls, or inclusive costs.
enum class Ask { kSelf, kInclusive };

// Header lines of parts behind the first are malformed to it, but do no harm.
size_t CountWarnings(const std::string& text) {
  std::istringstream lines(text);
  size_t warnings = 0;
  for (std::string line; std::getline(lines, line);) {
    const bool is_warning = line.ends_with(" malformed, ignoring");
    BOOST_TEST((is_warning || line.starts_with("    line: '")), line);
    warnings += is_warning;
  }
  return warnings;
}

Report Annotate(const std::string& path, Ask ask, size_t events,
                const TestFolder& folder, size_t warnings = 0) {
  const bool is_self = ask == Ask::kSelf;
  std::istringstream lines(
      Run(std::string("callgrind_annotate --auto=no --threshold=100 ") +
              "--show-percs=no " +
              (is_self ? "--tree=calling " : "--inclusive=yes ") + path,
          folder));
  BOOST_TEST(CountWarnings(ContentOf(folder / "err")) == warnings);
  Report report;
  bool is_in_functions = false;
  std::string function;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(" PROGRAM TOTALS")) {
      report.totals = TakeCosts(line, events);
    } else if (line.ends_with(" file:function")) {
      is_in_functions = std::getline(lines, line) && line.starts_with("---");
    } else if (is_in_functions && !line.empty()) {
      Costs costs = TakeCosts(line, events);
      if (is_self && line.find_first_not_of(' ') == line.find('>')) {
        std::string callee = TakeFunction(line, ">   ");
        const int64_t count = TakeCount(callee);
        BOOST_TEST(report.calls
                       .try_emplace({function, callee},
                                    Report::Call{count, std::move(costs)})
                       .second);
      } else {
        function = TakeFunction(line, is_self ? "*  " : "");
        BOOST_TEST(report.functions.emplace(function, std::move(costs)).second);
      }
    }
  }
  return report;
}

struct Converted {
  Report self;
  Report inclusive;
};

Converted ConvertAndAnnotate(const std::filesystem::path& dump) {
  const TestFolder folder;
  Run((kRoot / "converter/prof2cg").string() + " " + dump.string() +
          " -o callgrind.out",
      folder);
  return {Annotate("callgrind.out", Ask::kSelf, 1, folder),
          Annotate("callgrind.out", Ask::kInclusive, 1, folder)};
}

// "FILE:NAME" of a row of the expectations, a built-in's file being "~".
std::string LabelOf(const Json& row) {
  const std::string file = row[0];
  const Json& name = row[2];
  return (file.empty() ? "~" : file) + ":" +
         (name.is_object() ? "<code object " + std::string(name["code"])
                           : std::string(name));
}

// The function of a row, as callgrind_annotate has it: with the line where the
// file has several functions of that name.
std::string FindFunction(const Report& report, const Json& row) {
  const std::string label = LabelOf(row);
  const std::string line = ":" + std::to_string(int64_t{row[1]});
  for (const std::string& start :
       {label + line + " [", label + " [", label + ", file "}) {
    const auto place = report.functions.lower_bound(start);
    if (place != report.functions.end() && place->first.starts_with(start)) {
      return place->first;
    }
  }
  BOOST_ERROR("no function " + label + line);
  return label;
}

// Calls and costs of a function's callers, recursion included.
struct Callers {
  int64_t calls = 0;
  int64_t inclusive = 0;
  bool is_caller_of_itself = false;
  bool have_costs = true;
  bool has_uncounted = false;
};

Callers SumCallers(const Json& row) {
  Callers sum;
  for (const Json& call : row[7]) {
    sum.calls += std::max(int64_t{1}, int64_t{call[3]});
    sum.has_uncounted |= call[3] == 0;
    sum.have_costs = call.size() > 4;
    if (sum.have_costs) sum.inclusive += ExpectedNanoseconds(call[6]);
    sum.is_caller_of_itself |=
        call[0] == row[0] && call[1] == row[1] && call[2] == row[2];
  }
  return sum;
}

void CheckCalls(const Converted& converted, const Json& row,
                const std::string& function) {
  for (const Json& expected : row[7]) {
    const std::string caller = FindFunction(converted.self, expected);
    const auto call = converted.self.calls.find({caller, function});
    BOOST_REQUIRE(call != converted.self.calls.end());
    if (expected[3] == 0) {  // may have what the other calls leave
      BOOST_TEST(call->second.count >= 1);
      continue;
    }
    BOOST_TEST(call->second.count == int64_t{expected[3]});
    if (expected.size() == 4) continue;  // no costs
    BOOST_TEST(call->second.inclusive[0] == ExpectedNanoseconds(expected[6]));
  }
}

// callgrind_annotate adds up the calls into a function, recursive ones too, so
// it is right about functions that are not recursive.
void CheckInclusive(const Converted& converted, const Json& row,
                    const std::string& function, bool is_consistent) {
  const Callers callers = SumCallers(row);
  const int64_t primitive = row[3];
  const int64_t total = row[4];
  if (primitive != total || callers.is_caller_of_itself) return;
  if (total == 0) return;
  const int64_t inclusive = converted.inclusive.functions.at(function)[0];
  const int64_t expected = ExpectedNanoseconds(row[6]);
  if (!callers.have_costs || total > callers.calls) {
    // What callers do not account for came from outside the profile.
    BOOST_TEST(inclusive == std::max(expected, callers.inclusive));
  } else if (callers.has_uncounted) {
    BOOST_TEST((inclusive == callers.inclusive || inclusive == expected));
  } else {
    BOOST_TEST(inclusive == callers.inclusive);
  }
  // But for rounding; threads-py3.13 contradicts itself.
  if (is_consistent) {
    BOOST_TEST(std::abs(inclusive - expected) <=
               static_cast<int64_t>(row[7].size()));
  }
}

size_t CountCalls(const Json& rows) {
  size_t calls = 0;
  for (const Json& row : rows) calls += row[7].size();
  return calls;
}

void CheckDump(const std::filesystem::path& dump) {
  const Converted converted = ConvertAndAnnotate(dump);
  const Json rows = ReadExpectedFigures(dump, "\\\\xe9").at("functions");
  const bool is_consistent = dump.stem() != "threads-py3.13";
  int64_t total = 0;
  std::set<std::string> found;
  for (const Json& row : rows) {
    const std::string function = FindFunction(converted.self, row);
    BOOST_TEST(found.insert(function).second);
    const int64_t self = ExpectedNanoseconds(row[5]);
    BOOST_TEST(converted.self.functions.at(function)[0] == self);
    total += self;
    CheckCalls(converted, row, function);
    CheckInclusive(converted, row, function, is_consistent);
  }
  BOOST_TEST(converted.self.totals[0] == total);
  BOOST_TEST(converted.inclusive.totals[0] == total);
  // Nothing else is there but the calls from outside.
  size_t from_outside = 0;
  for (const auto& [call, figures] : converted.self.calls) {
    from_outside += call.first.starts_with(kOutside);
  }
  BOOST_TEST(converted.self.calls.size() == CountCalls(rows) + from_outside);
  BOOST_TEST(converted.self.functions.size() ==
             rows.size() + (from_outside != 0));
}

BOOST_AUTO_TEST_CASE(EveryFigureOfRealDumpsIsWhatTheirPythonReads) {
  int dumps = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(kRoot / "testdata/pstats")) {
    if (entry.path().extension() != ".pstats") continue;
    BOOST_TEST_CONTEXT(entry.path()) { CheckDump(entry.path()); }
    ++dumps;
  }
  BOOST_TEST(dumps == 60);
}

// Which share functions and calls.
BOOST_AUTO_TEST_CASE(ThreadsAsPartsAddUpToTheSameReport) {
  SampleProfile sample(TimeAndBytes());
  std::vector<FunctionId> functions;
  for (const char* name : {"main", "run", "f", "g"}) {
    functions.push_back(sample.Add(name, {}, {0, 0}, {0, 0}));
  }
  Profile profile = sample.Build();
  ContextTreeBuilder tree(2);
  for (uint32_t thread = 0; thread < 3; ++thread) {
    profile.threads.push_back(
        profile.strings.Intern("t" + std::to_string(thread)));
    ContextId context;
    for (const FunctionId f :
         {functions[thread != 0], functions[2], functions[3]}) {
      context = tree.Enter(context, f, 5, thread);
      tree.AddSelf(context, Costs{1000 + thread, f.row()});
      tree.AddCalls(context, thread + 1);
    }
  }
  profile.contexts = std::move(tree).Build();
  FoldContexts(profile);

  const TestFolder folder;
  folder.Make("whole.cg", WriteCallgrind(profile).text);
  Output output(folder / "threads.cg", {});
  FindWriter("callgrind")->write_threads(profile, output);
  output.Commit();
  constexpr size_t kWarnings = 2 * 4;
  for (const Ask ask : {Ask::kSelf, Ask::kInclusive}) {
    const Report whole = Annotate("whole.cg", ask, 2, folder);
    BOOST_TEST(whole.functions.size() == 5);  // and the outside
    BOOST_CHECK(Annotate("threads.cg", ask, 2, folder, kWarnings) == whole);
  }
}

// Each in a file of its own, and a chain of calls through all of them.
BOOST_AUTO_TEST_CASE(NastyNamesAndSeveralEventsAreReadWhole) {
  const std::vector<NastyName> nasty = NastyNames();
  ProfileBuilder builder(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds},
                                   {"alloc", "Allocated", Unit::kBytes}}));
  std::vector<std::string> labels;
  const auto costs_of = [](size_t n) {
    const auto cost = static_cast<int64_t>(n);
    return Costs{1'000'000 + cost, 7 * cost};
  };
  for (size_t n = 0; n < nasty.size(); ++n) {
    const std::string file = "/x" + std::to_string(n) + ".py";
    const FunctionId f = Add(builder, {nasty[n].name, file, "o"});
    labels.push_back(file + ":" + nasty[n].written + " [o]");
    builder.AddCounts(f, {static_cast<int64_t>(n), static_cast<int64_t>(n)});
    builder.AddSelf(f, costs_of(n));
    if (n == 0) continue;
    builder.AddCall({FunctionId(n - 1), f, 0, {static_cast<int64_t>(n), 1}},
                    costs_of(2 * n), costs_of(n));
  }
  const TestFolder folder;
  folder.Make("nasty.cg", WriteCallgrind(std::move(builder).Build()).text);
  const Report report = Annotate("nasty.cg", Ask::kSelf, 2, folder);
  BOOST_TEST(report.functions.size() == nasty.size());
  BOOST_TEST(report.calls.size() == nasty.size() - 1);
  for (size_t n = 0; n < nasty.size(); ++n) {
    BOOST_REQUIRE(report.functions.contains(labels[n]));
    BOOST_TEST(report.functions.at(labels[n]) == costs_of(n));
    if (n == 0) continue;
    const auto call = report.calls.find({labels[n - 1], labels[n]});
    BOOST_REQUIRE(call != report.calls.end());
    BOOST_TEST(call->second.count == static_cast<int64_t>(n));
    BOOST_TEST(call->second.inclusive == costs_of(2 * n));
  }
  // 38 functions: 38 million, and 0 + … + 37.
  BOOST_TEST(nasty.size() == 38);
  BOOST_TEST(report.totals == (Costs{38'000'703, 7 * 703}));
}

}  // namespace
}  // namespace prof2cg
