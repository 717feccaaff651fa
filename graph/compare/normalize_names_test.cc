#include "graph/compare/normalize_names.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/context_tree_builder.h"
#include "graph/error.h"
#include "graph/passes/fold_contexts.h"
#include "graph/profile_contents.h"
#include "graph/sample_profile.h"

namespace prof2cg {
namespace {

// What one function of that name and file is called afterwards: "file name".
std::string Normalized(std::string_view name, std::string_view file,
                       const std::vector<PathRule>& rules = {}) {
  SampleProfile sample;
  sample.Add(name, file, 1, {}, {0}, {0});
  const Profile profile = NormalizeNames(sample.Build(), rules);
  BOOST_TEST(profile.Check() == "");
  return std::string(profile.File(FunctionId(0))) + " " +
         std::string(profile.Name(FunctionId(0)));
}

// Names and files of which several become equal, with all kinds of figures.
Profile RandomMachine(uint32_t seed) {
  std::mt19937 random(seed);
  const auto figure = [&] { return static_cast<int64_t>(random() % 1000); };
  SampleProfile sample(TimeAndBytes());
  size_t functions = 0;
  for (const std::string_view file :
       {"/usr/lib/python3.11/os.py", "/opt/lib/python3.12/os.py", "app.py"}) {
    for (const std::string_view name :
         {"<f at 0x1>", "<f at 0xfF>", "<f>", "g"}) {
      if (random() % 4 == 0) continue;
      sample.Add(name, file, static_cast<uint32_t>(random() % 2),
                 {figure(), figure()}, {figure(), figure()},
                 {figure(), figure()}, random() % 8 == 0 ? "package" : "");
      ++functions;
    }
  }
  for (size_t call = functions == 0 ? 0 : 40; call > 0; --call) {
    sample.Call(FunctionId(random() % functions),
                FunctionId(random() % functions), {figure(), figure()},
                {figure(), figure()}, {figure(), figure()},
                static_cast<uint32_t>(random() % 2));
    if (random() % 8 == 0) sample.MarkEstimated();
  }
  return sample.Build();
}

// Figures by what functions are called in the end, added up the obvious way.
std::map<FunctionKey, std::vector<int64_t>> SumsByName(const Profile& profile) {
  const std::map<std::string, std::string> ends = {
      {"/usr/lib/python3.11/os.py", "lib/python/os.py"},
      {"/opt/lib/python3.12/os.py", "lib/python/os.py"},
      {"<f at 0x1>", "<f>"},
      {"<f at 0xfF>", "<f>"}};
  const auto end_of = [&](const std::string& text) {
    const auto found = ends.find(text);
    return found == ends.end() ? text : found->second;
  };
  std::map<FunctionKey, std::vector<int64_t>> sums;
  for (const auto& [key, figures] : ContentsOf(profile).functions) {
    const auto& [name, file, object, line] = key;
    std::vector<int64_t>& sum =
        sums[{end_of(name), end_of(file), object, line}];
    sum.resize(6);
    sum[0] += figures.counts.total;
    sum[1] += figures.counts.primitive;
    for (const size_t e : {0u, 1u}) {
      sum[2 + e] += figures.self[e];
      sum[4 + e] += figures.inclusive[e];
    }
  }
  return sums;
}

BOOST_AUTO_TEST_SUITE(PathRules)

BOOST_AUTO_TEST_CASE(ARuleIsAnExpressionAndWhatItBecomes) {
  const auto parsed = [](std::string_view text, const PathRule& rule) {
    BOOST_TEST((ParsePathRule(text) == rule));
  };
  parsed("s/from/to/", {"from", "to"});
  parsed("s|/home/(\\w+)/|/u/$1/|", {"/home/(\\w+)/", "/u/$1/"});
  parsed("s/\\/home\\//\\//", {"/home/", "/"});
  parsed("s#^old##", {"^old", ""});
  parsed("s/a\\.py/b/", {"a\\.py", "b"});
}

BOOST_AUTO_TEST_CASE(WhatIsNoRuleIsRefused) {
  for (const std::string_view text :
       {"", "s", "s/", "s/a", "s/a/", "s/a/b", "s/a/b/g", "s//b/", "t/a/b/",
        "s/a/b/c/", "s/a\\/b/", "s\\a\\b\\"}) {
    BOOST_CHECK_EXCEPTION(ParsePathRule(text), Error, [&](const Error& error) {
      return error.Line() ==
             "expected s/FROM/TO/, found \"" + std::string(text) + "\"";
    });
  }
}

// Also a back-reference, which cannot be matched in bounded time.
BOOST_AUTO_TEST_CASE(WhatIsNoExpressionIsRefusedAtOnce) {
  for (const std::string from : {"(", "[", "a{2,1}", "*", "(a)\\1"}) {
    const std::string begin =
        "\"" + from + "\" is no regular expression for paths: ";
    const auto says_so = [&](const Error& error) {
      return error.Line().starts_with(begin);
    };
    BOOST_CHECK_EXCEPTION(ParsePathRule("s/" + from + "/b/"), Error, says_so);
    BOOST_CHECK_EXCEPTION(Normalized("f", "a.py", {{from, ""}}), Error,
                          says_so);
  }
}

BOOST_AUTO_TEST_CASE(RulesApplyInTurnAndInEveryPlace) {
  BOOST_TEST(Normalized("a", "a/a/a.py", {{"a", "b"}}) == "b/b/b.py a");
  BOOST_TEST(Normalized("f", "x.py", {{"x", "y"}, {"^y", "/w/z"}}) ==
             "/w/z.py f");
  BOOST_TEST(Normalized("f", "/home/me/x.py", {{"/home/([a-z]+)/", "$1:"}}) ==
             "me:x.py f");
}

BOOST_AUTO_TEST_CASE(WhatTheyMakeIsNormalized) {
  BOOST_TEST(
      Normalized("f", "/odd/x.py", {{"^/odd/", "/usr/lib/python3.12/"}}) ==
      "lib/python/x.py f");
}

BOOST_AUTO_TEST_CASE(FunctionsWithoutAFileStaySo) {
  BOOST_TEST(Normalized("len", "~", {{"^", "/w/"}}) == "~ len");
  BOOST_TEST(Normalized("free", "", {{"^", "/w/"}}) == " free");
}

// By recursion into all ways to match, this would last for ever.
BOOST_AUTO_TEST_CASE(NoRuleTakesForEver) {
  const std::string path(200, 'a');
  BOOST_TEST(Normalized("f", path, {{"(a*)*b", ""}}) == path + " f");
  const std::string longer(1'000'000, 'a');
  BOOST_TEST(Normalized("f", longer, {{"a", "b"}}) == longer + " f");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(NormalizedNames)

BOOST_AUTO_TEST_CASE(AddressesAreLeftOutOfNames) {
  struct {
    std::string_view name, normalized;
  } const rows[] = {
      {"<method of X at 0x7f2a>", "<method of X>"},
      {"<built-in method __new__ of type object at 0x955E60>",
       "<built-in method __new__ of type object>"},
      {"f at 0x1'g at 0x2'h", "f'g'h"},
      {"f at 0x", "f at 0x"},
      {"f at 0xyz at 0x1", "f at 0xyz"},
      {"f at 12", "f at 12"},
      {" at 0x1", ""},
      {"", ""},
  };
  for (const auto& [name, normalized] : rows) {
    BOOST_TEST(Normalized(name, "a.py") == "a.py " + std::string(normalized));
  }
}

BOOST_AUTO_TEST_CASE(FunctionsThatBecomeEqualAreOneWithTheSumOfTheirFigures) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Profile profile = NormalizeNames(RandomMachine(seed), {});
    BOOST_TEST(profile.Check() == "");
    std::map<FunctionKey, std::vector<int64_t>> found;
    for (const auto& [key, figures] : ContentsOf(profile).functions) {
      found[key] = {figures.counts.total, figures.counts.primitive,
                    figures.self[0],      figures.self[1],
                    figures.inclusive[0], figures.inclusive[1]};
    }
    BOOST_TEST((found == SumsByName(RandomMachine(seed))));
  }
}

BOOST_AUTO_TEST_CASE(CallsKeepTheirTotalsAndMarks) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    const Profile before = RandomMachine(seed);
    const Profile after = NormalizeNames(RandomMachine(seed), {});
    for (const auto table :
         {&CallGraph::call_self, &CallGraph::call_inclusive}) {
      BOOST_TEST((before.graph.*table).Totals() ==
                 (after.graph.*table).Totals());
    }
    CallCounts sum_before, sum_after;
    for (const Call& call : before.graph.calls) sum_before += call.counts;
    for (const Call& call : after.graph.calls) sum_after += call.counts;
    BOOST_TEST((sum_before == sum_after));
    BOOST_TEST((Summarize(before).estimated == 0) ==
               (Summarize(after).estimated == 0));
  }
}

