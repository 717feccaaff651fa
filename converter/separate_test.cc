// End to end: functions told apart by their callers, in every command and
// output.
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "converter/program_runner.h"
#include "converter/recordings.h"
#include "graph/passes/fold_contexts.h"
#include "graph/sample_stacks.h"

namespace prof2cg {
namespace {

using Json = nlohmann::json;

// mid1 and mid2 share leaf, which does more for mid1; rec calls itself.
constexpr const char* kStacks =
    "main;mid1;leaf 4\nmain;mid2;leaf 1\nmain;rec;rec;leaf 2\nmain 3\n";

class Stacks : public Folder {
 public:
  Stacks() { WriteFile(*this / "a", kStacks); }

  // "NAME SELF" of each function by name, with a comma behind.
  std::string Top(const std::string& words) const {
    const Result result = Run("$P top --json -n 0 --sort name " + words);
    BOOST_TEST(result.status == 0, result.err);
    if (result.status != 0) return result.err;
    const Json report = Json::parse(result.out);
    std::string text;
    for (const Json& f : report["functions"]) {
      text += std::string(f["name"]) + " " + f["self"].dump() + ", ";
    }
    return text;
  }
};

// work takes 4 s for heavy and 1 s for light, though each called it once: who
// shares a function's cost by calls would show 2.5 s for both. In a recording,
// and in what is left of it when Python has read and saved it.
class WorkOfTwo : public Stacks {
 public:
  WorkOfTwo() {
    SampleStacks stacks(EventSet({{"ns", "Time [ns]", Unit::kNanoseconds}}));
    stacks.Add({{"main"}}, {0}, 1);
    for (const auto& [caller, cost] :
         {std::pair("heavy", 4'000'000'000), {"light", 1'000'000'000}}) {
      stacks.Add({{"main"}, {caller}}, {0}, 1);
      stacks.Add({{"main"}, {caller}, {"work"}}, {0}, 1);
      stacks.Add({{"main"}, {caller}, {"work"}, {"step"}}, {cost}, 10);
    }
    Profile profile = stacks.Build();
    FoldContexts(profile);
    WriteFile(*this / "recording", Recording(profile));
    WriteFile(*this / "dump", DumpOf(profile));
  }