BOOST_AUTO_TEST_CASE(NormalizingTwiceChangesNothing) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Contents once = ContentsOf(NormalizeNames(RandomMachine(seed), {}));
    const Contents twice =
        ContentsOf(NormalizeNames(NormalizeNames(RandomMachine(seed), {}), {}));
    BOOST_TEST((once == twice));
  }
}

BOOST_AUTO_TEST_CASE(WithNothingToChangeTheProfileStaysUntouched) {
  Profile profile = RandomProfile(20, 100, 1);
  const Contents before = ContentsOf(profile);
  profile.separation.emplace();
  profile.separation->bases = profile.functions;
  profile.threads = {profile.strings.Intern("main")};
  const std::string_view name = profile.Name(FunctionId(1));
  const Profile after = NormalizeNames(std::move(profile), {{"absent", "x"}});
  BOOST_TEST((ContentsOf(after) == before));
  BOOST_TEST(after.separation.has_value());
  BOOST_TEST(after.threads.size() == 1);
  BOOST_TEST((after.Name(FunctionId(1)).data() == name.data()));
}

BOOST_AUTO_TEST_CASE(ContextsThatBecomeEqualAreOne) {
  SampleProfile sample;
  const FunctionId f = sample.Add("<f at 0x1>", {1, 1}, {10}, {10});
  const FunctionId g = sample.Add("<f at 0x2>", {2, 2}, {20}, {20});
  Profile profile = sample.Build();
  profile.threads = {profile.strings.Intern("main"),
                     profile.strings.Intern("worker")};
  ContextTreeBuilder tree(1);
  for (const auto& [function, calls] : {std::pair(f, 1), std::pair(g, 2)}) {
    const ContextId root = tree.Enter(ContextId(), function, 0, 1);
    tree.AddCalls(root, calls);
    tree.AddSelf(root, std::vector<int64_t>{10 * calls});
    tree.AddSizes({root, 16, calls});
  }
  profile.contexts = std::move(tree).Build();
  const Profile after = NormalizeNames(std::move(profile), {});
  BOOST_TEST(after.Check() == "");
  BOOST_REQUIRE(after.contexts->contexts.size() == 1u);
  const Context& context = after.contexts->contexts[0];
  BOOST_TEST(context.calls == 3);
  BOOST_TEST(after.contexts->self[0][0] == 30);
  BOOST_TEST(after.strings[after.threads[context.thread]] == "worker");
  BOOST_REQUIRE(after.contexts->sizes.size() == 1u);
  BOOST_TEST(after.contexts->sizes[0].blocks == 3);
}

BOOST_AUTO_TEST_CASE(WhatIsKnownOfTheProfileStays) {
  SampleProfile sample;
  sample.Add("<f at 0x1>", {1, 1}, {10}, {10});
  Profile profile = sample.Build();
  profile.command = "app.py";
  profile.facts = {{"Clock", "TSC"}};
  profile.naming = Naming::kModuleLineName;
  profile.is_traced = true;
  profile.provenance.Note("call is odd", "calls are odd", 2);
  profile.provenance.lost = 3;
  profile.provenance.counts = Origin::kAbsent;
  profile.provenance.events[0].self = Origin::kDerived;
  profile.provenance.events[0].inclusive = Origin::kEstimated;
  profile.provenance.is_complete = true;
  const Provenance provenance = profile.provenance;
  const EventSet events = profile.events;
  const Profile after = NormalizeNames(std::move(profile), {});
  BOOST_TEST(after.Name(FunctionId(0)) == "<f>");
  BOOST_TEST(after.command == "app.py");
  BOOST_TEST((after.facts == std::vector<Fact>{{"Clock", "TSC"}}));
  BOOST_TEST((after.naming == Naming::kModuleLineName));
  BOOST_TEST(after.is_traced);
  BOOST_TEST((after.provenance == provenance));
  BOOST_TEST((after.events == events));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DroppedPrefixes)

BOOST_AUTO_TEST_CASE(OnlyTheBeginOfAFileIsLeftOut) {
  SampleProfile sample;
  for (const std::string_view file :
       {"/w/a.py", "/w/b/w/c.py", "/x/w/a.py", "a.py", "~"}) {
    sample.Add("f", file, 1, {1, 1}, {10}, {10});
  }
  const Profile profile = DropPrefix(sample.Build(), "/w/");
  BOOST_TEST(profile.Check() == "");
  std::vector<std::string> files;
  for (size_t f = 0; f < profile.functions.size(); ++f) {
    files.emplace_back(profile.File(FunctionId(f)));
  }
  BOOST_TEST(
      files == (std::vector<std::string>{"a.py", "b/w/c.py", "/x/w/a.py", "~"}),
      boost::test_tools::per_element());
  BOOST_TEST(profile.graph.self[0][0] == 20);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace prof2cg