  // Functions with their inclusive costs, "~" where they are estimated.
  std::string Inclusive(const std::string& words) const {
    const Json report =
        Json::parse(Run("$P top --json -n 0 --sort name " + words).out);
    std::string text;
    for (const Json& f : report["functions"]) {
      text += std::string(f["name"]) + (f.contains("estimated") ? " ~" : " ") +
              f["inclusive"].dump() + ", ";
    }
    return text;
  }
};

BOOST_AUTO_TEST_CASE(ACallersPartIsWhatTheFunctionDidForIt) {
  const WorkOfTwo work;
  const std::string one =
      "heavy'main 4000000000, light'main 1000000000, main 5000000000, "
      "step'work 5000000000, work'heavy 4000000000, work'light 1000000000, ";
  BOOST_TEST(work.Inclusive("recording --separate-callers=1") == one);
  BOOST_TEST(work.Inclusive("dump --separate-callers=1") == one);
}

BOOST_AUTO_TEST_CASE(WhatADumpDoesNotTellIsEstimatedAndMarked) {
  const WorkOfTwo work;
  BOOST_TEST(work.Inclusive("recording --separate-callers2=step") ==
             "heavy 4000000000, light 1000000000, main 5000000000, "
             "step'work'heavy 4000000000, step'work'light 1000000000, "
             "work 5000000000, ");
  const std::string estimated =
      "heavy 4000000000, light 1000000000, main 5000000000, "
      "step'work'heavy ~4000000000, step'work'light ~1000000000, "
      "work 5000000000, ";
  const std::string of_dump = "dump --separate-callers2=step ";
  BOOST_TEST(work.Inclusive(of_dump) == estimated);
  BOOST_TEST(work.Run("$P top " + of_dump).out.find("~4.00 s") !=
             std::string::npos);
  // Our own files keep the marks, also as parts of names that others show.
  for (const char* file : {"x.pstats", "x.cg"}) {
    BOOST_TEST(work.Run("$P " + of_dump + "-o " + file).err == "");
    BOOST_TEST(work.Inclusive(file) == estimated, file);
  }
  const std::string text = ReadFile(work / "x.cg");
  BOOST_TEST(text.find(") step'work'heavy~\n") != std::string::npos);
  BOOST_TEST(text.find("\ndesc: Estimates: ") != std::string::npos);
  BOOST_TEST(work.Run("$P x.cg -o -").out == text);
}

BOOST_AUTO_TEST_CASE(AutoTellsApartWhatDiffersAndSaysWhy) {
  const WorkOfTwo work;
  const std::string separate = " --separate-callers=auto ";
  const std::string why =
      " told apart, since sharing by calls would put 1.0% of an event or more "
      "at the wrong caller: ";
  BOOST_TEST(work.Inclusive("recording" + separate) ==
             "heavy 4000000000, light 1000000000, main 5000000000, "
             "step'work'heavy 4000000000, step'work'light 1000000000, "
             "work'heavy 4000000000, work'light 1000000000, ");
  BOOST_TEST(work.Run("$P recording -o x.cg" + separate).err ==
             "prof2cg: 2 functions are" + why +
                 "work (30.0% of ns), step (30.0% of ns)\n");
  BOOST_TEST(work.Inclusive("dump" + separate) ==
             "heavy 4000000000, light 1000000000, main 5000000000, "
             "step 5000000000, work'heavy 4000000000, work'light 1000000000, ");
  BOOST_TEST(work.Run("$P dump -o x.cg" + separate).err ==
             "prof2cg: 1 function is" + why + "work (30.0% of ns)\n");
  const Result top = work.Run("$P top dump" + separate);
  BOOST_TEST(top.err ==
             "prof2cg: 1 function is" + why + "work (30.0% of ns)\n");
  BOOST_TEST(top.out.find("told apart") == std::string::npos);
  BOOST_TEST(work.Run("$P top a" + separate).err ==
             "prof2cg: no function is told apart: none has callers that "
             "differ\n");
}

// Two levels that nobody asked for need no warning.
BOOST_AUTO_TEST_CASE(LevelsThatCannotBeToldAreNotedIfAskedFor) {
  const Stacks stacks;
  const auto told = [&](const char* options) {
    const Result result = stacks.Run("$P $D -o x.cg --separate-callers=1 " +
                                     std::string(options));
    return result.err.find("fewer levels of recursion") != std::string::npos;
  };
  BOOST_TEST(!told(""));
  BOOST_TEST(told("--separate-recs=2"));
}

BOOST_AUTO_TEST_CASE(FunctionsAreToldApartAsTheOptionsSay) {
  const Stacks stacks;
  const struct {
    const char* options;
    const char* functions;
  } cases[] = {
      {"", "leaf 7, main 3, mid1 0, mid2 0, rec 0, "},
      {"--separate-callers=0", "leaf 7, main 3, mid1 0, mid2 0, rec 0, "},
      {"--separate-recs=1", "leaf 7, main 3, mid1 0, mid2 0, rec 0, "},
      {"--separate-callers=1",
       "leaf'mid1 4, leaf'mid2 1, leaf'rec 2, main 3, mid1'main 0, mid2'main "
       "0, rec'2'main 0, rec'main 0, "},
      {"--separate-callers=1 --separate-recs=1",
       "leaf'mid1 4, leaf'mid2 1, leaf'rec 2, main 3, mid1'main 0, mid2'main "
       "0, rec'main 0, "},
      {"--separate-callers1=leaf --separate-recs=1",
       "leaf'mid1 4, leaf'mid2 1, leaf'rec 2, main 3, mid1 0, mid2 0, rec 0, "},
      // The later pattern wins, and any over the number for all.
      {"--separate-callers1=leaf --separate-callers0=l* --separate-callers=2 "
       "--separate-callers0=m* --separate-recs=1",
       "leaf 7, main 3, mid1 0, mid2 0, rec'main 0, "},
      {"--separate-recs2=rec",
       "leaf 7, main 3, mid1 0, mid2 0, rec 0, rec'2 "
       "0, "},
      {"--separate-recs=3 --separate-recs1=rec",
       "leaf 7, main 3, mid1 0, mid2 0, rec 0, "},
      // Shortened, as other options are.
      {"--separate-call=1 --separate-r 1 --focus mid1",
       "leaf'mid1 4, main 0, mid1'main 0, "},
  };
  for (const auto& [options, functions] : cases) {
    BOOST_TEST(stacks.Top("a " + std::string(options)) == functions, options);
  }
}

// Names come first, then what else a pattern may mean.
BOOST_AUTO_TEST_CASE(PatternsOfPythonFunctionsAreGlobsOfTheirNames) {
  const Stacks stacks;
  const auto names = [&](const std::string& pattern) {
    const Json report =
        Json::parse(stacks
                        .Run("$P top --json -n 0 --separate-recs=1 "
                             "'--separate-callers1=" +
                             pattern + "' $D")
                        .out);
    std::set<std::string> bases;
    for (const Json& f : report["functions"]) {
      if (!f["callers"].empty()) bases.insert(f["base"]);
    }
    return bases;
  };
  BOOST_TEST((names("_parse*") ==
              std::set<std::string>{"_parse", "_parse_flags", "_parse_sub"}));
  BOOST_TEST((names("_parser:*").contains("__next")));
  BOOST_TEST(
      (names("decoder.py:*") == std::set<std::string>{"decode", "raw_decode"}));
}

BOOST_AUTO_TEST_CASE(WhatIsAskedForWronglyIsOneLine) {
  const Stacks stacks;
  const auto check = [&](const std::string& options, const std::string& told) {
    CheckTrouble(stacks.Run("$P a -o x.cg " + options), told);
    BOOST_TEST(!fs::exists(stacks / "x.cg"));
  };
  check("--separate-callers2=nosuch", "no function matches \"nosuch\"");
  check("--separate-recs2=nosuch", "no function matches \"nosuch\"");
  check("--separate-callers=51",
        "--separate-callers takes a number from 0 to 50, not 51");
  check("--separate-callers=all",
        "--separate-callers takes a number from 0 to 50, not all");
  check("--separate-callers51=leaf",
        "--separate-callersN takes a number from 0 to 50, not 51");
  check("--separate-callers99999999999999999999=leaf",
        "--separate-callersN takes a number from 0 to 50");
  check("--separate-recs=0",
        "--separate-recs takes a number from 1 to 50, not 0");
  check("--separate-recs0=leaf",
        "--separate-recsN takes a number from 1 to 50, not 0");
  check("--separate-callers2 leaf", "--separate-callers2 needs =PATTERN");
  check("--separate-callersx=leaf", "--separate-callersx=leaf: no such option");
  check("--separate-=1", "no such option, or short for several");
  check("--max-names=many", "--max-names takes a number of functions");
  CheckTrouble(stacks.Run("$P control --separate-callers2=f -i on 1"),
               "--separate-callersN is not for `prof2cg control`");
}

// What is not asked for changes nothing, in any output.
BOOST_AUTO_TEST_CASE(WithNoCallersEveryOutputIsWhatItWas) {
  const Folder folder;
  for (const char* format : {"callgrind", "pstats", "dot", "svg"}) {
    const std::string run = std::string("$P -t ") + format + " $D -o - ";
    BOOST_TEST((folder
                    .Run(run + "--separate-callers=0 --separate-recs=1 "
                               "--max-names=1")
                    .out == folder.Run(run).out),
               format);
  }
}

BOOST_AUTO_TEST_CASE(NumbersOfNamesAreBounded) {
  const Stacks stacks;
  const std::string once = "a --separate-callers=1 --separate-recs=1 ";
  BOOST_TEST(stacks.Top(once + "--max-names=5") ==
             "leaf 7, main 3, mid1'main 0, mid2'main 0, rec'main 0, ");
  BOOST_TEST(stacks.Top(once + "--max-names=0") == stacks.Top(once));
  const Result result = stacks.Run("$P -o x.cg --max-names=5 " + once);
  BOOST_TEST(result.err ==
             "prof2cg: warning: 1 function is told apart by fewer callers than "
             "asked for, so that there are not too many names\n");
}

// The name is for people: programs read what it is made of.
BOOST_AUTO_TEST_CASE(JsonTellsWhatANameIsMadeOf) {
  const Folder folder;
  WriteFile(folder / "a.json",
            R"({"version": 0, "costs": [{"description": "Samples"}],
                "functions": [{"name": "a'b", "module": "x.py"},
                              {"name": "f'2"}],
                "events": [{"callchain": [1, 1, 0], "cost": [7]}]})");
  const Json report =
      Json::parse(folder.Run("$P top --json a.json --separate-callers=3").out);
  const Json& f = report["functions"][0];
  BOOST_TEST(f["name"] == "f'2'2'a'b");
  BOOST_TEST(f["base"] == "f'2");
  BOOST_TEST(f["level"] == 2);
  BOOST_TEST((f["callers"] == Json({{{"name", "a'b"}, {"file", "x.py"}}})));
  BOOST_TEST(
      !Json::parse(folder.Run("$P top --json a.json").out)["functions"][0]
           .contains("base"));
}

// Of a function, its contexts; of a context, itself.
BOOST_AUTO_TEST_CASE(PatternsFindFunctionsAndContexts) {
  const Stacks stacks;
  const auto matched = [&](const std::string& pattern) {
    const Json report = Json::parse(
        stacks
            .Run("$P top --json -n 0 a --separate-callers=2 --callees \"" +
                 pattern + "\"")
            .out);
    std::string text;
    for (const Json& section : report["sections"]) {
      text += std::string(section["function"]["name"]) + " ";
    }
    return text;
  };
  BOOST_TEST(matched("leaf") == "leaf'mid1'main leaf'rec'main leaf'mid2'main ");
  BOOST_TEST(matched("leaf'mid1'main") == "leaf'mid1'main ");
  BOOST_TEST(matched("leaf'*") ==
             "leaf'mid1'main leaf'rec'main leaf'mid2'main ");
  BOOST_TEST(matched("rec") == "rec'main rec'2'main ");
  BOOST_TEST(matched("main") == "main ");
}

BOOST_AUTO_TEST_CASE(EveryOutputHasTheContexts) {
  const Stacks stacks;
  const auto run = [&](const std::string& words) {
    const Result result = stacks.Run("$P a --separate-callers=1 " + words);
    BOOST_TEST(result.status == 0, result.err);
    return result.out;
  };
  for (const char* words : {"-o -", "-t dot -n0 -e0", "-t svg -n0 -e0",
                            "--list-functions=+ -n0 -e0",
                            "-t dot -n0 -e0 --compare a", "-t pstats"}) {
    for (const char* name : {"leaf", "mid1", "mid2"}) {
      BOOST_TEST(run(words).find(name) != std::string::npos, words);
    }
  }
  for (const char* words : {"-o -", "--list-functions=+ -n0 -e0"}) {
    BOOST_TEST(run(words).find("leaf'mid2") != std::string::npos, words);
  }
  run("-o x.pstats");
  BOOST_TEST(stacks.Top("x.pstats") == stacks.Top("a --separate-callers=1"));
  run("-o x.cg");
  BOOST_TEST(stacks.Top("x.cg") == stacks.Top("a --separate-callers=1"));
  stacks.Run("$P x.pstats -o y.pstats");
  BOOST_TEST((ReadFile(stacks / "y.pstats") == ReadFile(stacks / "x.pstats")));
}

// A row each, beside each other where rows are sorted by name.
BOOST_AUTO_TEST_CASE(CallgrindAnnotateTellsContextsApart) {
  const Stacks stacks;
  const Result result = stacks.Run(
      "$P a --separate-callers=1 -o x.cg && cd / && "
      "callgrind_annotate --threshold=100 $OLDPWD/x.cg | grep leaf");
  for (const char* row : {"4 (40.00%)  ~:leaf'mid1", "2 (20.00%)  ~:leaf'rec",
                          "1 (10.00%)  ~:leaf'mid2"}) {
    BOOST_TEST(result.out.find(row) != std::string::npos, result.out);
  }
}

}  // namespace
}  // namespace prof2cg
